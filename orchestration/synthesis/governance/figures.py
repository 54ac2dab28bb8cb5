"""The figures of ``governance.yml``, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def figures() -> Mapping[str, Any]:
    """The figures by name, as the file gives them."""
    loaded: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("governance.yml").read_text(encoding="utf-8"))
    return loaded
