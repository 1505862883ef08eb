//! The query string of a request, parameter by parameter.

mod list;

use super::parameters::{Parameter, split};
use super::site::{Path, Reported, Site, Value};
use super::{Invalid, Rule};
use crate::auth::Reach;
use crate::http::Input;
use crate::page::{Direction, KeyType};
use crate::problem::{Fault, Problem};
use crate::types::{Refused, Scalar, Timestamp};

/// The parameters of one request, which are read like the fields of a [`super::Form`].
#[derive(Debug)]
pub struct Query<'q> {
    parameters: Vec<Parameter<'q>>,
    input: Input<'q>,
    faults: Vec<Fault>,
    whole: Option<Problem>,
    /// What [`Query::order`] has read: the public name, and its key's type.
    sorted: Option<(&'static str, KeyType, Direction)>,
}

impl<'q> Query<'q> {
    /// Opens the query string of a request. What is wrong with it gathers with all other faults.
    #[must_use]
    pub fn parse(input: Input<'q>) -> Self {
        let mut query = Self {
            parameters: split(input.query()),
            input,
            faults: Vec::new(),
            whole: None,
            sorted: None,
        };
        for parameter in &mut query.parameters {
            if parameter.name.is_none() {
                parameter.known = true;
                let site = &mut Site {
                    path: Path::Root,
                    faults: &mut query.faults,
                };
                site.refuse(Refused::new(
                    "encoding",
                    "a parameter's name is not well percent-encoded UTF-8",
                ));
            }
        }
        query
    }

    /// A parameter that must be there.
    pub fn required<T>(&mut self, name: &str, rule: impl Rule<T>) -> Option<T> {
        match self.parameter(name, &rule) {
            Ok(Some(value)) => Some(value),
            Ok(None) => self.refuse(name, Refused::new("required", "is required")),
            Err(Reported { .. }) => None,
        }
    }

    /// A parameter that may be absent.
    pub fn optional<T>(&mut self, name: &str, rule: impl Rule<T>) -> Option<Option<T>> {
        self.parameter(name, &rule).ok()
    }

    /// A parameter with a default.
    pub fn or<T>(&mut self, name: &str, rule: impl Rule<T>, default: T) -> Option<T> {
        self.optional(name, rule)
            .map(|value| value.unwrap_or(default))
    }

    /// The same for a field that may be null, which no parameter can say.
    pub fn optional_or<T>(
        &mut self,
        name: &str,
        rule: impl Rule<T>,
        default: T,
    ) -> Option<Option<T>> {
        self.or(name, rule, default).map(Some)
    }

    /// A parameter that is the time now where it is absent, or the day in UTC.
    pub fn or_now<T: From<Timestamp>>(&mut self, name: &str, rule: impl Rule<T>) -> Option<T> {
        self.optional(name, rule)
            .map(|value| value.unwrap_or_else(|| self.input.now().into()))
    }

    /// The same for a field that may be null, which no parameter can say.
    pub fn optional_or_now<T: From<Timestamp>>(
        &mut self,
        name: &str,
        rule: impl Rule<T>,
    ) -> Option<Option<T>> {
        self.or_now(name, rule).map(Some)
    }

    /// A parameter of the path. Where it is no `T`, nothing can be there: the whole request is a 404.
    pub fn path<T: Scalar>(&mut self, name: &str) -> Option<T> {
        super::path(&self.input, name)
            .map_err(|problem| self.whole = Some(problem))
            .ok()
    }

    /// The version that `If-Match` asks for; `Some(None)` where the caller does not care.
    pub fn if_match(&mut self) -> Option<Option<i64>> {
        self.input
            .if_match()
            .map_err(|problem| self.whole = Some(problem))
            .ok()
    }

    /// The same where there must be an `If-Match`; `Some(None)` for `*`.
    pub fn if_match_required(&mut self) -> Option<Option<i64>> {
        // Where the path leads nowhere, there is no version either.
        self.input
            .if_match_required()
            .map_err(|problem| self.whole.get_or_insert(problem))
            .ok()
    }

    /// Who asks.
    #[must_use]
    pub fn caller(&self) -> &'q Reach {
        self.input.reach()
    }

    /// Records a fault of one parameter, for rules that concern several.
    pub fn refuse<T>(&mut self, name: &str, refused: Refused) -> Option<T> {
        let path = Path::Key(&Path::Root, name);
        Site {
            path,
            faults: &mut self.faults,
        }
        .refuse(refused);
        None
    }

    /// Gives the command where there was no fault.
    ///
    /// # Errors
    /// All faults, parameters included that no one asked for.
    pub fn finish<T>(mut self, command: impl FnOnce() -> Option<T>) -> Result<T, Invalid> {
        if let Some(problem) = self.whole {
            return Err(Invalid::Whole(problem));
        }
        for parameter in self.parameters.iter().filter(|parameter| !parameter.known) {
            let path = Path::Key(&Path::Root, parameter.name.as_deref().unwrap_or_default());
            let unknown = Refused::new("unknown_parameter", "is not known here");
            Site {
                path,
                faults: &mut self.faults,
            }
            .refuse(unknown);
        }
        if self.faults.is_empty() {
            return Ok(command().expect("BUG: a parameter was refused without a fault"));
        }
        Err(Invalid::Faults(self.faults))
    }

    fn parameter<T>(&mut self, name: &str, rule: &impl Rule<T>) -> Result<Option<T>, Reported> {
        let mut site = Site {
            path: Path::Key(&Path::Root, name),
            faults: &mut self.faults,
        };
        let named = |parameter: &&mut Parameter<'_>| parameter.name.as_deref() == Some(name);
        let parameters = self.parameters.iter_mut().filter(named);
        let found = site.only(parameters, |parameter| &mut parameter.known)?;
        match found.map(|parameter| parameter.value.as_deref()) {
            None => Ok(None),
            Some(None) => Err(site.refuse(Refused::new(
                "encoding",
                "is not well percent-encoded UTF-8",
            ))),
            Some(Some(text)) => rule.read(Value::Text(text), &mut site),
        }
    }
}
