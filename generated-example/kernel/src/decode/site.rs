//! Where a value stands, what it is before it is read, and where its faults go.

use std::borrow::Cow;

use serde_json::value::RawValue;

use crate::http::Input;
use crate::problem::Fault;
use crate::types::{Refused, Scalar, Shape, Timestamp};

/// The most faults that one answer lists.
const MOST_FAULTS: usize = 100;
/// The most characters of a caller's key that an answer repeats.
const LONGEST_KEY: usize = 100;

/// A value before it is read. Never null: that is told apart earlier.
#[derive(Debug, Clone, Copy)]
pub enum Value<'v> {
    /// Of a JSON body.
    Json(&'v RawValue),
    /// Of a query string, decoded.
    Text(&'v str),
}

/// Says that a fault was recorded, which only [`Site::refuse`] can.
#[derive(Debug)]
pub struct Reported(());

/// What came of reading: a value, `None` for null, or faults.
pub type Read<T> = Result<Option<T>, Reported>;

/// The way to a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Path<'p> {
    Root,
    /// The root of a body, from where nested objects know the time.
    Body(Input<'p>),
    Key(&'p Path<'p>, &'p str),
    Item(&'p Path<'p>, usize),
}

impl Path<'_> {
    /// The time of the request, where the way begins at its body.
    pub(super) fn now(&self) -> Option<Timestamp> {
        match self {
            Path::Root => None,
            Path::Body(input) => Some(input.now()),
            Path::Key(parent, _) | Path::Item(parent, _) => parent.now(),
        }
    }

    /// `size.width_mm`, `tags[2]`.
    fn print(&self, to: &mut String) {
        match self {
            Path::Root | Path::Body(_) => {}
            Path::Key(parent, key) => {
                parent.print(to);
                if !to.is_empty() {
                    to.push('.');
                }
                to.extend(key.chars().take(LONGEST_KEY));
            }
            Path::Item(parent, at) => {
                parent.print(to);
                to.push_str(&format!("[{at}]"));
            }
        }
    }
}

/// A place in the request that a value is read from.
#[derive(Debug)]
pub struct Site<'s> {
    pub(super) path: Path<'s>,
    pub(super) faults: &'s mut Vec<Fault>,
}

impl Site<'_> {
    /// Records why the value here is not to be had.
    pub fn refuse(&mut self, refused: Refused) -> Reported {
        if self.faults.len() < MOST_FAULTS {
            let mut field = String::new();
            self.path.print(&mut field);
            self.faults.push(Fault {
                field: field.into(),
                code: refused.code,
                message: refused.message,
            });
        }
        Reported(())
    }

    /// What has the name of this place, which is known from now on.
    pub(super) fn only<'n, N: 'n>(
        &mut self,
        named: impl Iterator<Item = &'n mut N>,
        known: fn(&mut N) -> &mut bool,
    ) -> Result<Option<&'n N>, Reported> {
        let mut found = None;
        let mut twice = false;
        for one in named {
            *known(one) = true;
            twice |= found.replace(&*one).is_some();
        }
        if twice {
            return Err(self.refuse(Refused::new("duplicate_key", "is given more than once")));
        }
        Ok(found)
    }

    /// The place of an item of the list that stands here.
    pub(super) fn item(&mut self, at: usize) -> Site<'_> {
        Site {
            path: Path::Item(&self.path, at),
            faults: self.faults,
        }
    }
}

impl<'v> Value<'v> {
    /// The text of a string.
    pub(super) fn text(self) -> Result<Cow<'v, str>, Refused> {
        let text = match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Json(raw) => super::json::string(raw.get())?,
        };
        if text.contains('\0') {
            return Err(Refused::new("characters", "must not contain NUL"));
        }
        Ok(text)
    }

    /// A single value.
    pub(super) fn scalar<T: Scalar>(self) -> Result<T, Refused> {
        let token = match self {
            Self::Text(text) => return T::parse(text),
            Self::Json(raw) => raw.get(),
        };
        match (T::SHAPE, token.as_bytes()[0]) {
            (Shape::Text, _) => T::parse(&self.text()?),
            (Shape::Number, b'-' | b'0'..=b'9') => T::parse_number(token),
            (Shape::Number, _) => Err(Refused::not("a number")),
            (Shape::Flag, b't' | b'f') => T::parse(token),
            (Shape::Flag, _) => Err(Refused::not("true or false")),
        }
    }
}

impl Reported {
    /// The faults were recorded further in.
    pub(super) fn earlier() -> Self {
        Self(())
    }
}
