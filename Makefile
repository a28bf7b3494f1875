# Needs Python 3.11 or newer, make and git. All else is installed into .venv, from locked versions with hashes.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)
export CHROMIUM

VENV := .venv
PY := $(VENV)/bin/python
PYTEST = $(PY) -m pytest -n 2 --dist worksteal
INSTALL := $(PY) -m pip --disable-pip-version-check install --quiet --require-hashes
LOCK := build/lock/bin/python -m piptools compile --quiet --generate-hashes --strip-extras --no-header \
	--no-emit-index-url --no-emit-find-links

.PHONY: help run test test-all mutants check format load pictures link lock
.NOTPARALLEL:

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 16

run: $(VENV)/running ## start the app and print its address
	$(PY) -m streamlit run app.py

test: $(VENV)/developing ## run every test; without a Chromium all but the browser tests
	$(PYTEST) -m "not browser"
	@test -n "$(CHROMIUM)" || echo "No Chromium was found, so the browser tests are left out."
	$(if $(CHROMIUM),$(PYTEST) -m browser)

test-all: PYTEST += --hypothesis-profile=full
test-all: test ## the same, with every example of every property, and new ones

mutants: $(VENV)/developing ## put small faults into the code that must not fail, and see that the tests notice
	$(PY) -m tests.mutants

check: $(VENV)/developing ## lint, format and types
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/developing ## put the code in shape
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

load: $(VENV)/developing ## a hundred visitors, a full workshop, killed too, ten million ratings, a revision, and shared costs
	$(PY) -m tests.load
	$(PY) -m tests.load.workshop
	$(PY) -m tests.load.workshop_kills
	$(PY) -m tests.load.bench_ranking
	$(PY) -m tests.load.bench_revision
	$(PY) -m tests.load.bench_games
	$(PY) -m tests.load.costs
	$(PY) -m tests.load.intake

pictures: $(VENV)/developing ## take the pictures of the documents anew
	$(PY) -m tests.browser.pictures

link: $(VENV)/running ## print a new link for a facilitator
	@$(PY) -m lib.commands.link

lock: build/lock/bin/python ## bring the locked versions in line with pyproject.toml
	$(LOCK) --extra dev --output-file requirements-dev.txt pyproject.toml
	$(LOCK) --constraint requirements-dev.txt --output-file requirements.txt pyproject.toml

$(VENV)/running: requirements.txt | $(PY)
	$(INSTALL) -r requirements.txt
	@touch $@

$(VENV)/developing: requirements-dev.txt | $(PY)
	$(INSTALL) -r requirements-dev.txt
	@touch $@

$(PY) build/lock/bin/python:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Mulighetsrom needs Python 3.11" \
	  "or newer. Install it, or say where it is: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(@:/bin/python=) || { echo "This Python cannot make a virtual environment." \
	  "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@test $@ = $(PY) || $@ -m pip --disable-pip-version-check install --quiet pip-tools~=7.6
