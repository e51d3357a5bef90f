//! Where runs start and end in a bit field.

use crate::chunks::as_chunks;
use alloc::vec::Vec;

use super::Span;

/// How many edges are kept before they become runs. A word has 64 at the most.
pub(super) const EDGES: usize = 512;

/// Puts the edges at the ones of a byte, whose top bit stands for `base`, behind the first
/// `count`; how many they are.
#[inline(always)]
pub(super) fn put_edges(edges: &mut [u16; EDGES], count: usize, base: u16, eight: u8) -> usize {
    let (places, found) = &PLACES[usize::from(eight)];
    // Eight at once, whatever their number: the next ones take the place of the rest.
    let Some(room) = edges.get_mut(count..).and_then(<[u16]>::first_chunk_mut::<8>) else {
        return 0;
    };
    for (edge, place) in room.iter_mut().zip(places) {
        *edge = base.wrapping_add(u16::from(*place));
    }
    usize::from(*found)
}

/// Makes runs of pairs of edges: what comes before the first ID, and the last ID. A last edge
/// without another one becomes the first, and 1 is returned, otherwise 0.
#[inline]
pub(super) fn take_runs<T>(
    edges: &mut [u16; EDGES],
    count: usize,
    keep: impl Fn(Span) -> T,
    spans: &mut Vec<T>,
) -> usize {
    let (runs, odd) = as_chunks::<2, _>(&edges[..count]);
    spans.extend(runs.map(|&[before, last]| keep(Span { first: before + 1, last })));
    let odd = odd.first().copied();
    edges[0] = odd.unwrap_or_default();
    usize::from(odd.is_some())
}

/// For each byte the places of its ones, the top bit being 0, and how many they are.
static PLACES: [([u8; 8], u8); 256] = {
    let mut places = [([0; 8], 0); 256];
    let mut byte = 0;
    while byte < 256 {
        let mut place = 0;
        while place < 8 {
            if byte >> (7 - place) & 1 == 1 {
                let (all, found) = &mut places[byte];
                all[*found as usize] = place;
                *found += 1;
            }
            place += 1;
        }
        byte += 1;
    }
    places
};
