//! What differs between two GPP strings.
//!
//! That a difference says what it says, and its order, are rules of ours.

#[cfg(feature = "serde")]
mod serde;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use super::canada::CanadaDifference;
use super::equality::same;
use super::section::SectionRef;
use super::us::UsChange;
use super::view::GppStringRef;
use super::{GppString, SectionId};
use crate::buffer::Buffer;
use crate::diff::{ApplyError, Lines};
use crate::{tcf, us_privacy};

/// What differs between two GPP strings, from the first to the second: see [`GppString::diff`].
///
/// Sections come by rising ID. Printed, it is one change a line: `usnat: added`,
/// `usca.sale_opt_out: did_not_opt_out -> opted_out`, `tcfeuv2.vendors_consent 7-9: false -> true`;
/// a section that has no name is `section 900`. Serialized (feature `serde`), it is
/// `{"header": [], "sections": [{"section", "id", "from", "to", "header", "sections"}]}`: a
/// section's name, its ID, its text before and after (null where it is absent), and the changes in
/// it in the shape that its own format has, `"header"` with the fields; both null where the section
/// is new, gone, unknown, or can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    sections: Vec<SectionChange>,
}

/// A section that only one of two GPP strings has, or of which they say different things.
#[derive(Clone, PartialEq, Eq)]
pub struct SectionChange {
    id: SectionId,
    from: Option<Box<str>>,
    to: Option<Box<str>>,
    inside: Option<SectionDifference>,
}

/// What differs in a section that both strings have, and that can be read in both.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum SectionDifference {
    /// In the TC string of section 2.
    TcfEu(Box<tcf::Difference>),
    /// In the TC string of Canada.
    TcfCanada(Box<CanadaDifference>),
    /// In the US Privacy string.
    UsPrivacy(us_privacy::Difference),
    /// In a section of the United States.
    Us(Vec<UsChange>),
}

impl Difference {
    pub(super) fn between(from: &GppStringRef<'_, '_>, to: &GppStringRef<'_, '_>) -> Self {
        let (mut from, mut to) = (from.sections().peekable(), to.sections().peekable());
        let mut sections = Vec::new();
        loop {
            let next = [from.peek(), to.peek()].into_iter().flatten().map(SectionRef::id).min();
            let Some(id) = next else { return Self { sections } };
            let before = from.next_if(|section| section.id() == id);
            let after = to.next_if(|section| section.id() == id);
            sections.extend(SectionChange::between(id, before.as_ref(), after.as_ref()));
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    /// The sections that differ, by rising ID.
    #[must_use]
    pub fn sections(&self) -> &[SectionChange] {
        &self.sections
    }

    /// The string that has the sections that the difference leads to, from the string that it
    /// starts from: of the difference from `a` to `b`, applied to `a`, what `b` says.
    ///
    /// Sections are texts here: one that differs is that of `b`, byte for byte, and the others are
    /// those of `a`.
    ///
    /// # Errors
    ///
    /// [`ApplyError::OtherStart`] for a string that has another text than the first one in a
    /// section that the two strings differ in; [`ApplyError::Encode`] where the result can't be
    /// written: a section of the second string may be empty, which a
    /// [`Builder`](super::Builder) refuses.
    pub fn apply_to<'x>(
        &self,
        gpp: impl Into<GppStringRef<'x, 'x>>,
    ) -> Result<GppString, ApplyError> {
        let gpp = gpp.into();
        let mut builder = gpp.to_gpp_string().to_builder();
        let mut sections = gpp.sections().peekable();
        for change in &self.sections {
            while sections.next_if(|section| section.id() < change.id).is_some() {}
            let text = sections.next_if(|section| section.id() == change.id);
            if text.map(|section| section.as_str()) != change.text_before() {
                let field = change.id.name().unwrap_or("section");
                return Err(ApplyError::OtherStart { field });
            }
            builder = match change.text_after() {
                Some(text) => builder.section(change.id, text),
                None => builder.without(change.id),
            };
        }
        Ok(builder.build()?)
    }
}

impl SectionChange {
    fn between(
        id: SectionId,
        from: Option<&SectionRef<'_>>,
        to: Option<&SectionRef<'_>>,
    ) -> Option<Self> {
        let inside = match (from, to) {
            (Some(from), Some(to)) if same(from, to) => return None,
            (Some(from), Some(to)) => SectionDifference::between(from, to),
            _ => None,
        };
        let text = |section: &SectionRef<'_>| section.as_str().into();
        Some(Self { id, from: from.map(text), to: to.map(text), inside })
    }

