# Two commands do all set-up on a fresh machine with make and Python 3.11 or newer: `make run` and `make test`.
# Everything is installed into .venv, and only when pyproject.toml has changed. `make help` lists the rest. Bytecode is kept,
# whatever the shell says: processes are started by the hundred.

PORT ?= 8000
PYTHON ?=
export PYTHON
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
CHECKS := format lint types contracts schema site dockerfile tests

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test test-long bench renew clean ready ready-to-run $(CHECKS)

label = @printf '\n==> %s\n' "$(1)"

help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' Makefile

run: ready-to-run ## serve the demo site; the page is at http://127.0.0.1:8000/ (PORT=… for another)
	$(call label,the demo page is at http://127.0.0.1:$(PORT)/ — Ctrl-C ends it)
	@ONOPEN_DEMO=true ONOPEN_LOG=pretty ONOPEN_STATE_DIR=.venv/state $(BIN)/onopen serve --host 127.0.0.1 --port $(PORT)

test: ready $(CHECKS) ## everything that CI checks

test-long: ready ## the tests at their full sizes (an hour or so)
	$(call label,tests at their full sizes)
	@HYPOTHESIS_PROFILE=long $(BIN)/pytest -n 2 --dist worksteal -m "long or not long" -o timeout=3600

bench: ready ## the measurements, side by side and as ratios
	@$(BIN)/python -m bench

renew: ready ## write anew what is generated: schemas, reference and capacity tables, the picture in the README
	@$(BIN)/onopen schema .schema
	@$(BIN)/python -m tests.support.reference
	@$(BIN)/python -m tests.support.readme_picture
	@$(BIN)/python -m bench.capacity --write docs/capacity.md

clean: ## take away .venv and everything that tools left
	@rm -rf .venv build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready:
	@.ci/setup dev

ready-to-run:
	@.ci/setup run

format:
	$(call label,format: ruff format)
	@$(BIN)/ruff format --check .

lint:
	$(call label,lint: ruff check)
	@$(BIN)/ruff check .

types:
	$(call label,types: mypy)
	@$(BIN)/mypy

contracts:
	$(call label,who may import whom: import-linter)
	@$(BIN)/lint-imports

schema:
	$(call label,JSON Schemas are those of the engine)
	@$(BIN)/onopen schema --check

site:
	$(call label,the demo site: onopen check)
	@$(BIN)/onopen check --site .

dockerfile:
	$(call label,Dockerfile: hadolint)
	@$(BIN)/hadolint Dockerfile

tests:
	$(call label,tests: pytest)
	@HYPOTHESIS_PROFILE=$${HYPOTHESIS_PROFILE:-ci} $(BIN)/pytest -n 2 --dist worksteal
