//! GPP strings that make as much of as few characters as they can.

use std::fmt::Write as _;

/// Bits as text, one character a bit.
#[derive(Clone, Default)]
struct Bits(String);

impl Bits {
    fn put(mut self, value: usize, width: usize) -> Self {
        write!(self.0, "{value:0width$b}").expect("a string takes all text");
        assert!(width >= 64 || value >> width == 0);
        self
    }

    /// A Fibonacci code word.
    fn fibonacci(mut self, number: usize) -> Self {
        let mut values = vec![1, 2];
        while values[values.len() - 1] <= number {
            values.push(values[values.len() - 2] + values[values.len() - 1]);
        }
        let mut rest = number;
        let mut digits: Vec<bool> = Vec::new();
        for value in values.into_iter().rev() {
            digits.push(value <= rest);
            rest -= if value <= rest { value } else { 0 };
        }
        let last = digits.iter().position(|digit| *digit).unwrap();
        self.0.extend(digits[last..].iter().rev().map(|digit| if *digit { '1' } else { '0' }));
        self.0.push('1');
        self
    }

    fn with(mut self, other: &Self) -> Self {
        self.0 += &other.0;
        self
    }

    fn text(&self) -> String {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let mut bits = self.0.clone();
        bits += &"0".repeat((6 - bits.len() % 6) % 6);
        let six =
            |bits: &[u8]| usize::from_str_radix(std::str::from_utf8(bits).unwrap(), 2).unwrap();
        bits.as_bytes().chunks(6).map(|bits| char::from(alphabet[six(bits)])).collect()
    }
}

/// A header whose list of sections is these bits.
fn header(count: usize, ranges: &Bits) -> String {
    Bits::default().put(3, 6).put(1, 6).put(count, 12).with(ranges).text()
}

/// Hostile GPP strings, by name; what is in a string is there about `entries` times, and at
/// most 4095 times where twelve bits count it.
pub(crate) fn gpp(entries: usize) -> Vec<(String, String)> {
    let counted = entries.min(4095);
    let mut texts = Vec::new();
    let mut add = |name: &str, text: String| texts.push((name.to_owned(), text));

    // Headers.
    let repeat = |one: &Bits| (0..counted).fold(Bits::default(), |all, _| all.with(one));
    let single = repeat(&Bits::default().put(0, 1).fibonacci(1));
    let group = repeat(&Bits::default().put(1, 1).fibonacci(1).fibonacci(1));
    let huge = Bits::default().put(1, 1).fibonacci(1).fibonacci(65534);
    add("header of touching sections", header(counted, &single) + &"~A".repeat(counted));
    add("header of groups", header(counted, &group) + &"~A".repeat(2 * counted));
    add("header of groups without sections", header(counted, &group));
    add("header of all sections, none there", header(1, &huge) + &"A".repeat(entries));
    add("header of all sections, some there", header(1, &huge) + &"~".repeat(entries));
    add("header of 4095 sections that end", header(4095, &single));
    add(
        "header of long jumps",
        header(counted, &repeat(&Bits::default().put(0, 1).fibonacci(60_000))),
    );
    add("header without an end", header(1, &Bits::default()) + &"A".repeat(entries));
    add("header of ones", "DB".to_owned() + &"_".repeat(entries));
    add("nothing but tildes", "~".repeat(entries));
    add("no section, and tildes", "DBAA".to_owned() + &"~".repeat(entries));

    // Sections of the United States.
    add("long core", "DBABL~B".to_owned() + &"A".repeat(entries));
    add("long core of ones", "DBABL~B".to_owned() + &"_".repeat(entries));
    add("subsections", "DBABL~BVQVAAAAAg".to_owned() + &".YA".repeat(entries));
    add("subsections of Virginia", "DBABRg~BVVVVWY".to_owned() + &".YA".repeat(entries));
    add("dots", "DBABEY~YBAA".to_owned() + &".".repeat(entries));
    let all = Bits::default().put(24, 6).put(1, 6).put(1, 12).with(&huge).text();
    add("subsections listed", format!("DBABEY~{all}{}", ".AAAA".repeat(entries)));
    let many = Bits::default().put(24, 6).put(1, 6).put(counted, 12).with(&single).text();
    add("long section header", format!("DBABEY~{many}{}", ".AAAA".repeat(counted + 1)));

    // Canada: vendors and restrictions of each form.
    let core = Bits::default().put(1, 6).put(0, 36 + 36 + 12 + 12 + 6 + 12 + 12 + 6 + 1);
    let core = core.put(0, 12 + 24 + 24);
    let canada = |bits: &Bits| format!("DBABD~{}", bits.text());
    let none = Bits::default().put(0, 17);
    let field = (0..entries.min(65535)).fold(String::new(), |bits, id| bits + ["0", "1"][id % 2]);
    let field = Bits::default().put(entries.min(65535), 16).put(0, 1).with(&Bits(field));
    add("Canada: bit fields", canada(&core.clone().with(&field).with(&field).put(0, 12)));
    let integers =
        (0..counted).fold(Bits::default(), |bits, index| bits.put(0, 1).put(2 * index + 1, 16));
    let list = |flag: &Bits, ranges: &Bits| flag.clone().put(counted, 12).with(ranges);
    let flagged = Bits::default().put(65535, 16).put(1, 1);
    let integers = list(&flagged, &integers);
    add("Canada: integers", canada(&core.clone().with(&integers).with(&integers).put(0, 12)));
    let jumps = (0..counted).fold(Bits::default(), |bits, _| bits.put(0, 1).fibonacci(2));
    let fibonacci = list(&flagged, &jumps);
    add("Canada: Fibonacci", canada(&core.clone().with(&fibonacci).with(&none).put(0, 12)));
    let specified = list(&Bits::default().put(1, 1), &jumps);
    add("Canada: specification", canada(&core.clone().with(&specified).with(&none).put(0, 12)));
    let restrict = |one: &Bits| {
        let restrictions = repeat(&Bits::default().put(1, 6).put(3, 2).with(one));
        canada(&core.clone().with(&none).with(&none).put(counted, 12).with(&restrictions))
    };
    let all = Bits::default().put(1, 12).put(1, 1).put(1, 16).put(65535, 16);
    add("Canada: restrictions on all", restrict(&all));
    add("Canada: restrictions on nobody", restrict(&Bits::default().put(0, 12)));
    let all = flagged.clone().put(1, 12).with(&huge);
    add("Canada: restrictions on all by Fibonacci", restrict(&all));
    let promise = core.clone().with(&flagged).put(4095, 12);
    add("Canada: ranges promised", canada(&promise) + &"A".repeat(entries));
    add(
        "Canada: segments",
        canada(&core.with(&none).with(&none).put(0, 12)) + &".IAAA".repeat(entries),
    );

    // Others.
    add("US Privacy", "DBABT~".to_owned() + &"1YNN".repeat(entries));
    add(
        "a TC string of dots",
        "DBABM~CPXxRfAPXxRfAAfKABENB-CgAAAAAAAAAAYgAAAAAAAA".to_owned() + &".".repeat(entries),
    );
    add(
        "an unknown section",
        header(1, &Bits::default().put(0, 1).fibonacci(60_000)) + "~" + &"x".repeat(entries),
    );
    texts
}
