//! The operations of `codec` and `tcf` side by side: what each takes beside the one that it is held
//! against, and whether that is within its target.
//!
//! All operations of a string take turns, for a fiftieth of a millisecond each, and of each the
//! shortest turn counts. So what else a machine does, and a clock that goes up and down, meet all
//! of them alike, and most turns not at all. `--quick` takes a tenth of the turns.

#[path = "support/didomi_cases.rs"]
mod didomi_cases;
#[path = "support/didomi_operations.rs"]
mod didomi_operations;
#[path = "support/operations.rs"]
mod operations;
#[path = "support/tcf_cases.rs"]
mod tcf_cases;
#[path = "support/tcf_operations.rs"]
mod tcf_operations;

use consent_string::tcf::TcString;
use operations::Operation;

/// How long an operation's turn is, in nanoseconds.
const TURN: u128 = 20_000;

/// The nanoseconds that each operation takes once.
fn measure(operations: &mut [Operation<'_>], turns: usize) -> Vec<f64> {
    let times = operations.iter_mut().map(|operation| {
        let hundred = operation.time(100).as_nanos().max(1);
        u32::try_from(100 * TURN / hundred).unwrap_or(u32::MAX).max(1)
    });
    let times: Vec<u32> = times.collect();
    let mut shortest = vec![f64::INFINITY; operations.len()];
    for _ in 0..turns {
        for ((operation, &times), shortest) in operations.iter_mut().zip(&times).zip(&mut shortest)
        {
            let turn = operation.time(times.into());
            *shortest = shortest.min(turn.as_secs_f64() * 1e9 / f64::from(times));
        }
    }
    shortest
}

fn tell(mut operations: Vec<Operation<'_>>, turns: usize) {
    let times = measure(&mut operations, turns);
    for (operation, time) in operations.iter().zip(&times) {
        let beside = operation.beside;
        let floor = operations.iter().position(|other| other.op() == beside);
        let ratio = time / times[floor.expect("an operation of the same string")];
        let target = operation.target.map_or(String::new(), |target| {
            format!("{target:.1}{}", if ratio > target { ", missed" } else { "" })
        });
        println!("| {} | {time:.1} | {beside} | {ratio:.2} | {target} |", operation.id);
    }
}

fn main() {
    let is = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    // Without `--bench` it is a test that is asked for: that it runs.
    let turns = if is("--quick") {
        1000
    } else if is("--bench") {
        10_000
    } else {
        1
    };
    println!("| operation | ns | beside | ratio | target |");
    println!("| --- | --- | --- | --- | --- |");
    for case in didomi_cases::cases() {
        tell(didomi_operations::operations(&case), turns);
    }
    for case in tcf_cases::cases() {
        let string: TcString = case.text.parse().expect("a valid string");
        tell(tcf_operations::operations(&case, &string), turns);
    }
}
