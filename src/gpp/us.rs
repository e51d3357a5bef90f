//! The sections of the United States: the national one and those of the states, all from one
//! table.

mod builder;
mod check;
mod diff;
mod field;
mod layout;
#[cfg(feature = "serde")]
mod named_value;
mod names;
mod national;
mod read;
mod section;
mod tell;
mod write;

pub use builder::UsBuilder;
pub(super) use check::check;
pub use diff::UsChange;
pub use field::{UsField, UsValue};
pub(super) use read::read;
pub use section::{UsFields, UsSection};
