"""The people of a county, month by month."""

from orchestration.synthesis.population.simulation import simulate

__all__ = ["simulate"]
