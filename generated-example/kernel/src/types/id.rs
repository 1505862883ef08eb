//! Typed ids: the id of a book is no id of an author.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::scalar::{Refused, Scalar, Shape};
use crate::db::stored_as;

/// The UUIDv7 of a row of `T`, which sorts by the time of its making.
pub struct Id<T>(Uuid, PhantomData<fn() -> T>);

/// The number of a row of `T`, counted by the database.
pub struct Serial<T>(i64, PhantomData<fn() -> T>);

/// What both kinds do as the value inside does; derives would ask it of `T` too.
macro_rules! like_its_value {
    ($name:ident, $value:ty) => {
        impl<T> $name<T> {
            /// The bare value.
            #[must_use]
            pub const fn get(self) -> $value {
                self.0
            }
        }

        impl<T> From<$value> for $name<T> {
            fn from(value: $value) -> Self {
                Self(value, PhantomData)
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $name<T> {}

        impl<T> PartialEq for $name<T> {
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl<T> Eq for $name<T> {}

        impl<T> PartialOrd for $name<T> {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl<T> Ord for $name<T> {
            fn cmp(&self, other: &Self) -> Ordering {
                self.0.cmp(&other.0)
            }
        }

        impl<T> Hash for $name<T> {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.0.hash(state);
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl<T> fmt::Display for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl<T> Serialize for $name<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de, T> Deserialize<'de> for $name<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Deserialize::deserialize(deserializer).map(|value| Self(value, PhantomData))
            }
        }

        impl<T> Scalar for $name<T> {
            const SHAPE: Shape = <$value as Scalar>::SHAPE;

            fn parse(text: &str) -> Result<Self, Refused> {
                <$value as Scalar>::parse(text).map(Self::from)
            }

            fn print(&self) -> String {
                self.0.print()
            }
        }

        stored_as!([T] $name<T>, $value, |id: &Self| id.0, |value| Ok(Self::from(value)));
    };
}

like_its_value!(Id, Uuid);
like_its_value!(Serial, i64);
