PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install report test lint check golden bench docs lock clean

TOO_OLD = $(shell $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || echo yes)
FOUND = $(shell $(PYTHON) --version 2>&1)
NEEDS_PYTHON = $(if $(TOO_OLD),$(error npqstats needs Python 3.11 or later, and $(PYTHON) gives "$(FOUND)": name another, as in make PYTHON=python3.12))

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

install: $(VENV)/.installed ## Set up .venv with the pinned dependencies and npqstats itself

$(VENV)/.installed: pyproject.toml requirements-dev.lock
	$(NEEDS_PYTHON)@echo 'Setting up $(VENV) ...' >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

report: install ## Build the data, print the 2023-24 to 2024-25 comparison, and write the report
	@$(BIN)/npqstats build
	@$(BIN)/npqstats compare 2023-24 2024-25
	@$(BIN)/npqstats report

test: install ## Run the tests
	$(BIN)/python -m pytest -n auto --dist worksteal $(TESTS)

lint: install ## Check style, format and types
	$(BIN)/ruff check && $(BIN)/ruff format --check
	$(BIN)/mypy

check: lint test ## Run lint, then the tests

golden: install ## Rewrite the golden files and what the pages show; look at the diff before you commit it
	NPQSTATS_GOLDEN=1 $(BIN)/python -m pytest tests/test_golden.py tests/test_docs.py tests/test_new_data.py

bench: install ## Measure speed against bare scripts; CHECKS="each memory" takes minutes
	$(BIN)/python -m bench $(CHECKS)

docs: install ## Rewrite the pages of docs/ that the program prints
	$(BIN)/python -m npqstats.cli.reference

LOCK = .venv-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header
HEAD = echo '\# Pinned versions with the hashes of their files. Made by "make lock"; not edited by hand.'

lock: ## Pin the newest dependencies that pyproject.toml allows
	$(NEEDS_PYTHON)$(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install -qq uv
	{ $(HEAD) && $(LOCK); } > .venv-lock/run && mv .venv-lock/run requirements.lock
	{ $(HEAD) && $(LOCK) --group dev --constraints requirements.lock; } > .venv-lock/dev && mv .venv-lock/dev requirements-dev.lock

clean: ## Remove what the other targets made, but for reports
	rm -rf .venv .venv-* data/processed build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find npqstats tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
