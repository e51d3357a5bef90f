//! IDs and sets of them, against the standard library's.

use std::collections::BTreeSet;

use consent_string::didomi::{PurposeId, VendorId};
use consent_string::{Id, IdRange, IdSet};
use proptest::prelude::*;

fn id(number: u16) -> VendorId {
    VendorId::new(number).unwrap()
}

#[test]
fn ids_are_numbers_from_1_to_65535() {
    assert_eq!(VendorId::new(0), None);
    for number in 1..=u16::MAX {
        let vendor = VendorId::new(number).unwrap();
        assert_eq!((vendor.get(), u16::from(vendor)), (number, number));
        assert_eq!(VendorId::try_from(number), Ok(vendor));
        assert_eq!(vendor.to_string().parse(), Ok(vendor));
    }
    assert_eq!((PurposeId::MIN.get(), PurposeId::MAX.get()), (1, 65535));
    assert_eq!(format!("{:?}", PurposeId::MIN), "PurposeId(1)");
    assert_eq!(<PurposeId as Id>::new(7).map(Id::get), Some(7));
    assert!(id(2) < id(10), "by number, not by text");
}

#[test]
fn other_texts_are_no_ids() {
    for text in ["", "0", "65536", "99999999999", "-1", "+1", " 1", "1 ", "1.0", "0x1", "one", "٣"]
    {
        let error = text.parse::<VendorId>().unwrap_err();
        assert_eq!(error.to_string(), "not an ID, expected a number from 1 to 65535");
    }
    assert_eq!("007".parse(), Ok(id(7)));
    assert!(PurposeId::try_from(0).is_err());
}

/// A change to a set.
#[derive(Debug, Clone)]
enum Change {
    Insert(u16),
    InsertRange(u16, u16),
    Remove(u16),
    RemoveRange(u16, u16),
    Extend(Vec<u16>),
    Clear,
}

/// Numbers close together, so that ranges touch and overlap; some at the very end.
fn number() -> impl Strategy<Value = u16> {
    prop_oneof![3 => 1..60_u16, 1 => 65_500..=u16::MAX]
}

/// The ends of a range; one in seven is in the wrong order, which has no ID.
fn ends() -> impl Strategy<Value = (u16, u16)> {
    (number(), 0..20_u16, 0..7_u8).prop_map(|(first, more, order)| {
        let last = first.saturating_add(more);
        if order == 0 { (last, first) } else { (first, last) }
    })
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        4 => number().prop_map(Change::Insert),
        4 => ends().prop_map(|(first, last)| Change::InsertRange(first, last)),
        2 => number().prop_map(Change::Remove),
        3 => ends().prop_map(|(first, last)| Change::RemoveRange(first, last)),
        1 => prop::collection::vec(number(), 0..8).prop_map(Change::Extend),
        1 => Just(Change::Clear),
    ]
}

fn apply(changes: Vec<Change>) -> (IdSet<VendorId>, BTreeSet<u16>) {
    let (mut set, mut model) = (IdSet::new(), BTreeSet::new());
    for change in changes {
        match change {
            Change::Insert(number) => assert_eq!(set.insert(id(number)), model.insert(number)),
            Change::Remove(number) => assert_eq!(set.remove(id(number)), model.remove(&number)),
            Change::InsertRange(first, last) => {
                set.insert_range(id(first)..=id(last));
                model.extend(first..=last);
            }
            Change::RemoveRange(first, last) => {
                set.remove_range(id(first)..=id(last));
                model.retain(|number| !(first..=last).contains(number));
            }
            Change::Extend(numbers) => {
                set.extend(numbers.iter().copied().map(id));
                model.extend(numbers);
            }
            Change::Clear => {
                set.clear();
                model.clear();
            }
        }
    }
    (set, model)
}

