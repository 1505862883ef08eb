//! What lists are asked for: filters, a search, an order, a page, and what to include.

use super::Query;
use crate::decode::{Operators, rule};
use crate::page::{
    Condition, Cursor, Direction, Filter, KeyType, OffsetRequest, Order, PageRequest,
};
use crate::types::{Refused, Scalar};

/// The most characters of a search.
const LONGEST_SEARCH: usize = 200;
/// The most values of an `in` filter.
const MOST_VALUES: usize = 100;

impl Query<'_> {
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

    /// The same for who may read what it compares; to others the parameter is unknown.
    pub fn filter_where<T: Scalar + PartialEq>(
        &mut self,
        readable: bool,
        name: &str,
        operators: Operators,
    ) -> Option<Filter<T>> {
        if readable {
            self.filter(name, operators)
        } else {
            Some(Filter::default())
        }
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
        // Who may sort by nothing does not know of the parameter.
        let asked = if sorts.is_empty() {
            None
        } else {
            self.optional("sort", rule::text())?
        };
        let Some(asked) = asked else {
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
}
