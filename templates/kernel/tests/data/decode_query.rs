//! Query strings: what is read, and every way to get it wrong.

use axum::http::HeaderMap;
use kernel::decode::{Invalid, Operators, Query, rule};
use kernel::http::Input;
use kernel::page::{
    Condition, Cursor, Direction, Filter, KeyType, OffsetRequest, Order, PageRequest,
};
use kernel::types::{Date, Decimal, Serial};

type BookId = Serial<()>;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Sort {
    Id,
    Price,
    Born,
}

const SORTS: &[(&str, Sort, KeyType)] = &[
    ("price", Sort::Price, KeyType::of::<Decimal<2>>()),
    ("born", Sort::Born, KeyType::of::<Option<Date>>()),
];

#[derive(Debug)]
struct Command {
    price: Filter<Decimal<2>>,
    tag: Filter<String>,
    born: Filter<Date>,
    search: Option<String>,
    order: Order<Sort>,
    page: PageRequest,
    include: [bool; 2],
    days: Vec<Date>,
}

fn with<T>(query: &str, read: impl FnOnce(Query<'_>) -> Result<T, Invalid>) -> Result<T, Invalid> {
    let headers = HeaderMap::new();
    read(Query::parse(Input::new(
        "/books/{number}",
        "/books/7",
        query,
        &headers,
    )))
}

fn command(mut query: Query<'_>) -> Result<Command, Invalid> {
    let price = query.filter("price", Operators::ORDERED);
    let tag = query.filter("tag", Operators::EQUAL);
    let born = query.filter("born", Operators::EXACT.nullable());
    let search = query.search();
    let order = query.order(SORTS, Sort::Id);
    let page = query.keyset::<BookId>(20, 100);
    let include = query.include(["author", "tags"]);
    let days = query.or("days", rule::list(rule::any()), Vec::new());
    query.finish(|| {
        Some(Command {
            price: price?,
            tag: tag?,
            born: born?,
            search: search?,
            order: order?,
            page: page?,
            include: include?,
            days: days?,
        })
    })
}

fn faults<T>(read: Result<T, Invalid>) -> String {
    match read {
        Ok(_) => String::new(),
        Err(Invalid::Faults(faults)) => faults
            .iter()
            .map(|fault| format!("{} {}", fault.field, fault.code))
            .collect::<Vec<_>>()
            .join(", "),
        Err(Invalid::Whole(problem)) => problem.status().as_u16().to_string(),
    }
}

fn text(word: &str) -> String {
    word.to_owned()
}

#[test]
fn a_full_query_is_read() {
    let query = "price.gte=1&price.lt=20.5&price.ne=3&tag=rust+%26%20c&tag.in=a,b&born.null=false&q=%20dark%20&sort=-price\
        &limit=7&include=tags&days=2026-01-01,2026-01-02&";
    let read = with(query, command).unwrap();
    let price = |text: &str| kernel::types::Scalar::parse(text).unwrap();
    assert_eq!(
        read.price,
        Filter::from(vec![
            Condition::Ne(price("3")),
            Condition::Lt(price("20.5")),
            Condition::Gte(price("1"))
        ])
    );
    let tags = vec![
        Condition::Eq(text("rust & c")),
        Condition::In(vec![text("a"), text("b")]),
    ];
    assert_eq!(read.tag, Filter::from(tags));
    assert_eq!(read.born, Filter::from(vec![Condition::Null(false)]));
    assert_eq!(read.search.as_deref(), Some("dark"));
    assert_eq!(
        read.order,
        Order {
            by: Sort::Price,
            direction: Direction::Descending
        }
    );
    assert_eq!((read.include, read.days.len()), ([false, true], 2));
    assert!(format!("{:?}", read.page).contains("limit: 7"));
}

#[test]
fn an_empty_query_has_defaults() {
    let read = with("", command).unwrap();
    assert_eq!(
        (read.price, read.search, read.include),
        (Filter::default(), None, [false, false])
    );
    assert_eq!(
        read.order,
        Order {
            by: Sort::Id,
            direction: Direction::Ascending
        }
    );
    assert!(with("q=+", command).unwrap().search.is_none());
}

#[test]
fn every_fault_has_its_parameter_and_code() {
    let long = format!("q={}", "a".repeat(201));
    let many = format!("tag.in=a{}", ",a".repeat(100));
    for (query, expected) in [
        ("price=cheap", "price type"),
        ("price.lte=1.234", "price.lte too_many_digits"),
        ("price=1&price=2", "price duplicate_key"),
        ("price.like=1", "price.like unknown_parameter"),
        ("tag.ne=a", "tag.ne unknown_parameter"),
        ("tag.in=", "tag.in too_few_items"),
        ("tag.in=,", "tag.in type"),
        ("tag.in=a,,b", "tag.in type"),
        (&many, "tag.in too_many_items"),
        ("born.null=maybe", "born.null type"),
        ("born.in=2026-01-01,x", "born.in[1] type"),
        ("sort=title", "sort not_in_enum"),
        ("sort=--price", "sort not_in_enum"),
        ("limit=0", "limit too_small"),
        ("limit=101", "limit too_large"),
        ("limit=ten", "limit type"),
        ("cursor=", "cursor cursor"),
        ("cursor=abc", "cursor cursor"),
        ("include=", "include too_few_items"),
        ("include=author,publisher", "include not_in_enum"),
        ("include=tags,tags", "include[1] duplicate_item"),
        ("q=%ff", "q encoding"),
        ("q=%2", "q encoding"),
        ("q=a%00b", "q characters"),
        ("tag=%00", "tag characters"),
        (&long, "q too_long"),
        ("%zz=1", " encoding"),
        ("=1", " unknown_parameter"),
        ("Q=1", "Q unknown_parameter"),
        ("offset=1", "offset unknown_parameter"),
        (
            "limit=0&sort=x&y=1",
            "sort not_in_enum, limit too_small, y unknown_parameter",
        ),
    ] {
        assert_eq!(faults(with(query, command)), expected, "{query}");
    }
}

/// The cursor of the last of two rows where one fits on the page.
fn cursor(query: &str, place: Cursor) -> String {
    let read = with(query, command).unwrap();
    read.page
        .cut(vec![(), ()], |()| place)
        .next
        .unwrap()
        .to_string()
}

#[test]
fn cursors_belong_to_one_order() {
    let id = BookId::from(7);
    let price: Decimal<2> = Decimal::from_units(1250).unwrap();
    let by_id = cursor("limit=1", Cursor::id(id));
    let by_price = cursor("limit=1&sort=price", Cursor::new(&price, id));
    let by_born = cursor("limit=1&sort=-born", Cursor::new(&None::<Date>, id));
    for (sort, good) in [
        ("", &by_id),
        ("sort=price&", &by_price),
        ("sort=-born&", &by_born),
    ] {
        for (other, given) in [
            ("", &by_id),
            ("sort=price&", &by_price),
            ("sort=-born&", &by_born),
        ] {
            let found = faults(with(&format!("{sort}cursor={given}"), command));
            assert_eq!(
                found.is_empty(),
                good == given,
                "{other} in {sort}: {found}"
            );
        }
    }
    assert_eq!(
        faults(with(&format!("sort=-price&cursor={by_price}"), command)),
        "cursor cursor"
    );
    assert_eq!(
        faults(with(&format!("sort=born&cursor={by_born}"), command)),
        "cursor cursor"
    );
}

#[test]
fn forged_cursors_are_refused() {
    use base64::Engine;
    let forge = |json: &str| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(json);
    for (json, good) in [
        (r#"["price","12.50","7"]"#, true),
        (r#"["price","cheap","7"]"#, false),
        (r#"["price",null,"7"]"#, false),
        (r#"["price","12.50","seven"]"#, false),
        (r#"["price","12.50","99999999999999999999"]"#, false),
        (r#"["price","12.50"]"#, false),
        (r#"["price","12.50","7",1]"#, false),
        (r#"{"price":1}"#, false),
        ("", false),
        ("\u{0}", false),
    ] {
        let found = faults(with(&format!("sort=price&cursor={}", forge(json)), command));
        assert_eq!(found, if good { "" } else { "cursor cursor" }, "{json}");
    }
}

#[test]
fn offsets_and_plain_parameters() {
    let read = |query: &str| {
        with(query, |mut query: Query<'_>| {
            let number = query.path::<i64>("number");
            let from = query.required("from", rule::any());
            let page: Option<OffsetRequest> = query.offset(20, 100);
            query.finish(|| Some((number?, Option::<Date>::Some(from?), page?)))
        })
    };
    assert_eq!(read("from=2026-01-01&offset=40").unwrap().0, 7);
    assert_eq!(faults(read("")), "from required");
    assert_eq!(
        faults(read("from=2026-01-01&offset=-1")),
        "offset too_small"
    );
    assert_eq!(faults(read("from=2026-01-01&limit=101")), "limit too_large");
    assert_eq!(
        faults(read("from=2026-01-01&cursor=a")),
        "cursor unknown_parameter"
    );
}

#[cfg(feature = "auth")]
#[test]
fn what_one_may_not_read_is_unknown() {
    let read = |query: &str| {
        let read = with(query, |mut query| {
            let price: Option<Filter<Decimal<2>>> =
                query.filter_where(query.caller().is_signed_in(), "price", Operators::ORDERED);
            let order = query.order(&[], Sort::Id);
            query.finish(|| Some((price?, order?.by)))
        });
        match read {
            Err(Invalid::Faults(faults)) => faults
                .iter()
                .map(|it| format!("{} {}", it.field, it.code))
                .collect(),
            other => vec![format!("{:?}", other.map(|(_, by)| by))],
        }
    };
    assert_eq!(read(""), ["Ok(Id)"]);
    assert_eq!(read("price.lt=5"), ["price.lt unknown_parameter"]);
    assert_eq!(read("sort=price"), ["sort unknown_parameter"]);
}
