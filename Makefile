# Two commands for everyone: `make handbook` and `make test`.  The rest is for those who change things.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: handbook test bench format lint lock clean

handbook: $(READY)
	$(BIN)/spasm-reference build all
	@echo "Web pages: $(CURDIR)/build/html/index.html"
	@echo "Book:      $(CURDIR)/build/pdf/spasm-reference.pdf"

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/spasm-reference validate
	$(BIN)/spasm-reference format --check
	$(BIN)/python -m pytest

bench: $(READY)
	$(BIN)/python -m benchmarks

format: $(READY)
	$(BIN)/spasm-reference format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The environment: every package pinned and checked by hash, then this project on top.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $(READY)

# Needs uv on the PATH; everything else here needs only Python.
lock:
	uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --quiet --output-file requirements.lock pyproject.toml

clean:
	rm -rf build docs/reference .mypy_cache .ruff_cache .pytest_cache
