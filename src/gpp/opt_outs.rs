//! Whether a person has opted out, across the sections of the United States.

use super::section::{SectionRef, Sections};
use super::values::OptOut;
use super::{GppSid, SectionId, UsSection};
use crate::us_privacy::{Answer, UsPrivacy};

/// A use of personal data that a person can opt out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DataUse {
    /// Its sale.
    Sale,
    /// Its sharing, for advertising across contexts: California's word, and the national
    /// section's.
    Sharing,
    /// Its use for targeted advertising.
    TargetedAdvertising,
}

impl DataUse {
    /// All uses.
    pub const ALL: &[Self] = &[Self::Sale, Self::Sharing, Self::TargetedAdvertising];

    /// The use's name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sale => "sale",
            Self::Sharing => "sharing",
            Self::TargetedAdvertising => "targeted_advertising",
        }
    }
}

/// Whether a person has opted out of a use of personal data.
///
/// Only [`DidNotOptOut`](Self::DidNotOptOut) allows the use. The four are all there are: to be
/// matched in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OptOutAnswer {
    /// The string says that the person has.
    OptedOut,
    /// The string says that the person has not, in a section that applies.
    DidNotOptOut,
    /// No section that applies says anything of it, or they say that it is not applicable.
    NotSaid,
    /// A section can't be read, and none of the others says that the person has opted out.
    Unreadable,
}

impl OptOutAnswer {
    /// The answer's name in `snake_case`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OptedOut => "opted_out",
            Self::DidNotOptOut => "did_not_opt_out",
            Self::NotSaid => "not_said",
            Self::Unreadable => "unreadable",
        }
    }

    pub(super) fn of(
        sections: Sections<'_, '_>,
        what: DataUse,
        applicable: Option<&GppSid>,
    ) -> Self {
        let [answer] = Self::of_each(sections, [what], applicable);
        answer
    }

    fn of_each<const USES: usize>(
        sections: Sections<'_, '_>,
        uses: [DataUse; USES],
        applicable: Option<&GppSid>,
    ) -> [Self; USES] {
        let listed = applicable.filter(|sid| !sid.is_empty());
        let applies = |id| listed.is_none_or(|sid| sid.contains(id));
        Self::heard(sections, uses, applies, listed.is_some()).map(Heard::answer)
    }

    /// The same with a US Privacy string that came beside the sections, which counts as their
    /// section 6 does, whether or not that one applies; `Err` for one that can't be read.
    #[cfg(feature = "request")]
    pub(crate) fn beside<'t>(
        sections: impl Iterator<Item = SectionRef<'t>>,
        us_privacy: Option<Result<UsPrivacy, ()>>,
        what: DataUse,
        applies: impl Fn(SectionId) -> bool,
        is_listed: bool,
    ) -> Self {
        let [mut heard] = Self::heard(sections, [what], applies, is_listed);
        if let Some(read) = us_privacy {
            heard.hear_us_privacy(read.ok(), what, true);
        }
        heard.answer()
    }

    /// What the sections say of each use.
    fn heard<'t, const USES: usize>(
        sections: impl Iterator<Item = SectionRef<'t>>,
        uses: [DataUse; USES],
        applies: impl Fn(SectionId) -> bool,
        is_listed: bool,
    ) -> [Heard; USES] {
        let mut heard = [Heard::default(); USES];
        let mut hear = |each: &dyn Fn(&mut Heard, DataUse)| {
            heard.iter_mut().zip(uses).for_each(|(heard, what)| each(heard, what));
        };
        for section in sections {
            let id = section.id();
            let applies = applies(id);
            if let Some(read) = section.us() {
                let rank = if id == SectionId::USNAT { Rank::National } else { Rank::State };
                let us = read.ok();
                hear(&|heard, what| heard.hear_us(us.as_ref(), what, rank, applies));
            } else if let Some(read) = section.us_privacy() {
                let us_privacy = read.ok();
                hear(&|heard, what| heard.hear_us_privacy(us_privacy, what, applies));
            } else if id.name().is_none() {
                hear(&|heard, _| heard.unreadable |= is_listed && applies);
            }
        }
        heard
    }
}

