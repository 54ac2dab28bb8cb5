"""Counties without defects, each made and run once for all tests of this folder."""

from __future__ import annotations

import pytest

from tests.conftest import Taizhang
from tests.reference.county_truth import County
from tests.reference.made_county import Made, Wish

WISHES = [
    # Villages merge on 1 January 2018; text files among the workbooks; two whole civil years.
    pytest.param(Wish("merger", 20, 3000, 24, 1, "2017-01", "mixed"), id="merger"),
    # The rules of one child, so that there are fees; a whole year from October.
    pytest.param(Wish("fees", 20, 3000, 24, 2, "2013-10", "xlsx"), id="fees"),
    # The fee ends on 20 August 2021; three whole civil years.
    pytest.param(Wish("end-of-fee", 100, 20000, 36, 3, "2019-01", "xlsx"), id="hundred", marks=pytest.mark.long),
]


@pytest.fixture(scope="session", params=WISHES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, taizhang: Taizhang) -> Made:
    wish: Wish = request.param
    place = tmp_path_factory.mktemp(wish.name)
    sizes = {"villages": wish.villages, "persons": wish.persons, "months": wish.months, "seed": wish.seed}
    options = [word for name, value in sizes.items() for word in (f"--{name}", value)]
    options += ["--county", "331099", "--start", wish.start, "--format", wish.file_format]
    folders = ["--out", place / "landing", "--truth", place / "truth"]
    answer = taizhang("synth", *options, *folders, home=place / "home")
    assert answer.code == 0, answer.err
    answer = taizhang("run", "--landing", place / "landing", home=place / "home")
    assert answer.code == 0, answer.err + answer.out
    marts = (place / "home" / "releases" / "current").resolve() / "office" / "marts"
    return Made(County.read(place / "truth"), place / "home", marts)
