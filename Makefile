# Two commands for a fresh machine with Python 3.11+, git and make: `make demo` and `make test`.
# Everything happens in .venv, which the first of them makes.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
  BIN := $(VENV)/Scripts
else
  BIN := $(VENV)/bin
endif

.PHONY: demo demonstration test quick where torture lint catalogue docs man day bundle bench clean

# The demonstration district, and how far it is.
demo: $(VENV)/ready
	rm -f demo.db
	$(BIN)/advedu demo --output demo.db
	$(BIN)/advedu --db demo.db status

# What the demonstration district is made of: advedu/demo/sheets.zip, from its generator.
demonstration: $(VENV)/ready
	$(BIN)/python -m tools.demonstration

# The whole suite.
test: $(VENV)/ready
	$(BIN)/python -m pytest -n auto

# For every day: the tests of the files that changed, and what is cheap of the whole house. FILES="…" names the files.
quick: $(VENV)/ready
	$(BIN)/python tools/quick.py $(FILES)

# After tests or modules were moved: does every test file that tests/where.toml names call what it is said to test?
where: $(VENV)/ready
	$(BIN)/python tools/where.py

# The same dangers as in the suite, in full: hundreds of kills, crowds, full disks, flipped bits.
torture: $(VENV)/ready
	ADVEDU_TORTURE=full $(BIN)/python -m pytest -s tests/torture

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Texts for the translators, and the compiled catalogue.
catalogue: $(VENV)/ready
	$(BIN)/python tools/catalogue.py

# The reference of all commands, from their own help, and the outputs in the tours.
docs: $(VENV)/ready
	$(BIN)/python tools/commands_doc.py
	$(BIN)/python tools/tour.py

# The manual pages, which a wheel gets when it is built, for reading: `man -l man/man1/advedu.1`.
man: $(VENV)/ready
	$(BIN)/python tools/man_page.py

# A clerk's day, recorded in a real terminal: docs/clerk-day.md. Needs tmux.
day: $(VENV)/ready
	$(BIN)/python tools/clerk_day.py

# A folder for installing without a network, on Windows and on Linux: docs/offline.md.
bundle: $(VENV)/ready
	$(BIN)/python tools/bundle.py

# Ratios, measured on this machine.
bench:
	$(PYTHON) benchmarks/run.py

clean:
	rm -rf $(VENV) .bench build dist man demo.db .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/ready: pyproject.toml schema.sql
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "advedu needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	$(BIN)/python -c 'open("$@", "w").close()'
