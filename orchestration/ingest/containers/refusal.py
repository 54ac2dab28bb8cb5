"""What stops the reading of a file: the rule by which nothing in it is read."""

from __future__ import annotations


class Refusal(Exception):
    """A file that cannot be read at all; carries the rule, never a library's text, which may quote a cell."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(rule_id)
        self.rule_id = rule_id
