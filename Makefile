# Two commands do everything: `make gallery` and `make test`. Each first installs what is missing.

PYTHON  := .venv/bin/python
COVERAGE := --cov=lamath --cov-branch --cov-fail-under=98 --cov-report=term:skip-covered
QUALITY := m
SCENES  :=
ARGS    :=

.PHONY: help setup gallery test browser lint types imports tests audit attack bench schema format clean \
	distclean
.NOTPARALLEL:

help:  ## Show this list
	@echo "make gallery    render every scene into out/ and name the page that plays them"
	@echo "make test       check everything: lint, types, imports, tests"
	@echo ""
	@echo "make setup      only install what is missing"
	@echo "make browser    the same, and Chromium, which tests of pages need"
	@echo "make audit      look at every scene x matrix x language x shape for things that collide"
	@echo "make attack     kill, damage and deceive batches a thousand ways, and count what they survive"
	@echo "make bench      time rendering at 1080p60 against stock Manim"
	@echo "make schema     write anew what editors know of lesson files"
	@echo "make format     put the code in its standard layout"
	@echo "make clean      remove clips and caches (make distclean: the .venv too)"
	@echo ""
	@echo "make gallery QUALITY=h SCENES=svd ARGS='--language zh-Hans'   narrows or changes a gallery;"
	@echo "lint, types, imports and tests are the four parts of make test."

setup:
	@./setup.sh

gallery: setup
	$(PYTHON) render.py $(SCENES) -q $(QUALITY) --out out $(ARGS)

test: browser lint types imports tests

# Pages are tested in Chromium; where it can't be had those tests are left out, and say so.
browser: setup
	@./setup.sh --browser

lint: setup
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check

types: setup
	$(PYTHON) -m mypy

imports: setup
	.venv/bin/lint-imports

# worksteal gives each process a run of neighbors, so tests that share a fixture stay together.
PYTEST := $(PYTHON) -m pytest --numprocesses auto --dist worksteal

# The mathematics comes second, and measured: 98 % of its lines and branches are reached.
tests: setup
	$(PYTEST) $(or $(ARGS),--ignore=lamath --ignore=tests/lamath)
	$(if $(ARGS),,$(PYTEST) lamath tests/lamath $(COVERAGE))

audit: setup
	LAMATH_AUDIT=full $(PYTEST) -k audit $(ARGS)

attack: setup
	$(PYTHON) -u tests/attack/attack.py $(ARGS)

bench: setup
	$(PYTHON) tests/bench.py $(ARGS)

schema: setup
	$(PYTHON) -m scenes.studio.request.lesson_tables --schema

format: setup
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

# What somebody else put into out/ stays, and is named.
clean:
	@if [ -d out ] && [ -x $(PYTHON) ]; then $(PYTHON) -m scenes.studio.store.clear out; fi
	rm -rf .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find lamath scenes tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	rm -rf .venv *.egg-info
