//! Enums of a spec: closed sets of words.

/// Declares an enum whose values are words, in JSON, in queries and in the database alike.
///
/// Gives the enum `ALL`, `as_str`, `Display`, serde's and sqlx's traits, and [`crate::types::Scalar`].
#[macro_export]
macro_rules! choice {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name {
            $($(#[$note])* #[doc = concat!("`", $word, "`")] $variant,)+
        }

        #[allow(dead_code, reason = "a spec may declare more than its endpoints use")]
        impl $name {
            /// Every value, in the order of the spec.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word that stands for it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::types::Scalar for $name {
            fn parse(text: &str) -> ::std::result::Result<Self, $crate::types::Refused> {
                match text {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::types::Refused::new("not_in_enum", format!("must be one of {}", [$($word),+].join(", ")))),
                }
            }

            fn print(&self) -> String {
                self.as_str().to_owned()
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let word = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(deserializer)?;
                <Self as $crate::types::Scalar>::parse(&word)
                    .map_err(|refused| ::serde::de::Error::custom(refused.message))
            }
        }

        impl ::sqlx::Type<$crate::db::Database> for $name {
            fn type_info() -> $crate::db::TypeInfo {
                <str as ::sqlx::Type<$crate::db::Database>>::type_info()
            }

            fn compatible(info: &$crate::db::TypeInfo) -> bool {
                <str as ::sqlx::Type<$crate::db::Database>>::compatible(info)
            }
        }

        impl ::sqlx::Encode<'_, $crate::db::Database> for $name {
            fn encode_by_ref(
                &self,
                buffer: &mut $crate::db::ArgumentBuffer,
            ) -> ::std::result::Result<::sqlx::encode::IsNull, ::sqlx::error::BoxDynError> {
                ::sqlx::Encode::<'_, $crate::db::Database>::encode(self.as_str(), buffer)
            }
        }

        impl<'r> ::sqlx::Decode<'r, $crate::db::Database> for $name {
            fn decode(value: $crate::db::ValueRef<'r>) -> ::std::result::Result<Self, ::sqlx::error::BoxDynError> {
                let word = <&str as ::sqlx::Decode<'r, $crate::db::Database>>::decode(value)?;
                <Self as $crate::types::Scalar>::parse(word).map_err(|refused| refused.message.into())
            }
        }
    };
}
