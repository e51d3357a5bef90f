//! Kernels over GPP strings and US Privacy strings.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::BooleanBuilder;
use consent_string::Buffer;
use consent_string::gpp::{DataUse, GppStringRef, OptOutAnswer, SectionId};
use consent_string::us_privacy::{Answer, UsPrivacy};

use crate::argument::{Argument, Sid};
use crate::error::KernelError;
use crate::id_lists::IdLists;
use crate::strings::{Kernel, Text, run};

/// The string of a row that is not null and can be read.
fn read<'t, 'b>(text: Option<Text<'t>>, buffer: &'b mut Buffer) -> Option<GppStringRef<'t, 'b>> {
    GppStringRef::parse(text?.ok()?, buffer).ok()
}

/// The IDs of the sections of each string, as a column of `list<uint16>`, rising.
///
/// # Errors
///
/// [`KernelError::NotStrings`].
pub fn sections(array: &ArrayRef) -> Result<ArrayRef, KernelError> {
    run(array, Sections { buffer: Buffer::new(), lists: IdLists::new() })
}

struct Sections {
    buffer: Buffer,
    lists: IdLists,
}

impl Kernel for Sections {
    fn row(&mut self, _: usize, text: Option<Text<'_>>) -> Result<(), KernelError> {
        let gpp = read(text, &mut self.buffer);
        self.lists.append(
            gpp.map(|gpp| {
                move |ids: &mut Vec<u16>| ids.extend(gpp.section_ids().map(SectionId::get))
            }),
        )
    }

    fn finish(self) -> Result<ArrayRef, KernelError> {
        self.lists.finish()
    }
}

/// Whether the person has opted out of a use of personal data, as a column of `bool`: null, too,
/// where no section says, or one can't be read and none of the others says that the person has.
///
/// `sid` says which sections apply. A row whose list can't be read is null.
/// [`GppStringRef::opted_out`] says which section counts.
///
/// # Errors
///
/// [`KernelError`] where the column is none of strings, or an argument is wrong.
pub fn opted_out(
    array: &ArrayRef,
    what: &Argument<DataUse>,
    sid: Option<&Argument<Sid>>,
) -> Result<ArrayRef, KernelError> {
    what.check_length(array.len())?;
    sid.map_or(Ok(()), |sid| sid.check_length(array.len()))?;
    let answers = BooleanBuilder::with_capacity(array.len());
    run(array, OptedOut { what, sid, buffer: Buffer::new(), answers })
}

struct OptedOut<'a> {
    what: &'a Argument<DataUse>,
    sid: Option<&'a Argument<Sid>>,
    buffer: Buffer,
    answers: BooleanBuilder,
}

impl OptedOut<'_> {
    fn answer(
        &mut self,
        row: usize,
        text: Option<Text<'_>>,
    ) -> Result<Option<OptOutAnswer>, KernelError> {
        let what = self.what.at(row)?;
        let sid = self.sid.map(|sid| sid.get(row)).transpose()?;
        let Some((what, gpp)) = what.zip(read(text, &mut self.buffer)) else { return Ok(None) };
        Ok(match sid {
            None => Some(gpp.opted_out(what, None)),
            // Nobody said which sections apply.
            Some(None) => Some(gpp.opted_out(what, None)),
            Some(Some(sid)) => sid.0.as_ref().map(|sid| gpp.opted_out(what, Some(sid))),
        })
    }
}

impl Kernel for OptedOut<'_> {
    fn same_in_every_row(&self) -> bool {
        self.what.is_one() && self.sid.is_none_or(Argument::is_one)
    }

    fn row(&mut self, row: usize, text: Option<Text<'_>>) -> Result<(), KernelError> {
        let answer = self.answer(row, text)?;
        self.answers.append_option(match answer {
            Some(OptOutAnswer::OptedOut) => Some(true),
            Some(OptOutAnswer::DidNotOptOut) => Some(false),
            Some(OptOutAnswer::NotSaid | OptOutAnswer::Unreadable) | None => None,
        });
        Ok(())
    }

    fn finish(mut self) -> Result<ArrayRef, KernelError> {
        Ok(Arc::new(self.answers.finish()))
    }
}

/// Whether the person has opted out of the sale of personal data, by a US Privacy string, as a
/// column of `bool`: null, too, where the law does not apply.
///
/// # Errors
///
/// [`KernelError::NotStrings`].
pub fn us_privacy_opt_out(array: &ArrayRef) -> Result<ArrayRef, KernelError> {
    run(array, UsPrivacyOptOut(BooleanBuilder::with_capacity(array.len())))
}

struct UsPrivacyOptOut(BooleanBuilder);

impl Kernel for UsPrivacyOptOut {
    fn row(&mut self, _: usize, text: Option<Text<'_>>) -> Result<(), KernelError> {
        let text = text.and_then(Result::ok);
        let answer = text.and_then(|text| UsPrivacy::parse(text).ok());
        self.0.append_option(match answer.map(|privacy| privacy.opt_out_sale()) {
            Some(Answer::Yes) => Some(true),
            Some(Answer::No) => Some(false),
            Some(Answer::NotApplicable) | None => None,
        });
        Ok(())
    }

    fn finish(mut self) -> Result<ArrayRef, KernelError> {
        Ok(Arc::new(self.0.finish()))
    }
}
