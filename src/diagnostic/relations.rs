//! BG05xx: references and n:m relations.

use super::{Code, Diagnostic, show};
use crate::source::Span;

pub fn set_null_on_required(name: &str, span: Span) -> Diagnostic {
    let message = format!(
        "`{}` must not be null, so `set_null` can never happen",
        show(name)
    );
    Diagnostic::error(Code::SetNullOnRequired, span, message)
        .help("add `optional: true`, or choose `restrict` or `cascade`")
}

/// `cycle`: entity and field of each step, the last of which leads back to the first.
pub fn required_cycle(cycle: &[(String, String)], span: Span, others: &[Span]) -> Diagnostic {
    let message = match cycle {
        [(entity, field)] => {
            format!(
                "every `{entity}` needs another `{entity}` before it (`{field}`), so there can be no first one"
            )
        }
        _ => {
            let steps: Vec<String> = cycle
                .iter()
                .map(|(entity, field)| format!("`{entity}.{field}`"))
                .collect();
            format!(
                "the required references {} form a circle, so no row can be the first",
                steps.join(", ")
            )
        }
    };
    let mut diagnostic = Diagnostic::error(Code::RequiredCycle, span, message);
    for other in others {
        diagnostic = diagnostic.label(*other, "and this one");
    }
    diagnostic.help("make one of them optional")
}

pub fn natural_key(name: &str, entity: &str, why: &str, span: Span) -> Diagnostic {
    let message = format!(
        "rows of `{entity}` cannot be named by `{}`: {why}",
        show(name)
    );
    Diagnostic::error(Code::NaturalKey, span, message)
        .help("name a unique, required text field, or remove `by` to use ids")
}

/// `who` in words: "the endpoint `create_order`", "the relation `tags`"; `fields` are those left without a value.
pub fn cannot_create(
    who: &str,
    entity: &str,
    fields: &[&str],
    span: Span,
    declared: Span,
) -> Diagnostic {
    let list = fields
        .iter()
        .map(|field| format!("`{field}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let message = format!("{who} cannot create rows of `{entity}`: nothing gives {list} a value");
    Diagnostic::error(Code::CannotCreate, span, message)
        .label(declared, "required, without a default")
        .help("give the field a default, make it optional, or let clients write it on create")
}

/// `count` references from `through` to `entity`.
pub fn through_references(through: &str, entity: &str, count: usize, span: Span) -> Diagnostic {
    let message = match count {
        0 => format!("`{through}` has no reference to `{entity}`"),
        _ => format!(
            "`{through}` has {count} references to `{entity}`, so it is not clear which one joins"
        ),
    };
    Diagnostic::error(Code::ThroughReferences, span, message)
        .help("the entity between the two needs exactly one reference to each side")
}

pub fn many_keys(key: &str, why: &str, span: Span) -> Diagnostic {
    Diagnostic::error(
        Code::ManyKeys,
        span,
        format!("`{key}` means nothing here: {why}"),
    )
    .help(format!("remove `{key}`"))
}

/// `what` in words, such as "the n:m relation `tags`"; `why` names the border.
pub fn crosses_feature(what: &str, feature: &str, why: &str, help: &str, span: Span) -> Diagnostic {
    let message = format!("{what} leads into the feature `{feature}`; {why}");
    Diagnostic::error(Code::CrossesFeature, span, message).help(help.to_owned())
}
