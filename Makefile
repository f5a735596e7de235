# Two commands do everything from a fresh clone: `make demo` and `make test`.
# Needs python3 (3.11 to 3.13), node, npm and make; `make system` adds Chromium and PostgreSQL where apt allows it.

SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
FRONT_SOURCES := $(shell find front src/maillage/main_courante/garde -name "*.py*" -prune -o -path front/node_modules -prune -o -type f -print 2>/dev/null)

.PHONY: help install demo test check static campaign system front wheel lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(BIN)/.ok src/maillage/web/static/dist/.ok ## everything into .venv, styles and scripts built

$(BIN)/.ok: requirements-essai.txt requirements-uv.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	tools/install-python $(BIN)
	touch $@

front/node_modules/.ok: front/package.json front/package-lock.json
	cd front && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

src/maillage/web/static/dist/.ok: front/node_modules/.ok $(FRONT_SOURCES)
	cd front && node build.mjs
	touch $@

front: src/maillage/web/static/dist/.ok ## styles and scripts only

wheel: install ## the wheel that a town hall installs, styles and scripts inside, in dist/
	$(BIN)/python -m pip wheel -q --no-deps --no-build-isolation --no-index -w dist .
	@ls dist/maillage-*.whl

demo: install ## six cities, a year of work, served on http://127.0.0.1:8000 (ARGS="--port 8123 --no-serve")
	$(BIN)/maillage demo $(ARGS)

system: ## Chromium and PostgreSQL, if this is a Debian-like machine and we are root
	tools/system-packages

check: install static ## formatting, lint, types, import contracts, migrations, then every test
	tools/run-tests

test: system check ## what CI runs (STRICT=1: a part that cannot run is a failure)

static: install
	$(BIN)/ruff format --check src tests tools
	$(BIN)/ruff check src tests tools
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	cd front && npm run -s types
	DJANGO_SETTINGS_MODULE=maillage.config.settings_essai $(BIN)/python -W error -m django makemigrations --check --dry-run

campaign: install system ## the full figures of the security campaign (long)
	$(BIN)/pytest -m campaign; status=$$?; $(BIN)/python tools/evidence; exit $$status

lock: ## developers only: recompile the locked requirements (needs `uv` in .venv)
	tools/lock-requirements $(BIN)

clean: ## forget everything that was built
	rm -rf $(VENV) front/node_modules src/maillage/web/static/dist
