//! Changes of any format as rows of a log.

use core::fmt;

use super::IdChange;
use crate::ids::Id;

/// What a string can say of an ID; what it says of those that it doesn't have is a value, too.
pub(crate) trait Said: Copy + Eq {
    /// What is said of an ID that stands nowhere.
    const SILENT: Self;

    fn said(self) -> Answer;
}

/// What is said of an ID, in the words of a log.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    Status(&'static str),
    #[cfg_attr(not(feature = "tcf"), allow(dead_code, reason = "only TC strings have sets"))]
    Flag(bool),
}

impl Said for bool {
    const SILENT: Self = false;

    fn said(self) -> Answer {
        Answer::Flag(self)
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(name) => f.write_str(name),
            Self::Flag(flag) => write!(f, "{flag}"),
        }
    }
}

/// A change of some IDs of a section, whatever their kind.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    pub(crate) section: &'static str,
    /// Of a publisher restriction, the purpose and the number and words of the type.
    pub(crate) restriction: Option<(u16, u8, &'static str)>,
    pub(crate) first: u16,
    pub(crate) last: u16,
    pub(crate) from: Answer,
    pub(crate) to: Answer,
}

impl Row {
    pub(crate) fn of<I: Id, S: Said>(section: &'static str, change: &IdChange<I, S>) -> Self {
        Self {
            section,
            restriction: None,
            first: change.ids.first().get(),
            last: change.ids.last().get(),
            from: change.from.said(),
            to: change.to.said(),
        }
    }

    /// `7-9`, or `7`.
    pub(super) fn write_ids(&self, f: &mut impl fmt::Write) -> fmt::Result {
        write!(f, "{}", self.first)?;
        if self.last > self.first {
            write!(f, "-{}", self.last)?;
        }
        Ok(())
    }
}

/// The changes of a section as rows.
pub(crate) fn rows<I: Id, S: Said>(
    section: &'static str,
    changes: &[IdChange<I, S>],
) -> impl Iterator<Item = Row> + Clone {
    changes.iter().map(move |change| Row::of(section, change))
}

impl fmt::Display for Row {
    /// `vendors 7-9: undefined -> enabled`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.section)?;
        if let Some((purpose, _, words)) = self.restriction {
            write!(f, " (purpose {purpose}, {words})")?;
        }
        f.write_str(" ")?;
        self.write_ids(f)?;
        write!(f, ": {} -> {}", self.from, self.to)
    }
}

/// Writes lines, with a line feed between them and none behind the last.
pub(crate) struct Lines<'f, 'b> {
    f: &'f mut fmt::Formatter<'b>,
    is_first: bool,
}

impl<'f, 'b> Lines<'f, 'b> {
    pub(crate) fn new(f: &'f mut fmt::Formatter<'b>) -> Self {
        Self { f, is_first: true }
    }

    pub(crate) fn line(&mut self, line: fmt::Arguments<'_>) -> fmt::Result {
        if !core::mem::take(&mut self.is_first) {
            self.f.write_str("\n")?;
        }
        self.f.write_fmt(line)
    }

    /// The changes of a difference, each behind `prefix`.
    pub(crate) fn changes(
        &mut self,
        prefix: fmt::Arguments<'_>,
        header: impl IntoIterator<Item = impl fmt::Display>,
        rows: impl Iterator<Item = Row>,
    ) -> fmt::Result {
        for change in header {
            self.line(format_args!("{prefix}{change}"))?;
        }
        for row in rows {
            self.line(format_args!("{prefix}{row}"))?;
        }
        Ok(())
    }
}

/// Writes the changes of a difference, one a line.
pub(crate) fn write_lines(
    f: &mut fmt::Formatter<'_>,
    header: impl IntoIterator<Item = impl fmt::Display>,
    rows: impl Iterator<Item = Row>,
) -> fmt::Result {
    Lines::new(f).changes(format_args!(""), header, rows)
}

/// Prints a difference and makes JSON of it: of its `header`, and of its `rows()`.
macro_rules! told_by_rows {
    ($difference:ty) => {
        impl core::fmt::Display for $difference {
            /// One change a line, without a line feed behind the last; nothing where nothing
            /// differs.
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                $crate::diff::write_lines(f, &self.header, self.rows())
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $difference {
            /// `{"header": [...], "sections": [...]}`.
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::diff::serialize(serializer, &self.header, self.rows())
            }
        }
    };
}
pub(crate) use told_by_rows;
