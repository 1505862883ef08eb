//! The JSON body of a request, field by field.

use serde_json::value::RawValue;

use super::json::{self, Member};
use super::site::{Path, Read, Reported, Site, Value};
use super::{Invalid, Query, Rule};
use crate::auth::Reach;
use crate::http::Input;
use crate::problem::{Fault, Problem};
use crate::types::{Patch, Refused, Scalar, Timestamp};

/// One JSON object that is being read.
///
/// Every method reads one field and gives `None` where that failed; the faults gather here, and [`Form::finish`] adds
/// the keys that no one asked for.
#[derive(Debug)]
pub struct Form<'f> {
    members: Vec<Member<'f>>,
    path: Path<'f>,
    faults: Vec<Fault>,
    /// The head of the request; nested objects have none.
    input: Option<Input<'f>>,
    whole: Option<Problem>,
}

impl<'f> Form<'f> {
    /// Opens the body of a request.
    ///
    /// # Errors
    /// 400 where the body is not well-formed JSON in UTF-8.
    pub fn parse(input: Input<'f>, body: &'f [u8]) -> Result<Self, Problem> {
        let document = json::document(body)?;
        let mut form = Self {
            members: Vec::new(),
            path: Path::Body(input),
            faults: Vec::new(),
            input: Some(input),
            whole: None,
        };
        match json::members(document) {
            Ok(members) => form.members = members,
            Err(refused) => drop(
                Site {
                    path: Path::Root,
                    faults: &mut form.faults,
                }
                .refuse(refused),
            ),
        }
        Ok(form)
    }

    /// A field that must be there.
    pub fn required<T>(&mut self, name: &str, rule: impl Rule<T>) -> Option<T> {
        match self.field(name, &rule) {
            Ok(Some(Some(value))) => Some(value),
            Ok(Some(None)) => self.refuse(name, null()),
            Ok(None) => self.refuse(name, Refused::new("required", "is required")),
            Err(Reported { .. }) => None,
        }
    }

    /// A field that may be null or absent, which is the same.
    pub fn optional<T>(&mut self, name: &str, rule: impl Rule<T>) -> Option<Option<T>> {
        self.field(name, &rule).ok().map(Option::flatten)
    }

    /// A field that may be absent, but not null.
    pub fn or<T>(&mut self, name: &str, rule: impl Rule<T>, default: T) -> Option<T> {
        self.patch(name, rule).map(|value| value.unwrap_or(default))
    }

    /// A field that may be absent, and then is what its type defaults to.
    pub fn or_default<T: Default>(&mut self, name: &str, rule: impl Rule<T>) -> Option<T> {
        self.patch(name, rule).map(Option::unwrap_or_default)
    }

    /// A field that has a default, but may be null where the caller says so.
    pub fn optional_or<T>(
        &mut self,
        name: &str,
        rule: impl Rule<T>,
        default: T,
    ) -> Option<Option<T>> {
        self.patch_optional(name, rule)
            .map(|patch| patch.or(Some(default)))
    }

    /// A field that may be absent, and then is the time now, or the day in UTC.
    pub fn or_now<T: From<Timestamp>>(&mut self, name: &str, rule: impl Rule<T>) -> Option<T> {
        self.patch(name, rule)
            .map(|value| value.unwrap_or_else(|| self.now().into()))
    }

    /// The same for a field that may be null where the caller says so.
    pub fn optional_or_now<T: From<Timestamp>>(
        &mut self,
        name: &str,
        rule: impl Rule<T>,
    ) -> Option<Option<T>> {
        self.patch_optional(name, rule)
            .map(|patch| patch.or(Some(self.now().into())))
    }

    /// A field of a PATCH that cannot be null: `Some(None)` keeps what is there.
    pub fn patch<T>(&mut self, name: &str, rule: impl Rule<T>) -> Option<Option<T>> {
        match self.field(name, &rule) {
            Ok(Some(None)) => self.refuse(name, null()),
            Ok(Some(Some(value))) => Some(Some(value)),
            Ok(None) => Some(None),
            Err(Reported { .. }) => None,
        }
    }

    /// A field of a PATCH that can be null.
    pub fn patch_optional<T>(&mut self, name: &str, rule: impl Rule<T>) -> Option<Patch<T>> {
        let read = self.field(name, &rule).ok()?;
        Some(match read {
            None => Patch::Absent,
            Some(None) => Patch::Null,
            Some(Some(value)) => Patch::Set(value),
        })
    }

