//! The tests of one endpoint: which there are.

use serde::Serialize;

use super::super::slice::{Slice, verb};
use super::super::{Draft, naming, text};
use super::names::File;
use super::{access, acts, calls, lists, rows, tenants};
use crate::ir::{Action, Column, EntityId, Include, Segment};
use crate::plan::Owner;

#[derive(Debug, Serialize)]
struct View {
    heading: String,
    imports: String,
    visibility: &'static str,
    constant: &'static str,
    ty: &'static str,
    value: String,
    rules: Option<access::Rules>,
    tests: Vec<Test>,
}

#[derive(Debug, Serialize)]
pub struct Test {
    pub name: String,
    pub call: String,
}

#[derive(Debug, Serialize)]
struct Logic {
    heading: String,
    module: String,
}

/// What is said of an endpoint, and what is asked of it.
#[derive(Debug)]
pub struct Plan {
    pub constant: &'static str,
    pub ty: &'static str,
    pub value: String,
    pub tests: Vec<Test>,
}

impl Plan {
    /// Adds a test that is named as what it calls.
    pub fn test(&mut self, name: &str) {
        self.test_of(name, name, &[]);
    }

    /// Adds a test with arguments beside the service.
    pub fn test_of(&mut self, name: &str, method: &str, arguments: &[String]) {
        let mut call = format!("{method}(&service().await");
        for argument in arguments {
            call.push_str(", ");
            call.push_str(argument);
        }
        call.push(')');
        self.tests.push(Test {
            name: name.to_owned(),
            call,
        });
    }
}

pub fn draft(slice: &Slice<'_>, path: String) -> Draft {
    let mut file = File::new(slice.world, slice.endpoint.feature, false);
    let mut plan = match &slice.endpoint.action {
        Action::List(it) => lists::plan(slice, it, &mut file),
        Action::Get(it) => rows::get(slice, it, &mut file),
        Action::Create(_) => rows::create(slice, &mut file),
        Action::Update(_) => rows::update(slice, &mut file),
        Action::Delete(_) => rows::delete(slice, &mut file),
        Action::Command(it) => match &it.change {
            Some(change) => acts::plan(slice, change, &mut file),
            None => calls::plan(slice, &mut file),
        },
        Action::Free(_) => calls::plan(slice, &mut file),
    };
    tenants::tests(slice, &mut file, &mut plan);
    let rules = access::rules(slice, &mut file, &mut plan);
    file.imports.all(&["crate::service_under_test::service"]);
    let view = View {
        heading: slice.heading(),
        imports: file.imports.print(),
        visibility: if plan.constant == "CALL" {
            "pub(super) "
        } else {
            ""
        },
        constant: plan.constant,
        ty: plan.ty,
        value: plan.value,
        rules,
        tests: plan.tests,
    };
    let template = "tests/api/__feature__/__endpoint__.rs.j2";
    Draft::new(path, Owner::Generated, template, &view)
}

/// The file that says what logic does, which its author goes on with.
pub fn logic(slice: &Slice<'_>, path: String) -> Draft {
    let view = Logic {
        heading: slice.heading(),
        module: naming::ident(&slice.endpoint.name),
    };
    let template = "tests/api/__feature__/__logic__.rs.j2";
    Draft::new(path, Owner::Yours, template, &view)
}

/// `method: "PATCH", status: 200,`
pub fn method(slice: &Slice<'_>) -> String {
    format!(
        "method: {:?}, status: {},",
        verb(slice.endpoint.method),
        slice.endpoint.status
    )
}

/// `Place { … }`
pub fn place(slice: &Slice<'_>, id: EntityId, file: &mut File<'_>) -> String {
    let entity = &slice.world.service[id];
    let key = slice.row_parameter().map(|parameter| {
        let column = entity.column_name(entity.key_column());
        (text::string(&parameter.name), text::string(&column))
    });
    let (parameter, column) = key.unwrap_or_else(|| ("\"\"".into(), "\"\"".into()));
    let parents = slice.parents().map(|(parameter, field, key)| {
        let target = slice.parent(field);
        format!(
            "{}({}, {}, {}, {})",
            file.name("parent"),
            text::string(&parameter.name),
            file.column(id, Column::Field(field)),
            file.entity(target),
            file.column(target, key),
        )
    });
    let parents: Vec<String> = parents.collect();
    format!(
        "{} {{ path: {}, entity: {}, key: ({parameter}, {column}), parents: &[{}] }}",
        file.name("Place"),
        text::string(&slice.world.route(slice.endpoint)),
        file.entity(id),
        parents.join(", "),
    )
}

/// The includes that whoever has every role sees.
pub fn open_includes(slice: &Slice<'_>, id: EntityId) -> Vec<Include> {
    let is_open = |include: &&Include| {
        let sight = include.sight(slice.world.service, id);
        sight.is_none_or(|sight| sight.rules.iter().any(|rule| rule.condition().is_none()))
    };
    slice.includes().iter().filter(is_open).cloned().collect()
}

/// `Include { … }` for each.
pub fn includes(slice: &Slice<'_>, id: EntityId, all: &[Include], file: &mut File<'_>) -> String {
    let service = slice.world.service;
    let each = all.iter().map(|include| {
        let embedded = include.embedded(service, &service[id]);
        let by = match (&embedded, include.hop) {
            (crate::ir::Embedded::Keys(_), crate::ir::Hop::Many(index)) => {
                match service[id].many[index].link {
                    crate::ir::Link::Plain { by, .. } => file.column(include.target, by),
                    crate::ir::Link::Through { .. } => "\"\"".into(),
                }
            }
            _ => "\"\"".into(),
        };
        format!(
            "{} {{ name: {}, hop: {}, by: {by}, single: {} }}",
            file.name("Include"),
            text::string(&slice.world.json(&include.name)),
            file.hop(id, include.hop),
            matches!(embedded, crate::ir::Embedded::One { .. }),
        )
    });
    each.collect::<Vec<_>>().join(", ")
}

/// Where a row is found: the path of the endpoint that gets one, with keys of its JSON as parameters.
pub fn location(slice: &Slice<'_>, id: EntityId) -> String {
    let service = slice.world.service;
    let get = service
        .endpoints
        .iter()
        .find(|it| matches!(&it.action, Action::Get(get) if get.entity == id && !get.by_actor));
    let Some(get) = get else {
        return "\"\"".into();
    };
    let entity = &service[id];
    let mut path = service.api.prefix.clone();
    for segment in &get.path.segments {
        path.push('/');
        match segment {
            Segment::Literal(word) => path.push_str(word),
            Segment::Parameter(it) => {
                let column = match it.means {
                    crate::ir::Meaning::Row => entity.key_column(),
                    crate::ir::Meaning::Parent {
                        field,
                        key: Column::Id,
                    } => Column::Field(field),
                    _ => return "\"\"".into(),
                };
                let key = slice.world.json(&entity.column_name(column));
                path.push_str(&format!("{{{key}}}"));
            }
        }
    }
    text::string(&path)
}
