//! Columns of strings: of good ones, of bad ones, of nulls, in every layout, in slices.

#![allow(unreachable_pub, reason = "shared by tests")]

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int8Type, Int32Type, UInt64Type};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, DictionaryArray, LargeBinaryArray,
    LargeStringArray, PrimitiveArray, StringArray, StringViewArray,
};
use proptest::prelude::*;

/// A row: its bytes, or null.
pub type Cell = Option<Vec<u8>>;

/// A column, and what stands in it.
#[derive(Debug)]
pub struct Column {
    pub array: ArrayRef,
    cells: Vec<Cell>,
}

impl Column {
    pub fn rows(&self) -> impl Iterator<Item = Option<&Vec<u8>>> {
        self.cells.iter().map(Option::as_ref)
    }

    pub fn of_every_layout(cells: &[Cell]) -> Vec<Self> {
        (0..LAYOUTS).map(|layout| of_layout(cells, layout)).collect()
    }

    fn slice(self, start: usize, end: usize) -> Self {
        Self { array: self.array.slice(start, end - start), cells: self.cells[start..end].to_vec() }
    }
}

const LAYOUTS: usize = 10;

fn of_layout(cells: &[Cell], layout: usize) -> Column {
    let bytes = || cells.iter().map(Option::as_deref);
    // A column of text has no bytes that are none: they become null.
    let text = || bytes().map(|cell| std::str::from_utf8(cell?).ok());
    let array: ArrayRef = match layout {
        0 => Arc::new(text().collect::<StringArray>()),
        1 => Arc::new(text().collect::<LargeStringArray>()),
        2 => Arc::new(text().collect::<StringViewArray>()),
        3 => Arc::new(bytes().collect::<BinaryArray>()),
        4 => Arc::new(bytes().collect::<LargeBinaryArray>()),
        5 => Arc::new(bytes().collect::<BinaryViewArray>()),
        // A dictionary without repeated values, as large as the column.
        6 => Arc::new(text().collect::<DictionaryArray<Int8Type>>()),
        // One with a null among its values, in front of each text.
        7 => {
            let values = bytes().flat_map(|cell| [None, cell]).collect::<BinaryArray>();
            let keys = (0..cells.len()).map(|row| Some(2 * row as u64 + 1));
            let keys: PrimitiveArray<UInt64Type> = keys.collect();
            Arc::new(DictionaryArray::new(keys, Arc::new(values)))
        }
        // One with null keys, over views, with a value that no row has.
        8 => {
            let values = text().flatten().chain(["unused"]).map(Some);
            let values = values.collect::<StringViewArray>();
            let mut next = 0;
            let keys = text().map(|cell| {
                cell.map(|_| {
                    next += 1;
                    next - 1
                })
            });
            let keys: PrimitiveArray<Int32Type> = keys.collect();
            Arc::new(DictionaryArray::new(keys, Arc::new(values)))
        }
        _ => Arc::new(text().flat_map(|cell| [cell, cell]).collect::<StringArray>()),
    };
    let mut cells = cells.to_vec();
    if !matches!(layout, 3..=5 | 7) {
        for cell in &mut cells {
            *cell = cell.take().filter(|bytes| std::str::from_utf8(bytes).is_ok());
        }
    }
    if layout == 9 {
        cells = cells.into_iter().flat_map(|cell| [cell.clone(), cell]).collect();
    }
    Column { array, cells }
}

/// Columns of every layout, whole and in slices.
pub fn columns() -> impl Strategy<Value = Column> {
    (
        prop::collection::vec(cell(), 0..40),
        0..LAYOUTS,
        any::<(prop::sample::Index, prop::sample::Index)>(),
    )
        .prop_map(|(cells, layout, (start, end))| {
            let column = of_layout(&cells, layout);
            let ends = [start, end].map(|place| place.index(column.array.len() + 1));
            let (start, end) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
            column.slice(start, end)
        })
}

fn cell() -> impl Strategy<Value = Cell> {
    let good = prop::sample::select(strings());
    let changed = (good.clone(), any::<prop::sample::Index>(), any::<u8>()).prop_map(
        |(text, place, byte)| {
            let mut bytes = text.into_bytes();
            let place = place.index(bytes.len());
            bytes[place] = byte;
            bytes
        },
    );
    prop_oneof![
        1 => Just(None),
        5 => good.prop_map(|text| Some(text.into_bytes())),
        2 => changed.prop_map(Some),
        1 => ".{0,20}".prop_map(|text| Some(text.into_bytes())),
    ]
}

/// Strings of the library's own tests.
fn strings() -> Vec<String> {
    let files = [
        include_str!("../../../../tests/data/tcf-published.jsonl"),
        include_str!("../../../../tests/data/didomi-published.jsonl"),
        include_str!("../../../../tests/data/didomi-accepted.jsonl"),
        include_str!("../../../../tests/data/gpp-published.jsonl"),
    ];
    let short = ["1YYN", "1YNN", "1---"].map(str::to_owned);
    let strings: Vec<_> = files
        .iter()
        .flat_map(|file| file.lines())
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|row| row.get("text").or(row.get("string")).unwrap().as_str().unwrap().to_owned())
        .filter(|text: &String| !text.is_empty())
        .chain(short)
        .collect();
    assert!(strings.len() > 100, "the names in the test data are others");
    strings
}

pub fn flags(array: &dyn Array) -> Vec<Option<bool>> {
    array.as_boolean().iter().collect()
}

pub fn names(array: &DictionaryArray<Int8Type>) -> Vec<Option<String>> {
    let names = array.downcast_dict::<StringArray>().unwrap();
    names.into_iter().map(|name| name.map(str::to_owned)).collect()
}
