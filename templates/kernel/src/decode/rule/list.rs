//! Rules of lists.

use super::{Rule, count};
use crate::decode::json;
use crate::decode::site::{Read, Reported, Site, Value};
use crate::types::Refused;

/// A list whose items follow one rule.
#[derive(Debug, Clone, Copy)]
pub struct List<R> {
    item: R,
    min: usize,
    max: usize,
    unique: bool,
}

/// A list of what `item` reads; null is no item.
#[must_use]
pub const fn list<R>(item: R) -> List<R> {
    List {
        item,
        min: 0,
        max: usize::MAX,
        unique: false,
    }
}

impl<R: Copy> List<R> {
    /// At least so many items.
    #[must_use]
    pub const fn min_items(self, min: usize) -> Self {
        Self { min, ..self }
    }

    /// At most so many items.
    #[must_use]
    pub const fn max_items(self, max: usize) -> Self {
        Self { max, ..self }
    }

    /// No item twice.
    #[must_use]
    pub const fn unique(self) -> Self {
        Self {
            unique: true,
            ..self
        }
    }
}

impl<T: PartialEq, R: Rule<T>> Rule<Vec<T>> for List<R> {
    fn read(&self, value: Value<'_>, site: &mut Site<'_>) -> Read<Vec<T>> {
        let values = split(value).map_err(|refused| site.refuse(refused))?;
        if values.len() < self.min {
            let message = format!("must have at least {}", count(self.min, "item"));
            return Err(site.refuse(Refused::new("too_few_items", message)));
        }
        if values.len() > self.max {
            let message = format!("must have at most {}", count(self.max, "item"));
            return Err(site.refuse(Refused::new("too_many_items", message)));
        }
        let mut items: Vec<T> = Vec::with_capacity(values.len());
        let mut reported: Option<Reported> = None;
        for (at, value) in values.into_iter().enumerate() {
            match self.item(value, &mut site.item(at)) {
                Ok(item) if self.unique && items.contains(&item) => {
                    let twice = Refused::new("duplicate_item", "is in the list already");
                    reported = Some(site.item(at).refuse(twice));
                }
                Ok(item) => items.push(item),
                Err(earlier) => reported = Some(earlier),
            }
        }
        reported.map_or(Ok(Some(items)), Err)
    }
}

impl<R> List<R> {
    fn item<T>(&self, value: Option<Value<'_>>, site: &mut Site<'_>) -> Result<T, Reported>
    where
        R: Rule<T>,
    {
        let read = match value {
            Some(value) => self.item.read(value, site)?,
            None => None,
        };
        read.ok_or_else(|| site.refuse(Refused::new("null", "must not be null")))
    }
}

/// The items of a JSON array, or of a parameter by its commas.
fn split(value: Value<'_>) -> Result<Vec<Option<Value<'_>>>, Refused> {
    match value {
        Value::Text("") => Ok(Vec::new()),
        Value::Text(text) if text.split(',').any(str::is_empty) => {
            Err(Refused::not("values with a comma between each two"))
        }
        Value::Text(text) => Ok(text
            .split(',')
            .map(|item| Some(Value::Text(item)))
            .collect()),
        Value::Json(raw) => {
            let items = json::items(raw)?.into_iter();
            Ok(items
                .map(|item| (item.get() != "null").then_some(Value::Json(item)))
                .collect())
        }
    }
}
