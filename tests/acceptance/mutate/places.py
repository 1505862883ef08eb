"""Where a generated service can be mutated.

Enters: the sources of one. Leaves: the same sources with every mutant in them, chosen at run time by its number, and a list
of what each one changes. Deliberately absent: any knowledge of one domain.
"""

import json
import re
from dataclasses import dataclass

import fields
import rules
import sql

STRING = r'"(?:[^"\\]|\\.)*"|r#"(?:.|\n)*?"#|r"[^"]*"'
CONSTANT = re.compile(rf"^const ([A-Z_0-9]+): &str =\s*({STRING});$", re.M | re.S)
CONTRACT = re.compile(r"^pub\(super\) const CONTRACT: Contract = Contract \{$(.*?)^\};$", re.M | re.S)
ACCESS = re.compile(r"access: (Access::Public|Access::Any\(&\[(.*?)\]\)),$", re.M | re.S)
PUSH = re.compile(r"^ *sql\s*\.push\(.*?;$", re.M | re.S)
CALLER = re.compile(r"\b(owner|actor|rows|reach)\b")
# What a store has beside its connection: who calls, or what they reach.
GIVEN = re.compile(r"^struct Db<'c> \{\n    conn: .*\n    (\w+):", re.M)


@dataclass
class Mutant:
    number: int
    kind: str
    file: str
    line: int
    what: str
    equivalent: str = ""


class Mutants:
    """All mutants of a service, numbered from 1."""

    def __init__(self, roles, callers):
        self.roles, self.callers = roles, callers
        self.all = []

    def new(self, kind, file, line, what, equivalent=""):
        self.all.append(Mutant(len(self.all) + 1, kind, file, line, what, equivalent))
        return self.all[-1].number


def literal(text):
    """The value of a Rust string literal."""
    if text.startswith("r"):
        return text.strip("r").strip("#")[1:-1]
    text = re.sub(r"\\\n\s*", "", text[1:-1])
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), text)


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def choice(mutants, plain):
    """An expression that is `plain` unless one of the mutants, by number, is chosen."""
    arms = "".join(f"{number} => {text}, " for number, text in mutants)
    return f"match kernel::mutant::id() {{ {arms}_ => {plain} }}" if arms else plain


def balanced(text, start):
    """The end of what the bracket at `start` opens; strings are skipped."""
    depth = 0
    for m in re.compile(rf"{STRING}|[(\[{{]|[)\]}}]").finditer(text, start):
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(m.group(), 0)
        if depth == 0:
            return m.end()
    raise ValueError("a bracket that is never closed")


