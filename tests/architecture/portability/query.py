"""One model's SQL, seen as text, as tokens and as a typed tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects import DuckDB
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.tokens import Token

Node = TypeVar("Node", bound=exp.Expression)
Schema = Mapping[str, Mapping[str, Mapping[str, Mapping[str, str]]]]


class NullsSmall(DuckDB):
    """DuckDB, were nulls the smallest values: an order that does not say where nulls go reads one way here."""

    NULL_ORDERING = "nulls_are_small"


class NullsLarge(DuckDB):
    """DuckDB, were nulls the largest values: and the other way here."""

    NULL_ORDERING = "nulls_are_large"


@dataclass(frozen=True)
class Query:
    """A compiled model.

    ``raw`` is the text before compilation (empty when there is none), ``layer`` the folder under models/, ``schema``
    the column types of the relations it reads: database, schema, relation, column.
    """

    sql: str
    name: str = "example"
    layer: str = "intermediate"
    raw: str = ""
    schema: Schema = field(default_factory=dict)

    @cached_property
    def tokens(self) -> list[Token]:
        return sqlglot.tokenize(self.sql, read="duckdb")

    @cached_property
    def tree(self) -> exp.Expression:
        """The tree with types; where names cannot be resolved, types come from the casts alone."""
        tree = sqlglot.parse_one(self.sql, read="duckdb")
        try:
            resolved = qualify(
                tree.copy(),
                dialect="duckdb",
                schema=dict(self.schema),
                validate_qualify_columns=False,
                expand_stars=True,
                quote_identifiers=False,
            )
            return annotate_types(resolved, schema=dict(self.schema), dialect="duckdb")
        except SqlglotError:
            return annotate_types(tree, dialect="duckdb")

    @cached_property
    def written(self) -> exp.Expression:
        """The tree as its author wrote it: stars unexpanded, names unresolved."""
        return sqlglot.parse_one(self.sql, read="duckdb")

    def nodes(self, *kinds: type[Node]) -> Iterator[Node]:
        yield from self.tree.find_all(*kinds)

    def unsaid_null_orders(self) -> Iterator[exp.Ordered]:
        """Sort keys that leave the place of nulls to the engine."""
        small = sqlglot.parse_one(self.sql, read=NullsSmall).find_all(exp.Ordered)
        large = sqlglot.parse_one(self.sql, read=NullsLarge).find_all(exp.Ordered)
        for one, other in zip(small, large, strict=True):
            if one.args.get("nulls_first") != other.args.get("nulls_first"):
                yield one


def shown(node: exp.Expression) -> str:
    """A finding in one short line."""
    text = node.sql(dialect="duckdb")
    return text if len(text) <= 100 else text[:97] + "..."


def bare(node: exp.Expression | None) -> exp.Expression | None:
    """The node inside its parentheses."""
    return node.unnest() if isinstance(node, exp.Paren) else node


def outer(node: exp.Expression) -> exp.Expression | None:
    """The nearest ancestor that is not a pair of parentheses."""
    parent = node.parent
    while isinstance(parent, exp.Paren):
        parent = parent.parent
    return parent


def is_a(node: exp.Expression | None, *kinds: str) -> bool:
    """Whether the node's type is one of ``kinds``; an unresolved type is the kind ``UNKNOWN``."""
    inner = bare(node)
    if inner is None:
        return False
    kind = inner.type
    return (kind.this.name if isinstance(kind, exp.DataType) else "UNKNOWN") in kinds


def cast_to(node: exp.Expression | None, *kinds: str) -> bool:
    return isinstance(node, exp.Cast) and node.to.this.name in kinds
