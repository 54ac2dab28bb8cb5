.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
# The fictional county never mixes with the ledgers of an office, whose default home is .taizhang.
SAMPLE_HOME ?= .taizhang-sample
# Every tool that could phone home is told not to, whoever starts it.
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DAGSTER_DISABLE_TELEMETRY := 1
export GX_ANALYTICS_ENABLED := false
export PYTHONDONTWRITEBYTECODE := 1

.PHONY: help setup run test tests test-long lint format sample bench dev clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-12s %s\n", $$1, $$2}'

setup: .venv/.ready ## create the environment from the lock

.venv/.ready: pyproject.toml uv.lock
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check 'uv==0.13.9'
	$(BIN)/uv sync --frozen --quiet
	@touch $@

run: setup ## the sample county end to end, with the telling figures
	$(BIN)/taizhang run --home $(SAMPLE_HOME) --landing seeds/sample/landing

test: setup ## lint and every test but the long ones, side by side
	$(MAKE) --no-print-directory --jobs 2 --output-sync=target lint tests

tests: setup
	$(BIN)/python -m pytest tests

test-long: setup ## the long suites: kills, readers against flips, order of arrival
	$(BIN)/python -m pytest tests -m long

lint: setup ## ruff, mypy, import-linter, sqlfluff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy orchestration expectations
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint dbt_project/models dbt_project/tests --disable-progress-bar --quiet

format: setup ## let the formatters write
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix dbt_project/models dbt_project/tests --disable-progress-bar --quiet

sample: setup ## make the sample ledgers again (same bytes)
	$(BIN)/python -m orchestration.synthesis.sample.ledgers --out seeds/sample

bench: setup ## the fixed-cost ratio, measured side by side
	$(BIN)/python -m benchmarks.fixed_cost

dev: setup ## the Dagster UI over the sample home, on 127.0.0.1
	$(BIN)/taizhang dev --home $(SAMPLE_HOME)

clean: ## remove the environment, the caches and the sample home
	rm -rf .venv .taizhang-sample .taizhang-sample.key dbt_project/target .mypy_cache .ruff_cache .pytest_cache
