//! A Didomi Consent String as a token.

use alloc::borrow::ToOwned;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Conversion, Converted, Loss};
use crate::didomi::{ConsentStringRef, SectionKind, SectionRef, Status, VendorId};
use crate::ids::{Id, IdSet};
use crate::numeric_ids::{self, NumericIds};
use crate::token::{Choices, DidomiToken};

impl Conversion<'_> {
    /// The token that says what a string says, in time and memory that grow with the string and
    /// the tables: not with how many IDs a range of the string has.
    pub fn to_token<'t, 'b>(
        &self,
        consent: impl Into<ConsentStringRef<'t, 'b>>,
    ) -> Converted<DidomiToken> {
        use SectionKind::{Purposes, PurposesLi, Vendors, VendorsLi};

        let consent = consent.into();
        let mut losses = Vec::new();
        let mut purposes = |section: SectionRef<'_, _>, kind| {
            choices(
                section,
                self.purposes,
                |_, text| text.to_owned(),
                |status, ids| {
                    losses.push(Loss::NoPurposeText { section: kind, status, ids });
                },
            )
        };
        let (consent_purposes, li_purposes) =
            (purposes(consent.purposes(), Purposes), purposes(consent.purposes_li(), PurposesLi));
        let mut vendors = |section: SectionRef<'_, _>, kind| {
            choices(
                section,
                self.vendors,
                |id, text| self.vendor(id, text),
                |status, ids| {
                    losses.push(Loss::NoVendorText { section: kind, status, ids });
                },
            )
        };
        let (consent_vendors, li_vendors) =
            (vendors(consent.vendors(), Vendors), vendors(consent.vendors_li(), VendorsLi));
        let unplaced = [
            ("regulation", consent.regulation().is_some()),
            ("sync", consent.sync().is_some()),
            ("did", consent.did().is_some()),
            ("ouid", consent.ouid().is_some()),
            ("signature", consent.signature().is_some()),
        ];
        let unplaced = unplaced.into_iter().filter(|(_, is_there)| *is_there);
        losses.extend(unplaced.map(|(field, _)| Loss::NoPlace { field }));
        let token = DidomiToken::new(consent.user_id(), consent.created().into())
            .with_updated(consent.updated().into())
            .with_purposes(consent_purposes)
            .with_vendors(consent_vendors)
            .with_purposes_li(li_purposes)
            .with_vendors_li(li_vendors);
        Converted { value: token, losses }
    }

    /// The text of a vendor as a token has it.
    fn vendor(&self, id: VendorId, text: &str) -> String {
        let prefix = numeric_ids::CUSTOM_PREFIX;
        let is_custom = self.unprefixed.as_ref().is_some_and(|own| !own.contains(id));
        let is_bare = !text.starts_with(prefix);
        let prefixed = (is_custom && is_bare).then(|| format!("{prefix}{text}"));
        // Not where that is the text of another.
        let reads_back = |prefixed: &String| self.vendors.resolve(prefixed) == Some(id);
        prefixed.filter(reads_back).unwrap_or_else(|| text.to_owned())
    }
}

/// The choices that say what a section says; `lost` is told of the numbers without a text.
fn choices<I: Id>(
    section: SectionRef<'_, I>,
    table: &NumericIds<I>,
    write: impl Fn(I, &str) -> String,
    mut lost: impl FnMut(Status, IdSet<I>),
) -> Choices {
    let section = section.to_section();
    let mut texts = |ids: &IdSet<I>, status| {
        let known = table.iter().filter(|(id, _)| ids.contains(*id));
        let (numbers, texts): (Vec<I>, Vec<String>) =
            known.map(|(id, text)| (id, write(id, text))).unzip();
        let without = ids.difference(&numbers.into_iter().collect());
        if !without.is_empty() {
            lost(status, without);
        }
        texts
    };
    let enabled = texts(section.enabled(), Status::Enabled);
    let disabled = texts(section.disabled(), Status::Disabled);
    Choices::new(enabled, disabled).expect("no text stands for two numbers")
}
