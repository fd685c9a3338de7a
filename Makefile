# make report builds the report; make test and make check look after the program. No name of a folder is absolute and
# none is left unquoted, so that all of it works in a folder with spaces in its name.

EDITION ?= hrc-45
TO ?= docx,pdf,html
PYTEST_ARGS ?= -n auto --dist loadfile

.PHONY: help report test check format docs constraints clean

help:
	@echo "make report                  the report of edition $(EDITION), in build/$(EDITION)/"
	@echo "make report EDITION=hrc-39   another edition (see: .venv/bin/reprisal edition list)"
	@echo "make test                    all tests"
	@echo "make check                   style, types and layers of the code"
	@echo "make docs                    the pages of docs/ that are made by the program"
	@echo "make clean                   takes away what these commands made, documents too"

report: .venv/installed
	.venv/bin/reprisal build report --edition "$(EDITION)" --to "$(TO)"

test: .venv/installed-dev
	.venv/bin/python -m pytest $(PYTEST_ARGS)

check: .venv/installed-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: .venv/installed-dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

docs: .venv/installed
	.venv/bin/python docs/generate.py
	.venv/bin/reprisal rule --write docs/rules
	.venv/bin/reprisal schema --write docs/schema

# --- the environment: made by itself, and again when what it should hold has changed -----------------------------------

# the first Python from 3.11 on that can make an environment
PYTHON ?= $(shell for name in python3.11 python3 python3.12 python3.13 python3.14 python; do \
	"$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)

export PIP_CONSTRAINT = constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.venv/made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later with its venv module is needed (on Debian: python3-venv)." >&2; exit 1; }
	"$(PYTHON)" -m venv --clear .venv
	@touch $@

.venv/installed: .venv/made pyproject.toml constraints.txt
	.venv/bin/python -m pip install --quiet --editable .
	@touch $@

.venv/installed-dev: .venv/made pyproject.toml constraints.txt
	.venv/bin/python -m pip install --quiet --editable ".[dev]"
	@touch .venv/installed $@

# the newest of everything, in an environment of its own; look at the difference before it is committed
constraints:
	rm -rf build/.constraints
	"$(PYTHON)" -m venv build/.constraints
	PIP_CONSTRAINT= build/.constraints/bin/python -m pip install --quiet --editable ".[dev]" hatchling editables
	sed -n '/^#/p' constraints.txt > build/.constraints/new
	build/.constraints/bin/python -m pip freeze --exclude-editable >> build/.constraints/new
	mv build/.constraints/new constraints.txt
	rm -rf build/.constraints

clean:
	rm -rf .venv build/* dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
