//! Fields that stand at places which are the same in every string.

use super::{BitReader, Entries, FLAGS, Sink, Value};

/// A field that stands at the same place of every core.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) start: usize,
    pub(crate) bits: u32,
    kind: FieldKind,
}

/// What the bits of a field are.
#[derive(Clone, Copy)]
pub(crate) enum FieldKind {
    Number,
    Flag,
    /// Deciseconds since 1970.
    Time,
    /// Two letters of six bits each.
    Letters,
    /// A bit for each ID of what is named, from 1 on.
    Ids(&'static str),
}

impl Field {
    /// The first field: a number.
    pub(crate) const fn first(name: &'static str, bits: u32) -> Self {
        Self { name, start: 0, bits, kind: FieldKind::Number }
    }

    pub(crate) const fn end(self) -> usize {
        self.start + self.bits as usize
    }

    /// The field behind this one: a number.
    pub(crate) const fn then(self, name: &'static str, bits: u32) -> Self {
        Self { name, start: self.end(), bits, kind: FieldKind::Number }
    }

    /// The same field, whose bits are no number.
    pub(crate) const fn of(self, kind: FieldKind) -> Self {
        Self { kind, ..self }
    }

    /// The field's bits; `core` stands at the start of a core.
    #[inline]
    pub(crate) fn get(self, core: BitReader<'_>) -> u64 {
        core.at(core.position() + self.start).peek() >> (64 - self.bits)
    }

    /// Whether the bit of an ID, of which the first is 1, is set in the field.
    #[inline]
    pub(crate) fn has(self, core: BitReader<'_>, id: u16) -> bool {
        debug_assert!((1..=self.bits).contains(&id.into()), "an ID of the field");
        self.get(core) >> (self.bits - u32::from(id)) & 1 == 1
    }

    /// Tells of those of some fields that are there; `core` stands at the start of a core.
    pub(crate) fn tell_all(fields: &[Self], core: BitReader<'_>, sink: &mut impl Sink) {
        for &field in fields.iter().take_while(|field| field.end() <= core.left()) {
            let Self { name, bits, kind, .. } = field;
            let start = core.position() + field.start;
            let value = field.get(core);
            #[allow(clippy::cast_possible_truncation, reason = "as wide as the fields are")]
            let (count, letters) = (bits as u16, value as u16);
            let value = match kind {
                FieldKind::Number => Value::Number(value),
                FieldKind::Flag => Value::Flag(value != 0),
                FieldKind::Time => Value::Time(value),
                FieldKind::Letters => Value::Letters(letters),
                FieldKind::Ids(noun) => {
                    sink.ids_of(noun);
                    sink.entries(Entries { name, start, first: 1, count, names: FLAGS });
                    continue;
                }
            };
            sink.field(name, start, core.position() + field.end(), value);
        }
    }
}
