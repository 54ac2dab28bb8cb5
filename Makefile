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

.PHONY: help setup run test test-runs test-counties test-units test-long office browser lint format sample bench dev clean

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "%-12s %s\n", $$1, $$2}'

setup: .venv/.ready ## create the environment from the lock

# uv leaves the libraries as source, and nothing here writes bytecode: each process would compile them anew.
.venv/.ready: pyproject.toml uv.lock
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check 'uv==0.13.9'
	$(BIN)/uv sync --frozen --quiet --compile-bytecode
	@touch $@

run: setup ## the sample county end to end, with the telling figures
	$(BIN)/taizhang run --home $(SAMPLE_HOME) --landing seeds/sample/landing

test: setup ## lint and every test but the long ones, two at a time
	$(MAKE) --no-print-directory --jobs 2 --output-sync=target test-runs lint test-counties test-units

test-runs: setup ## whole runs: lifecycle, readers, crashes, bad input
	$(BIN)/python -m pytest tests/integration

test-counties: setup ## synthetic counties with a known truth, from ledgers to marts
	$(BIN)/python -m pytest tests/counties

test-units: setup ## single rules and rooms, and the shape of the tree
	$(BIN)/python -m pytest tests --ignore tests/integration --ignore tests/counties

test-long: setup office browser ## the long suites: kills, order of arrival, a hundred villages, calibration, returned workbooks, the summary in a browser
	$(BIN)/python -m pytest tests -m long

office: ## LibreOffice Calc, in which the long suite opens returned workbooks; installed only where it is missing
	@command -v soffice >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc; }

browser: setup ## Chromium and what drives it, for the tests of the summary in a browser; installed only where it is missing
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; }
	@$(BIN)/python -c 'import playwright, axe_playwright_python' 2>/dev/null || $(BIN)/uv sync --frozen --quiet --group browser

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

bench: setup ## fixed cost, synthetic events and workbooks, and reading beside bare libraries
	$(BIN)/python -m benchmarks.fixed_cost
	$(BIN)/python -m benchmarks.synthetic_events
	$(BIN)/python -m benchmarks.synthetic_workbooks
	$(BIN)/python -m benchmarks.reading

dev: setup ## the Dagster UI over the sample home, on 127.0.0.1
	$(BIN)/taizhang dev --home $(SAMPLE_HOME)

clean: ## remove the environment, the caches and the sample home
	rm -rf .venv .taizhang-sample .taizhang-sample.key dbt_project/target .mypy_cache .ruff_cache .pytest_cache
