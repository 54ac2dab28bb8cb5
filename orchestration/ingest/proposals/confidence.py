"""How often a proposal of some score was right, as measured on renamed headers (``benchmarks.layout_proposals``)."""

from __future__ import annotations

import math
import operator
from typing import Protocol

LIKELY, POSSIBLE = 0.95, 0.6


_KNOWN, _HIGH = 0.99, 0.8
# The surest guesses were right this often on headers that nobody had tuned to, before anybody did (docs/proposals.md).
_SUREST = 0.96
# Fitted by ``python -m benchmarks.layout_proposals --fit``: a constant, then one weight for each feature.
_WEIGHTS = (-1.1, 0.44, 7.5, -1.32, 0.96, -0.03, 0.05)


class Scored(Protocol):
    """What a confidence is made of."""

    @property
    def is_(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def margin(self) -> float: ...
    @property
    def lost(self) -> float: ...
    @property
    def suits(self) -> float: ...
    @property
    def known(self) -> bool: ...


def features(guess: Scored) -> tuple[float, ...]:
    """Score, lead (more of it tells less), second choice or not, how the cells suit, nothing resembled, high score."""
    lead = math.sqrt(max(guess.margin, 0.0))
    return guess.score, lead, float(guess.lost > 0), guess.suits, float(guess.is_ == "-"), float(guess.score > _HIGH)


def of_column(guess: Scored) -> float:
    """The chance that a column is what it is taken for."""
    if guess.known:
        return _KNOWN
    constant, *weights = _WEIGHTS
    return min(_logistic(constant + sum(map(operator.mul, weights, features(guess)))), _SUREST)


def of_form(margin: float, share: float) -> float:
    """The chance that the best form is the right one, by its lead and by how much of the sheet it explains."""
    return _logistic(-1.0 + 1.5 * margin + 1.0 * share)


def grade(confidence: float) -> tuple[str, str]:
    """A confidence in words, English and Chinese."""
    if confidence >= LIKELY:
        return "likely", "很可能"
    return ("possible", "可能") if confidence >= POSSIBLE else ("doubtful", "存疑")


def _logistic(value: float) -> float:
    return round(1 / (1 + math.exp(-value)), 3)
