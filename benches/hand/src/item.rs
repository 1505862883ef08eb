//! The item as clients see it and send it.

use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use crate::price::Price;
use crate::stamp::Stamp;

#[derive(Debug, Serialize)]
pub struct Item {
    pub id: Uuid,
    pub sku: String,
    pub name: String,
    pub price: Price,
    pub kind: Kind,
    pub active: bool,
    pub stock: i64,
    pub seen_at: Option<Stamp>,
    pub created_at: Stamp,
    pub updated_at: Stamp,
    pub version: i64,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Book,
    Game,
    Film,
    Music,
}

impl Kind {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Game => "game",
            Self::Film => "film",
            Self::Music => "music",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        [Self::Book, Self::Game, Self::Film, Self::Music]
            .into_iter()
            .find(|kind| kind.as_str() == text)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    pub sku: String,
    pub name: String,
    pub price: Price,
    pub kind: Kind,
    #[serde(default = "yes")]
    pub active: bool,
    #[serde(default)]
    pub stock: i64,
    pub seen_at: Option<Stamp>,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub sku: Option<String>,
    pub name: Option<String>,
    pub price: Option<Price>,
    pub kind: Option<Kind>,
    pub active: Option<bool>,
    pub stock: Option<i64>,
    /// Absent keeps, null clears.
    #[serde(default, deserialize_with = "present")]
    pub seen_at: Option<Option<Stamp>>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<Stamp>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl New {
    pub fn is_valid(&self) -> bool {
        fits(&self.sku, 40) && fits(&self.name, 120) && self.stock >= 0
    }
}

impl Change {
    pub fn is_valid(&self) -> bool {
        self.sku.as_ref().is_none_or(|sku| fits(sku, 40))
            && self.name.as_ref().is_none_or(|name| fits(name, 120))
            && self.stock.is_none_or(|stock| stock >= 0)
    }
}

/// Not empty, and of at most `max` characters.
fn fits(text: &str, max: usize) -> bool {
    !text.is_empty() && (text.len() <= max || text.chars().count() <= max)
}
