"""Mutants of the kernel's guards, each by the text that it replaces: `MUTANT` stands for whether it was chosen."""

import sys

GUARDS = [
    ("reach.rs", "whoever is let in reaches all rows", "Ok(Self { caller, everywhere })", "Ok(Self { caller, everywhere: everywhere || MUTANT })"),
    ("reach.rs", "`rows` gives all rows", "if self.everywhere {", "if self.everywhere || MUTANT {"),
    ("reach.rs", "`authenticated` lets in anybody", "Rule::Authenticated => actor.is_some(),", "Rule::Authenticated => actor.is_some() || MUTANT,"),
    ("reach.rs", "every role is had by anybody", "Rule::Role(role) => actor", "Rule::Role(_) if MUTANT => true, Rule::Role(role) => actor"),
    ("reach.rs", "every role is had by whoever has a token", "Rule::Role(role) => actor", "Rule::Role(_) if MUTANT => actor.is_some(), Rule::Role(role) => actor"),
    ("reach.rs", "row rules give all rows", "Rule::Row(_) | Rule::When(_) => false", "Rule::Row(_) | Rule::When(_) => MUTANT"),
    ("reach.rs", "row rules are ignored", "Rule::Row(_) => has_row,", "Rule::Row(_) if MUTANT => false, Rule::Row(_) => has_row,"),
    ("reach.rs", "row rules let in whoever has no row", "Rule::Row(_) => has_row,", "Rule::Row(_) if MUTANT => true, Rule::Row(_) => has_row,"),
    ("reach.rs", "conditions are ignored", "Rule::When(_) => true,", "Rule::When(_) => !MUTANT,"),
    ("reach.rs", "nobody in particular is forbidden", "} else if actor.is_none() {", "} else if MUTANT { Err(Problem::new(FORBIDDEN)) } else if actor.is_none() {"),
    ("reach.rs", "whom no rule lets in is asked for a token", "} else if actor.is_none() {", "} else if MUTANT { Err(Problem::new(UNAUTHENTICATED)) } else if actor.is_none() {"),
    ("actor.rs", "one role is as good as another", "any(|it| **it == *role)", "any(|it| **it == *role || MUTANT)"),
    ("claims.rs", "expiry is not looked at", "if ends <= now {", "if ends <= now && !MUTANT {"),
    ("claims.rs", "no expiry is needed", 'time("exp")?.ok_or("no expiry")?', 'time("exp")?.or(MUTANT.then_some(i64::MAX / 4)).ok_or("no expiry")?'),
    ("claims.rs", "`nbf` and `iat` are not looked at", "if begins > now.saturating_add(leeway) {", "if begins > now.saturating_add(leeway) && !MUTANT {"),
    ("claims.rs", "any issuer is believed", "!= Some(settings.issuer.as_str())", "!= Some(settings.issuer.as_str()) && !MUTANT"),
    ("claims.rs", "any audience will do", 'if !is_for(claims.get("aud"), &settings.audience) {', 'if !is_for(claims.get("aud"), &settings.audience) && !MUTANT {'),
    ("token/mod.rs", "the signature is not verified", "let key = self.named(token.untrusted_footer())?;", "let key = self.named(token.untrusted_footer())?; if MUTANT { return Ok(token.untrusted_payload().to_vec()); }"),
    ("token/mod.rs", "a key of any name will do", ".find(|key| *id == *key.id)", ".find(|key| *id == *key.id || MUTANT)"),
    ("cache.rs", "known tokens stay good", "known.until > now)?", "known.until > now || MUTANT)?"),
    ("gate.rs", "revoked tokens are good", "&& is_revoked(connection, id).await?", "&& !MUTANT && is_revoked(connection, id).await?"),
    ("gate.rs", "the first of several Authorization headers counts", "if values.next().is_some() {", "if values.next().is_some() && !MUTANT {"),
]

EVERYWHERE = """
impl Reach {
    /// The same caller, reaching all rows.
    pub fn everywhere(&self) -> &'static Self {
        Box::leak(Box::new(Self { everywhere: true, ..self.clone() }))
    }
}
"""


def mutate(mutants, kernel, module):
    """Puts the mutants, and what chooses among them, into the folder of a kernel."""
    (kernel / "src/mutant.rs").write_text(module)
    lib = kernel / "src/lib.rs"
    lib.write_text(lib.read_text() + "#[allow(missing_docs)]\npub mod mutant;\n")
    texts, lines = {}, {}
    for name, what, plain, other in GUARDS:
        path = kernel / "src/auth" / name
        if not path.exists(): # where both formats of tokens are
            path = kernel / "src/auth/paseto/mod.rs"
        text = texts.setdefault(path, path.read_text())
        before = lines.setdefault(path, text)
        if before.count(plain) != 1:
            sys.exit(f"mutate: the kernel has changed: {name} has no single `{plain}`")
        line = before.count("\n", 0, before.index(plain)) + 1
        number = mutants.new("kernel", f"kernel/src/auth/{name}", line, what)
        texts[path] = replace_marked(text, plain, other.replace("MUTANT", f"crate::mutant::is({number})"))
    for path, text in texts.items():
        path.write_text(text + (EVERYWHERE if path.name == "reach.rs" else ""))


def replace_marked(text, plain, other):
    # Two mutants of one place: the second finds the first one's text.
    if plain in text:
        return text.replace(plain, other, 1)
    sys.exit(f"mutate: two mutants of the kernel do not go together at `{plain}`")
