"""What a command costs: CPU and wall seconds and memory, of the process and its children."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from orchestration.settings import PROJECT_ROOT

_SAMPLED_EVERY = 0.1
_KB_OF_A_PAGE = os.sysconf("SC_PAGE_SIZE") // 1024


class Cost(NamedTuple):
    """CPU seconds, wall seconds, and the peak resident size of a process and its children together in MB."""

    cpu: float
    wall: float
    peak: float


def measure(*command: str) -> Cost:
    """Run a command of this folder to its end; its children count."""
    started, peak = time.monotonic(), 0
    child = subprocess.Popen([sys.executable, *command], cwd=PROJECT_ROOT, stdout=subprocess.DEVNULL)
    while True:
        ended, status, used = os.wait4(child.pid, os.WNOHANG)
        if ended:
            break
        peak = max(peak, _resident(child.pid))
        time.sleep(_SAMPLED_EVERY)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - started, max(peak, used.ru_maxrss) / 1024)


def _resident(pid: int) -> int:
    """Kilobytes of a process and its children; nothing where the system does not tell."""
    try:
        own = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _KB_OF_A_PAGE
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return 0
    return own + sum(_resident(int(child)) for child in children)
