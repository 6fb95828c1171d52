# Set-up happens on first use of any target; a repeat takes well under a second.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
BENCH := .venv/.bench

.PHONY: demo test check lint bench dist clean

demo: $(STAMP)  ## compile a program, show what the checker finds, and fold a year of events
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh programs/demo.sh

test: $(STAMP)  ## the tests; the hash seed makes random choices the same each time
	PYTHONHASHSEED=0 $(BIN)/pytest -n auto

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: lint test  ## what CI runs, with `make demo`

bench: $(BENCH)  ## the ratios of docs/performance.md, side by side in one run
	$(BIN)/python -m benchmarks

dist: $(STAMP)  ## sdist and wheel in dist/, the wheel tried in an empty environment
	rm -rf build dist
	$(BIN)/python -m build --outdir dist .
	rm -rf build
	sh tests/try_wheel.sh dist/*.whl

$(STAMP): pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
		test -d .venv || uv venv -q --python $(PYTHON) .venv; \
		uv pip install -q --python $(BIN)/python -e '.[test]'; \
	else \
		test -x $(BIN)/python || $(PYTHON) -m venv .venv; \
		$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[test]'; \
	fi
	@# mypy does not follow the editable install's import hook; this link is what its mypy_path names.
	@mkdir -p .venv/links && ln -sfn ../.. .venv/links/tiercel
	@touch $@

$(BENCH): $(STAMP)
	$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[bench]' || uv pip install -q --python $(BIN)/python -e '.[bench]'
	@touch $@

clean:
	rm -rf .venv build dist *.egg-info
