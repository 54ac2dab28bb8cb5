"""Who gets what, when several want one thing: the shares that please all of them together most, by auction."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

# What a bid goes beyond the bidder's next choice: the sum found is at most this much a bidder below the best.
_STEP = 0.002


def assign(liking: Mapping[int, Mapping[str, float]], single: AbstractSet[str]) -> dict[int, str]:
    """One thing for each bidder.

    Args:
        liking: bidder -> how much it likes each thing; every bidder likes something that is not single.
        single: things that one bidder alone can have.
    """
    prices = dict.fromkeys(single, 0.0)
    holder: dict[str, int] = {}
    won: dict[int, str] = {}
    open_bidders = sorted(liking, reverse=True)
    while open_bidders:
        bidder = open_bidders.pop()
        gains = sorted(((liked - prices.get(name, 0.0), name) for name, liked in liking[bidder].items()), reverse=True)
        gain, name = gains[0]
        won[bidder] = name
        if name in single:
            if name in holder:
                open_bidders.append(holder[name])
            holder[name] = bidder
            prices[name] += gain - gains[1][0] + _STEP
    return won
