//! Whether a vendor may process for a purpose.

use std::sync::Arc;

use arrow_array::builder::BooleanBuilder;
use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::Field;
use consent_string::tcf::{LegalBasis, LegalBasisRules, PurposeId, Refusal, TcStringRef, VendorId};
use consent_string::{Buffer, Timestamp};

use super::read;
use crate::argument::{Argument, Flexible};
use crate::error::KernelError;
use crate::names::Names;
use crate::strings::{Kernel, Text, run};

/// What is asked of each string.
#[derive(Debug, Clone)]
pub struct Question {
    /// The vendor.
    pub vendor: Argument<VendorId>,
    /// The purpose.
    pub purpose: Argument<PurposeId>,
    /// The basis that the vendor declared for the purpose in the Global Vendor List.
    pub basis: Argument<LegalBasis>,
    /// Whether the vendor declared it flexible.
    pub flexible: Argument<Flexible>,
    /// When: strings that are not valid then permit nothing. Without it they are taken as valid.
    pub at: Option<Argument<Timestamp>>,
}

/// Whether a vendor may process for a purpose, as a column of
/// `struct<allowed: bool, reason: dictionary<int8, utf8>>`.
///
/// `reason` is the first reason against, by its name, and null where the vendor may:
/// [`Refusal::name`](consent_string::tcf::Refusal::name), or
/// [`Violation::name`](consent_string::tcf::Violation::name) where the string is not valid.
/// [`Valid::permits`](consent_string::tcf::Valid::permits) says what is looked at.
///
/// # Errors
///
/// [`KernelError`] where the column is none of strings, or an argument is wrong.
pub fn permits(array: &ArrayRef, question: &Question) -> Result<ArrayRef, KernelError> {
    question.check_length(array.len())?;
    run(
        array,
        Permits {
            question,
            buffer: Buffer::new(),
            allowed: BooleanBuilder::with_capacity(array.len()),
            reasons: Names::default(),
        },
    )
}

impl Question {
    fn check_length(&self, expected: usize) -> Result<(), KernelError> {
        self.vendor.check_length(expected)?;
        self.purpose.check_length(expected)?;
        self.basis.check_length(expected)?;
        self.flexible.check_length(expected)?;
        self.at.iter().try_for_each(|at| at.check_length(expected))
    }

    fn at_row(&self, row: usize) -> Result<Option<Asked>, KernelError> {
        let at = match &self.at {
            Some(at) => at.at(row)?.map(Some),
            None => Some(None),
        };
        let asked = (
            self.vendor.at(row)?,
            self.purpose.at(row)?,
            self.basis.at(row)?,
            self.flexible.at(row)?,
            at,
        );
        let (Some(vendor), Some(purpose), Some(basis), Some(flexible), Some(at)) = asked else {
            return Ok(None);
        };
        let rules = LegalBasisRules::new(basis);
        let rules = if flexible.0 { rules.flexible() } else { rules };
        Ok(Some(Asked { vendor, purpose, rules, at }))
    }
}

/// The question of one row.
struct Asked {
    vendor: VendorId,
    purpose: PurposeId,
    rules: LegalBasisRules,
    at: Option<Timestamp>,
}

impl Asked {
    /// The reason against.
    fn refusal(&self, consent: &TcStringRef<'_, '_>) -> Option<&'static str> {
        let valid = match self.at.map(|at| consent.valid_at(at)) {
            None => consent.assume_valid(),
            Some(Ok(valid)) => valid,
            Some(Err(invalid)) => return Some(invalid.name()),
        };
        let permitted = valid.permits(self.vendor, self.purpose, self.rules);
        permitted.err().map(Refusal::name)
    }
}

struct Permits<'a> {
    question: &'a Question,
    buffer: Buffer,
    allowed: BooleanBuilder,
    reasons: Names,
}

impl Kernel for Permits<'_> {
    fn same_in_every_row(&self) -> bool {
        let Question { vendor, purpose, basis, flexible, at } = self.question;
        let at = at.as_ref().is_none_or(Argument::is_one);
        vendor.is_one() && purpose.is_one() && basis.is_one() && flexible.is_one() && at
    }

    fn row(&mut self, row: usize, text: Option<Text<'_>>) -> Result<(), KernelError> {
        let asked = self.question.at_row(row)?;
        let consent = read(text, &mut self.buffer);
        let answer = consent.zip(asked).map(|(consent, asked)| asked.refusal(&consent));
        self.allowed.append_option(answer.map(|reason| reason.is_none()));
        self.reasons.append(answer.flatten());
        Ok(())
    }

    fn finish(mut self) -> Result<ArrayRef, KernelError> {
        let allowed = self.allowed.finish();
        let good = allowed.nulls().cloned();
        let reasons = self.reasons.finish();
        let fields = [
            Field::new("allowed", allowed.data_type().clone(), true),
            Field::new("reason", reasons.data_type().clone(), true),
        ];
        let columns: Vec<ArrayRef> = vec![Arc::new(allowed), Arc::new(reasons)];
        Ok(Arc::new(StructArray::try_new(fields.into_iter().collect(), columns, good)?))
    }
}