class File:
    """One source; its mutants are put in from the last to the first, so that lines stay those of the service."""

    def __init__(self, mutants, name, text, all_rows, unwritten):
        self.mutants, self.name, self.text = mutants, name, text
        # Whether the statements of the endpoint ask whether all rows are reached; whether its logic is still a stub.
        self.all_rows, self.unwritten = all_rows, unwritten
        self.changes = []

    def new(self, kind, at, what, equivalent=""):
        line = self.text.count("\n", 0, at) + 1
        return self.mutants.new(kind, self.name, line, what, equivalent)

    def put(self, start, end, text):
        self.changes.append((start, end, text))

    def done(self):
        text = self.text
        for start, end, new in sorted(self.changes, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def contract(self):
        """Who is let in, as the contract says."""
        whole = CONTRACT.search(self.text)
        access = whole and ACCESS.search(self.text, whole.start(), whole.end())
        if not access:
            return
        given = rules.parsed(access.group(2) or "Rule::Public,")
        arms = []
        for what, other in rules.mutants(given, self.mutants.roles):
            equivalent = rules.equivalent(given, other, self.all_rows)
            number = self.new("contract", access.start(), what, equivalent)
            arms.append((number, f"Access::Any(&[{', '.join('kernel::contract::' + rule for rule in other)}])"))
        self.put(access.start(1), access.end(1), choice(arms, access.group(1)))
        head = self.text.index("const CONTRACT", whole.start())
        self.put(head, head + len("const CONTRACT: Contract = Contract {"),
                 "static CONTRACT: std::sync::LazyLock<Contract> = std::sync::LazyLock::new(|| Contract {")
        self.put(whole.end() - 2, whole.end(), "});")

    def statements(self):
        """Statements that are constants; they become functions."""
        for constant in CONSTANT.finditer(self.text):
            name, plain = constant.group(1), literal(constant.group(2))
            uses = [m for m in re.finditer(rf"\b{name}\b", self.text) if m.start() != constant.start(1)]
            binds = self.binds(uses)
            arms = list(self.statement(constant.start(), name, plain, binds))
            if not arms:
                continue
            body = choice([(number, quoted(text)) for number, text in arms], quoted(plain))
            self.put(constant.start(), constant.end(),
                     f"#[allow(non_snake_case)] fn {name}() -> &'static str {{ {body} }}")
            for use in uses:
                self.put(use.end(), use.end(), "()")

    def statement(self, at, name, plain, binds):
        unreached = "the stub of the logic refuses before it" if self.unwritten and plain.startswith("update") else ""
        for mutant in sql.of_statement(plain):
            yield self.new(kind_of(mutant.term, binds), at, f"{name}: {mutant.what}", unreached), mutant.text
        owner = next((at for at, bind in binds.items() if bind in ("self.actor", "self.owner")), None)
        if plain.startswith("insert") and owner and self.mutants.callers:
            table, key = self.mutants.callers
            parameter = re.compile(rf"\${owner}\b")
            other = f"coalesce((select {key} from {table} where {key} <> ${owner} limit 1), ${owner})"
            number = self.new("owner of a new row", at, f"{name}: somebody else, where there is one")
            yield number, parameter.sub(lambda _: other, plain)

    def binds(self, uses):
        """What is bound to each parameter of a statement, by its number."""
        found = {}
        for use in uses:
            at = use.end() + 1
            for number in range(1, 100):
                bind = re.compile(r"\s*\.bind(?=\()").match(self.text, at)
                if not bind:
                    break
                at = balanced(self.text, bind.end())
                found[number] = self.text[bind.end() + 1 : at - 1]
        return found

    def pushes(self):
        """Predicates that are pushed onto a statement."""
        for push in PUSH.finditer(self.text):
            pieces = pieces_of(push.group())
            if pieces is None:
                continue
            template = "".join(text if kind == "push" else f"${at}" for at, (kind, text) in enumerate(pieces))
            if not template.startswith(" and "):
                continue
            binds = {at: text for at, (kind, text) in enumerate(pieces) if kind == "push_bind"}
            arms = []
            for mutant in sql.of_predicate(template[len(" and ") :]):
                number = self.new(kind_of(mutant.term, binds), push.start(), f"pushed: {mutant.what}")
                arms.append((number, "{ " + pushed(" and " + mutant.text, binds) + " }"))
            guard = "if !kernel::mutant::is_off() " if CALLER.search(" ".join(binds.values())) else ""
            text = choice(arms, "{ " + push.group().strip() + " }")
            self.put(push.start(), push.end(), f"{guard}{{ {text} }}")

    def narrowing(self):
        """Page and count of a list, each without its narrowing; a list for those who see all of it."""
        for m in re.finditer(r"if (let Some\(\w+\) = rows\.owner\(\)|!reach\.all\(\)) \{$", self.text, re.M):
            condition = m.group(1)
            plain = condition if condition.startswith("let") else f"({condition})"
            if condition == "!reach.all()":
                number = self.new("narrowing of a list", m.start(), "narrowed for those who see all")
                plain = f"(!reach.all() || kernel::mutant::is({number}))"
            self.put(m.start(1), m.end(1), f"!kernel::mutant::is_off() && {plain}")
        calls = list(re.finditer(r"^ *(filter\(&mut sql, self\.(?:rows|owner|actor|reach)\b.*?\));$", self.text, re.M))
        for call in calls if len(calls) > 1 else []:
            part = "count" if "COUNT" in self.text[: call.start()].splitlines()[-1] else "page"
            number = self.new("narrowing of a list", call.start(), f"the {part} alone is not narrowed")
            self.put(call.start(1), call.end(1), f"kernel::mutant::without({number}, || {call.group(1)})")

    def callers_given(self):
        """Who calls, as handlers and `find` hand it on."""
        for m in re.finditer(r"(call\.rows\(\))|(call\.reach\(\))|(call\.actor_id\(\)\?)", self.text):
            rows, reach, actor = m.groups()
            if rows:
                self.replaced(m, "kernel::auth::Rows::All", "all rows")
            elif reach and self.text[: m.start()].endswith("schema::respond("):
                # What is shown of a row is a matter of who calls, not of what they reach.
                continue
            elif reach and self.all_rows:
                self.replaced(m, "call.reach().everywhere()", "all rows")
            elif actor:
                self.replaced(m, "{ call.actor_id::<kernel::types::Uuid>()?; kernel::types::Uuid::nil().into() }", "nobody's id")
        for m in re.finditer(r"(?<=\.bind\()self\.(?:owner|actor)(?=\))", self.text):
            self.replaced(m, "kernel::types::Uuid::nil().into()", "nobody's id")
        for m in re.finditer(r"find\((?:unit\.connection\(\)|&mut \*self\.conn), ((?:self\.)?(rows|reach)),", self.text):
            if m.group(2) == "rows":
                self.replaced(m, "kernel::auth::Rows::All", "all rows", 1)
            elif self.all_rows:
                self.replaced(m, f"{m.group(1)}.everywhere()", "all rows", 1)

    def replaced(self, m, other, what, group=0):
        number = self.new("caller handed on", m.start(), f"{what} for {m.group(group)}")
        self.put(m.start(group), m.end(group), choice([(number, other)], m.group(group)))


def pieces_of(statement):
    """The pushes of a statement that does nothing else."""
    at = statement.index("sql") + 3
    pieces = []
    while at < len(statement) - 1:
        m = re.compile(r"\s*\.(push|push_bind)(?=\()").match(statement, at)
        if not m:
            return None
        at = balanced(statement, m.end())
        inner = statement[m.end() + 1 : at - 1].strip().rstrip(",")
        if m.group(1) == "push":
            if not re.fullmatch(STRING, inner, re.S):
                return None
            inner = literal(inner)
        pieces.append((m.group(1), inner))
    return pieces


def pushed(template, binds):
    """The statement that pushes a template."""
    out = "sql"
    for part in re.split(r"(\$\d+)", template):
        if part.startswith("$"):
            out += f".push_bind({binds[int(part[1:])]})"
        elif part:
            out += f".push({quoted(part)})"
    return out + ";"


def kind_of(term, binds):
    used = " ".join(binds.get(int(n), "") for n in re.findall(r"\$(\d+)", term))
    if CALLER.search(used):
        return "row predicate"
    return "version predicate" if "expected" in used else "key predicate"


def mutate(mutants, name, text, all_rows, unwritten):
    """The text of a source with its mutants in it."""
    file = File(mutants, name, text, all_rows, unwritten)
    fields.mutate(file)
    if name.endswith("/schema.rs") or "/model/" in name:
        return file.done()
    file.contract()
    file.statements()
    file.pushes()
    file.narrowing()
    file.callers_given()
    given = GIVEN.search(text)
    placed = {it.kind for it in mutants.all if it.file == name}
    if given and not placed & {"row predicate", "owner of a new row"}:
        raise LookupError(f"{name}: nothing was found that narrows by `{given.group(1)}`")
    return file.done()
