//! Two lists of ranges, walked at once.

use super::{Id, IdRange};

/// Two lists of ranges with what each says of them, cut where either changes: each range of IDs of
/// which at least one of them says something, rising, with what both say.
///
/// The ranges of each list rise and don't overlap. There are at most twice as many ranges as in
/// both lists together.
pub(crate) fn side_by_side<I: Id, A: Copy, B: Copy>(
    left: impl IntoIterator<Item = (IdRange<I>, A)>,
    right: impl IntoIterator<Item = (IdRange<I>, B)>,
) -> impl Iterator<Item = (IdRange<I>, Option<A>, Option<B>)> {
    let (mut left, mut right) = (List::new(left), List::new(right));
    core::iter::from_fn(move || {
        let start = [left.start(), right.start()].into_iter().flatten().min()?;
        let end = [left.turn(start), right.turn(start)].into_iter().flatten().min()?;
        let range = IdRange::between(start, end)?;
        Some((range, left.pass(start, end), right.pass(start, end)))
    })
}

/// A list, from the first range on that was not passed, or from within it.
struct List<I, S, R> {
    head: Option<(IdRange<I>, S)>,
    rest: R,
}

impl<I: Id, S: Copy, R: Iterator<Item = (IdRange<I>, S)>> List<I, S, R> {
    fn new(ranges: impl IntoIterator<IntoIter = R>) -> Self {
        let mut rest = ranges.into_iter();
        Self { head: rest.next(), rest }
    }

    /// The number of the first ID of which the list says something.
    fn start(&self) -> Option<u32> {
        self.head.map(|(range, _)| range.start())
    }

    /// The first number past `start` from which on the list says something else.
    fn turn(&self, start: u32) -> Option<u32> {
        let (range, _) = self.head?;
        Some(if range.start() > start { range.start() } else { range.end() })
    }

    /// What the list says of the IDs from `start` on and before `end`, which is no later than the
    /// next turn; it goes on behind them.
    fn pass(&mut self, start: u32, end: u32) -> Option<S> {
        let (range, said) = self.head.filter(|(range, _)| range.start() <= start)?;
        self.head = match IdRange::between(end, range.end()) {
            Some(rest) => Some((rest, said)),
            None => self.rest.next(),
        };
        Some(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::didomi::VendorId;
    use alloc::vec::Vec;

    type Runs = Vec<(IdRange<VendorId>, char)>;

    fn runs(ranges: &[(u16, u16, char)]) -> Runs {
        let range = |&(first, last, said)| (IdRange::of_checked(first, last).unwrap(), said);
        ranges.iter().map(range).collect()
    }

    #[test]
    fn ranges_are_cut_where_either_list_changes() {
        let left = runs(&[(1, 5, 'a'), (6, 6, 'b'), (65535, 65535, 'c')]);
        let right = runs(&[(2, 3, 'x'), (6, 9, 'y')]);
        let cut: Vec<_> = side_by_side(left.clone(), right)
            .map(|(ids, one, other)| (ids.first().get(), ids.last().get(), one, other))
            .collect();
        let expected = [
            (1, 1, Some('a'), None),
            (2, 3, Some('a'), Some('x')),
            (4, 5, Some('a'), None),
            (6, 6, Some('b'), Some('y')),
            (7, 9, None, Some('y')),
            (65535, 65535, Some('c'), None),
        ];
        assert_eq!(cut, expected);
        let alone: Runs = side_by_side(left.clone(), Runs::new())
            .map(|(ids, one, _)| (ids, one.unwrap()))
            .collect();
        assert_eq!(alone, left);
    }
}
