//! The numbers of the list that no TC string has.

use crate::ids::id_type;

id_type! {
    /// The number of a category of data in the Global Vendor List, 1 to 65535; version 3 of
    /// the list uses eleven.
    DataCategoryId, 65535
}

id_type! {
    /// A stack's number in the Global Vendor List, 1 to 65535.
    StackId, 65535
}
