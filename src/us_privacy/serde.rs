//! serde for US Privacy strings: the text, and the object.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::{Answer, UsPrivacy};
use crate::serde_impls::{named, object, parsed};

impl Serialize for UsPrivacy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UsPrivacy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "not a US Privacy string, expected 1 and three of Y, N and -")
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let all = Self::ALL.map(|answer| (answer.name(), answer));
        named(deserializer, &all, "not an answer, expected yes, no or not_applicable")
    }
}

/// A US Privacy string as an object: `notice`, `opt_out_sale` and `lspa_covered`, each `yes`,
/// `no` or `not_applicable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decoded {
    /// Whether notice was given, and the chance to opt out of a sale.
    pub notice: Answer,
    /// Whether the person has opted out of the sale of personal data.
    pub opt_out_sale: Answer,
    /// Whether the transaction is covered by the Limited Service Provider Agreement.
    pub lspa_covered: Answer,
}

impl UsPrivacy {
    /// The string as an object.
    #[must_use]
    pub const fn decoded(&self) -> Decoded {
        Decoded {
            notice: self.notice,
            opt_out_sale: self.opt_out_sale,
            lspa_covered: self.lspa_covered,
        }
    }
}

impl Decoded {
    /// The string of the object, in upper case.
    #[must_use]
    pub const fn encode(&self) -> UsPrivacy {
        UsPrivacy::new(self.notice, self.opt_out_sale, self.lspa_covered)
    }
}

/// The properties.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename = "UsPrivacy")]
struct Shape {
    notice: Answer,
    opt_out_sale: Answer,
    lspa_covered: Answer,
}

impl Serialize for Decoded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { notice, opt_out_sale, lspa_covered } = *self;
        Shape { notice, opt_out_sale, lspa_covered }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decoded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Shape { notice, opt_out_sale, lspa_covered } = object(deserializer)?;
        Ok(Self { notice, opt_out_sale, lspa_covered })
    }
}
