//! Which mutant runs; put into the kernel of a build that tests are tested with.

use std::cell::Cell;
use std::sync::LazyLock;

static CHOSEN: LazyLock<u32> = LazyLock::new(|| {
    let chosen = std::env::var("MUTANT").ok();
    chosen.and_then(|number| number.parse().ok()).unwrap_or(0)
});

thread_local! {
    static OFF: Cell<bool> = const { Cell::new(false) };
}

/// The number of the mutant that was chosen; 0 for none.
pub fn id() -> u32 {
    *CHOSEN
}

pub fn is(number: u32) -> bool {
    id() == number
}

/// Whether the narrowing of a list is left out.
pub fn is_off() -> bool {
    OFF.get()
}

/// Calls something, without its narrowing where the mutant was chosen.
pub fn without<R>(number: u32, call: impl FnOnce() -> R) -> R {
    OFF.set(is(number));
    let result = call();
    OFF.set(false);
    result
}
