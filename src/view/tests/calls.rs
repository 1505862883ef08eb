//! The tests of commands and free-form endpoints, as far as they hold whatever the logic does.

use super::super::slice::{Slice, command, verb};
use super::super::text;
use super::endpoint::{self, Plan};
use super::names::File;
use super::rows;
use crate::ir::Meaning;

pub fn plan(slice: &Slice<'_>, file: &mut File<'_>) -> Plan {
    let value = literal(slice, file, ("&[]", "&[]", "None"));
    let mut plan = Plan {
        constant: "CALL",
        ty: "Call",
        value,
        tests: Vec::new(),
    };
    tests(slice, &mut plan);
    plan
}

/// What holds of every call.
pub fn tests(slice: &Slice<'_>, plan: &mut Plan) {
    if !command::queries(slice).is_empty() || !command::inputs(slice).is_empty() {
        plan.test("keeps_every_rule");
    }
    plan.test("refuses_strangers");
    if slice.row_parameter().is_some() {
        plan.test("finds_nothing_elsewhere");
        rows::versions(slice, plan);
    }
}

/// `Call { … }`; `held`, `sent` and `status` are what its row and its body hold so that it succeeds, if that is known.
pub fn literal(
    slice: &Slice<'_>,
    file: &mut File<'_>,
    (held, sent, status): (&str, &str, &str),
) -> String {
    file.imports.all(&["support::call::Call"]);
    let place = slice.entity_id().map(|id| endpoint::place(slice, id, file));
    let values = slice
        .parameters()
        .filter_map(|parameter| match &parameter.means {
            Meaning::Value(ty) => Some((text::string(&parameter.name), ty)),
            _ => None,
        });
    let values: Vec<String> = values
        .map(|(name, ty)| format!("({name}, {})", file.kind(ty, None)))
        .collect();
    let mut fields = |all: &[crate::ir::Field]| {
        let fields: Vec<String> = all.iter().map(|field| file.field(field)).collect();
        fields.join(", ")
    };
    format!(
        "Call {{ method: {:?}, path: {}, place: {}, values: &[{}], query: &[{}], input: &[{}], held: {held}, sent: {sent}, status: {status} }}",
        verb(slice.endpoint.method),
        text::string(&slice.world.route(slice.endpoint)),
        place.map_or("None".into(), |place| format!("Some({place})")),
        values.join(", "),
        fields(command::queries(slice)),
        fields(command::inputs(slice)),
    )
}
