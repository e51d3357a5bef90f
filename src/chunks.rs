//! Slices as arrays of one length.

/// The whole arrays of `N` items from the start of a slice, and the items behind them.
///
/// What `slice::as_chunks` does from Rust 1.88 on.
#[inline(always)]
pub(crate) fn as_chunks<const N: usize, T>(
    items: &[T],
) -> (impl ExactSizeIterator<Item = &[T; N]> + Clone, &[T]) {
    let chunks = items.chunks_exact(N);
    let rest = chunks.remainder();
    (chunks.map(|chunk| chunk.first_chunk().expect("a chunk has N items")), rest)
}

#[cfg(test)]
mod tests {
    use super::as_chunks;

    #[test]
    fn chunks_and_rest_are_the_slice() {
        let (chunks, rest) = as_chunks::<3, u8>(&[1, 2, 3, 4, 5, 6, 7]);
        assert!(chunks.eq(&[[1, 2, 3], [4, 5, 6]]));
        assert_eq!(rest, [7]);
        assert_eq!(as_chunks::<3, u8>(&[1, 2]).0.len(), 0);
    }
}
