//! Lists the public API that a rustdoc JSON file describes, one item a line.

/// What the compiler gives types for its own use: no caller can name it on stable.
const UNSTABLE: [&str; 3] =
    ["core::marker::Freeze", "core::marker::StructuralPartialEq", "core::marker::UnsafeUnpin"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: list-public-api RUSTDOC_JSON")?;
    let api = public_api::Builder::from_rustdoc_json(file)
        .sorted(true)
        .omit_blanket_impls(true)
        .build()?;
    for item in api.items().map(ToString::to_string) {
        if !UNSTABLE.iter().any(|name| item.contains(name)) {
            println!("{item}");
        }
    }
    Ok(())
}
