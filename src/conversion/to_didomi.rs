//! A token as a Didomi Consent String.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Conversion, Converted, Loss};
use crate::didomi::{ConsentString, Section, SectionKind, Status, Version};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::ids::{Id, IdSet};
use crate::numeric_ids::NumericIds;
use crate::token::{Choices, DidomiToken};

impl Conversion<'_> {
    /// The string that says what a token says, in time and memory that grow with the token.
    ///
    /// # Errors
    ///
    /// [`EnabledAndDisabled`](EncodeErrorKind::EnabledAndDisabled) for two texts of one number
    /// that say different things, as `hotjar` and `c:hotjar` may.
    pub fn to_didomi(&self, token: &DidomiToken) -> Result<Converted<ConsentString>, EncodeError> {
        use SectionKind::{Purposes, PurposesLi, Vendors, VendorsLi};

        let mut losses = Vec::new();
        let version = if self.regulation.is_some() { Version::V2 } else { Version::V1 };
        let string = ConsentString::builder(version)
            .user_id(token.user_id())
            .created(token.created().to_timestamp())
            .updated(token.updated().to_timestamp())
            .regulation(self.regulation)
            .purposes(section(token.purposes(), Purposes, self.purposes, &mut losses)?)
            .purposes_li(section(token.purposes_li(), PurposesLi, self.purposes, &mut losses)?)
            .vendors(section(token.vendors(), Vendors, self.vendors, &mut losses)?)
            .vendors_li(section(token.vendors_li(), VendorsLi, self.vendors, &mut losses)?)
            .build()?;
        for (field, time) in [("created", token.created()), ("updated", token.updated())] {
            let millis = time.lost_millis();
            losses.extend((millis > 0).then_some(Loss::Millis { field, millis }));
        }
        let unplaced =
            [("version", token.version().is_none()), ("ac", token.ad_tech_providers().is_some())];
        losses.extend(unplaced.into_iter().filter(|(_, is_there)| *is_there).map(no_place));
        let choices = [token.purposes(), token.purposes_li(), token.vendors(), token.vendors_li()];
        let in_choices = SectionKind::ALL.iter().zip(choices).filter_map(|(&section, choices)| {
            unknown_properties(Some(section), choices?.other().keys())
        });
        losses.extend(in_choices);
        losses.extend(unknown_properties(None, token.other().keys()));
        Ok(Converted { value: string, losses })
    }
}

fn no_place((field, _): (&'static str, bool)) -> Loss {
    Loss::NoPlace { field }
}

fn unknown_properties<'a>(
    section: Option<SectionKind>,
    names: impl Iterator<Item = &'a String>,
) -> Option<Loss> {
    let names: Vec<_> = names.cloned().collect();
    (!names.is_empty()).then_some(Loss::UnknownProperties { section, names })
}

/// The section that says what some choices say.
fn section<I: Id>(
    choices: Option<&Choices>,
    section: SectionKind,
    table: &NumericIds<I>,
    losses: &mut Vec<Loss>,
) -> Result<Section<I>, EncodeError> {
    let Some(choices) = choices else { return Ok(Section::new()) };
    let mut numbers = |texts: &[String], status| {
        let mut found = Vec::with_capacity(texts.len());
        let mut ids = Vec::new();
        for text in texts {
            match table.resolve(text) {
                Some(number) => found.push(number),
                None => ids.push(text.clone()),
            }
        }
        if !ids.is_empty() {
            losses.push(Loss::NoNumber { section, status, ids });
        }
        found.into_iter().collect::<IdSet<I>>()
    };
    let enabled = numbers(choices.enabled(), Status::Enabled);
    let disabled = numbers(choices.disabled(), Status::Disabled);
    Section::from_sets(enabled, disabled)
        .map_err(|_| EncodeError::new(EncodeErrorKind::EnabledAndDisabled, section.name()))
}
