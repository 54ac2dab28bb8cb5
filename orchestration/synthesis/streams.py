"""Random numbers by address: each purpose, village or month draws from a stream of its own.

So any county or month can be made alone, in any order, with the same result.
"""

from __future__ import annotations

from zlib import crc32

import numpy as np

from orchestration.synthesis.options import Options


def stream(options: Options, purpose: str, *numbers: int) -> np.random.Generator:
    """A generator that depends on the seed, the county, the purpose and the numbers, and on nothing else."""
    entropy = [options.seed, int(options.county), crc32(purpose.encode()), *numbers]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))
