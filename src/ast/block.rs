//! `block!` declares a block of the language once: its struct, its decoding, its JSON Schema and its reference come from
//! the one declaration. `words!` does the same for a closed set of words.

/// What messages and documents need to know of a block.
#[derive(Debug)]
pub struct Block {
    /// With its article, for messages: `an entity`.
    pub what: &'static str,
    /// The keys that a spec may use now.
    pub keys: &'static [&'static str],
    /// Keys of the language that no issue has asked for yet.
    pub later: &'static [&'static str],
    /// Keys that must be given.
    pub required: &'static [&'static str],
}

impl Block {
    /// Keys that are planned wherever a block describes something; refused as "not supported yet", never as unknown.
    pub const LATER_EVERYWHERE: &[&str] = &[
        "soft_delete",
        "audit",
        "events",
        "emits",
        "subscribes",
        "jobs",
        "schedules",
        "cache",
        "rate_limit",
        "idempotency",
        "clients",
        "files",
        "mail",
        "stream",
        "webhooks",
        "deprecated",
        "flags",
        "vector",
    ];
}

/// A field's name as a key of the language; fields named by a keyword are written `r#type`.
pub(crate) const fn plain(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// `/// doc` + `pub struct Name("what") { /// doc`+` key: Type where 1..=9, } required [..] later [..]`
macro_rules! block {
    (
        $(#[$meta:meta])*
        pub struct $name:ident($what:literal) {
            $($(#[$key_meta:meta])* $key:ident: $type:ty $(where $least:literal ..= $greatest:literal)?,)*
        }
        required [$($required:literal),*]
        later [$($later:literal),*]
    ) => {
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, schemars::JsonSchema)]
        $(#[$meta])*
        #[schemars(deny_unknown_fields, default, extend("required" = [$($required),*]))]
        pub struct $name {
            $(
                $(#[$key_meta])*
                $(#[schemars(range(min = $least, max = $greatest))])?
                #[serde(skip_serializing_if = "crate::ast::F::is_absent")]
                pub $key: $crate::ast::F<$type>,
            )*
        }

        impl $name {
            pub const BLOCK: $crate::ast::Block = $crate::ast::Block {
                what: $what,
                keys: &[$($crate::ast::block::plain(stringify!($key))),*],
                later: &[$($later),*],
                required: &[$($required),*],
            };
        }

        impl $crate::parse::DecodeBlock for $name {
            fn block() -> &'static $crate::ast::Block {
                const { &Self::BLOCK }
            }

            fn set(&mut self, key: &str, value: &$crate::parse::Node, cx: &mut $crate::parse::Cx<'_>) -> bool {
                match key {
                    $(key if key == $crate::ast::block::plain(stringify!($key)) => {
                        $(cx.expect_within($least, $greatest);)?
                        self.$key = $crate::parse::Decode::field(value, cx);
                    })*
                    _ => return false,
                }
                true
            }
        }
    };
}

/// `pub enum Name("what") { /// doc` + ` Variant = "word", }`
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident($what:literal) {
            $($(#[$word_meta:meta])* $variant:ident = $word:literal,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, schemars::JsonSchema)]
        pub enum $name { $($(#[$word_meta])* #[schemars(rename = $word)] $variant,)* }

        impl $name {
            /// Every word, in the order of the reference.
            pub const WORDS: &'static [&'static str] = &[$($word),*];

            /// As the spec writes it.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }

        impl $crate::parse::Decode for $name {
            const WHAT: &'static str = $what;

            fn decode(node: &$crate::parse::Node, cx: &mut $crate::parse::Cx<'_>) -> Option<Self> {
                cx.word(node, $what, Self::WORDS, Self::from_word)
            }
        }
    };
}
