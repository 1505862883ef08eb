//! What a unit test gives to logic beside a fake store: surroundings that stand still, and values from their text.

use kernel::app::{Clock, Environment};
use kernel::config::Settings;
use kernel::types::{Scalar, Timestamp};

/// The time in every [`environment`]: 2026-11-20T08:30:00Z.
pub const NOW: Timestamp = Timestamp::from_micros(1_795_163_400_000_000);

struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Timestamp {
        NOW
    }
}

/// What logic sees beside its store: these services, no setting changed, and a clock that has stopped at [`NOW`].
pub fn environment<S>(services: S) -> Environment<S> {
    Environment {
        clock: Box::new(StoppedClock),
        ..Environment::new(Settings::default(), services)
    }
}

/// Reads the text form of a value: `value("12.50")`, `value("2026-11-20")`.
///
/// # Panics
/// Where the type has no such value.
#[track_caller]
#[must_use]
pub fn value<T: Scalar>(text: &str) -> T {
    match T::parse(text) {
        Ok(value) => value,
        Err(refused) => panic!("{text:?} {}", refused.message),
    }
}
