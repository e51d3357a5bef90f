//! Which of its two layouts a national section has that says it is of version 1.
//!
//! By the specification it is the first. But two libraries wrote the second layout under
//! version 1 for years, so a core that is long enough for the second is one of either. It is
//! taken for the first where nothing but zeros stands behind that, and it says there whether
//! the transaction is covered, for which the specification has no other answers than yes and
//! no. The notices and the opt-outs stand at the same places in both.

use super::super::SectionId;
use super::super::values::{MspaAnswer, TwoBits};
use super::field::UsField;
use super::layout::{self, Layout};
use super::section::UsSection;

fn first_layout() -> &'static Layout {
    let index = layout::index_of(SectionId::USNAT);
    layout::layout(index.expect("the table has the national section"))
}

/// Whether a core that could have either layout is taken for the first: `bits` are all of its
/// bits, from the top.
pub(super) fn is_first_layout(bits: u128) -> bool {
    let layout = first_layout();
    let covered = layout.place(UsField::MspaCoveredTransaction).expect("a field of the layout");
    #[allow(clippy::cast_possible_truncation, reason = "two bits")]
    let covered = MspaAnswer::from_bits((bits >> (u128::BITS - u32::from(covered.end()))) as u8);
    bits << layout.bits == 0 && matches!(covered, MspaAnswer::Yes | MspaAnswer::No)
}

impl UsSection {
    /// Whether the section's text would be read as one of the first layout, though it isn't.
    pub(super) fn reads_as_first_layout(&self) -> bool {
        self.id() == SectionId::USNAT
            && self.layout_version() == 2
            && self.version() == Some(1)
            && is_first_layout(self.core)
    }
}
