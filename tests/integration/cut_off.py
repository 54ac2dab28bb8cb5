"""Run the command and pull the plug just before a named function is entered, or just after it returned.

python -m tests.integration.cut_off MODULE FUNCTION before|after COMMAND…
"""

from __future__ import annotations

import functools
import importlib
import os
import signal
import sys
from pathlib import Path
from typing import Any


def main(module_name: str, function: str, moment: str, command: list[str]) -> None:
    """Replace ``module.function`` (or ``module.Class.method``) where it is looked up, then run the command."""
    *owners, function = function.split(".")
    module = functools.reduce(getattr, owners, importlib.import_module(module_name))
    real = getattr(module, function)
    moment, _, folder = moment.partition("@")

    def cut(*arguments: Any, **named: Any) -> Any:
        paths = [argument for argument in arguments if isinstance(argument, Path)]
        if folder and not any(folder in path.parts and path.stem != "schema" for path in paths):
            return real(*arguments, **named)
        if moment == "after":
            real(*arguments, **named)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(module, function, cut)
    from orchestration.cli import main as taizhang

    taizhang(command)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:])
