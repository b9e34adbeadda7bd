# segkit: what one can do here. `make` alone prints this list.
#
#   make run              PORT=8888 OPEN=yes
#   make present          PORT=8866 ADDRESS=0.0.0.0 ARGS="--page unit-2-1 --lang it"
#   make test             ARGS="tests/test_ground.py -x"
#
# It works in .venv, made here and only here; `make clean` takes it away again.

PORT ?= 8888
OPEN ?= yes
ARGS ?=
ADDRESS ?= 127.0.0.1
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

VENV := .venv
PY := $(VENV)/bin/python
FIRST := $(firstword $(sort $(wildcard notebooks/*.ipynb)) notebooks)
GROUND := pyproject.toml $(shell find jupyter -type f 2>/dev/null)
PIP := $(PY) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help run present test bench lint words links lock clean

help: ## print this list
	@echo "segkit"
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1|/' | awk -F'|' '{printf "%-14s %s\n", $$1, $$2}'

run: $(VENV)/.segkit-run ## open the notebooks in JupyterLab (and, without code, in Voila)
	@echo
	@echo "  JupyterLab opens on the notebooks. Press Ctrl+C here when you are done."
	@echo "  Without code: the Voila button above a notebook, or /voila/render/notebooks/NAME.ipynb at the same address."
	@echo
	@$(PY) -m jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root) --ServerApp.ip=127.0.0.1 --ServerApp.port=$(PORT) --ServerApp.root_dir=. \
		--LabApp.default_url=/lab/tree/$(FIRST) --ServerApp.log_level=WARN \
		$(if $(filter no 0 false,$(OPEN)),--no-browser)

# Others come in only with a password: it is asked for on the terminal, or taken from SEGKIT_PASSWORD.
present: $(VENV)/.segkit-run ## the pages without code, for a room; for its laptops and phones too: ADDRESS=0.0.0.0
	@$(PY) -m segkit.cli present --address $(ADDRESS) $(if $(filter file,$(origin PORT)),,--port $(PORT)) $(ARGS) \
		$(if $(filter 127.% localhost,$(ADDRESS)),,--password)

# On all cores, four at most: each has a Jupyter server and a browser of its own.
test: $(VENV)/.segkit-test ## run every test: numbers, documents, notebooks, browser
	@$(PY) -m pytest --numprocesses logical --maxprocesses 4 --dist worksteal $(ARGS)

bench: $(VENV)/.segkit-test ## what we claim about speed, beside the peers, in one run
	@$(PY) benchmarks/bench.py $(ARGS)

lint: $(VENV)/.segkit-test ## check the style
	@$(PY) -m ruff check .

words: $(VENV)/.segkit-test ## bring the translations up to date with the English
	@$(PY) tools/words.py $(ARGS)

links: $(VENV)/.segkit-test ## write the links that open each page on Binder: make links REPO=owner/name
	@$(PY) tools/links.py $(REPO) $(if $(REF),--ref $(REF))

lock: $(VENV)/.segkit-test ## choose the versions again and write the lock files and environments
	@$(PIP) uv && $(PY) tools/lock.py

clean: ## take away the environment and everything made by running
	rm -rf $(VENV) .pytest_cache .hypothesis .ruff_cache build dist tests/browser/screenshots

# ── the environment ────────────────────────────────────────────────────────────────────────────────────
# Versions come from the lock alone (--no-deps for segkit itself), so that two readers have the same house.

$(PY):
	@test -n "$(PYTHON)" || { echo "segkit needs Python 3.11 or newer. If you have one: make run PYTHON=/where/it/is/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "segkit needs Python 3.11 or newer, and $(PYTHON) is `$(PYTHON) --version`. Another one: make run PYTHON=/where/it/is/python3"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "This Python cannot make environments. On Debian and Ubuntu: sudo apt install python3-venv"; exit 1; }
	@echo "Making the environment, once; this takes a minute or two, most of it downloads."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.segkit-run: requirements.lock $(GROUND) | $(PY)
	@$(PIP) -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.segkit-test: requirements-test.lock $(VENV)/.segkit-run
	@$(PIP) -r requirements-test.lock
	@touch $@
