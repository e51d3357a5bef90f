//! Getters that a borrowed string and its owned form have in common.

/// Puts methods on both forms of a string, each stated once: the borrowed form has the body, and
/// the owned one asks its view.
///
/// A method whose answer borrows says from what, `'t` from the text or `'b` from the bits: of an
/// owned string that is the string.
macro_rules! both_forms {
    ($borrowed:ident<$t:lifetime, $b:lifetime>, $owned:ident:) => {};
    (
        $borrowed:ident<$t:lifetime, $b:lifetime>, $owned:ident:
        $(#[$meta:meta])*
        pub fn $name:ident $(<$($generic:lifetime),+>)? ($self:ident $(: $life:lifetime)? $(, $argument:ident: $type:ty)* $(,)?)
            -> $return:ty $body:block
        $($rest:tt)*
    ) => {
        impl<$t, $b> $borrowed<$t, $b> {
            $(#[$meta])*
            #[inline]
            pub fn $name<$($($generic),+)?>(&$self $(, $argument: $type)*) -> $return $body
        }

        #[allow(clippy::needless_lifetimes, clippy::elidable_lifetime_names)]
        impl $owned {
            $(#[$meta])*
            #[inline]
            pub fn $name<$($life,)? $($($generic),+)?>(& $($life)? $self $(, $argument: $type)*) -> $return {
                $self.view().$name($($argument),*)
            }
        }

        $crate::both_forms::both_forms!($borrowed<$t, $b>, $owned: $($rest)*);
    };
}
pub(crate) use both_forms;
