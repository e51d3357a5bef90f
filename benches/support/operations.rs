//! What is measured on a string, each operation beside the one that it is held against.

#![allow(dead_code, reason = "each benchmark takes some of it")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use criterion::Criterion;

/// An operation on one string.
pub(crate) struct Operation<'a> {
    /// `OP/CASE`.
    pub(crate) id: String,
    /// The operation of the same string that it is held against.
    pub(crate) beside: &'static str,
    /// How many times as long as that it may take.
    pub(crate) target: Option<f64>,
    repeat: Box<dyn FnMut(u64) + 'a>,
}

impl Operation<'_> {
    /// What of the id is not the string's.
    pub(crate) fn op(&self) -> &str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// How long it takes to do it so many times.
    pub(crate) fn time(&mut self, times: u64) -> Duration {
        let start = Instant::now();
        (self.repeat)(times);
        start.elapsed()
    }

    /// Has its time told by criterion.
    pub(crate) fn bench(mut self, criterion: &mut Criterion) {
        let id = self.id.clone();
        criterion.bench_function(&id, |bench| bench.iter_custom(|times| self.time(times)));
    }
}

/// The operations of one string.
pub(crate) struct Operations<'a> {
    case: &'a str,
    pub(crate) all: Vec<Operation<'a>>,
}

impl<'a> Operations<'a> {
    pub(crate) fn new(case: &'a str) -> Self {
        Self { case, all: Vec::new() }
    }

    pub(crate) fn add<R>(
        &mut self,
        op: &str,
        beside: &'static str,
        target: impl Into<Option<f64>>,
        mut operation: impl FnMut() -> R + 'a,
    ) {
        self.all.push(Operation {
            id: format!("{op}/{}", self.case),
            beside,
            target: target.into(),
            repeat: Box::new(move |times| {
                for _ in 0..times {
                    black_box(operation());
                }
            }),
        });
    }

    /// What the base64 crate takes for the parts of a text.
    pub(crate) fn add_base64(&mut self, parts: &[&'a str]) {
        let parts = parts.to_vec();
        let decoded = parts.iter().map(|part| URL_SAFE_NO_PAD.decode(part).expect("base64"));
        let decoded: Vec<Vec<u8>> = decoded.collect();
        let mut room = vec![0; 32 * 1024];
        self.add("base64", "base64", None, move || {
            black_box(&parts).iter().fold(0, |bytes, part| {
                bytes + URL_SAFE_NO_PAD.decode_slice(part, &mut room).unwrap_or_default()
            })
        });
        let mut room = vec![0; 32 * 1024];
        self.add("base64_encode", "base64_encode", None, move || {
            black_box(&decoded).iter().fold(0, |characters, part| {
                characters + URL_SAFE_NO_PAD.encode_slice(part, &mut room).unwrap_or_default()
            })
        });
    }
}