    /// A parameter of the path. Where it is no `T`, nothing can be there: the whole request is a 404.
    pub fn path<T: Scalar>(&mut self, name: &str) -> Option<T> {
        let read = self.input.map(|input| super::path(&input, name))?;
        read.map_err(|problem| self.whole = Some(problem)).ok()
    }

    /// The version that `If-Match` asks for; `Some(None)` where the caller does not care.
    pub fn if_match(&mut self) -> Option<Option<i64>> {
        let read = self.input.map(|input| input.if_match())?;
        read.map_err(|problem| self.whole = Some(problem)).ok()
    }

    /// The same where there must be an `If-Match`; `Some(None)` for `*`.
    pub fn if_match_required(&mut self) -> Option<Option<i64>> {
        let read = self.input.map(|input| input.if_match_required())?;
        // Where the path leads nowhere, there is no version either.
        read.map_err(|problem| self.whole.get_or_insert(problem))
            .ok()
    }

    /// Who sends it.
    #[must_use]
    pub fn caller(&self) -> &'f Reach {
        self.input
            .expect("BUG: a nested object does not know its sender")
            .reach()
    }

    /// Takes away a field that this caller may not write: to name it is a fault, and else it is absent.
    pub fn withhold(&mut self, name: &str) {
        let before = self.members.len();
        self.members.retain(|member| member.key != name);
        if self.members.len() < before {
            let message = "may not be written by you";
            self.refuse::<()>(name, Refused::new("forbidden_field", message));
        }
    }

    /// The query string of the same request; [`Form::join`] brings its faults back.
    #[must_use]
    pub fn query(&self) -> Query<'f> {
        let input = self
            .input
            .expect("BUG: a nested object has no query string");
        Query::parse(input)
    }

    /// Takes over what was wrong with the query string.
    pub fn join(&mut self, query: Query<'f>) {
        match query.finish(|| Some(())) {
            Ok(()) => {}
            Err(Invalid::Faults(faults)) => self.faults.extend(faults),
            Err(Invalid::Whole(problem)) => self.whole = Some(problem),
        }
    }

    /// Records a fault of one field, for rules that concern several.
    pub fn refuse<T>(&mut self, name: &str, refused: Refused) -> Option<T> {
        let path = Path::Key(&self.path, name);
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
    /// All faults, keys included that no one asked for.
    pub fn finish<T>(mut self, command: impl FnOnce() -> Option<T>) -> Result<T, Invalid> {
        if let Some(problem) = self.whole {
            return Err(Invalid::Whole(problem));
        }
        self.refuse_unknown();
        if self.faults.is_empty() {
            return Ok(command().expect("BUG: a field was refused without a fault"));
        }
        Err(Invalid::Faults(self.faults))
    }

    /// Reads a nested object by its own function, its unknown keys included.
    pub(super) fn nested<T>(
        value: &RawValue,
        site: &mut Site<'_>,
        read: impl Fn(&mut Form<'_>) -> Option<T>,
    ) -> Read<T> {
        let members = json::members(value).map_err(|refused| site.refuse(refused))?;
        let faults = std::mem::take(site.faults);
        let before = faults.len();
        let mut form = Form {
            members,
            path: site.path,
            faults,
            input: None,
            whole: None,
        };
        let value = read(&mut form);
        form.refuse_unknown();
        let clean = form.faults.len() == before;
        *site.faults = form.faults;
        match value {
            Some(value) if clean => Ok(Some(value)),
            _ => Err(Reported::earlier()),
        }
    }

    fn now(&self) -> Timestamp {
        self.path.now().expect("BUG: a body does not know the time")
    }

    /// `None`: absent. `Some(None)`: null.
    fn field<T>(&mut self, name: &str, rule: &impl Rule<T>) -> Result<Option<Option<T>>, Reported> {
        let mut site = Site {
            path: Path::Key(&self.path, name),
            faults: &mut self.faults,
        };
        let members = self.members.iter_mut().filter(|member| member.key == name);
        match site.only(members, |member| &mut member.known)? {
            None => Ok(None),
            Some(member) if member.value.get() == "null" => Ok(Some(None)),
            Some(member) => rule.read(Value::Json(member.value), &mut site).map(Some),
        }
    }

    fn refuse_unknown(&mut self) {
        for member in self.members.iter().filter(|member| !member.known) {
            let path = Path::Key(&self.path, &member.key);
            Site {
                path,
                faults: &mut self.faults,
            }
            .refuse(Refused::new("unknown_key", "is not known here"));
        }
    }
}

/// The refusal of null where a field cannot be.
fn null() -> Refused {
    Refused::new("null", "must not be null")
}
