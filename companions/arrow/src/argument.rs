//! Arguments of kernels: one for all rows, or one in each.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, TimestampMillisecondType};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Int64Array, StringViewArray, TimestampMillisecondArray,
};
use arrow_cast::{can_cast_types, cast};
use arrow_schema::{DataType, TimeUnit};
use consent_string::didomi::{
    ConsentStringRef, PurposeId as DidomiPurposeId, Status, VendorId as DidomiVendorId,
};
use consent_string::gpp::{DataUse, GppSid};
use consent_string::tcf::{LegalBasis, PurposeId, VendorId};
use consent_string::{InvalidId, Timestamp};

use crate::error::KernelError;

/// A kind of argument, and how it stands in a column.
pub trait Parameter: Clone {
    /// The column that others are cast to.
    type Column: Array + Clone + 'static;

    /// The argument's name.
    const NAME: &'static str;
    /// What the argument is, for error messages.
    const EXPECTED: &'static str;

    /// The type of [`Column`](Self::Column).
    fn column_type() -> DataType;

    /// Whether a column of a type may be cast.
    fn takes(found: &DataType) -> bool;

    /// The column of an array of its type.
    fn column(array: &ArrayRef) -> Self::Column;

    /// Whether a column without nulls is seen to have the same value in all of its rows.
    fn is_constant(column: &Self::Column) -> bool;

    /// The value in a row that is not null.
    fn read(column: &Self::Column, row: usize) -> Option<Self>;
}

/// An argument: one for all rows, or one in each.
#[derive(Debug, Clone)]
pub enum Argument<P: Parameter> {
    /// One for all rows.
    One(P),
    /// One in each row; see [`each`](Self::each).
    Each(P::Column),
    /// The same in each of so many rows: engines write the values of a query out as columns.
    Repeated(P, usize),
}

impl<P: Parameter> Argument<P> {
    /// An argument of a column, which must be as long as the column of strings. Null gives null.
    ///
    /// # Errors
    ///
    /// [`KernelError`] where the column is of another type, or has a value of a number that is
    /// none of the argument's.
    pub fn each(array: &ArrayRef) -> Result<Self, KernelError> {
        let (found, wanted) = (array.data_type(), P::column_type());
        let values = match found {
            DataType::Dictionary(_, values) => values,
            other => other,
        };
        if *found != DataType::Null && !(P::takes(values) && can_cast_types(found, &wanted)) {
            return Err(KernelError::ArgumentType {
                argument: P::NAME,
                found: found.clone(),
                expected: P::EXPECTED,
            });
        }
        let column = cast(array, &wanted)?;
        // What doesn't fit becomes null.
        if column.null_count() > array.logical_null_count() {
            let lost = |&row: &usize| column.is_null(row) && !is_null(array, row);
            let row = (0..array.len()).find(lost).unwrap_or(0);
            return Err(Self::wrong(row));
        }
        let column = P::column(&column);
        if !column.is_empty() && column.null_count() == 0 && P::is_constant(&column) {
            let value = P::read(&column, 0).ok_or(Self::wrong(0))?;
            return Ok(Self::Repeated(value, column.len()));
        }
        Ok(Self::Each(column))
    }

    fn rows(&self) -> Option<usize> {
        match self {
            Self::One(_) => None,
            Self::Each(column) => Some(column.len()),
            Self::Repeated(_, rows) => Some(*rows),
        }
    }

    pub(crate) const fn is_one(&self) -> bool {
        matches!(self, Self::One(_) | Self::Repeated(..))
    }

    /// Whether there is a value for each row of so many.
    pub(crate) fn check_length(&self, expected: usize) -> Result<(), KernelError> {
        match self.rows() {
            Some(found) if found != expected => {
                Err(KernelError::ArgumentLength { argument: P::NAME, found, expected })
            }
            _ => Ok(()),
        }
    }

    /// The value in a row; `None` where it is null.
    pub(crate) fn get(&self, row: usize) -> Result<Option<Cow<'_, P>>, KernelError> {
        match self {
            Self::One(value) | Self::Repeated(value, _) => Ok(Some(Cow::Borrowed(value))),
            Self::Each(column) if column.is_null(row) => Ok(None),
            Self::Each(column) => {
                P::read(column, row).map(|value| Some(Cow::Owned(value))).ok_or(Self::wrong(row))
            }
        }
    }

    /// The same, copied.
    #[inline]
    pub(crate) fn at(&self, row: usize) -> Result<Option<P>, KernelError>
    where
        P: Copy,
    {
        match self {
            Self::One(value) | Self::Repeated(value, _) => Ok(Some(*value)),
            Self::Each(_) => Ok(self.get(row)?.map(Cow::into_owned)),
        }
    }

    const fn wrong(row: usize) -> KernelError {
        KernelError::ArgumentValue { argument: P::NAME, row, expected: P::EXPECTED }
    }
}

fn is_null(array: &ArrayRef, row: usize) -> bool {
    array.logical_nulls().is_some_and(|nulls| nulls.is_null(row))
}

fn all_equal<T: PartialEq>(values: &[T]) -> bool {
    values.iter().all(|value| *value == values[0])
}

/// Numbers in columns of any width.
macro_rules! numbers {
    ($($kind:ty, $name:literal, $expected:literal;)+) => {$(
        impl Parameter for $kind {
            type Column = Int64Array;

            const NAME: &'static str = $name;
            const EXPECTED: &'static str = $expected;

            fn column_type() -> DataType {
                DataType::Int64
            }

            fn takes(found: &DataType) -> bool {
                found.is_integer()
            }

            fn column(array: &ArrayRef) -> Int64Array {
                array.as_primitive::<Int64Type>().clone()
            }

            fn is_constant(column: &Int64Array) -> bool {
                all_equal(column.values())
            }

            fn read(column: &Int64Array, row: usize) -> Option<Self> {
                Self::try_from(column.value(row)).ok()
            }
        }
    )+};
}