/// The longest ranges of a model.
fn ranges(model: &BTreeSet<u16>) -> Vec<(u16, u16)> {
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for &number in model {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    ranges
}

fn check(set: &IdSet<VendorId>, model: &BTreeSet<u16>) {
    assert!(set.iter().map(VendorId::get).eq(model.iter().copied()));
    assert!(set.iter().rev().map(VendorId::get).eq(model.iter().rev().copied()));
    assert_eq!((set.len(), set.iter().len()), (model.len(), model.len()));
    assert_eq!(set.is_empty(), model.is_empty());
    assert_eq!(set.first().map(VendorId::get), model.first().copied());
    assert_eq!(set.last().map(VendorId::get), model.last().copied());
    // As few ranges as there can be: that is what bounds its memory.
    let expected = ranges(model);
    let found = set.ranges().map(|range| (range.first().get(), range.last().get()));
    assert!(found.eq(expected.iter().copied()));
    assert_eq!(set.ranges().len(), expected.len());
    for place in 0..=expected.len() {
        let mut ranges = set.ranges();
        let found = ranges.nth(place).map(|range| (range.first().get(), range.last().get()));
        assert_eq!(found, expected.get(place).copied());
        assert_eq!(ranges.len(), expected.len().saturating_sub(place + 1));
    }
    assert!(set.ranges().rev().eq(set.ranges().collect::<Vec<_>>().into_iter().rev()));
    for &(first, last) in &expected {
        for number in [first.saturating_sub(1), first, last, last.saturating_add(1)] {
            let found = VendorId::new(number).is_some_and(|id| set.contains(id));
            assert_eq!(found, model.contains(&number));
        }
    }
    let texts = expected.iter().map(|&(first, last)| {
        if last == first { first.to_string() } else { format!("{first}-{last}") }
    });
    let text = texts.collect::<Vec<_>>().join(", ");
    assert_eq!((set.to_string(), format!("{set:?}")), (text.clone(), format!("{{{text}}}")));
    // However it is made, a set of the same IDs is the same set.
    assert_eq!(*set, model.iter().rev().map(|&number| id(number)).collect());
    assert_eq!(*set, set.ranges().rev().collect());
}

proptest! {
    #[test]
    fn a_set_is_a_set(
        left in prop::collection::vec(change(), 0..20),
        right in prop::collection::vec(change(), 0..20),
    ) {
        let ((a, model_a), (b, model_b)) = (apply(left), apply(right));
        check(&a, &model_a);
        check(&a.union(&b), &(&model_a | &model_b));
        check(&a.intersection(&b), &(&model_a & &model_b));
        check(&a.difference(&b), &(&model_a - &model_b));
        check(&a.symmetric_difference(&b), &(&model_a ^ &model_b));
        prop_assert_eq!(&a | &b, a.union(&b));
        prop_assert_eq!(&a & &b, a.intersection(&b));
        prop_assert_eq!(&a - &b, a.difference(&b));
        prop_assert_eq!(&a ^ &b, a.symmetric_difference(&b));
        let others = a.complement();
        prop_assert!(others.is_disjoint(&a) && others.len() + a.len() == 65535);
        prop_assert_eq!(others.complement(), a.clone());
        prop_assert_eq!(a.is_disjoint(&b), model_a.is_disjoint(&model_b));
        prop_assert_eq!(a.is_subset(&b), model_a.is_subset(&model_b));
        prop_assert!((&a & &b).is_subset(&a) && (&a - &b).is_disjoint(&b));
        prop_assert_eq!(a == b, model_a == model_b);
    }

    #[test]
    fn ids_come_from_both_ends(
        changes in prop::collection::vec(change(), 0..12),
        from_the_front in prop::collection::vec(any::<bool>(), 0..200),
    ) {
        let (set, model) = apply(changes);
        let (mut ids, mut numbers) = (set.iter(), model.iter());
        for front in from_the_front {
            let (id, number) =
                if front { (ids.next(), numbers.next()) } else { (ids.next_back(), numbers.next_back()) };
            prop_assert_eq!(id.map(VendorId::get), number.copied());
            prop_assert_eq!(ids.len(), numbers.len());
            prop_assert_eq!(ids.size_hint(), numbers.size_hint());
        }
        prop_assert!(ids.map(VendorId::get).eq(numbers.copied()));
    }
}

#[test]
fn the_largest_set_is_one_range() {
    let mut set = IdSet::new();
    set.insert_range(VendorId::MIN..=VendorId::MAX);
    check(&set, &(1..=u16::MAX).collect());
    check(&set.complement(), &BTreeSet::new());
    check(&IdSet::new(), &BTreeSet::new());
    assert_eq!(set, IdSet::from(IdRange::new(VendorId::MIN, VendorId::MAX).unwrap()));
    assert!(size_of::<IdSet<VendorId>>() <= 32, "{}", size_of::<IdSet<VendorId>>());
}

#[test]
fn ranges_have_both_ends_and_are_never_empty() {
    let range = IdRange::new(id(128), id(132)).unwrap();
    assert_eq!((range.first(), range.last(), range.len()), (id(128), id(132), 5));
    assert!(range.contains(id(128)) && range.contains(id(132)));
    assert!(!range.contains(id(127)) && !range.contains(id(133)));
    assert!(range.ids().map(VendorId::get).eq(128..=132));
    assert!(range.ids().rev().map(VendorId::get).eq((128..=132).rev()));
    let mut ids = range.ids();
    for left in (0..5).rev() {
        ids.next().unwrap();
        assert_eq!((ids.len(), ids.size_hint()), (left, (left, Some(left))));
    }
    assert_eq!((range.to_string(), format!("{range:?}")), ("128-132".into(), "128-132".into()));
    assert_eq!(IdRange::from(id(7)).to_string(), "7");
    assert_eq!(IdRange::new(id(2), id(1)), None);
    assert_eq!(std::ops::RangeInclusive::from(range), id(128)..=id(132));
}

#[test]
fn ids_convert_from_and_to_every_integer() {
    assert_eq!(VendorId::try_from(755), Ok(id(755)));
    assert_eq!(VendorId::try_from(755_u64).map(u64::from), Ok(755));
    assert_eq!(usize::from(id(755)), 755);
    assert_eq!(core::num::NonZeroU16::from(id(755)).get(), 755);
    for outside in [-1_i64, 0, 65_536, i64::MAX] {
        assert!(VendorId::try_from(outside).is_err(), "{outside}");
    }
    assert!(VendorId::try_from(65_536 + 755_u32).is_err(), "no bits are cut off");
}

#[test]
fn sets_come_from_arrays_ranges_and_back() {
    let set = IdSet::from([id(7), id(1), id(2)]);
    assert_eq!(set.to_string(), "1-2, 7");
    assert_eq!(IdSet::from(id(3)..=id(5)).to_string(), "3-5");
    #[allow(clippy::reversed_empty_ranges)]
    let reversed = id(5)..=id(3);
    assert!(IdSet::from(reversed).is_empty());
    assert_eq!(
        IdSet::from([IdRange::new(id(4), id(9)).unwrap(), id(1).into()]).to_string(),
        "1, 4-9"
    );

    let mut ids = set.clone().into_iter();
    assert_eq!(ids.len(), 3);
    assert_eq!((ids.next(), ids.next_back(), ids.len()), (Some(id(1)), Some(id(7)), 1));
    assert_eq!((ids.next_back(), ids.next(), ids.next_back()), (Some(id(2)), None, None));
    assert_eq!(set.iter().len(), 3);
}

#[test]
fn sets_change_in_place() {
    let mut set = IdSet::from(id(1)..=id(10));
    set.retain(|vendor| vendor.get() % 3 != 0);
    assert_eq!(set.to_string(), "1-2, 4-5, 7-8, 10");
    set |= &IdSet::from([id(3), id(20)]);
    assert_eq!(set.to_string(), "1-5, 7-8, 10, 20");
    set &= &IdSet::from(id(4)..=id(10));
    assert_eq!(set.to_string(), "4-5, 7-8, 10");
    set -= &IdSet::from([id(7)]);
    assert_eq!(set.to_string(), "4-5, 8, 10");
    set ^= &IdSet::from([id(8), id(9)]);
    assert_eq!(set.to_string(), "4-5, 9-10");
    assert!(set.is_superset(&IdSet::from([id(4), id(10)])));
    assert!(!set.is_superset(&IdSet::from([id(6)])));
}

proptest! {
    #[test]
    fn extending_a_set_is_its_union(
        first in prop::collection::vec(any::<(u16, u8)>(), 0..12),
        second in prop::collection::vec(any::<(u16, u8)>(), 0..12),
    ) {
        let ranges = |all: &[(u16, u8)]| -> Vec<IdRange<VendorId>> {
            let end = |&(start, more): &(u16, u8)| start.saturating_add(more.into());
            all.iter().filter_map(|pair| IdRange::new(VendorId::new(pair.0)?, VendorId::new(end(pair))?)).collect()
        };
        let (first, second) = (ranges(&first), ranges(&second));
        let naive = |all: &[IdRange<VendorId>]| -> std::collections::BTreeSet<VendorId> {
            all.iter().flat_map(|range| range.ids()).collect()
        };
        let mut set: IdSet<VendorId> = first.iter().copied().collect();
        set.extend(second.iter().copied());
        let both = &naive(&first) | &naive(&second);
        prop_assert!(set.iter().eq(both.iter().copied()));
        prop_assert!(set.clone().into_iter().rev().eq(both.iter().rev().copied()));
        let mut by_id: IdSet<VendorId> = first.iter().copied().collect();
        by_id.extend(naive(&second));
        prop_assert_eq!(&by_id, &set);
        let mut by_reference: IdSet<VendorId> = first.iter().copied().collect();
        by_reference.extend(&naive(&second));
        prop_assert_eq!(&by_reference, &set);
        let ranges: Vec<_> = set.ranges().collect();
        prop_assert!(ranges.windows(2).all(|pair| u32::from(pair[0].last()) + 1 < u32::from(pair[1].first())));
    }
}
