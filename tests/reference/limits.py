"""95 % limits by other ways than the product's: the score equation, and bisection of the distribution itself."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, sqrt

Z95 = 1.959963984540054
EXACT_POISSON_TO = 100


def wilson(k: float, n: float) -> tuple[float, float]:
    """Roots of the score equation (p - k/n)^2 = z^2 p (1 - p) / n."""
    a, b, c = n + Z95**2, 2 * k + Z95**2, k**2 / n
    half = sqrt(max(b * b - 4 * a * c, 0.0))
    return max(0.0, (b - half) / (2 * a)), min(1.0, (b + half) / (2 * a))


def poisson(events: int) -> tuple[float, float]:
    """Limits of a Poisson mean: exact up to 100 events (by bisection of the distribution), Byar's formula above."""
    if events <= EXACT_POISSON_TO:
        low = 0.0 if events == 0 else _root(lambda mean: 1 - _below(events - 1, mean), 0.025)
        return low, _root(lambda mean: 1 - _below(events, mean), 0.975)
    upper = events + 1
    return (
        events * (1 - 1 / (9 * events) - Z95 / (3 * sqrt(events))) ** 3,
        upper * (1 - 1 / (9 * upper) + Z95 / (3 * sqrt(upper))) ** 3,
    )


def _below(events: int, mean: float) -> float:
    """P(X <= events) of a Poisson variable."""
    return sum(exp(k * log(mean) - mean - lgamma(k + 1)) for k in range(events + 1)) if mean > 0 else 1.0


def _root(rising: Callable[[float], float], wanted: float) -> float:
    low, high = 0.0, 400.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2
