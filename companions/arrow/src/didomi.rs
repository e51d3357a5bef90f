//! Kernels over Didomi Consent Strings.

mod header;

use std::sync::Arc;

use arrow_array::ArrayRef;
use consent_string::Buffer;
use consent_string::didomi::{ConsentStringRef, Status};

pub use header::header;

use crate::argument::{Argument, DidomiId, Section};
use crate::error::KernelError;
use crate::names::Names;
use crate::strings::{Kernel, Text, run};

/// The string of a row that is not null and can be read.
fn read<'t, 'b>(
    text: Option<Text<'t>>,
    buffer: &'b mut Buffer,
) -> Option<ConsentStringRef<'t, 'b>> {
    ConsentStringRef::parse(text?.ok()?, buffer).ok()
}

/// The status of a purpose or a vendor in a section, as a column of `dictionary<int8, utf8>`:
/// `enabled`, `disabled` or `undefined`.
///
/// # Errors
///
/// [`KernelError`] where the column is none of strings, or an argument is wrong.
pub fn status(
    array: &ArrayRef,
    section: &Argument<Section>,
    id: &Argument<DidomiId>,
) -> Result<ArrayRef, KernelError> {
    section.check_length(array.len())?;
    id.check_length(array.len())?;
    run(array, StatusOf { section, id, buffer: Buffer::new(), statuses: Names::default() })
}

struct StatusOf<'a> {
    section: &'a Argument<Section>,
    id: &'a Argument<DidomiId>,
    buffer: Buffer,
    statuses: Names,
}

impl Kernel for StatusOf<'_> {
    fn same_in_every_row(&self) -> bool {
        self.section.is_one() && self.id.is_one()
    }

    fn row(&mut self, row: usize, text: Option<Text<'_>>) -> Result<(), KernelError> {
        let asked = self.section.at(row)?.zip(self.id.at(row)?);
        let consent = read(text, &mut self.buffer);
        let status =
            consent.zip(asked).map(|(consent, (section, id))| (section.status)(&consent, id));
        self.statuses.append(status.map(Status::name));
        Ok(())
    }

    fn finish(self) -> Result<ArrayRef, KernelError> {
        Ok(Arc::new(self.statuses.finish()))
    }
}
