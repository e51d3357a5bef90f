//! The numbers of sections.

use crate::ids::id_type;

id_type! {
    /// The number of a section, 1 to 65535; those that are registered have a name.
    ///
    /// ```
    /// # use consent_string::gpp::SectionId;
    /// assert_eq!(SectionId::USCA.get(), 8);
    /// assert_eq!(SectionId::USCA.name(), Some("usca"));
    /// assert_eq!(SectionId::new(900).unwrap().name(), None);
    /// ```
    SectionId, 65535
}

/// The registered sections: their constants, numbers, names and what they are.
macro_rules! registered {
    ($($(#[$doc:meta])* $constant:ident = $number:literal, $name:literal;)+) => {
        impl SectionId {
            $(
                $(#[$doc])*
                pub const $constant: Self = Self::new($number).unwrap();
            )+

            /// All sections that have a name, rising.
            pub const REGISTERED: &[Self] = &[$(Self::$constant),+];

            /// The section's name (the specification's "API prefix"), such as `"usca"`;
            /// `None` where this crate knows none.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self.get() {
                    $($number => Some($name),)+
                    _ => None,
                }
            }

            /// The section of a name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$constant),)+
                    _ => None,
                }
            }
        }
    };
}

registered! {
    /// 1: the TC string of version 1, long dead. It is kept as text.
    TCFEUV1 = 1, "tcfeuv1";
    /// 2: the IAB TC string, version 2.
    TCFEUV2 = 2, "tcfeuv2";
    /// 5: the TC string of Canada.
    TCFCAV1 = 5, "tcfcav1";
    /// 6: the US Privacy string.
    USPV1 = 6, "uspv1";
    /// 7: all of the United States, by the contract of the MSPA.
    USNAT = 7, "usnat";
    /// 8: California.
    USCA = 8, "usca";
    /// 9: Virginia.
    USVA = 9, "usva";
    /// 10: Colorado.
    USCO = 10, "usco";
    /// 11: Utah.
    USUT = 11, "usut";
    /// 12: Connecticut.
    USCT = 12, "usct";
    /// 13: Florida.
    USFL = 13, "usfl";
    /// 14: Montana.
    USMT = 14, "usmt";
    /// 15: Oregon.
    USOR = 15, "usor";
    /// 16: Texas.
    USTX = 16, "ustx";
    /// 17: Delaware.
    USDE = 17, "usde";
    /// 18: Iowa.
    USIA = 18, "usia";
    /// 19: Nebraska.
    USNE = 19, "usne";
    /// 20: New Hampshire.
    USNH = 20, "usnh";
    /// 21: New Jersey.
    USNJ = 21, "usnj";
    /// 22: Tennessee.
    USTN = 22, "ustn";
    /// 23: Minnesota.
    USMN = 23, "usmn";
    /// 24: Maryland.
    USMD = 24, "usmd";
    /// 25: Indiana.
    USIN = 25, "usin";
    /// 26: Kentucky.
    USKY = 26, "usky";
    /// 27: Rhode Island.
    USRI = 27, "usri";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_go_together() {
        assert_eq!(SectionId::REGISTERED.len(), 25);
        assert!(SectionId::REGISTERED.is_sorted());
        for &id in SectionId::REGISTERED {
            assert_eq!(id.name().and_then(SectionId::from_name), Some(id));
        }
        for number in [3, 4, 28] {
            assert_eq!(SectionId::new(number).and_then(SectionId::name), None);
        }
        assert_eq!(SectionId::from_name("usak"), None);
    }
}
