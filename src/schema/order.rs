//! The order in which tables are made: each after those that it refers to, as far as there is such an order.

use super::Table;
use std::collections::BTreeMap;

/// Indexes of `tables`: features that others refer to come first, and all tables of a feature stand together.
pub(super) fn creation_order(tables: &[Table]) -> Vec<usize> {
    let by_name: BTreeMap<&str, usize> = tables
        .iter()
        .enumerate()
        .map(|(index, table)| (table.name.as_str(), index))
        .collect();
    let parents = |index: usize| -> Vec<usize> {
        let keys = tables[index].foreign_keys.iter();
        keys.map(|key| by_name[key.table.as_str()]).collect()
    };

    let mut features: Vec<&str> = tables.iter().map(|table| table.feature.as_str()).collect();
    features.sort_unstable();
    features.dedup();
    let feature_of = |table: usize| {
        features
            .binary_search(&tables[table].feature.as_str())
            .expect("BUG: every table's feature is listed")
    };
    let mut members = vec![Vec::new(); features.len()];
    let mut uses = vec![Vec::new(); features.len()];
    for index in 0..tables.len() {
        members[feature_of(index)].push(index);
        uses[feature_of(index)].extend(parents(index).into_iter().map(feature_of));
    }

    let mut order = Vec::with_capacity(tables.len());
    for feature in depth_first(0..features.len(), |feature| uses[feature].clone()) {
        let within = |table: usize| -> Vec<usize> {
            let mut parents = parents(table);
            parents.retain(|parent| feature_of(*parent) == feature);
            parents
        };
        order.extend(depth_first(members[feature].iter().copied(), within));
    }
    order
}

/// Each item after those that it needs; a cycle is cut where it is entered.
fn depth_first(
    items: impl IntoIterator<Item = usize>,
    needs: impl Fn(usize) -> Vec<usize>,
) -> Vec<usize> {
    let mut seen = std::collections::BTreeSet::new();
    let mut order = Vec::new();
    for item in items {
        // An explicit stack: a chain of references may be as long as a spec has entities.
        let mut stack = vec![(item, false)];
        while let Some((item, is_ready)) = stack.pop() {
            if is_ready {
                order.push(item);
            } else if seen.insert(item) {
                stack.push((item, true));
                let open = needs(item)
                    .into_iter()
                    .rev()
                    .filter(|need| !seen.contains(need));
                stack.extend(open.map(|need| (need, false)));
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::depth_first;

    #[test]
    fn needs_come_first_and_cycles_end() {
        let needs = |item: usize| match item {
            0 => vec![2],
            2 => vec![1, 0],
            _ => vec![],
        };
        assert_eq!(depth_first(0..4, needs), [1, 2, 0, 3]);
    }
}
