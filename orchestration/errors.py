"""What can go wrong, said once: a sentence, an address, a remedy, and the exit code that a scheduler reads.

A library's exception never crosses the border of a room, since its text may quote a cell. It is raised again as one of
these, with the address and the rule alone.
"""

from __future__ import annotations

from functools import partial
from typing import Any


class TaizhangError(Exception):
    """A failure told to a person.

    Args:
        message_en: what happened, one sentence.
        message_zh: the same in Chinese.
        address: where: a file, ``file!sheet!cell``, a table or a folder.
        remedy_en: what to do about it.
        remedy_zh: the same in Chinese.
    """

    exit_code = 3

    def __init__(
        self,
        message_en: str,
        message_zh: str,
        *,
        address: str | None = None,
        remedy_en: str = "",
        remedy_zh: str = "",
    ) -> None:
        super().__init__(message_en)
        self.message_en = message_en
        self.message_zh = message_zh
        self.address = address
        self.remedy_en = remedy_en
        self.remedy_zh = remedy_zh

    def __reduce__(self) -> tuple[Any, ...]:
        """How it crosses from one process to another."""
        return partial(type(self), address=self.address, remedy_en=self.remedy_en, remedy_zh=self.remedy_zh), (
            self.message_en,
            self.message_zh,
        )

    def sentence(self, lang: str = "en") -> str:
        """The whole of it on one line, in ``en`` or ``zh``."""
        message, remedy = (self.message_zh, self.remedy_zh) if lang == "zh" else (self.message_en, self.remedy_en)
        where = f" [{self.address}]" if self.address else ""
        return f"{message}{where} {remedy}".strip()


class Refused(TaizhangError):
    """The inputs were read and judged unfit; the same inputs are refused again (exit 2)."""

    exit_code = 2


class CouldNotRun(TaizhangError):
    """No judgement was possible: a missing key, a held lock, an unwritable home, a check that raised (exit 3)."""

    exit_code = 3


class UsageError(TaizhangError):
    """The command was called in a way that has no meaning (exit 64)."""

    exit_code = 64
