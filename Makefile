# The portal's commands. Each one sets up what it needs; `make help` lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
unexport PYTHONDONTWRITEBYTECODE
export PORT HOST

.PHONY: help run test check audit test-services test-browser bench

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: ## start the portal here: web server and relay, with demo data on the first start
	@scripts/run

test: ## set up and run the quick suite (SQLite, no services)
	@scripts/setup dev
	@scripts/test

check: ## style, types, directions, migrations, production settings
	@scripts/setup dev
	@scripts/check

audit: ## known weaknesses of the pinned packages
	@scripts/setup dev
	@.venv/bin/python scripts/audit.py

test-services: ## the whole suite on PostgreSQL and Redis, with real processes and the fault drills
	@scripts/setup dev services
	@scripts/test-services

test-browser: ## every page in a real browser
	@scripts/setup dev browser
	@scripts/test-browser

bench: ## measure, and write docs/benchmarks.md
	@scripts/setup dev services
	@scripts/bench
