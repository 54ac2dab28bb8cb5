"""Settings as a Dagster resource, and the words that every stage says about failure.

What belongs here: the bridge between the frozen settings object and Dagster. What does not: any work.
"""

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path

import dagster as dg

from orchestration.errors import CouldNotRun, TaizhangError
from orchestration.home import locked, prepare_home
from orchestration.progress import Step, stage
from orchestration.settings import Settings


class LedgerHome(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Which home folder a run works on. Empty fields fall back to the environment and the defaults."""

    home: str = ""
    landing: str = ""
    key_file: str = ""
    as_of: str = ""
    progress: str = ""
    holds_lock: bool = False

    def settings(self) -> Settings:
        """The frozen settings object that the pure rooms take."""
        named = {
            "home": Path(self.home) if self.home else None,
            "landing": Path(self.landing) if self.landing else None,
            "key_file": Path(self.key_file) if self.key_file else None,
            "as_of": date.fromisoformat(self.as_of) if self.as_of else None,
        }
        return Settings(**{name: value for name, value in named.items() if value is not None})  # type: ignore[arg-type]


def home_of(settings: Settings, progress: str = "", *, holds_lock: bool = False) -> LedgerHome:
    """The resource that leads back to these very settings.

    ``progress`` is a language, or empty for silence; ``holds_lock`` says that the caller keeps other runs out.
    """
    return LedgerHome(
        home=str(settings.home),
        landing=str(settings.landing),
        key_file=str(settings.key_file),
        as_of=settings.as_of.isoformat() if settings.as_of else "",
        progress=progress,
        holds_lock=holds_lock,
    )


@contextmanager
def in_stage(ledger_home: LedgerHome, name: str) -> Iterator[tuple[Settings, Step]]:
    """What every stage begins with: a home that is there and ours alone, progress told, failure told plainly.

    A run of the command line holds the lock from its beginning to its end; a run of the daemon or the UI takes it
    stage by stage, and the gate refuses a candidate that another run came between.
    """
    settings = ledger_home.settings()
    with told_plainly():
        prepare_home(settings)
        with nullcontext() if ledger_home.holds_lock else locked(settings), stage(name, ledger_home.progress) as step:
            yield settings, step


@contextmanager
def told_plainly() -> Iterator[None]:
    """Let a stage fail with our sentence and exit code, and with nothing that a library may have printed.

    A library's message can quote a cell, and Dagster would store it. So an unforeseen exception is told by its kind
    and its place in the code alone.
    """
    try:
        yield
    except dg.Failure:
        raise
    except TaizhangError as error:
        raise _failure(error) from None
    except OSError as error:
        raise _failure(
            CouldNotRun(
                f"The system refused a file operation: {os.strerror(error.errno or 0)}.",
                f"系统拒绝了文件操作:{os.strerror(error.errno or 0)}。",
                remedy_en="Check space and rights of the home folder, then run again; nothing was published.",
                remedy_zh="请检查主目录的空间和权限后重新运行;本次未发布任何内容。",
            )
        ) from None
    except Exception as error:  # noqa: BLE001 - the border of a room: whatever came, its text stays behind
        place = traceback.extract_tb(error.__traceback__)[-1]
        raise _failure(
            CouldNotRun(
                f"An unforeseen {type(error).__name__}.",
                f"未预料的错误 {type(error).__name__}。",
                address=f"{Path(place.filename).name}:{place.lineno}",
                remedy_en="This is a fault of the product: report the address; nothing was published.",
                remedy_zh="这是产品缺陷:请报告此地址;本次未发布任何内容。",
            )
        ) from None


def _failure(error: TaizhangError) -> dg.Failure:
    return dg.Failure(
        description=error.sentence(),
        metadata={
            "exit_code": error.exit_code,
            "sentence_zh": error.sentence("zh"),
            "address": error.address or "",
        },
        allow_retries=False,
    )


@dg.definitions
def resources() -> dg.Definitions:
    """The one resource of the product."""
    return dg.Definitions(resources={"ledger_home": LedgerHome()})