/// Whether a person has opted out of each use of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OptOuts {
    sale: OptOutAnswer,
    sharing: OptOutAnswer,
    targeted_advertising: OptOutAnswer,
}

impl OptOuts {
    pub(super) fn of(sections: Sections<'_, '_>, applicable: Option<&GppSid>) -> Self {
        let uses = [DataUse::Sale, DataUse::Sharing, DataUse::TargetedAdvertising];
        let [sale, sharing, targeted_advertising] =
            OptOutAnswer::of_each(sections, uses, applicable);
        Self { sale, sharing, targeted_advertising }
    }

    /// Of the sale of personal data.
    #[must_use]
    pub const fn sale(self) -> OptOutAnswer {
        self.sale
    }

    /// Of its sharing.
    #[must_use]
    pub const fn sharing(self) -> OptOutAnswer {
        self.sharing
    }

    /// Of its use for targeted advertising.
    #[must_use]
    pub const fn targeted_advertising(self) -> OptOutAnswer {
        self.targeted_advertising
    }
}

fn choice(section: &UsSection, what: DataUse) -> Option<OptOut> {
    match what {
        DataUse::Sale => section.sale_opt_out(),
        DataUse::Sharing => section.sharing_opt_out(),
        DataUse::TargetedAdvertising => section.targeted_advertising_opt_out(),
    }
}

/// Whose word counts first, where nobody opted out.
#[derive(Clone, Copy)]
enum Rank {
    State,
    National,
    UsPrivacy,
}

/// What the sections say of one use.
#[derive(Clone, Copy, Default)]
struct Heard {
    opted_out: bool,
    unreadable: bool,
    /// For each rank, whether a section that applies said that the person did not opt out;
    /// `None` where none said anything.
    did_not_opt_out: [Option<bool>; 3],
}

impl Heard {
    /// `None` for a section that can't be read.
    fn hear_us(&mut self, read: Option<&UsSection>, what: DataUse, rank: Rank, applies: bool) {
        let Some(us) = read else {
            self.unreadable = true;
            return;
        };
        self.opted_out |= us.gpc() == Some(true);
        if let Some(choice) = choice(us, what) {
            self.hear(choice, rank, applies);
        }
    }

    /// It speaks of sales only; `None` for one that can't be read.
    fn hear_us_privacy(&mut self, read: Option<UsPrivacy>, what: DataUse, applies: bool) {
        if what != DataUse::Sale {
            return;
        }
        match read.map(|privacy| privacy.opt_out_sale()) {
            Some(Answer::Yes) => self.hear(OptOut::OptedOut, Rank::UsPrivacy, applies),
            Some(Answer::No) => self.hear(OptOut::DidNotOptOut, Rank::UsPrivacy, applies),
            Some(Answer::NotApplicable) => {
                self.hear(OptOut::NotApplicable, Rank::UsPrivacy, applies);
            }
            None => self.unreadable = true,
        }
    }

    fn hear(&mut self, choice: OptOut, rank: Rank, applies: bool) {
        match choice {
            OptOut::OptedOut => self.opted_out = true,
            OptOut::Undefined => self.unreadable = true,
            OptOut::NotApplicable | OptOut::DidNotOptOut if applies => {
                let said = &mut self.did_not_opt_out[rank as usize];
                *said = Some(said.unwrap_or(false) || choice == OptOut::DidNotOptOut);
            }
            OptOut::NotApplicable | OptOut::DidNotOptOut => {}
        }
    }

    fn answer(self) -> OptOutAnswer {
        if self.opted_out {
            OptOutAnswer::OptedOut
        } else if self.unreadable {
            OptOutAnswer::Unreadable
        } else if self.did_not_opt_out.into_iter().flatten().next() == Some(true) {
            OptOutAnswer::DidNotOptOut
        } else {
            OptOutAnswer::NotSaid
        }
    }
}
