# `make run` starts the app, `make test` proves it. Both can be repeated at any time, and need the network
# only when the requirements have changed since the last time.

PYTHON ?= python3
VENV ?= .venv
IN_VENV = $(VENV)/bin/python
PIP = $(IN_VENV) -m pip --disable-pip-version-check --quiet

.PHONY: run test check bench clean

run: $(VENV)/runtime.stamp
	@exec $(IN_VENV) -m tracker serve $(ARGS)

test: $(VENV)/development.stamp check
	$(IN_VENV) -m pytest -n 2 --dist loadfile -m "not browser" $(ARGS)
	$(IN_VENV) -m pytest -m browser $(ARGS)

check: $(VENV)/development.stamp
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo
	$(IN_VENV) -m pytest tests/test_catalogue.py

bench: $(VENV)/development.stamp
	$(IN_VENV) -m tests.bench $(ARGS)

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp holds the checksum of the requirements it was made from: a newer date alone, as after a fresh
# checkout, installs nothing.
$(VENV)/runtime.stamp: requirements.txt $(VENV)/made.stamp
	@$(call install,$(filter %.txt,$^))

$(VENV)/development.stamp: requirements-dev.txt requirements.txt $(VENV)/made.stamp
	@$(call install,$(filter %.txt,$^))

define install
sum=$$(cat $(1) | cksum); \
if [ "$$(cat $@ 2>/dev/null)" != "$$sum" ]; then \
	echo "Installing $(firstword $(1)) …"; \
	$(PIP) install -r $(firstword $(1)) || { \
		echo "The packages of $(firstword $(1)) could not be installed." \
			"Check the network, or pip's settings for a mirror, and run make again." >&2; exit 1; }; \
	echo "$$sum" > $@; \
else touch $@; fi
endef

# A virtual environment whose Python was since removed is made anew.
$(shell test -x $(IN_VENV) || rm -f $(VENV)/*.stamp)

$(VENV)/made.stamp:
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "Python is missing. Install Python 3.11 or newer," \
			"or name it: make run PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$$($(PYTHON) --version) is too old. Install Python 3.11 or newer," \
			"or name it: make run PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		echo "Python's venv is missing. Install it (Debian, Ubuntu: sudo apt install python3-venv)" \
			"and run make again." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
		echo "The folder $(VENV) could not be made. Allow writing here," \
			"or name another: make run VENV=/path" >&2; exit 1; }
	@touch $@
