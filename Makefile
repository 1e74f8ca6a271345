# Everyday commands. `make` alone lists them.
PYTHON ?= python3
PORT ?= 8000
VENV ?= $(if $(filter python3,$(PYTHON)),.venv,.venv-$(notdir $(PYTHON)))
BIN = $(VENV)/bin
CORES := $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
RUN_STAMP = $(VENV)/.installed-run
DEV_STAMP = $(VENV)/.installed-dev
NODE_STAMP := $(if $(shell command -v npm),node_modules/.installed)
WITHOUT_NODE = echo "Left out, there is no npm:"
# pytest.ini says what each is, and why it takes so long.
NOT_QUICK = browser or faults or servers or walks or twice or linear or big
# Compiled tests are kept: workers that compile them anew take 7 s longer to start.
unexport PYTHONDONTWRITEBYTECODE
DEPLOY_ENV = STATIC_ROOT=var/deploy-static SITE_URL=https://notes.example.org DATABASE_URL=postgres://notes@127.0.0.1/notes \
  SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(64))")

.DEFAULT_GOAL := help
.PHONY: help run dev stop quick test coverage mutants check lint lint-static format types test-javascript contracts migrations deploy-check bench faults lighthouse lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(RUN_STAMP): requirements.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(DEV_STAMP): requirements-dev.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the development tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(RUN_STAMP)

node_modules/.installed: package-lock.json
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

run: $(RUN_STAMP) ## install, start PostgreSQL, fill an empty library, serve on 127.0.0.1:$(PORT)
	@PORT=$(PORT) $(BIN)/python manage.py serve

dev: $(DEV_STAMP) ## the same with autoreload and debug pages
	@DEBUG=1 PORT=$(PORT) $(BIN)/python manage.py serve --dev

stop: ## stop the PostgreSQL of `make run` and that of the tests
	@test ! -x $(BIN)/python || env -u DATABASE_URL $(BIN)/python manage.py embedded_db stop
	@test ! -x $(BIN)/python || \
	  env -u DATABASE_URL EMBEDDED_PG_DIR=var/test-postgres $(BIN)/python manage.py embedded_db stop

quick: $(DEV_STAMP) ## six of seven tests, without browsers and what takes long (ARGS=talks for a part)
	@$(BIN)/python -m pytest -n $(CORES) --dist worksteal -q -p no:playwright --ignore=tests/browser \
	  --hypothesis-profile=quick -m "not ($(NOT_QUICK))" $(ARGS)

test: $(DEV_STAMP) test-javascript ## all tests, in parallel, on a PostgreSQL of their own (ARGS=… for pytest)
	@$(BIN)/python -m pytest -n $(CORES) --dist loadgroup -q $(ARGS)

test-javascript: $(NODE_STAMP) ## the scripts' unit tests (Node.js 18 or newer)
ifdef NODE_STAMP
	@mkdir -p var
	@node --test --test-reporter=spec --test-reporter-destination=var/test-javascript.txt tests/javascript/*.test.js; \
	  status=$$?; sed -n '/^ℹ \(tests\|pass\)/p; /failing tests/,$$p' var/test-javascript.txt; exit $$status
else
	@$(WITHOUT_NODE) unit tests of scripts
endif

coverage: $(DEV_STAMP) ## the tests with branch coverage
	@mkdir -p var/coverage
	@$(BIN)/python -m pytest -n $(CORES) --dist loadgroup -q --cov --cov-report=term-missing:skip-covered $(ARGS)

mutants: $(DEV_STAMP) ## change the pure modules in every way, say which changes no test notices (minutes)
	@rm -rf var/mutation && mkdir -p var/mutation
	@ln -s $(addprefix ../../,$(shell git ls-files | cut -d/ -f1 | sort -u)) var/mutation
	@cd var/mutation && EMBEDDED_PG_FAST=1 $(CURDIR)/$(BIN)/mutmut run --max-children $(CORES) $(ONLY); $(CURDIR)/$(BIN)/mutmut results; \
	  EMBEDDED_PG_DIR=mutants/var/test-postgres $(CURDIR)/$(BIN)/python manage.py embedded_db stop

lint: $(DEV_STAMP) lint-static ## ruff, djlint, djangofmt and biome
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/djlint templates --lint --quiet
	@$(BIN)/djangofmt --check --quiet templates

lint-static: $(NODE_STAMP)
ifdef NODE_STAMP
	@node_modules/.bin/biome check --error-on-warnings --log-level=warn
else
	@$(WITHOUT_NODE) biome on scripts and stylesheets
endif

format: $(DEV_STAMP) $(NODE_STAMP) ## put code and templates into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/djangofmt --quiet templates
ifdef NODE_STAMP
	@node_modules/.bin/biome check --write --log-level=warn
else
	@$(WITHOUT_NODE) biome on scripts and stylesheets
endif

types: $(DEV_STAMP) ## mypy with django-stubs
	@$(BIN)/mypy .

contracts: $(DEV_STAMP) ## which room may import which
	@$(BIN)/lint-imports

migrations: $(DEV_STAMP) ## no model change without its migration
	@$(BIN)/python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run

deploy-check: $(DEV_STAMP) ## Django's checks on production settings
	@$(DEPLOY_ENV) $(BIN)/python manage.py collectstatic --no-input --verbosity 0
	@$(DEPLOY_ENV) $(BIN)/python manage.py check --deploy --fail-level WARNING

check: lint types contracts migrations deploy-check test-javascript coverage ## everything that CI runs

bench: $(DEV_STAMP) ## print the benchmarks' figures (minutes)
	@$(BIN)/python -m benchmarks $(ONLY)

faults: $(DEV_STAMP) ## bring faults about on a site of its own, print what people saw (minutes)
	@DEBUG=0 $(BIN)/python -m faults $(ONLY)

lighthouse: $(DEV_STAMP) ## Lighthouse's scores of the main pages (needs Chromium and npm; minutes)
	@DEBUG=0 $(BIN)/python -m benchmarks lighthouse

lock: $(DEV_STAMP) ## make the lock files anew from requirements*.txt
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header requirements.txt -o requirements.lock
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header requirements-dev.txt -o requirements-dev.lock

clean: stop ## remove what `make` made, but the database of `make run`
	@rm -rf .venv .venv-* node_modules var/static var/deploy-static var/coverage var/test-postgres .mypy_cache .ruff_cache .pytest_cache .hypothesis
