# Two commands for everyone: `make handbook` and `make test`.  The rest is for those who change things.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.ready-for-tests
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: handbook test bench evaluate format lint lock clean

handbook: $(READY)
	$(BIN)/spasm-reference build all
	@echo "Web pages: $(CURDIR)/build/html/index.html"
	@echo "Book:      $(CURDIR)/build/pdf/spasm-reference.pdf"

test: $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/spasm-reference validate
	$(BIN)/spasm-reference format --check
	$(BIN)/spasm-reference build all
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

bench: $(TOOLS)
	$(BIN)/python -m benchmarks

evaluate: $(TOOLS)
	$(BIN)/python -m evaluation

format: $(TOOLS)
	$(BIN)/spasm-reference format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The environment: every package pinned and checked by hash, then this project on top.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $(READY)

# What only tests need is three times as much, so whoever builds the handbook does not wait for it.
$(TOOLS): $(READY) requirements-dev.lock
	$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $(TOOLS)

# Needs uv on the PATH; everything else here needs only Python.  The handbook gets the versions that were tested.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-annotate --no-header --quiet
lock:
	$(LOCK) --extra dev --output-file requirements-dev.lock pyproject.toml
	$(LOCK) --extra handbook --extra build --constraint requirements-dev.lock --output-file requirements.lock pyproject.toml

clean:
	rm -rf build docs/reference .mypy_cache .ruff_cache .pytest_cache
