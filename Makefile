# make run    install what is needed, build the index if it is missing or stale, serve the page
# make test   install what tests need; lint, types, tests, evaluation gate
# A stamp file stands for "installed": it is older than the lock only when the lock changed.

PY ?= python3
BIN := .venv/bin
TORCH := torch==2.13.0
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu

.PHONY: run test check evals bench screenshots clean

run: .venv/.installed
	@$(BIN)/python app.py

test: check
	$(BIN)/curbside corpus check
	$(BIN)/curbside ingest
	$(BIN)/python -m pytest -n 2 --dist loadfile
	$(BIN)/curbside eval

check: .venv/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# The core suite last: its report is the one that the page shows. Each suite is run, whatever came of the one before, and the
# worst of their exit codes is told. After it, `curbside eval accept reports --why "…"` renews every baseline.
evals: .venv/.installed
	$(BIN)/curbside ingest
	@worst=0; \
	  keep() { code=$$?; [ $$code -le $$worst ] || worst=$$code; }; \
	  for suite in coverage followup abstention safety injection perturbation; do \
	    $(BIN)/curbside eval --suite $$suite --out reports/$$suite || keep; \
	  done; \
	  $(BIN)/curbside eval || keep; \
	  $(BIN)/curbside eval mutate || keep; \
	  echo "Evaluation of every suite: exit code $$worst"; \
	  exit $$worst

bench: .venv/.installed-dev
	$(BIN)/python -m benchmarks.cold
	$(BIN)/python -m benchmarks.warm

screenshots: .venv/.installed-dev
	$(BIN)/python -m tests.screenshots

# Debian's pip 23.0.1 takes over 12 minutes to resolve what a newer one resolves in seconds. torch has a step of its own:
# its CPU index has a wheel without 2.5 GB of CUDA packages, and where that index cannot be reached, pip's own settings decide.
# Every later step names the same torch, so that none replaces it.
.venv/.installed: requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Curbside needs Python 3.11 or newer; set PY=/path/to/python3.11")'
	@echo "Installing into .venv (about 500 MB are downloaded the first time; 1 to 5 minutes) ..."
	@test -x $(BIN)/python || $(PY) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --upgrade "pip>=25"
	@$(BIN)/python -m pip install -q --retries 0 --timeout 10 --index-url $(TORCH_INDEX) "$(TORCH)" 2>/dev/null \
	  || $(BIN)/python -m pip install -q "$(TORCH)"
	@$(BIN)/python -m pip install -q "$(TORCH)" -r requirements.lock
	@$(BIN)/python -m pip install -q --no-deps -e .
	@$(BIN)/python -c 'import sys, torch; sys.exit(torch.version.cuda and "torch came with CUDA; delete .venv and set TORCH_INDEX to an index with CPU wheels")'
	@touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install -q "$(TORCH)" -r requirements.lock -r requirements-dev.lock
	@touch $@

clean:
	rm -rf .venv index reports
