//! The values of fields by their names.

use alloc::vec::Vec;

use super::super::SectionId;
use super::super::values::{Entries, Value};
use super::field::{Kind, UsField, UsValue};
use super::layout::{self, Sensitive};

impl UsField {
    /// The value of names: of one, or of a list of them.
    pub(in crate::gpp) fn named_value(
        self,
        id: SectionId,
        names: &[&str],
        is_list: bool,
    ) -> Option<UsValue> {
        if is_list {
            let sensitive = layout::layout(layout::index_of(id)?).sensitive;
            return match (self.kind(), sensitive) {
                (Kind::Consent, _) | (Kind::Sensitive, Sensitive::Consent) => {
                    entries(names).map(UsValue::Consents)
                }
                (Kind::Sensitive, Sensitive::OptOut) => entries(names).map(UsValue::OptOuts),
                _ => None,
            };
        }
        let &[name] = names else { return None };
        match self.kind() {
            Kind::Notice => value(name).map(UsValue::Notice),
            Kind::OptOut => value(name).map(UsValue::OptOut),
            Kind::Consent => value(name).map(UsValue::Consent),
            Kind::Answer => value(name).map(UsValue::Answer),
            Kind::Mode => value(name).map(UsValue::Mode),
            Kind::Number | Kind::Sensitive => None,
        }
    }
}

fn value<V: Value>(name: &str) -> Option<V> {
    (0..4).map(V::from_bits).find(|value| value.name() == name)
}

fn entries<V: Value>(names: &[&str]) -> Option<Entries<V>> {
    let entries = names.iter().map(|name| value(name)).collect::<Option<Vec<V>>>()?;
    Entries::new(&entries)
}
