//! Colours, or none.

use std::fmt::Display;

/// How one of the two outputs is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    /// Whether colours are on.
    pub on: bool,
}

impl Paint {
    pub fn bold(self, text: impl Display) -> String {
        self.with("1", text)
    }

    pub fn green(self, text: impl Display) -> String {
        self.with("32", text)
    }

    pub fn red(self, text: impl Display) -> String {
        self.with("31", text)
    }

    pub fn cyan(self, text: impl Display) -> String {
        self.with("36", text)
    }

    pub fn yellow(self, text: impl Display) -> String {
        self.with("33", text)
    }

    fn with(self, code: &str, text: impl Display) -> String {
        if self.on {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_string()
        }
    }
}
