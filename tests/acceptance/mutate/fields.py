"""Mutants of who may read and write which field: rules in models, and what readers of requests keep from some callers."""

import re

RULE = re.compile(r"fn (shows_\w+)\([^)]*\) -> bool \{\n(.*?)\n    \}\n", re.S)
WITHHELD = re.compile(r'form\.withhold\(("\w+")\);')
FOR_SOME = re.compile(r"if (!form\.caller\(\)\.\w+\((?:[^()]*)\)) \{")
FILTER = re.compile(r"query\.filter_where\(\s*(query\.caller\(\).*?\)),\s*(\"\w+\")", re.S)
ORDER = re.compile(r"if (query\.caller\(\)[^{]*?) \{\s*sorts\.push\(\(\"(\w+)\"", re.S)
ROLE = re.compile(r"\.bind\((command\.\w+\.\w+\(\)) && (!\w[\w.]*\.has_\w+\([^()]*\))\)")
KIND = "field rule"


def mutate(file):
    """Puts mutants into a source of any kind, where it has such rules."""
    for rule in RULE.finditer(file.text):
        condition = rule.group(2).rsplit(";\n", 1)[-1]
        start = rule.end(2) - len(condition)
        name = rule.group(1)
        arms = [(new(file, start, f"{name}: everyone"), "true"), (new(file, start, f"{name}: nobody"), "false")]
        terms = re.split(r"\s*\|\|\s*(?![^()]*\))", condition.strip())
        for at, term in enumerate(terms if len(terms) > 1 else []):
            others = " || ".join(terms[:at] + terms[at + 1 :])
            arms.append((new(file, start, f"{name}: without `{term}`"), others))
        file.put(start, rule.end(2), chosen(arms, condition))
    for field in WITHHELD.finditer(file.text):
        number = new(file, field.start(), f"{field.group(1)} is for everyone to write")
        file.put(field.start(), field.end(), f"if !kernel::mutant::is({number}) {{ {field.group()} }}")
    for some in FOR_SOME.finditer(file.text):
        number = new(file, some.start(), "fields are for nobody to write")
        file.put(some.start(1), some.end(1), f"{some.group(1)} || kernel::mutant::is({number})")
    for pattern in (FILTER, ORDER):
        for asked in pattern.finditer(file.text):
            name = asked.group(2).strip('"')
            arms = [(new(file, asked.start(), f"{name} is for everyone to ask by"), "true"),
                    (new(file, asked.start(), f"{name} is for nobody to ask by"), "false")]
            file.put(asked.start(1), asked.end(1), chosen(arms, asked.group(1)))
    for role in ROLE.finditer(file.text):
        number = new(file, role.start(), f"no role is enough for `{role.group(1)}`")
        file.put(role.start(2), role.end(2), f"({role.group(2)} || kernel::mutant::is({number}))")


def new(file, at, what):
    return file.new(KIND, at, what)


def chosen(arms, plain):
    text = "".join(f"{number} => {other}, " for number, other in arms)
    return f"match kernel::mutant::id() {{ {text}_ => {{ {plain} }} }}"
