//! What is wrong with a call, and in which row.

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray,
    TimestampMillisecondArray, UInt64Array,
};
use consent_string::Timestamp;
use consent_string::tcf::{LegalBasis, VendorId};
use consent_string_arrow::{Argument, Flexible, KernelError, check, tcf};

const TC: &str = "COwAdDhOwAdDhN4ABAENAPCgAAQAAv___wAAAFP_AAp_4AI6ACACAA";

fn strings() -> ArrayRef {
    Arc::new(StringArray::from(vec![TC; 3]))
}

#[test]
fn a_wrong_value_names_its_row() {
    let vendors: ArrayRef = Arc::new(Int64Array::from(vec![1, 65535, 0]));
    let vendors = Argument::<VendorId>::each(&vendors).unwrap();
    let error = tcf::has_vendor_consent(&strings(), &vendors).unwrap_err();
    assert_eq!(error.to_string(), "vendor in row 2: expected a number from 1 to 65535");
    assert_eq!(error.behind(40).to_string(), "vendor in row 42: expected a number from 1 to 65535");

    let too_large: ArrayRef = Arc::new(UInt64Array::from(vec![None, Some(1), Some(u64::MAX)]));
    let error = Argument::<VendorId>::each(&too_large).unwrap_err();
    assert_eq!(error.to_string(), "vendor in row 2: expected a number from 1 to 65535");

    let bases: ArrayRef = Arc::new(StringArray::from(vec!["consent", "li", "CONSENT"]));
    let bases = Argument::<LegalBasis>::each(&bases).unwrap();
    let error = tcf::permits(&strings(), &question(bases)).unwrap_err();
    assert_eq!(error.to_string(), "basis in row 2: expected consent or li");
}

fn question(basis: Argument<LegalBasis>) -> tcf::Question {
    tcf::Question {
        vendor: Argument::One(VendorId::new(7).unwrap()),
        purpose: Argument::One(consent_string::tcf::purposes::SELECT_PERSONALISED_ADS),
        basis,
        flexible: Argument::One(Flexible(false)),
        at: None,
    }
}

#[test]
fn columns_of_other_types_and_lengths_are_errors() {
    let floats: ArrayRef = Arc::new(Float64Array::from(vec![1.0; 3]));
    assert!(matches!(check(&floats, None), Err(KernelError::NotStrings(_))));
    assert!(Argument::<VendorId>::each(&floats).unwrap_err().is_type());

    let numbers: ArrayRef = Arc::new(StringArray::from(vec!["1"; 3]));
    let error = Argument::<VendorId>::each(&numbers).unwrap_err();
    assert_eq!(error.to_string(), "vendor: a column of Utf8, expected a number from 1 to 65535");
    let flags: ArrayRef = Arc::new(BooleanArray::from(vec![true; 3]));
    assert!(Argument::<LegalBasis>::each(&flags).unwrap_err().is_type());

    let two: ArrayRef = Arc::new(Int64Array::from(vec![1, 2]));
    let two = Argument::<VendorId>::each(&two).unwrap();
    let error = tcf::has_vendor_consent(&strings(), &two).unwrap_err();
    assert_eq!(error.to_string(), "vendor: 2 rows, expected 3 as in the column of strings");

    // Of which zone would it be?
    let times: ArrayRef = Arc::new(TimestampMillisecondArray::from(vec![0; 3]));
    assert!(Argument::<Timestamp>::each(&times).unwrap_err().is_type());
}

#[test]
fn a_column_of_one_value_is_taken_once_and_still_has_a_length() {
    let column = |cells: &[Option<i64>]| -> ArrayRef { Arc::new(Int64Array::from(cells.to_vec())) };
    let each = |cells: &[Option<i64>]| Argument::<VendorId>::each(&column(cells));
    assert!(matches!(each(&[Some(7); 3]), Ok(Argument::Repeated(_, 3))));
    for differing in [&[Some(7), Some(7), Some(8)][..], &[Some(7), None, Some(7)], &[None; 3], &[]]
    {
        assert!(matches!(each(differing), Ok(Argument::Each(_))));
    }
    let error = tcf::has_vendor_consent(&strings(), &each(&[Some(7); 4]).unwrap()).unwrap_err();
    assert_eq!(error.to_string(), "vendor: 4 rows, expected 3 as in the column of strings");
    let error = each(&[Some(0); 3]).unwrap_err();
    assert_eq!(error.to_string(), "vendor in row 0: expected a number from 1 to 65535");

    // A slice of longer texts, which lie in a buffer.
    let bases: ArrayRef = Arc::new(StringArray::from(vec!["targeted_advertising"; 5]));
    let uses = Argument::<consent_string::gpp::DataUse>::each(&bases.slice(1, 3)).unwrap();
    assert!(matches!(uses.clone(), Argument::Each(_) | Argument::Repeated(_, 3)));
    assert_eq!(consent_string_arrow::gpp::opted_out(&strings(), &uses, None).unwrap().len(), 3);
}

#[test]
fn an_argument_of_nulls_gives_nulls() {
    let nulls: ArrayRef = Arc::new(arrow_array::NullArray::new(3));
    let vendors = Argument::<VendorId>::each(&nulls).unwrap();
    assert_eq!(tcf::has_vendor_consent(&strings(), &vendors).unwrap().null_count(), 3);
}
