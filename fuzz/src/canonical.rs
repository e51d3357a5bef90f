//! The canonical form of a section, found by writing down how long each would be.

use consent_string::didomi::{Encoding, Status};

/// The encoding, code and length in bits that a section has in the canonical form.
pub(crate) fn form(statuses: &[Status]) -> (Encoding, Option<u64>, usize) {
    let said = |&(_, status): &(usize, &Status)| *status != Status::Undefined;
    let entries = || statuses.iter().enumerate().skip(1);
    let lowest = entries().find(said).map_or(1, |(id, _)| id);
    let highest = entries().rfind(said);
    let last = highest.map_or(0, |(id, _)| id);
    let mut forms = vec![(Encoding::BitFieldFromOne, None, 2 + 1 + 16 + 2 * last)];
    if let Some((_, highest)) = highest {
        let entries = last - lowest + 1;
        forms.push((Encoding::BitField, None, 2 + 1 + 16 + 16 + 2 * entries));
        let groups: Option<(u64, &[Status])> = if !statuses.contains(&Status::Disabled) {
            Some((0b0000, &[Status::Enabled]))
        } else if *highest == Status::Enabled {
            Some((0b1100, &[Status::Undefined, Status::Enabled]))
        } else {
            None
        };
        if let Some((code, groups)) = groups {
            let (mut plain, mut fibonacci) = (2 + 4, 2 + 4);
            for &status in groups {
                plain += 16;
                fibonacci += 16;
                for (first, last) in runs(&statuses[..=last], status) {
                    plain += if first == last { 17 } else { 33 };
                    fibonacci += fibonacci_width(first) + fibonacci_width(last - first + 1);
                }
            }
            forms.push((Encoding::Ranges, Some(code), plain));
            forms.push((Encoding::Fibonacci, Some(code), fibonacci));
        }
    }
    // The first of the smallest.
    let smallest = forms.iter().map(|form| form.2).min();
    forms.into_iter().find(|form| Some(form.2) == smallest).expect("a bit field holds all")
}

/// The first and last IDs of each run of a status.
fn runs(statuses: &[Status], wanted: Status) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (id, &status) in statuses.iter().enumerate().skip(1) {
        match runs.last_mut() {
            _ if status != wanted => {}
            Some((_, last)) if *last + 1 == id => *last = id,
            _ => runs.push((id, id)),
        }
    }
    runs
}

/// One bit for each of 1, 2, 3, 5, 8 ... that is not larger than the number, and one more.
fn fibonacci_width(number: usize) -> usize {
    let (mut value, mut next) = (1, 2);
    let mut width = 1;
    while value <= number {
        width += 1;
        (value, next) = (next, value + next);
    }
    width
}
