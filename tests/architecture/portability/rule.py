"""What a rule of the portability lint is, and the finders that most rules need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlglot import exp
from sqlglot.tokens import TokenType

from .query import Query, shown

Finder = Callable[[Query], Iterator[str]]


@dataclass(frozen=True)
class Rule:
    """A construct that no model may hold.

    ``why`` says what goes wrong elsewhere and what to write; ``bad`` are queries that the rule must catch, ``good``
    their twins that it must let pass. ``layers`` narrows the rule to folders under models/, all when empty.
    """

    name: str
    why: str
    find: Finder
    bad: tuple[str, ...]
    good: tuple[str, ...]
    layers: tuple[str, ...] = ()

    def findings(self, query: Query) -> list[str]:
        if self.layers and query.layer not in self.layers:
            return []
        return list(self.find(query))


def calls(*names: str) -> Finder:
    """Find calls of functions by name, whatever the parser makes of them."""

    def find(query: Query) -> Iterator[str]:
        for token, following in zip(query.tokens, query.tokens[1:], strict=False):
            if token.text.lower() in names and following.token_type == TokenType.L_PAREN:
                yield f"line {token.line}: {token.text}("

    return find


def words(*names: str) -> Finder:
    """Find bare words, such as functions that need no parentheses; quoted text is not a word."""

    def find(query: Query) -> Iterator[str]:
        for token in query.tokens:
            if token.token_type not in (TokenType.STRING, TokenType.IDENTIFIER) and token.text.lower() in names:
                yield f"line {token.line}: {token.text}"

    return find


def syntax(*kinds: type[exp.Expression]) -> Finder:
    """Find nodes of the tree by kind, in the query as written."""

    def find(query: Query) -> Iterator[str]:
        for node in query.written.find_all(*kinds):
            yield shown(node)

    return find


def authored(pattern: str) -> Finder:
    """Find a pattern in what the author wrote, before macros and sources were rendered; comments do not count."""
    compiled = re.compile(pattern, re.IGNORECASE)

    def find(query: Query) -> Iterator[str]:
        text = re.sub(r"--[^\n]*|/\*.*?\*/|\{#.*?#\}", "", query.raw or query.sql, flags=re.DOTALL)
        for match in compiled.finditer(text):
            yield match.group().strip()

    return find


def either(*finders: Finder) -> Finder:
    def find(query: Query) -> Iterator[str]:
        for finder in finders:
            yield from finder(query)

    return find
