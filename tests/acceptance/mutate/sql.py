"""Mutants of the predicates in a statement.

Enters: SQL as the generator writes it. Leaves: for each term of each `where`, the statement with the term removed, and with
it turned round. Deliberately absent: a grammar of SQL; whatever lies between `and`, `or` and `not` is one term.
"""

import re
from dataclasses import dataclass

TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\$\d+|[A-Za-z_][A-Za-z_0-9.]*|<>|<=|>=|!=|\|\||\S")
ENDS = {"returning", "order", "group", "limit", "on", "then", "else", "end", "union", "do", "for"}
TURNED = {"=": "<>", "<>": "=", "<": ">=", ">": "<=", "<=": ">", ">=": "<"}


@dataclass
class Node:
    kind: str  # "and", "or", "not", "group" or "term"
    start: int
    end: int
    inner: list


@dataclass
class Mutant:
    """The whole text with one thing changed; `term` is the conjunct that it lies in."""

    text: str
    what: str
    term: str


class Parser:
    def __init__(self, text):
        self.text = text
        self.tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]
        self.at = 0

    def word(self):
        return self.tokens[self.at][0].lower() if self.at < len(self.tokens) else ""

    def ended(self):
        word = self.word()
        return word in ("", ")", ";") or word in ENDS

    def joined(self, operator, operand):
        nodes = [operand()]
        while self.word() == operator:
            self.at += 1
            nodes.append(operand())
        return nodes[0] if len(nodes) == 1 else Node(operator, nodes[0].start, nodes[-1].end, nodes)

    def expression(self):
        return self.joined("or", lambda: self.joined("and", self.operand))

    def operand(self):
        start = self.tokens[self.at][1]
        if self.word() == "not" and self.tokens[self.at + 1][0].lower() != "exists":
            self.at += 1
            inner = self.operand()
            return Node("not", start, inner.end, [inner])
        if self.word() == "(" and self.tokens[self.at + 1][0].lower() != "select":
            before = self.at
            self.at += 1
            inner = self.expression()
            end = self.tokens[self.at][2]
            self.at += 1
            if self.ended() or self.word() in ("and", "or"):
                return Node("group", start, end, [inner])
            self.at = before
        return self.term(start)

    def term(self, start):
        depth, between, end = 0, False, start
        while depth or not self.ended():
            word = self.word()
            if not depth and word == "and" and not between or not depth and word == "or":
                break
            depth += {"(": 1, "case": 1, ")": -1, "end": -1}.get(word, 0)
            between = word == "between" or between and word != "and"
            end = self.tokens[self.at][2]
            self.at += 1
        return Node("term", start, end, [])


def predicates(text):
    """The predicate behind each `where`, outermost first."""
    parser = Parser(text)
    for at, (word, _, _) in enumerate(parser.tokens):
        if word.lower() == "where":
            parser.at = at + 1
            yield parser.expression()


def conjuncts(node):
    return node.inner if node.kind == "and" else [node]


def of_statement(text):
    outer = None
    for node in predicates(text):
        inside = outer is not None and node.end <= outer.end
        outer = outer if inside else node
        for part in conjuncts(node):
            around = [it for it in conjuncts(outer) if it.start <= part.start and part.end <= it.end]
            term = text[around[0].start : around[0].end]
            yield from of_conjunct(text, part, term)


def of_predicate(text):
    """Like `of_statement`, of what may stand behind a `where`."""
    lead = "where "
    for mutant in of_statement(lead + text):
        yield Mutant(mutant.text[len(lead) :], mutant.what, mutant.term)


def of_conjunct(text, node, term):
    plain = text[node.start : node.end]
    if plain in ("true", "false"):
        return
    yield changed(text, node, f"({plain} or true)", "removed", term)
    yield from within(text, node, term)


def within(text, node, term):
    plain = text[node.start : node.end]
    if node.kind == "term":
        yield changed(text, node, turned(plain), "turned round", term)
    elif node.kind == "not":
        yield changed(text, node, text[node.inner[0].start : node.inner[0].end], "`not` removed", term)
    for inner in node.inner:
        part = text[inner.start : inner.end]
        if node.kind == "and":
            yield changed(text, inner, f"({part} or true)", "removed", term)
        if node.kind == "or":
            yield changed(text, inner, f"({part} and false)", "never true", term)
        if not (node.kind == "not" and inner.kind == "term"):
            yield from within(text, inner, term)


def changed(text, node, new, what, term):
    plain = " ".join(text[node.start : node.end].split())
    return Mutant(text[: node.start] + new + text[node.end :], f"{what}: {plain}", term)


def turned(plain):
    depth = 0
    words = [(m.group().lower(), m.start(), m.end()) for m in TOKEN.finditer(plain)]
    for at, (word, start, end) in enumerate(words):
        depth += {"(": 1, ")": -1}.get(word, 0)
        if depth:
            continue
        if word in TURNED:
            return plain[:start] + TURNED[word] + plain[end:]
        if word == "is":
            rest = plain[end:]
            return plain[:end] + (rest.replace(" not", "", 1) if words[at + 1][0] == "not" else " not" + rest)
    return f"not ({plain})"
