//! `check`: how many lines are good, and what is wrong with the others.
//!
//! A file is read in blocks of whole lines, which all processors work on; memory is that of a
//! few blocks, whatever the file's size.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;

use consent_string::Buffer;
use consent_string::any::DecodeOptions;
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::args::{Check, Kind};
use crate::failure::Failure;
use crate::input::{MAX_LINE, open};
use crate::inspect;
use crate::output::Output;
use crate::problem::Problem;

/// How many bytes a block has: many lines, and few enough to stay near the processor.
const BLOCK: usize = 1 << 20;

/// How many bad lines are told by their numbers.
const SHOWN: usize = 10;

#[derive(Debug, Default, Serialize)]
struct Counts {
    lines: u64,
    good: u64,
    bad: BTreeMap<&'static str, u64>,
    /// The first bad lines: their numbers from 1, and what is wrong with them.
    #[serde(skip)]
    first_bad: Vec<(u64, &'static str)>,
}

impl Counts {
    /// Adds what was counted in the lines behind these.
    fn add(&mut self, behind: Self) {
        let before = self.lines;
        self.lines += behind.lines;
        self.good += behind.good;
        for (kind, count) in behind.bad {
            *self.bad.entry(kind).or_default() += count;
        }
        let room = SHOWN - self.first_bad.len();
        let more = behind.first_bad.into_iter().take(room);
        self.first_bad.extend(more.map(|(number, kind)| (before + number, kind)));
    }