numbers! {
    VendorId, "vendor", "a number from 1 to 65535";
    PurposeId, "purpose", "a number from 1 to 24";
    DidomiId, "id", "a number from 1 to 65535";
}

/// The number of a purpose or a vendor of Didomi's: which one, the section says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DidomiId(u16);

impl DidomiId {
    fn purpose(self) -> DidomiPurposeId {
        DidomiPurposeId::new(self.0).expect("purposes have the numbers that vendors have")
    }

    fn vendor(self) -> DidomiVendorId {
        DidomiVendorId::new(self.0).expect("it was one")
    }
}

impl TryFrom<i64> for DidomiId {
    type Error = InvalidId;

    fn try_from(number: i64) -> Result<Self, InvalidId> {
        DidomiVendorId::try_from(number).map(|id| Self(id.get()))
    }
}

/// Names in columns of strings.
macro_rules! names {
    ($($kind:ty, $name:literal, $expected:literal, $read:expr;)+) => {$(
        impl Parameter for $kind {
            type Column = StringViewArray;

            const NAME: &'static str = $name;
            const EXPECTED: &'static str = $expected;

            fn column_type() -> DataType {
                DataType::Utf8View
            }

            fn takes(found: &DataType) -> bool {
                found.is_string()
            }

            fn column(array: &ArrayRef) -> StringViewArray {
                array.as_string_view().clone()
            }

            /// Equal views are equal texts.
            fn is_constant(column: &StringViewArray) -> bool {
                all_equal(column.views())
            }

            fn read(column: &StringViewArray, row: usize) -> Option<Self> {
                let read: fn(&str) -> Option<Self> = $read;
                read(column.value(row))
            }
        }
    )+};
}

names! {
    LegalBasis, "basis", "consent or li", legal_basis;
    DataUse, "what", "sale, sharing or targeted_advertising", data_use;
    Sid, "sid", "section IDs with commas between them", |text| Some(Sid(text.parse().ok()));
    Section, "section", "purposes, purposes_li, vendors or vendors_li", section;
}

/// The legal basis of a name: `consent` or `li`.
#[must_use]
pub fn legal_basis(name: &str) -> Option<LegalBasis> {
    match name {
        "consent" => Some(LegalBasis::Consent),
        "li" => Some(LegalBasis::LegitimateInterest),
        _ => None,
    }
}

/// The use of personal data of a name: `sale`, `sharing` or `targeted_advertising`.
#[must_use]
pub fn data_use(name: &str) -> Option<DataUse> {
    DataUse::ALL.iter().copied().find(|what| what.name() == name)
}

/// Which sections of a GPP string apply; `None` where the list of a row can't be read, which is
/// the row's fault and not the call's.
#[derive(Debug, Clone)]
pub struct Sid(pub Option<GppSid>);

/// A section of a Didomi Consent String.
#[derive(Debug, Clone, Copy)]
pub struct Section {
    pub(crate) status: fn(&ConsentStringRef<'_, '_>, DidomiId) -> Status,
}

/// The section of a name: `purposes`, `purposes_li`, `vendors` or `vendors_li`.
#[must_use]
pub fn section(name: &str) -> Option<Section> {
    let status: fn(&ConsentStringRef<'_, '_>, DidomiId) -> Status = match name {
        "purposes" => |consent, id| consent.purposes().status(id.purpose()),
        "purposes_li" => |consent, id| consent.purposes_li().status(id.purpose()),
        "vendors" => |consent, id| consent.vendors().status(id.vendor()),
        "vendors_li" => |consent, id| consent.vendors_li().status(id.vendor()),
        _ => return None,
    };
    Some(Section { status })
}

/// Whether the vendor declared the purpose flexible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flexible(pub bool);

impl Parameter for Flexible {
    type Column = BooleanArray;

    const NAME: &'static str = "flexible";
    const EXPECTED: &'static str = "true or false";

    fn column_type() -> DataType {
        DataType::Boolean
    }

    fn takes(found: &DataType) -> bool {
        *found == DataType::Boolean
    }

    fn column(array: &ArrayRef) -> BooleanArray {
        array.as_boolean().clone()
    }

    fn is_constant(column: &BooleanArray) -> bool {
        [0, column.len()].contains(&column.true_count())
    }

    fn read(column: &BooleanArray, row: usize) -> Option<Self> {
        Some(Self(column.value(row)))
    }
}

impl Parameter for Timestamp {
    type Column = TimestampMillisecondArray;

    const NAME: &'static str = "at";
    const EXPECTED: &'static str = "a time from 1970 to 2187, with a time zone";

    fn column_type() -> DataType {
        DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into()))
    }

    /// A timestamp without a zone could be of any.
    fn takes(found: &DataType) -> bool {
        matches!(found, DataType::Timestamp(_, Some(_)))
    }

    fn column(array: &ArrayRef) -> TimestampMillisecondArray {
        array.as_primitive::<TimestampMillisecondType>().clone()
    }

    fn is_constant(column: &TimestampMillisecondArray) -> bool {
        all_equal(column.values())
    }

    fn read(column: &TimestampMillisecondArray, row: usize) -> Option<Self> {
        Self::from_unix_millis(column.value(row)).ok()
    }
}
