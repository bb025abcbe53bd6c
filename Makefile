# Two commands do everything: `make demo` and `make test`. `make gate` measures, `make demo-real` crawls a site that nobody here wrote.
PYTHON ?= python3.11
VENV   := .venv
RUN    := $(VENV)/bin/python

.PHONY: demo demo-real try-app test gate check clean setup setup-dev figures

setup:
	@sh tools/setup.sh $(PYTHON) $(VENV) requirements.lock

setup-dev:
	@sh tools/setup.sh $(PYTHON) $(VENV) requirements-dev.lock

demo: setup
	@$(RUN) -m cli demo

demo-real: setup-dev
	@$(RUN) -m tests.real_site.demo

try-app: setup-dev
	@$(RUN) -m tests.real_app.trial

check: setup-dev
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy

test: check
	$(VENV)/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder

gate: setup-dev
	@$(RUN) -m benchmarks.gate

figures: setup-dev
	@$(RUN) -m benchmarks.figures

clean:
	rm -rf $(VENV) data/demo build *.egg-info
