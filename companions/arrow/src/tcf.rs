//! Kernels over TC strings.

mod header;
mod permits;

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::BooleanBuilder;
use consent_string::tcf::{SmallId, SmallSet, TcStringRef, VendorId, VendorsRef};
use consent_string::{Buffer, Id};

pub use header::header;
pub use permits::{Question, permits};

use crate::argument::Argument;
use crate::error::KernelError;
use crate::id_lists::IdLists;
use crate::strings::{Kernel, Text, run};

/// The string of a row that is not null and can be read.
fn read<'t, 'b>(text: Option<Text<'t>>, buffer: &'b mut Buffer) -> Option<TcStringRef<'t, 'b>> {
    TcStringRef::parse(text?.ok()?, buffer).ok()
}

/// Whether the user consented to a vendor, as a column of `bool`. Whether the vendor may process
/// is another question: [`permits`].
///
/// # Errors
///
/// [`KernelError`] where the column is none of strings, or an argument is wrong.
#[allow(clippy::redundant_closure_for_method_calls, reason = "the method is not general enough")]
pub fn has_vendor_consent(
    array: &ArrayRef,
    vendor: &Argument<VendorId>,
) -> Result<ArrayRef, KernelError> {
    has_vendor(array, vendor, |consent, vendor| consent.vendor_consent(vendor))
}

/// Whether a vendor's legitimate interest was shown to the user, who did not object, as a column
/// of `bool`. Whether the vendor may process is another question: [`permits`].
///
/// # Errors
///
/// [`KernelError`] where the column is none of strings, or an argument is wrong.
#[allow(clippy::redundant_closure_for_method_calls, reason = "the method is not general enough")]
pub fn has_vendor_li(
    array: &ArrayRef,
    vendor: &Argument<VendorId>,
) -> Result<ArrayRef, KernelError> {
    has_vendor(array, vendor, |consent, vendor| consent.vendor_legitimate_interest(vendor))
}

fn has_vendor(
    array: &ArrayRef,
    vendor: &Argument<VendorId>,
    has: impl Fn(&TcStringRef<'_, '_>, VendorId) -> bool,
) -> Result<ArrayRef, KernelError> {
    vendor.check_length(array.len())?;
    let answers = BooleanBuilder::with_capacity(array.len());
    run(array, HasVendor { vendor, has, buffer: Buffer::new(), answers })
}

struct HasVendor<'a, F> {
    vendor: &'a Argument<VendorId>,
    has: F,
    buffer: Buffer,
    answers: BooleanBuilder,
}

impl<F: Fn(&TcStringRef<'_, '_>, VendorId) -> bool> Kernel for HasVendor<'_, F> {
    fn same_in_every_row(&self) -> bool {
        self.vendor.is_one()
    }

    fn row(&mut self, row: usize, text: Option<Text<'_>>) -> Result<(), KernelError> {
        let vendor = self.vendor.at(row)?;
        let consent = read(text, &mut self.buffer);
        let answer = consent.zip(vendor).map(|(consent, vendor)| (self.has)(&consent, vendor));
        self.answers.append_option(answer);
        Ok(())
    }

    fn finish(mut self) -> Result<ArrayRef, KernelError> {
        Ok(Arc::new(self.answers.finish()))
    }
}

/// Kernels that give a list of IDs of each string.
macro_rules! lists {
    ($($(#[$doc:meta])+ $name:ident = |$consent:ident| $ids:expr;)+) => {$(
        $(#[$doc])+
        ///
        /// A column of `list<uint16>`, rising. Ranges are written out: a string of 600 characters
        /// can have 65,535 IDs.
        ///
        /// # Errors
        ///
        /// [`KernelError::NotStrings`], and [`KernelError::TooManyIds`] past 2³¹ - 1 of all rows.
        pub fn $name(array: &ArrayRef) -> Result<ArrayRef, KernelError> {
            fn append(
                $consent: &TcStringRef<'_, '_>,
                lists: &mut IdLists,
            ) -> Result<(), KernelError> {
                lists.append($ids)
            }
            run(array, Lists { append, buffer: Buffer::new(), column: IdLists::new() })
        }
    )+};
}

lists! {
    /// The vendors that the user consented to.
    vendors_consent = |consent| Some(vendors(consent.vendors_consent()));
    /// The vendors whose legitimate interest was shown to the user, who did not object.
    vendors_li = |consent| Some(vendors(consent.vendors_li()));
    /// The purposes that the user consented to.
    purposes_consent = |consent| Some(small(consent.purposes_consent()));
    /// The purposes for which legitimate interest was shown to the user, who did not object.
    purposes_li = |consent| Some(small(consent.purposes_li()));
    /// The special features that the user opted in to.
    special_feature_opt_ins = |consent| Some(small(consent.special_feature_opt_ins()));
    /// The vendors that were disclosed to the user; null where the string doesn't say, too.
    disclosed_vendors = |consent| consent.disclosed_vendors().map(vendors);
    /// The vendors that the publisher let use legal bases from outside the framework; null where
    /// the string doesn't say, too.
    allowed_vendors = |consent| consent.allowed_vendors().map(vendors);
}

fn vendors(vendors: VendorsRef<'_>) -> impl FnOnce(&mut Vec<u16>) {
    move |ids| vendors.put_numbers(ids)
}

fn small<I: SmallId>(small: SmallSet<I>) -> impl FnOnce(&mut Vec<u16>) {
    move |ids| ids.extend(small.into_iter().map(Id::get))
}

struct Lists<F> {
    append: F,
    buffer: Buffer,
    column: IdLists,
}

impl<F> Kernel for Lists<F>
where
    F: Fn(&TcStringRef<'_, '_>, &mut IdLists) -> Result<(), KernelError>,
{
    fn row(&mut self, _: usize, text: Option<Text<'_>>) -> Result<(), KernelError> {
        match read(text, &mut self.buffer) {
            Some(consent) => (self.append)(&consent, &mut self.column),
            None => self.column.append(None::<fn(&mut Vec<u16>)>),
        }
    }

    fn finish(self) -> Result<ArrayRef, KernelError> {
        self.column.finish()
    }
}
