"""How the clerks of one township fill in a column: whole columns at a time, in their words and style of dates."""

from __future__ import annotations

import polars as pl

from orchestration.synthesis.clerk.printing import Printed


class Clerk:
    """The habits of one township as expressions over frames of the truth."""

    def __init__(self, printed: Printed, township_code: str) -> None:
        self._printed = printed
        self._township = township_code
        self._style = printed.date_style(township_code)
        self.habits = printed.habits

    def day(self, name: str) -> pl.Expr:
        """A column of dates as ``Printed.write_date`` has them."""
        day = pl.col(name)
        if self._style == "dots":
            return day.dt.strftime("%Y.%-m.%-d")
        if self._style == "digits":
            return day.dt.year().cast(pl.Int64) * 10_000 + day.dt.month().cast(pl.Int64) * 100 + day.dt.day()
        if self._style == "chinese":
            return day.dt.strftime("%Y年%-m月%-d日")
        return day

    def month(self, name: str) -> pl.Expr:
        """A column of dates as ``Printed.write_month`` has them."""
        day = pl.col(name)
        if self._style == "dots":
            return day.dt.strftime("%Y.%m")
        if self._style == "digits":
            return day.dt.year().cast(pl.Int64) * 100 + day.dt.month()
        if self._style == "chinese":
            return day.dt.strftime("%Y年%-m月")
        return day.dt.strftime("%Y-%m")

    def word(self, name: str, kind: str) -> pl.Expr:
        """A column of codes in words; a code without a word stays blank."""
        words = self._printed.words(kind, self._township)
        return pl.col(name).replace_strict(words, default=None, return_dtype=pl.String)

    def by_sex(self, name: str, kind: str, sex: str) -> pl.Expr:
        """A column of codes whose words differ for men and women."""
        return (
            pl.when(pl.col(sex) == "male")
            .then(self.word(name, f"{kind}_male"))
            .otherwise(self.word(name, f"{kind}_female"))
        )

    def words(self, kind: str) -> dict[str, str]:
        """Code -> word."""
        return self._printed.words(kind, self._township)
