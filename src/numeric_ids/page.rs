//! A page of Didomi's numbers.

use alloc::string::String;
use alloc::vec::Vec;

use http::Response;

use super::{AnswerError, NamedId, NumericIds, NumericIdsError, NumericIdsRequest};
use crate::http_api::{Extra, Fields, extra};

/// A page of the numbers that Didomi has for vendors, or for purposes.
#[derive(Debug, Clone)]
#[must_use]
pub struct NumericIdsPage<I> {
    total: u64,
    skip: u64,
    entries: Vec<NumericId<I>>,
    next: Option<NumericIdsRequest<I>>,
}

impl<I: NamedId> NumericIdsPage<I> {
    /// Reads an answer that was kept, whichever page it was.
    ///
    /// # Errors
    ///
    /// Those of [`NumericIdsRequest::read`], with the HTTP status 200.
    pub fn parse(body: impl AsRef<[u8]>) -> Result<Self, AnswerError> {
        Self::read(&Response::new(body), None)
    }

    /// Reads an answer; where the request is known, it must be the page that it asks for.
    pub(super) fn read(
        response: &Response<impl AsRef<[u8]>>,
        request: Option<&NumericIdsRequest<I>>,
    ) -> Result<Self, AnswerError> {
        let mut fields = Fields::read(response, |status| status.is_success())?;
        let total = fields.number("total")?;
        let skip = fields.number("skip")?;
        if request.is_some_and(|request| request.skip != skip) {
            return Err(fields.fault("skip"));
        }
        let entries: Vec<_> =
            fields.objects("data")?.into_iter().map(NumericId::read).collect::<Result<_, _>>()?;
        let end = skip.saturating_add(entries.len() as u64);
        let is_last = end >= total;
        // Whoever believed such a page would take what is left for nothing.
        if entries.is_empty() && !is_last {
            return Err(fields.fault("data"));
        }
        let next = || request.cloned().unwrap_or_default().skip(end);
        Ok(Self { total, skip, entries, next: (!is_last).then(next) })
    }

    /// How many entries all pages have.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// How many entries the pages before have.
    #[must_use]
    pub const fn skipped(&self) -> u64 {
        self.skip
    }

    /// The entries of this page.
    #[must_use]
    pub fn entries(&self) -> &[NumericId<I>] {
        &self.entries
    }

    /// The request for the next page; `None` behind the last.
    #[must_use]
    pub fn next(&self) -> Option<NumericIdsRequest<I>> {
        self.next.clone()
    }

    /// Adds the entries to a table.
    ///
    /// # Errors
    ///
    /// Those of [`NumericIds::insert`], for the first entry that can't be added; those before
    /// it then are in the table.
    pub fn add_to(&self, table: &mut NumericIds<I>) -> Result<(), NumericIdsError> {
        self.entries.iter().try_for_each(|entry| table.insert(entry.number, &entry.text))
    }
}

/// A number and the text that it stands for.
#[derive(Debug, Clone)]
pub struct NumericId<I> {
    number: I,
    text: String,
    organization_id: Option<String>,
    extra: Extra,
}

impl<I: NamedId> NumericId<I> {
    fn read(mut fields: Fields) -> Result<Self, AnswerError> {
        const NUMBER: &str = "data.numeric_id";
        let number = u16::try_from(fields.number(NUMBER)?).ok().and_then(I::new);
        Ok(Self {
            number: number.ok_or_else(|| fields.fault(NUMBER))?,
            text: fields.text(I::TEXT)?,
            organization_id: fields.optional_text("data.organization_id")?,
            extra: fields.rest(),
        })
    }

    /// The number.
    #[must_use]
    pub const fn number(&self) -> I {
        self.number
    }

    /// The text that it stands for.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The organization whose vendor or purpose it is, if the answer says so.
    #[must_use]
    pub fn organization_id(&self) -> Option<&str> {
        self.organization_id.as_deref()
    }

    extra!();
}
