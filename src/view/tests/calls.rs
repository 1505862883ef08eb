//! The tests of commands and free-form endpoints, as far as they hold whatever the logic does.

use super::super::slice::{Slice, command, verb};
use super::super::text;
use super::endpoint::{self, Plan};
use super::names::File;
use super::rows;
use crate::ir::Meaning;

pub fn plan(slice: &Slice<'_>, file: &mut File<'_>) -> Plan {
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
    let (query, input) = (command::queries(slice), command::inputs(slice));
    let mut fields = |all: &[crate::ir::Field]| {
        let fields: Vec<String> = all.iter().map(|field| file.field(field)).collect();
        fields.join(", ")
    };
    let value = format!(
        "Call {{ method: {:?}, path: {}, place: {}, values: &[{}], query: &[{}], input: &[{}] }}",
        verb(slice.endpoint.method),
        text::string(&slice.world.route(slice.endpoint)),
        place.map_or("None".into(), |place| format!("Some({place})")),
        values.join(", "),
        fields(query),
        fields(input),
    );
    let mut plan = Plan {
        constant: "CALL",
        ty: "Call",
        value,
        tests: Vec::new(),
    };
    if !query.is_empty() || !input.is_empty() {
        plan.test("keeps_every_rule");
    }
    plan.test("refuses_strangers");
    if slice.row_parameter().is_some() {
        plan.test("finds_nothing_elsewhere");
        rows::versions(slice, &mut plan);
    }
    plan
}
