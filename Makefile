# Every target prepares what it needs; `make run` and `make test` are the whole set-up.
#   make run PORT=8010 ESIA_PORT=8011 DATA_DIR=var2     a second stand beside the first
#   make test PYTHON=/path/to/python3.12                another Python
#   make unit ARGS="-k snils -x"                        more for pytest

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
# one worker per core of the smallest machine that the suite is timed on
WORKERS ?= 2
ARGS ?=
# by file, and the browser tests as a whole: tests/plugins/browser.py
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist loadfile
TEMPLATES := $$(git ls-files -co --exclude-standard 'templates/*.html')

export PORT ESIA_PORT DATA_DIR SHOTS

.PHONY: help
help: ## этот список
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- the stand --------------------------------------------------------------------------------
.PHONY: run esia reset
run: runtime ## запустить стенд и напечатать адреса
	@exec $(BIN)/python -m frmr_portal.stand --stop-with-parent

esia: runtime ## запустить только учебный вход
	@exec $(BIN)/python -m frmr_portal.stand --stop-with-parent --only provider

reset: runtime ## выбросить данные стенда
	@exec $(BIN)/python -m frmr_portal.stand --reset

# --- tests ------------------------------------------------------------------------------------
.PHONY: test unit integration security compat browser pictures test-postgres bench
test: dev chromium gost ## все тесты
	@$(PYTEST) tests $(ARGS)

unit: dev gost ## быстрые тесты отдельных частей
	@$(PYTEST) tests/unit $(ARGS)

integration: dev ## тесты через базу, страницы и работающий стенд
	@$(PYTEST) tests/integration $(ARGS)

security: dev ## именованные проверки безопасности
	@$(PYTEST) tests/security $(ARGS)

compat: dev gost ## сверка с чужими программами: OpenSSL с модулями ГОСТ
	@$(PYTEST) tests/compat $(ARGS)

browser: dev chromium ## тесты в настоящем браузере, снимки страниц в папку SHOTS
	@$(PYTEST) tests/browser $(ARGS)

pictures: dev chromium ## заново снять картинки документации
	@PICTURES=docs/img $(BIN)/pytest -q tests/browser/test_pictures.py $(ARGS)

test-postgres: dev chromium gost postgres ## все тесты на PostgreSQL, сервер запускается сам
	@$(BIN)/python scripts/with_postgres.py $(PYTEST) tests $(ARGS)

bench: dev load gost yardsticks ## измерить страницы, запуск и память, записать docs/benchmarks.md
	@$(BIN)/python -m tests.bench $(ARGS)

# --- checks -----------------------------------------------------------------------------------
.PHONY: check lint fmt types deploy-check compose-check runtime-check
check: lint deploy-check compose-check runtime-check test ## всё, что проверяется перед слиянием

lint: dev types ## стиль, правила импорта, шаблоны
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)

fmt: dev ## привести код и шаблоны к стилю
	@$(BIN)/ruff check --fix --exit-zero
	@$(BIN)/ruff format
	@$(BIN)/djhtml --tabwidth 2 $(TEMPLATES)

types: dev ## mypy --strict
	@$(BIN)/mypy

deploy-check: dev ## проверки Django в боевом профиле и забытые миграции
	@$(BIN)/python scripts/deploy_check.py

compose-check: dev ## проверить docker-compose.yml программой compose
	@$(BIN)/python scripts/compose_check.py

runtime-check: dev ## загрузить все программы с одними рабочими пакетами
	@scripts/runtime_check.sh

# --- set-up -----------------------------------------------------------------------------------
.PHONY: runtime dev chromium gost postgres load yardsticks lock clean
runtime:
	@scripts/setup.sh runtime

dev:
	@scripts/setup.sh dev

chromium:
	@scripts/setup.sh browser

gost:
	@scripts/setup.sh gost

postgres:
	@scripts/setup.sh postgres

load:
	@scripts/setup.sh load

yardsticks:
	@scripts/setup.sh yardsticks

lock: ## заново подобрать версии в requirements/*.txt
	@scripts/lock.sh

clean: ## удалить всё, что создаётся заново, кроме данных стенда
	@rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -not -path './var/*' -prune -exec rm -rf {} +
