"""The demographic figures of a county, as its file gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from orchestration.synthesis.months import number_of
from orchestration.synthesis.population.world import Array

EDGES = np.array([0, 1, *range(5, 90, 5), 101])
"""Ages where the census' groups begin; the open group 85+ is taken to end with 100."""


@dataclass(frozen=True)
class Census:
    """One county's row of a census.

    ``ages``: persons by sex (male, female) and the 19 groups of ``EDGES``. ``one_person``: share of households.
    ``marital``: shares of people of 15 and over by sex and state (never married, married, widowed, divorced).
    """

    ages: Array
    household_size: float
    one_person: float
    marital: Array

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Census:
        """From the block ``census_2010``."""
        homes = row["households"]
        marital = np.array([row["marital"][sex] for sex in ("male", "female")], float)
        return cls(
            np.array([row["male"], row["female"]], float),
            homes["persons"] / homes["number"],
            homes["one_person"] / homes["number"],
            marital / marital.sum(axis=1, keepdims=True),
        )


@dataclass(frozen=True)
class Figures:
    """All a county's file says of its people; rates are per year.

    ``male_by_order``: probability of a boy by birth order 1, 2, 3 and over. ``progression``: how ready a woman without,
    with one, with more children is for the next one; first row before, second row after two children are allowed, which
    is felt from month ``two_children_month`` on. ``stays``: the floating population.
    """

    census: Census
    birth_factor: float
    death_factor: float
    twins: float
    male_by_order: Array
    progression: Array
    two_children_month: int
    marriage: Mapping[str, float]
    homes: Mapping[str, float]
    moves: Mapping[str, float]
    stays: Mapping[str, Any]
    non_agricultural: float
    prefixes: tuple[str, ...]
    old_prefix_until: date
    old_prefix_share: float
    outside_prefix_share: float

    @classmethod
    def read(cls, block: Mapping[str, Any]) -> Figures:
        """From the ``demography:`` block.

        Raises:
            KeyError: the block lacks a figure.
        """
        vital, identity = block["vital"], block["identity"]
        ratio = np.array(vital["sex_ratio_by_order"], float)
        # A law is felt when those conceived under it are born.
        felt = number_of(vital["two_children_from"]) + 10
        return cls(
            census=Census.read(block["census_2010"]),
            birth_factor=vital["birth_factor"],
            death_factor=vital["death_factor"],
            twins=vital["twins"],
            male_by_order=ratio / (100 + ratio),
            progression=np.array([vital["progression"][law] for law in ("one_child", "two_children")], float),
            two_children_month=felt,
            marriage=block["marriage"],
            homes=block["homes"],
            moves=block["moves"],
            stays=block["stays"],
            non_agricultural=block["census_2010"]["non_agricultural"],
            prefixes=(identity["own"], identity["old"], *identity["outside"]),
            old_prefix_until=identity["old_until"],
            old_prefix_share=identity["old_share"],
            outside_prefix_share=identity["outside_share"],
        )
