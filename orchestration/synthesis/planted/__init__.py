"""Family M of the defects: one planted violation a check, a registry of them, and their log."""

from orchestration.synthesis.planted.log import log
from orchestration.synthesis.planted.slots import is_planted, negatives, registry

__all__ = ["is_planted", "log", "negatives", "registry"]
