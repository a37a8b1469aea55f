# Selaras: two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WORKERS ?= 2

.PHONY: help demo setup test test-all test-faults check golden bench messages docs clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Selaras needs Python 3.11 or newer; found: $$($(PYTHON) --version 2>&1). Set PYTHON=..."; exit 2; }
	@echo "Making the virtual environment (.venv) …"
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing; on Debian or Ubuntu: apt install python3-venv"; exit 2; }
	@touch $@

.venv/.runtime: .venv/.made requirements.lock pyproject.toml
	@echo "Installing Selaras and the libraries it runs with …"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@echo "Installing the tools for tests and checks …"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.spark: .venv/.dev requirements-spark.lock
	@echo "Installing Apache Spark for Python (some 500 MB), for the tests of the second engine …"
	@$(PIP) install --require-hashes -r requirements-spark.lock
	@touch $@

demo: .venv/.runtime ## load both sample agencies and write their reports into demo/
	@$(BIN)/selaras demo --examples examples --output demo --data demo/selaras-data

setup: .venv/.dev ## make .venv with everything, and the command .venv/bin/selaras

test: .venv/.dev ## the tests, in under three minutes
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m "not slow"

test-all: .venv/.spark ## all tests, the slow ones too
	@$(BIN)/python -m pytest -q -n $(WORKERS) --dist loadscope --no-loadscope-reorder

test-faults: .venv/.dev ## faults in full: 10,000 writes under kill -9, full disks, a database that goes down; some 30 minutes
	@SELARAS_FAULTS=full $(BIN)/python -m pytest -q -n 0 -p no:randomly tests/faults

test-long: .venv/.spark ## all tests with many more tries of each kind; half an hour and more
	@SELARAS_LONG=1 $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadscope --no-loadscope-reorder

check: .venv/.dev ## style, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

golden: .venv/.dev ## rewrite the golden files; review the diff
	@$(BIN)/python -m pytest -q -n 0 --golden tests

bench: .venv/.dev ## every benchmark, beside its peers
	@$(PIP) install --require-hashes -r requirements-bench.lock
	@for file in benchmarks/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

messages: .venv/.dev ## collect the texts of the web application and compile their English translation
	@$(BIN)/python -m tests.messages; left=$$?; $(BIN)/python -m tests.core_messages && exit $$left

docs: export COLUMNS = 100
docs: .venv/.dev ## the generated pages of docs/
	@$(BIN)/python -m tests.manual

lock: ## pin the dependencies anew (needs uv)
	uv pip compile pyproject.toml --extra build --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements.lock
	uv pip compile pyproject.toml --extra build --extra dev --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements-dev.lock
	uv pip compile pyproject.toml --extra build --extra dev --extra spark --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements-spark.lock
	uv pip compile pyproject.toml --extra build --extra dev --extra spark --extra bench --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements-bench.lock

clean: ## remove what the targets made
	rm -rf .venv demo
