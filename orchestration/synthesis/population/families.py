"""Who is whose child, found without looking at everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orchestration.synthesis.population import world as w


@dataclass(frozen=True)
class Line:
    """Children in the order of one parent, as they stood when the list was made; who came since is looked for apart.

    ``parent`` is sorted; ``child`` lies beside it.
    """

    name: str
    parent: w.Array
    child: w.Array
    newcomers: int

    @classmethod
    def of(cls, people: w.Columns, name: str, parents: w.Array | None = None) -> Line:
        """The list by ``mother`` or by ``father`` of everybody who has a known one, of ``parents`` alone if given."""
        wanted = people[name] >= 0
        if parents is not None:
            among = np.zeros(len(people) + 1, bool)  # the last place serves -1
            among[parents] = True
            wanted = among[people[name]]
        known = np.flatnonzero(wanted).astype(np.int32)
        parent = people[name][known]
        order = np.argsort(parent, kind="stable")
        return cls(name, parent[order], known[order], len(people))

    def children(self, people: w.Columns, parents: w.Array) -> tuple[w.Array, w.Array]:
        """Children of some people, each once.

        Args:
            parents: everybody once.

        Returns:
            The children, and the place of each one's parent in ``parents``.
        """
        first = np.searchsorted(self.parent, parents)
        number = np.searchsorted(self.parent, parents, side="right") - first
        place = np.repeat(np.arange(len(parents)), number)
        step = np.arange(len(place)) - np.repeat(np.cumsum(number) - number, number)
        found = self.child[first[place] + step].astype(np.int64)
        born_since = people[self.name][self.newcomers :]
        order = np.argsort(parents)
        at = np.minimum(np.searchsorted(parents[order], born_since), max(len(parents) - 1, 0))
        if len(parents):
            new = np.flatnonzero(parents[order][at] == born_since)
            found = np.concatenate([found, new + self.newcomers])
            place = np.concatenate([place, order[at[new]]])
        return found, place
