//! Benchmarks only: see benches/tcf.rs.
