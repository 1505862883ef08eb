"""Mutants of who is let in.

Enters: the rules of a contract, as written in Rust. Leaves: other lists of rules, and which of them nobody can tell apart.
"""

import re

PUBLIC, AUTHENTICATED = "Rule::Public", "Rule::Authenticated"


def parsed(text):
    word = r'(?:"(?:[^"\\]|\\.)*"|r#"(?:.|\n)*?"#)'
    return [m.group() for m in re.finditer(rf"Rule::\w+(\(\s*{word},?\s*\))?", text)]


def role(name):
    return f'Rule::Role("{name}")'


def mutants(given, roles):
    """What was changed, and the rules after it; no list twice."""
    found = {}
    for at, rule in enumerate(given):
        rest = given[:at] + given[at + 1 :]
        if rule != PUBLIC:
            found.setdefault(tuple(rest), f"{rule} removed")
        others = []
        if rule.startswith("Rule::Role"):
            others = [role(name) for name in roles if role(name) not in given]
        if rule.startswith(("Rule::Row", "Rule::When", PUBLIC)):
            others = [AUTHENTICATED]
        if rule == AUTHENTICATED:
            others = [role(name) for name in roles if role(name) not in given]
        for other in others:
            found.setdefault(tuple(given[:at] + [other] + given[at + 1 :]), f"{rule} became {other}")
    for name in roles:
        if not {role(name), PUBLIC, AUTHENTICATED} & set(given):
            found.setdefault((*given, role(name)), f"{role(name)} added")
    if PUBLIC not in given:
        found.setdefault((PUBLIC,), "made public")
    found.pop(tuple(given), None)
    return [(what, list(rules)) for rules, what in found.items()]


def normal(rules):
    """A list without the rules that another one makes idle."""
    if PUBLIC in rules:
        return {PUBLIC}
    if AUTHENTICATED in rules:
        return {rule for rule in rules if rule == AUTHENTICATED or rule.startswith("Rule::When")}
    return set(rules)


def admitted(rules):
    """Who gets past a contract; every caller with a token has a row."""
    if any(rule == PUBLIC or rule.startswith("Rule::When") for rule in rules):
        return {"anybody"}
    if any(rule == AUTHENTICATED or rule.startswith("Rule::Row") for rule in rules):
        return {"whoever has a token"}
    return set(rules)


def equivalent(given, other, all_rows):
    """Why nobody can tell two lists apart, or nothing. `all_rows`: whether statements ask if all rows are reached."""
    if normal(given) == normal(other):
        return "another rule of the list lets in everybody whom this one does"
    about_rows = any(rule.startswith(("Rule::Row", "Rule::When")) for rule in given)
    if about_rows and not all_rows and admitted(given) == admitted(other):
        return "the same callers get past, and the statements narrow in any case"
    return ""
