VENV ?= .venv
BIN = $(VENV)/bin
TOOLS = node_modules/.ready

# compiled once, and not again by each process that a test starts
export PYTHONDONTWRITEBYTECODE =
PYTEST = $(BIN)/pytest -n 2 --dist worksteal

.PHONY: run test quick attack mutations check style types layers javascript docs requirements bench soak accessibility screenshots clean

run: $(VENV)/.run           ## start the app at http://127.0.0.1:8501
	$(BIN)/streamlit run app.py

test: check                 ## style, types, layers and tests of the JavaScript; unit, page, browser and accessibility tests
	NARAVARD_CHROMIUM="$$(.ci/chromium)" $(PYTEST)

quick: check                ## the same without browser, attack, publications and processes that are dear to start, and with a fifth of the examples
	$(PYTEST) -m "not slow and not process and not attack and not publishes" --hypothesis-profile quick --ignore tests/browser

attack: $(VENV)/.dev        ## 1 000 more random stores, 100 tables replayed, other rules and corrections: nothing hidden can be worked out
	$(PYTEST) -m "slow and attack" --ignore tests/browser

mutations: $(VENV)/.dev     ## each threshold, cost and comparison of the choice of what is hidden, changed alone: tests see it
	$(BIN)/python -m tests.mutations

check: $(VENV)/.dev $(TOOLS)
	$(MAKE) --no-print-directory -j2 types javascript style layers

style:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/node node_modules/@biomejs/biome/bin/biome check --error-on-warnings naravard tests/js *.json

types:
	$(BIN)/mypy
	$(BIN)/node node_modules/typescript/bin/tsc --project jsconfig.json

layers:
	$(BIN)/lint-imports --no-cache

# in one process, which reads jsdom once; pages of jsdom that wait for their server would keep it from ending
javascript:
	$(BIN)/node --test --test-force-exit --test-isolation=none --test-reporter=dot "tests/js/*.test.js"

docs: $(VENV)/.dev          ## the tables in README.md and docs/ that are generated from code
	$(BIN)/python -m tests.documents

# Versions that still fit are kept; remove the two files first to take the newest. One file serves all systems.
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make requirements"

requirements:               ## requirements.txt and requirements-dev.txt out of pyproject.toml: all versions, with hashes
	.ci/venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group dev --constraints requirements.txt --output-file requirements-dev.txt

bench: $(VENV)/.dev         ## extracts as ratios to DuckDB, pandas and calamine; the gate by the number of kommuner; pages, files and slides as ratios to bare ones; a full room
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_gate
	NARAVARD_CHROMIUM="$$(.ci/chromium)" $(BIN)/python -m tests.bench_pages
	NARAVARD_CHROMIUM="$$(.ci/chromium)" $(BIN)/python -m tests.bench_room

soak: $(VENV)/.dev          ## 10 000 mutations of good files: no crash, no wrong count in silence; ten visitors at once; each indicator in each file
	$(BIN)/python -m tests.soak --times 10000
	NARAVARD_CHROMIUM="$$(.ci/chromium)" $(PYTEST) -m "slow and not attack"

accessibility: $(VENV)/.dev ## axe on all pages, its result into the accessibility statement
	NARAVARD_CHROMIUM="$$(.ci/chromium)" NARAVARD_TILLGANGLIGHET=data/tillganglighet.json $(BIN)/pytest -m "slow or not slow" tests/browser/test_accessibility.py --deselect tests/browser/test_accessibility.py::test_the_statement_is_of_all_pages_as_they_are

screenshots: $(VENV)/.dev   ## all pages, and all slides on three walls, into build/screenshots
	NARAVARD_CHROMIUM="$$(.ci/chromium)" NARAVARD_SCREENSHOTS=build/screenshots $(BIN)/pytest tests/browser/test_screenshots.py tests/browser/test_room.py -k "screenshots or fits or fit_every"

$(VENV)/.run: requirements.txt
	.ci/venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt
	.ci/venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/.run

$(TOOLS): package.json package-lock.json | $(VENV)/.dev  # by the Node that comes as a Python package
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

clean:
	rm -rf $(VENV) node_modules build .pytest_cache .mypy_cache .ruff_cache .hypothesis