    fn count(&mut self, problem: Option<&'static str>) {
        self.lines += 1;
        let Some(kind) = problem else {
            self.good += 1;
            return;
        };
        *self.bad.entry(kind).or_default() += 1;
        if self.first_bad.len() < SHOWN {
            self.first_bad.push((self.lines, kind));
        }
    }
}

pub(crate) fn run(check: &Check) -> Result<bool, Failure> {
    let mut output = Output::new(check.json);
    let paths = if check.paths.is_empty() { &check.files } else { &check.paths };
    let standard_input = [PathBuf::from("-")];
    let paths = if paths.is_empty() { &standard_input[..] } else { paths };
    let mut all = Counts::default();
    let mut pages = Vec::new();
    for path in paths {
        let counts = file(path, check)?;
        if !check.json {
            pages.push(page(path, &counts));
        }
        all.add(counts);
    }
    if check.json {
        output.line(&serde_json::to_string(&all)?)?;
    } else {
        output.line(&pages.join("\n"))?;
    }
    if all.good < all.lines {
        output.refuse();
    }
    output.finish()
}

fn page(path: &Path, counts: &Counts) -> String {
    let name =
        if path == Path::new("-") { "standard input".into() } else { path.display().to_string() };
    let bad = counts.lines - counts.good;
    let mut lines =
        vec![format!("{name}: {} lines, {} good, {bad} bad", counts.lines, counts.good)];
    let mut kinds: Vec<_> = counts.bad.iter().collect();
    kinds.sort_by_key(|&(kind, count)| (std::cmp::Reverse(count), kind));
    lines.extend(kinds.into_iter().map(|(kind, count)| format!("  {count:>12}  {kind}")));
    if !counts.first_bad.is_empty() {
        let first: Vec<_> =
            counts.first_bad.iter().map(|(number, kind)| format!("{number} ({kind})")).collect();
        lines.push(format!("  first bad lines: {}", first.join(", ")));
    }
    lines.join("\n")
}

/// A block of whole lines, and its place among the blocks.
struct Block {
    index: usize,
    bytes: Vec<u8>,
    /// Whether the block is the start of a line that is too long, whose rest was passed over.
    too_long: bool,
}

fn file(path: &Path, check: &Check) -> Result<Counts, Failure> {
    let (mut reader, length): (Box<dyn Read>, u64) = if path == Path::new("-") {
        (Box::new(io::stdin().lock()), 0)
    } else {
        let file = open(path)?;
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        (Box::new(file), length)
    };
    let bar = bar(length);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let (to_workers, blocks) = mpsc::sync_channel::<Block>(2 * workers);
    let blocks = &Mutex::new(blocks);
    let counts = thread::scope(|scope| {
        let (to_counter, counted) = mpsc::channel();
        let (give_back, empty) = mpsc::channel();
        for _ in 0..workers {
            let (to_counter, give_back) = (to_counter.clone(), give_back.clone());
            scope.spawn(move || work(blocks, &to_counter, &give_back, check));
        }
        drop((to_counter, give_back));
        let read = read_blocks(&mut *reader, &to_workers, &empty, &bar);
        drop(to_workers);
        // Blocks are done in any order, and added up in theirs.
        let mut done: BTreeMap<usize, Counts> = counted.into_iter().collect();
        let mut all = Counts::default();
        while let Some((_, counts)) = done.pop_first() {
            all.add(counts);
        }
        read.map(|()| all).map_err(|error| match path.to_str() {
            Some("-") => Failure::Input(error),
            _ => Failure::File(path.to_owned(), error),
        })
    });
    bar.finish_and_clear();
    counts
}

fn bar(length: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let template = "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    let style = ProgressStyle::with_template(template).expect("a template that is tested");
    if length == 0 {
        let endless = ProgressStyle::with_template("{bytes}, {bytes_per_sec}");
        return ProgressBar::no_length().with_style(endless.expect("a template that is tested"));
    }
    ProgressBar::new(length).with_style(style)
}

/// Sends blocks of whole lines.
fn read_blocks(
    reader: &mut dyn Read,
    to_workers: &SyncSender<Block>,
    empty: &Receiver<Vec<u8>>,
    bar: &ProgressBar,
) -> io::Result<()> {
    let mut rest = Vec::new();
    let mut index = 0;
    let mut skipping = false;
    loop {
        let mut bytes: Vec<u8> = empty.try_recv().unwrap_or_default();
        bytes.clear();
        bytes.append(&mut rest);
        let start = bytes.len();
        bytes.resize(start + BLOCK, 0);
        let read = loop {
            match reader.read(&mut bytes[start..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read?,
            }
        };
        bytes.truncate(start + read);
        bar.inc(read as u64);
        let at_end = read == 0;
        if skipping {
            // The rest of a line that was too long.
            match memchr::memchr(b'\n', &bytes) {
                Some(end) => {
                    bytes.drain(..=end);
                    skipping = false;
                }
                None if at_end => return Ok(()),
                None => continue,
            }
        }
        let mut too_long = false;
        if !at_end {
            match memchr::memrchr(b'\n', &bytes) {
                Some(end) => rest = bytes.split_off(end + 1),
                None if bytes.len() <= MAX_LINE => {
                    rest = bytes;
                    continue;
                }
                None => {
                    bytes.clear();
                    too_long = true;
                    skipping = true;
                }
            }
        }
        // All workers are gone only where one panicked, which ends the scope.
        let _ = to_workers.send(Block { index, bytes, too_long });
        index += 1;
        if at_end {
            return Ok(());
        }
    }
}

fn work(
    blocks: &Mutex<Receiver<Block>>,
    to_counter: &mpsc::Sender<(usize, Counts)>,
    give_back: &mpsc::Sender<Vec<u8>>,
    check: &Check,
) {
    let mut checker = Checker {
        options: inspect::options(&check.reading),
        kind: check.reading.kind,
        cookie: check.cookie,
        buffer: Buffer::new(),
    };
    loop {
        // A worker that panics holds no lock.
        let Ok(block) = blocks.lock().expect("no worker panics with the lock").recv() else {
            return;
        };
        let counts = checker.block(&block);
        // Both are received for as long as there are workers.
        let _ = to_counter.send((block.index, counts));
        let _ = give_back.send(block.bytes);
    }
}

struct Checker {
    options: DecodeOptions,
    kind: Kind,
    cookie: bool,
    buffer: Buffer,
}

impl Checker {
    fn block(&mut self, block: &Block) -> Counts {
        let mut counts = Counts::default();
        if block.too_long {
            counts.count(Some(Problem::too_long().kind()));
            return counts;
        }
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', &block.bytes) {
            counts.count(self.line(&block.bytes[start..end]));
            start = end + 1;
        }
        if start < block.bytes.len() {
            counts.count(self.line(&block.bytes[start..]));
        }
        counts
    }

    /// What is wrong with a line.
    fn line(&mut self, line: &[u8]) -> Option<&'static str> {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Ok(text) = std::str::from_utf8(line) else { return Some(Problem::not_utf8().kind()) };
        if !self.cookie {
            let checked = self.options.check(text, self.kind.format(), &mut self.buffer);
            return checked.err().map(|error| error.kind_name());
        }
        inspect::values(text, self.kind.format()).into_iter().find_map(|(format, value)| {
            let value = match value {
                Ok(value) => value,
                Err(problem) => return Some(problem.kind()),
            };
            let checked = self.options.check(&value, format, &mut self.buffer);
            checked.err().map(|error| error.kind_name())
        })
    }
}
