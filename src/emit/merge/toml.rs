//! Merge of TOML by key: backgen's changes since `base` are applied to the person's document, whose comments, order and
//! own keys stay.
//!
//! A key is in conflict if backgen changed it and the person changed it differently. A key that only the person changed
//! or removed stays theirs.

use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

/// Merges three documents. Errors: the keys in conflict, or that a document is not TOML.
pub(super) fn merge(base: &str, mine: &str, wanted: &str) -> Result<String, Vec<String>> {
    let parse = |text: &str, whose: &str| {
        text.parse::<DocumentMut>()
            .map_err(|error| vec![format!("{whose}, which is not TOML ({})", error.message())])
    };
    let base = parse(base, "the recorded base")?;
    let mut merged = parse(mine, "the file on disk")?;
    let wanted = parse(wanted, "the planned text")?;
    let mut conflicts = Vec::new();
    merge_table(
        Some(base.as_table()),
        merged.as_table_mut(),
        Some(wanted.as_table()),
        "",
        &mut conflicts,
    );
    if conflicts.is_empty() {
        Ok(merged.to_string())
    } else {
        Err(conflicts)
    }
}

fn merge_table(
    base: Option<&dyn TableLike>,
    mine: &mut dyn TableLike,
    wanted: Option<&dyn TableLike>,
    prefix: &str,
    conflicts: &mut Vec<String>,
) {
    let keys = |table: Option<&dyn TableLike>| -> Vec<String> {
        table
            .map(|table| table.iter().map(|(key, _)| key.to_owned()).collect())
            .unwrap_or_default()
    };
    let mut all = keys(wanted);
    all.extend(
        keys(base)
            .into_iter()
            .filter(|key| wanted.is_none_or(|wanted| !wanted.contains_key(key))),
    );
    for key in all {
        let path = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        let (base, wanted) = (
            base.and_then(|table| table.get(&key)),
            wanted.and_then(|table| table.get(&key)),
        );
        merge_key(base, mine, wanted, &key, &path, conflicts);
    }
}

fn merge_key(
    base: Option<&Item>,
    mine: &mut dyn TableLike,
    wanted: Option<&Item>,
    key: &str,
    path: &str,
    conflicts: &mut Vec<String>,
) {
    if same(base, wanted) {
        return;
    }
    let Some(current) = mine.get_mut(key) else {
        match (base, wanted) {
            (None, Some(wanted)) => drop(mine.insert(key, unplaced(wanted.clone()))),
            (Some(_), Some(_)) => conflicts.push(format!("`{path}`")),
            (_, None) => {}
        }
        return;
    };
    let tables = (
        base.and_then(Item::as_table_like),
        wanted.and_then(Item::as_table_like),
    );
    if (tables.0.is_some() || base.is_none())
        && (tables.1.is_some() || wanted.is_none())
        && current.is_table_like()
    {
        let table = current
            .as_table_like_mut()
            .expect("BUG: it was a table a line ago");
        merge_table(tables.0, table, tables.1, path, conflicts);
        if wanted.is_none() && table.is_empty() {
            mine.remove(key);
        }
        return;
    }
    if same(Some(current), wanted) {
        return;
    }
    match wanted {
        Some(wanted) if same(base, Some(current)) => replace(current, wanted),
        Some(wanted) if merge_arrays(base, current, wanted) => {}
        Some(_) => conflicts.push(format!("`{path}`")),
        None if same(base, Some(current)) => drop(mine.remove(key)),
        // Backgen no longer asks for the key and the person gave it a value of their own: it is theirs now.
        None => {}
    }
}

/// Replaces the value, keeping the comment behind it.
fn replace(current: &mut Item, wanted: &Item) {
    let mut fresh = unplaced(wanted.clone());
    if let (Some(old), Some(new)) = (current.as_value(), fresh.as_value_mut()) {
        *new.decor_mut() = old.decor().clone();
    }
    *current = fresh;
}

/// Lists of plain values that both sides changed: backgen's additions and removals are applied to the person's list.
fn merge_arrays(base: Option<&Item>, current: &mut Item, wanted: &Item) -> bool {
    let plain = |array: &Array| {
        array
            .iter()
            .all(|value| !value.is_array() && !value.is_inline_table())
    };
    let (Some(base), Some(current), Some(wanted)) = (
        base.and_then(Item::as_array),
        current.as_array_mut(),
        wanted.as_array(),
    ) else {
        return false;
    };
    if !(plain(base) && plain(current) && plain(wanted)) {
        return false;
    }
    let holds = |array: &Array, value: &Value| array.iter().any(|other| same_value(other, value));
    let dropped: Vec<Value> = base
        .iter()
        .filter(|value| !holds(wanted, value))
        .cloned()
        .collect();
    current.retain(|value| !dropped.iter().any(|gone| same_value(gone, value)));
    for value in wanted.iter().filter(|value| !holds(base, value)) {
        if !holds(current, value) {
            let mut value = value.clone();
            value.decor_mut().clear();
            current.push(value);
        }
    }
    true
}

/// Forgets where the tables stood in backgen's document: they go behind the person's.
fn unplaced(mut item: Item) -> Item {
    if let Item::Table(table) = &mut item {
        table.set_position(None);
        for (_, inner) in table.iter_mut() {
            let taken = std::mem::take(inner);
            *inner = unplaced(taken);
        }
    }
    if let Item::ArrayOfTables(tables) = &mut item {
        tables.iter_mut().for_each(|table| table.set_position(None));
    }
    item
}

/// Equal but for layout and comments.
fn same(left: Option<&Item>, right: Option<&Item>) -> bool {
    let (left, right) = match (left, right) {
        (None, None) => return true,
        (Some(left), Some(right)) => (left, right),
        _ => return false,
    };
    if let (Some(left), Some(right)) = (left.as_table_like(), right.as_table_like()) {
        return same_table(left, right);
    }
    match (left, right) {
        (Item::Value(left), Item::Value(right)) => same_value(left, right),
        (Item::ArrayOfTables(left), Item::ArrayOfTables(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right.iter())
                    .all(|(left, right)| same_table(left, right))
        }
        _ => false,
    }
}

fn same_table(left: &dyn TableLike, right: &dyn TableLike) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .all(|(key, item)| same(Some(item), right.get(key)))
}

fn same_value(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len()
                && left
                    .iter()
                    .zip(right.iter())
                    .all(|(left, right)| same_value(left, right))
        }
        (Value::InlineTable(left), Value::InlineTable(right)) => same_table(left, right),
        (Value::String(left), Value::String(right)) => left.value() == right.value(),
        (Value::Integer(left), Value::Integer(right)) => left.value() == right.value(),
        (Value::Float(left), Value::Float(right)) => left.value() == right.value(),
        (Value::Boolean(left), Value::Boolean(right)) => left.value() == right.value(),
        (Value::Datetime(left), Value::Datetime(right)) => left.value() == right.value(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
