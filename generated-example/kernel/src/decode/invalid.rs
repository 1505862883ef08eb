//! A request that was read and is wrong.

use crate::problem::{Fault, Problem, VALIDATION_FAILED};

/// Why no command came of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Invalid {
    /// Rules that its data breaks, all of them.
    Faults(Vec<Fault>),
    /// A problem with the request as a whole, such as malformed JSON or a path that names nothing.
    Whole(Problem),
}

impl From<Problem> for Invalid {
    fn from(problem: Problem) -> Self {
        Self::Whole(problem)
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        match invalid {
            Invalid::Faults(faults) => Self::new(VALIDATION_FAILED).faults(faults),
            Invalid::Whole(problem) => problem,
        }
    }
}
