//! The query string of a request, parameter by parameter.

use super::parameters::{Parameter, split};
use super::site::{Path, Reported, Site, Value};
use super::{Invalid, Operators, Rule, rule};
use crate::http::Input;
use crate::page::{
    Condition, Cursor, Direction, Filter, KeyType, OffsetRequest, Order, PageRequest,
};
use crate::problem::{Fault, Problem};
use crate::types::{Refused, Scalar, Timestamp};

/// The most characters of a search.
const LONGEST_SEARCH: usize = 200;
/// The most values of an `in` filter.
const MOST_VALUES: usize = 100;

/// The parameters of one request, which are read like the fields of a [`super::Form`].
#[derive(Debug)]
pub struct Query<'q> {
    parameters: Vec<Parameter<'q>>,
    input: Input<'q>,
    faults: Vec<Fault>,
    whole: Option<Problem>,
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

    /// `?price=20`, `?price.lte=20`, `?format.in=ebook,paperback`, `?blurb.null=true`.
    pub fn filter<T: Scalar + PartialEq>(
        &mut self,
        name: &str,
        operators: Operators,
    ) -> Option<Filter<T>> {
        let mut names = self
            .parameters
            .iter()
            .filter_map(|parameter| parameter.name.as_deref());
        if !names.any(|asked| asked.starts_with(name)) {
            return Some(Filter::default());
        }
        let mut conditions = Vec::new();
        let mut clean = true;
        let mut add = |read: Option<Option<Condition<T>>>| match read {
            Some(condition) => conditions.extend(condition),
            None => clean = false,
        };
        add(self.condition(name, "", Condition::Eq));
        if operators.ne {
            add(self.condition(name, ".ne", Condition::Ne));
        }
        if operators.ordered {
            add(self.condition(name, ".lt", Condition::Lt));
            add(self.condition(name, ".lte", Condition::Lte));
            add(self.condition(name, ".gt", Condition::Gt));
            add(self.condition(name, ".gte", Condition::Gte));
        }
        let among = rule::list(rule::any()).min_items(1).max_items(MOST_VALUES);
        add(self
            .optional(&format!("{name}.in"), among)
            .map(|list| list.map(Condition::In)));
        if operators.null {
            add(self
                .optional(&format!("{name}.null"), rule::any())
                .map(|is| is.map(Condition::Null)));
        }
        clean.then(|| Filter::from(conditions))
    }

    /// `?q=`: a text to search for; blank is none.
    pub fn search(&mut self) -> Option<Option<String>> {
        self.optional("q", rule::text().trim().max(LONGEST_SEARCH))
            .map(|text| text.filter(|text| !text.is_empty()))
    }

    /// `?sort=price`, or `-price` for the other way round: the public name, what it stands for, and its key's type.
    pub fn order<S: Copy>(
        &mut self,
        sorts: &[(&'static str, S, KeyType)],
        default: S,
    ) -> Option<Order<S>> {
        let Some(asked) = self.optional("sort", rule::text())? else {
            return Some(Order {
                by: default,
                direction: Direction::Ascending,
            });
        };
        let (name, direction) = match asked.strip_prefix('-') {
            Some(name) => (name, Direction::Descending),
            None => (asked.as_str(), Direction::Ascending),
        };
        let Some((name, by, key)) = sorts.iter().find(|sort| sort.0 == name) else {
            let names: Vec<&str> = sorts.iter().map(|sort| sort.0).collect();
            let message = format!(
                "must be one of {}, each with or without a leading -",
                names.join(", ")
            );
            return self.refuse("sort", Refused::new("not_in_enum", message));
        };
        self.sorted = Some((name, *key, direction));
        Some(Order { by: *by, direction })
    }

    /// `?cursor=` and `?limit=`, in the order that [`Query::order`] has read. `I` is the type of the ids.
    pub fn keyset<I: Scalar + crate::page::Key>(
        &mut self,
        default: i64,
        max: i64,
    ) -> Option<PageRequest> {
        let limit = self.limit(default, max);
        let cursor = self.optional("cursor", rule::text());
        let (name, key, direction) =
            self.sorted
                .unwrap_or(("", KeyType::NONE, Direction::Ascending));
        let mut page = PageRequest::new(name, key, KeyType::of::<I>(), direction, limit?);
        if let Some(text) = cursor? {
            match Cursor::parse(&text, &page) {
                Some(cursor) => page.after(cursor),
                None => {
                    let message = "is no cursor of this list in this order";
                    return self.refuse("cursor", Refused::new("cursor", message));
                }
            }
        }
        Some(page)
    }

    /// `?offset=` and `?limit=`, in the order that [`Query::order`] has read.
    pub fn offset(&mut self, default: i64, max: i64) -> Option<OffsetRequest> {
        let limit = self.limit(default, max);
        let offset = self.or("offset", rule::number().min(0), 0);
        let (_, key, direction) = self
            .sorted
            .unwrap_or(("", KeyType::NONE, Direction::Ascending));
        Some(OffsetRequest::new(key, direction, offset?, limit?))
    }

    /// `?include=author,tags`: which of the names are asked for, in their order.
    pub fn include<const N: usize>(&mut self, names: [&str; N]) -> Option<[bool; N]> {
        let asked = self
            .optional("include", rule::list(rule::text()).min_items(1).unique())?
            .unwrap_or_default();
        if asked
            .iter()
            .any(|name: &String| !names.contains(&name.as_str()))
        {
            let message = format!("must be among {}, separated by commas", names.join(", "));
            return self.refuse("include", Refused::new("not_in_enum", message));
        }
        Some(names.map(|name| asked.iter().any(|asked| asked == name)))
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

    fn limit(&mut self, default: i64, max: i64) -> Option<i64> {
        self.or("limit", rule::number().min(1).max(max), default)
    }

    fn condition<T: Scalar>(
        &mut self,
        name: &str,
        operator: &str,
        condition: fn(T) -> Condition<T>,
    ) -> Option<Option<Condition<T>>> {
        let value = self.optional(&format!("{name}{operator}"), rule::any())?;
        Some(value.map(condition))
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
