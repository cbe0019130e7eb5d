VENV ?= .venv
BIN = $(VENV)/bin
TOOLS = node_modules/.ready

# compiled once, and not again by each process that a test starts
export PYTHONDONTWRITEBYTECODE =
PYTEST = $(BIN)/pytest -n 2 --dist worksteal

.PHONY: run test tests quick attack mutations check style types layers javascript docs requirements bench soak accessibility screenshots sbom clean

run: $(VENV)/.run           ## start the app at http://127.0.0.1:8501
	$(BIN)/streamlit run app.py

test: $(VENV)/.dev $(TOOLS)  ## style, types, layers and tests of the JavaScript; unit, page, browser and accessibility tests
	$(MAKE) --no-print-directory -j2 javascript style layers
	$(MAKE) --no-print-directory -j2 types tests

tests:
	.ci/tests $(PYTEST)

quick: check                ## the same without browser, attack, publications, processes that are dear to start and what is measured to take long (tests/dear.py), and with a fifth of the examples
	$(PYTEST) -m "not slow and not process and not attack and not publishes and not dear" --hypothesis-profile quick --ignore tests/browser

attack: $(VENV)/.dev        ## 1 000 more random stores, 100 tables replayed, other rules and corrections: nothing hidden can be worked out; three servers behind Caddy lose writers, database, copies and each other; walks in the browser that are more of the same
	$(PYTEST) -m "slow and attack" --hypothesis-profile others --ignore tests/browser
	NARAVARD_CHROMIUM="$$(.ci/chromium)" $(PYTEST) -m slow tests/browser

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

docs: $(VENV)/.dev          ## the tables in README.md and docs/ that are generated from code, and the queries that are known to show nothing of their counts
	$(BIN)/python -m tests.documents

# Versions that still fit are kept; remove the two files first to take the newest. One file serves all systems.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make requirements"

requirements:               ## requirements.txt and requirements-dev.txt out of pyproject.toml: all versions, with hashes; and what installs them (.ci/uv.txt)
	.ci/venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.9
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt
	$(BIN)/uv --version | cut -d " " -f 1,2 | sed "s/ /==/" | $(LOCK) - --output-file .ci/uv.txt

bench: $(VENV)/.dev         ## extracts as ratios to DuckDB, pandas and calamine; the gate by the number of kommuner; a store in PostgreSQL as ratios to one in a folder; a country as ratios to one län and month; pages, files and slides as ratios to bare ones; a full room; visitors on one process and several
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_gate
	$(BIN)/python -m tests.bench_shelves
	$(BIN)/python -m tests.bench_nation
	NARAVARD_CHROMIUM="$$(.ci/chromium)" $(BIN)/python -m tests.bench_pages
	NARAVARD_CHROMIUM="$$(.ci/chromium)" $(BIN)/python -m tests.bench_room
	$(BIN)/python -m tests.bench_sessions

soak: $(VENV)/.dev          ## 10 000 mutations of good files; an hour of 35 visitors with publications; 1 000 publications killed, and 100 of 300 from three servers; each indicator in each file
	$(BIN)/python -m tests.soak --times 10000
	$(BIN)/python -m tests.soak_server
	NARAVARD_CHROMIUM="$$(.ci/chromium)" $(PYTEST) -m "slow and not attack"

accessibility: $(VENV)/.dev ## axe on all pages, its result into the accessibility statement
	NARAVARD_CHROMIUM="$$(.ci/chromium)" NARAVARD_TILLGANGLIGHET=data/tillganglighet.json $(BIN)/pytest -m "slow or not slow" tests/browser/test_accessibility.py --deselect tests/browser/test_accessibility.py::test_the_statement_is_of_all_pages_as_they_are

screenshots: $(VENV)/.dev   ## all pages, and all slides and boards on three walls, into build/screenshots, with the size of each text
	NARAVARD_CHROMIUM="$$(.ci/chromium)" NARAVARD_SCREENSHOTS=build/screenshots $(BIN)/pytest tests/browser/test_screenshots.py tests/browser/test_room.py -k "screenshot or fits or fit_every or board_"

# what the tools themselves are made of is none of the program's
sbom:                       ## build/sbom.json (CycloneDX) of all that the program is made of, and known faults in it (pip-audit, which asks PyPI)
	.ci/venv build/program
	build/program/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	build/program/bin/pip install --quiet --disable-pip-version-check --no-deps .
	.ci/venv build/granskning
	build/granskning/bin/pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0 pip-audit==2.10.1
	build/granskning/bin/cyclonedx-py environment build/program/bin/python --pyproject pyproject.toml --output-reproducible --output-file build/sbom.json
	build/granskning/bin/pip-audit --strict --disable-pip --require-hashes --requirement requirements.txt

$(VENV)/.run: requirements.txt
	.ci/venv $(VENV)
	.ci/install $(VENV) requirements.txt
	touch $@

$(VENV)/.dev: requirements.txt requirements-dev.txt
	.ci/venv $(VENV)
	.ci/install $(VENV) requirements-dev.txt
	touch $@ $(VENV)/.run

$(TOOLS): package.json package-lock.json | $(VENV)/.dev  # by the Node that comes as a Python package
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

clean:
	rm -rf $(VENV) node_modules build .pytest_cache .mypy_cache .ruff_cache .hypothesis
