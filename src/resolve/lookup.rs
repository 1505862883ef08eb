//! From names to what they stand for; what is not there is reported once, with a near name where there is one.

use super::scope::{Cx, Member, Symbol, SymbolKind};
use crate::ast::{self, Name, Path};
use crate::diagnostic::{expr, names as report};
use crate::ir::{Column, EntityId, FeatureId, Type};

/// Unknown names beyond this many get no suggestion: each costs a look at every name there is.
const SUGGESTED: usize = 200;

impl<'a> Cx<'a> {
    /// The feature of that name, without regard to `uses`.
    pub fn feature(&mut self, name: &Name) -> Option<FeatureId> {
        if let Some(id) = self.features.get(name.value.as_str()) {
            return Some(*id);
        }
        let diagnostic =
            report::unknown_feature(&name.value, name.span, self.features.keys().copied());
        self.report(diagnostic);
        None
    }

    /// The feature in which a path is looked up; `from` must use it.
    fn border(&mut self, from: FeatureId, path: &Path) -> Option<FeatureId> {
        let Some(name) = &path.feature else {
            return Some(from);
        };
        let to = self.feature(name)?;
        let known = self.scope(from).body.uses.is_bad() || self.scope(from).uses.contains(&to);
        if to != from && !known && self.unused_borders.insert((from, to)) {
            let diagnostic = report::missing_uses(&name.value, self.scope(from).name, name.span);
            self.report(diagnostic);
        }
        Some(to)
    }

    /// The symbol that a path names and its feature; `None` where it was reported, here as an unknown type or before.
    pub fn symbol(
        &mut self,
        from: FeatureId,
        path: &Path,
        entities_only: bool,
    ) -> Option<(FeatureId, Symbol<'a>)> {
        let to = self.border(from, path)?;
        let name = path.name.value.as_str();
        if let Some(symbol) = self.scope(to).symbols.get(name) {
            return Some((to, *symbol));
        }
        if self.scope(to).has_bad_block() || !self.is_news(from, to, name) {
            return None;
        }
        let suggest = self.missing.len() <= SUGGESTED;
        let scope = self.scope(to);
        let symbols = scope
            .symbols
            .iter()
            .filter(|(_, symbol)| suggest && (!entities_only || symbol.is_entity()));
        let names = symbols.map(|(name, _)| *name);
        let diagnostic = if entities_only {
            report::unknown_entity(name, scope.name, path.span(), names)
        } else {
            let scalars = ast::ScalarType::WORDS
                .iter()
                .copied()
                .filter(|_| suggest && path.feature.is_none());
            report::unknown_type(name, scope.name, path.span(), names.chain(scalars))
        };
        let others = self.scopes.iter().filter(|other| {
            other
                .symbols
                .get(name)
                .is_some_and(|symbol| symbol.is_entity())
        });
        let others: Vec<&str> = others.map(|scope| scope.name).take(1).collect();
        self.report(report::elsewhere(diagnostic, name, &others));
        None
    }

    /// Whether a missing name is missed for the first time.
    pub fn is_news(&mut self, from: FeatureId, to: FeatureId, name: &str) -> bool {
        self.missing.insert((from, to, name.to_owned()))
    }

    /// The entity that a path names.
    pub fn find_entity(&mut self, from: FeatureId, path: &Path) -> Option<EntityId> {
        let (_, symbol) = self.symbol(from, path, true)?;
        let is = match symbol.kind {
            SymbolKind::Entity(id) => return Some(id),
            SymbolKind::Bad => return None,
            SymbolKind::Enum(..) => "an enum",
            SymbolKind::Object(..) => "a value object",
        };
        self.report(report::not_an_entity(
            &path.name.value,
            is,
            path.span(),
            symbol.span,
        ));
        None
    }

    /// What a name means inside an entity; `None` where it is unknown or bad, which has been reported.
    pub fn member(&mut self, entity: EntityId, name: &Name) -> Option<Member> {
        match self.draft(entity).members.get(&name.value) {
            Some(Member::Bad) => None,
            Some(member) => Some(*member),
            None => {
                self.unknown_field(entity, name);
                None
            }
        }
    }

    pub fn unknown_field(&mut self, entity: EntityId, name: &Name) {
        let draft = self.draft(entity);
        if draft.has_unread() {
            return;
        }
        if draft.is_computed(&name.value) {
            self.report(expr::computed_not_here(&name.value, name.span));
            return;
        }
        let names = draft.members.keys().map(String::as_str);
        let diagnostic = report::unknown_field(&name.value, &draft.name.value, name.span, names);
        self.report(diagnostic);
    }

    pub fn unknown_relation(&mut self, entity: EntityId, name: &Name) {
        let draft = self.draft(entity);
        if draft.has_unread() {
            return;
        }
        let is_relation = |name: &str, member: Member| match member {
            Member::Many(_) | Member::Back(_) => true,
            Member::Column(Column::Field(index)) => {
                let field = &draft.entity.fields[index];
                matches!(field.ty, Type::Reference(_)) && field.name == name
            }
            Member::Column(_) | Member::Bad => false,
        };
        let names = draft
            .members
            .iter()
            .filter(|(name, member)| is_relation(name, **member));
        let names = names.map(|(name, _)| name.as_str());
        let diagnostic = report::unknown_relation(&name.value, &draft.name.value, name.span, names);
        self.report(diagnostic);
    }
}
