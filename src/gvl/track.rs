//! The place that a reader is at: serde's own errors don't know it.

use core::cell::Cell;

use serde::de;

use super::error::{ListErrorKind, Place};
use crate::ids::Id;

/// Where reading is, and what was wrong there.
#[derive(Default)]
pub(super) struct Track {
    pub(super) place: Cell<Place>,
    /// `None` for what serde finds by itself.
    pub(super) kind: Cell<Option<ListErrorKind>>,
}

impl Track {
    /// The error that ends reading at this place.
    #[cold]
    pub(super) fn error<E: de::Error>(&self, kind: ListErrorKind) -> E {
        self.kind.set(Some(kind));
        E::custom("see the kind")
    }

    fn set(&self, change: impl FnOnce(&mut Place)) {
        let mut place = self.place.get();
        change(&mut place);
        self.place.set(place);
    }

    /// Says that reading is at a property. Within a property of an entry, or of the list, there
    /// is no other place.
    pub(super) fn at_field(&self, field: &'static str, depth: Depth) {
        match depth {
            Depth::List => self.place.set(Place { field: Some(field), ..Place::default() }),
            Depth::Entry => self.set(|place| place.field = Some(field)),
            Depth::Nested => {}
        }
    }

    /// The value of a property that must be there.
    pub(super) fn required<T, E: de::Error>(
        &self,
        value: Option<T>,
        field: &'static str,
        depth: Depth,
    ) -> Result<T, E> {
        value.ok_or_else(|| {
            self.at_field(field, depth);
            self.error(ListErrorKind::Missing)
        })
    }

    /// The ID of an entry, which must be the number under which it stands.
    pub(super) fn entry_id<I: Id, E: de::Error>(&self, id: Option<u16>) -> Result<I, E> {
        let number = self.required(id, "id", Depth::Entry)?;
        I::new(number).filter(|_| self.place.get().entry == Some(number)).ok_or_else(|| {
            self.at_field("id", Depth::Entry);
            self.error(ListErrorKind::OtherId)
        })
    }

    /// Says that reading is at an entry of a map of the list; an entry of any other map has no
    /// place of its own.
    pub(super) fn at_entry(&self, key: impl Id) {
        self.set(|place| {
            if place.map.is_none() {
                *place = Place { map: place.field, entry: Some(key.get()), field: None };
            }
        });
    }
}

/// What an object is a part of.
#[derive(Clone, Copy)]
pub(super) enum Depth {
    /// It is the list.
    List,
    /// It is an entry of a map.
    Entry,
    /// It is within a property of one of these.
    Nested,
}
