"""The worked numbers of the domain, as dbt unit tests by id: all there, all passing."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.settings import DBT_PROJECT_DIR, Settings, dbt_environment
from orchestration.transform.dbt import load_manifest, release_connections
from tests.integration.homes import copy_home

IDS = (*(f"M{number}_" for number in range(1, 13)), "M13_", "R08_", "E08_", "E09_", "surcharge_", "wind_down_")


@pytest.fixture(scope="module")
def unit_tests(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Name -> status of every unit test, run over the tables of the sample."""
    from dbt.cli.main import dbtRunner

    place = tmp_path_factory.mktemp("unit-tests")
    settings = Settings(home=copy_home(sample_home, place / "home"))
    places = ["--project-dir", str(DBT_PROJECT_DIR), "--profiles-dir", str(DBT_PROJECT_DIR)]
    artefacts = ["--target-path", str(place / "target"), "--log-path", str(place / "logs"), "--quiet"]
    with dbt_environment(settings):
        try:
            chosen = ["test", "--select", "test_type:unit"]
            outcome = dbtRunner(manifest=load_manifest()).invoke([*chosen, *places, *artefacts])
        finally:
            release_connections()
    assert outcome.exception is None, outcome.exception
    return {result.node.name: str(result.status) for result in outcome.result.results}


def test_every_unit_test_passes(unit_tests: dict[str, str]) -> None:
    assert unit_tests
    assert {name: status for name, status in unit_tests.items() if status != "pass"} == {}


@pytest.mark.parametrize("identity", IDS)
def test_each_mistake_has_its_unit_test(identity: str, unit_tests: dict[str, str]) -> None:
    assert [name for name in unit_tests if name.lower().startswith(identity.lower())], identity
