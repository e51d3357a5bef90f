//! The strings of one person, asked together.

use core::time::Duration;

use uuid::Uuid;

use super::Reason;
use crate::ac::AcStringRef;
use crate::didomi::ConsentStringRef;
#[cfg(feature = "gvl")]
use crate::gvl::{CmpList, VendorList};
use crate::tcf::Valid;
use crate::time::Timestamp;

/// The strings of one person, and the lists that say what vendors declare: who is asked.
///
/// See the [module](super) for an example, and for who answers what.
#[derive(Clone, Copy)]
#[must_use]
pub struct Strings<'a> {
    pub(super) now: Timestamp,
    pub(super) tcf: Result<Valid<'a, 'a>, Reason>,
    pub(super) didomi: Result<ConsentStringRef<'a, 'a>, Reason>,
    pub(super) ac: Result<AcStringRef<'a>, Reason>,
    pub(super) user_id: Option<Uuid>,
    pub(super) max_lag: Duration,
    #[cfg(feature = "gvl")]
    pub(super) list: Option<&'a VendorList>,
    #[cfg(feature = "gvl")]
    pub(super) platforms: Option<&'a CmpList>,
}

impl<'a> Strings<'a> {
    /// How much older a TC string may be than the Didomi Consent String beside it, unless said
    /// otherwise: seven days (ours). Both are written at once, but a TC string tells the day only.
    pub const MAX_LAG: Duration = Duration::from_secs(7 * 24 * 60 * 60);

    /// No strings, to be asked at a time.
    pub const fn new(now: Timestamp) -> Self {
        Self {
            now,
            tcf: Err(Reason::Absent),
            didomi: Err(Reason::Absent),
            ac: Err(Reason::Absent),
            user_id: None,
            max_lag: Self::MAX_LAG,
            #[cfg(feature = "gvl")]
            list: None,
            #[cfg(feature = "gvl")]
            platforms: None,
        }
    }

    /// With a TC string, which is valid.
    pub const fn tcf(mut self, consent: Valid<'a, 'a>) -> Self {
        self.tcf = Ok(consent);
        self
    }

    /// With a Didomi Consent String.
    pub const fn didomi(mut self, consent: ConsentStringRef<'a, 'a>) -> Self {
        self.didomi = Ok(consent);
        self
    }

    /// With an AC string.
    pub const fn ac(mut self, consent: AcStringRef<'a>) -> Self {
        self.ac = Ok(consent);
        self
    }

    /// With the ID of the user by something other than the Didomi Consent String, such as a
    /// `didomi_token`: the string must be of the same user.
    pub const fn user_id(mut self, user_id: Uuid) -> Self {
        self.user_id = Some(user_id);
        self
    }

    /// How much older the TC string may be than the Didomi Consent String.
    pub const fn max_lag(mut self, max_lag: Duration) -> Self {
        self.max_lag = max_lag;
        self
    }

    /// With the list that says what IAB's vendors declare.
    #[cfg(feature = "gvl")]
    pub const fn vendor_list(mut self, list: &'a VendorList) -> Self {
        self.list = Some(list);
        self
    }

    /// With the list of platforms: a TC string of one that is deleted permits nothing.
    #[cfg(feature = "gvl")]
    pub const fn platforms(mut self, list: &'a CmpList) -> Self {
        self.platforms = Some(list);
        self
    }

    pub(crate) fn tcf_or(mut self, consent: Result<Valid<'a, 'a>, Reason>) -> Self {
        self.tcf = consent;
        self
    }

    pub(crate) fn didomi_or(mut self, consent: Result<ConsentStringRef<'a, 'a>, Reason>) -> Self {
        self.didomi = consent;
        self
    }

    pub(crate) fn ac_or(mut self, consent: Result<AcStringRef<'a>, Reason>) -> Self {
        self.ac = consent;
        self
    }
}

/// How much there is of what: neither a text nor an ID.
impl core::fmt::Debug for Strings<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Strings")
            .field("now", &self.now)
            .field("tcf", &self.tcf)
            .field("didomi", &self.didomi)
            .field("ac", &self.ac)
            .finish_non_exhaustive()
    }
}
