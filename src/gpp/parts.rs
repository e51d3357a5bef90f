//! The parts of a section.

/// The parts of a section's text, between dots.
pub(super) struct Parts<'a> {
    /// What is behind the last dot that was passed; `None` behind the last part.
    rest: Option<&'a str>,
    /// How many characters stand before the rest.
    start: usize,
}

impl<'a> Parts<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: Some(text), start: 0 }
    }

    /// The first part, which there always is, though it may be empty.
    pub(super) fn first(&mut self) -> (usize, &'a str) {
        self.next().unwrap_or_default()
    }
}

impl Parts<'_> {
    /// How many parts are left.
    pub(super) fn count_left(&self) -> u32 {
        let dots = |rest: &str| rest.bytes().map(|byte| u32::from(byte == b'.')).sum::<u32>();
        self.rest.map_or(0, |rest| 1 + dots(rest))
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = (usize, &'a str);

    #[inline]
    fn next(&mut self) -> Option<(usize, &'a str)> {
        let (rest, start) = (self.rest?, self.start);
        let (part, behind) = match rest.split_once('.') {
            Some((part, behind)) => (part, Some(behind)),
            None => (rest, None),
        };
        self.start += part.len() + 1;
        self.rest = behind;
        Some((start, part))
    }
}
