//! Lists the public API that a rustdoc JSON file describes, one item a line.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: list-public-api RUSTDOC_JSON")?;
    let api = public_api::Builder::from_rustdoc_json(file)
        .sorted(true)
        .omit_blanket_impls(true)
        .build()?;
    println!("{api}");
    Ok(())
}