    /// The section's ID.
    #[must_use]
    pub const fn id(&self) -> SectionId {
        self.id
    }

    /// The section's text in the first string; `None` where that has no such section.
    #[must_use]
    pub fn text_before(&self) -> Option<&str> {
        self.from.as_deref()
    }

    /// The section's text in the second string; `None` where that has no such section.
    #[must_use]
    pub fn text_after(&self) -> Option<&str> {
        self.to.as_deref()
    }

    /// What differs in the section; `None` where one of the strings does not have it, where it
    /// can't be read in one of them, and where this crate does not know it.
    #[must_use]
    pub const fn inside(&self) -> Option<&SectionDifference> {
        self.inside.as_ref()
    }
}

impl SectionDifference {
    fn between(from: &SectionRef<'_>, to: &SectionRef<'_>) -> Option<Self> {
        if let (Some(from), Some(to)) = (from.us(), to.us()) {
            return Some(Self::Us(UsChange::between(&from.ok()?, &to.ok()?)));
        }
        if let (Some(from), Some(to)) = (from.us_privacy(), to.us_privacy()) {
            return Some(Self::UsPrivacy(from.ok()?.diff(&to.ok()?)));
        }
        let (mut buffer, mut other) = (Buffer::new(), Buffer::new());
        if let Some(from) = from.tc_string(&mut buffer) {
            let to = to.tc_string(&mut other)?.ok()?;
            return Some(Self::TcfEu(Box::new(from.ok()?.diff(to))));
        }
        let (from, to) = (from.tcf_canada(&mut buffer)?.ok()?, to.tcf_canada(&mut other)?.ok()?);
        Some(Self::TcfCanada(Box::new(from.diff(&to))))
    }
}

/// The name of a section, as lines start with it.
struct Name(SectionId);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "section {}", self.0),
        }
    }
}

impl SectionChange {
    fn write(&self, lines: &mut Lines<'_, '_>) -> fmt::Result {
        let name = Name(self.id);
        let none = core::iter::empty();
        match &self.inside {
            Some(SectionDifference::TcfEu(inside)) => {
                lines.changes(format_args!("{name}."), inside.header(), inside.rows())
            }
            Some(SectionDifference::TcfCanada(inside)) => {
                lines.changes(format_args!("{name}."), inside.header(), inside.rows())
            }
            Some(SectionDifference::UsPrivacy(inside)) => {
                lines.changes(format_args!("{name}."), inside.header(), none)
            }
            Some(SectionDifference::Us(changes)) => {
                lines.changes(format_args!("{name}."), changes, none)
            }
            None => lines.line(format_args!(
                "{name}: {}",
                match (&self.from, &self.to) {
                    (None, _) => "added",
                    (_, None) => "removed",
                    _ => "changed",
                }
            )),
        }
    }
}

impl fmt::Display for Difference {
    /// One change a line, without a line feed behind the last; nothing where nothing differs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines = Lines::new(f);
        self.sections.iter().try_for_each(|section| section.write(&mut lines))
    }
}

impl fmt::Display for SectionChange {
    /// One change a line, as in a [`Difference`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(&mut Lines::new(f))
    }
}

/// Which section changes, and not its texts.
impl fmt::Debug for SectionChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SectionChange")
            .field("id", &self.id)
            .field("inside", &self.inside)
            .finish_non_exhaustive()
    }
}
