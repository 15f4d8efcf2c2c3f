# Every target does its own set-up on a machine that has only python3 (3.11+), make and the package registries.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
SPARK := $(VENV)/.set-up-spark
WORKERS ?= 2
PAGE ?= 7

.PHONY: help setup run test test-all spark-test check fix pages bench lock system-packages picture

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: $(STAMP)  ## make .venv with the nangkis command in it

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Nangkis needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

# Spark weighs more than all the rest: only who asks for it, and the tests, install it.
$(SPARK): requirements-spark.lock $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-spark.lock
	@touch $@

run: setup  ## the main job on the example: raw files to RPKD, in out/
	rm -rf out/ruang-kerja out/berkas
	$(BIN)/nangkis example out/berkas
	$(BIN)/nangkis import out/berkas/*.csv out/berkas/*.xlsx --map out/berkas/peta.yaml -w out/ruang-kerja
	$(BIN)/nangkis diagnose contoh:90.05 --brief -w out/ruang-kerja
	$(BIN)/nangkis budget contoh:90.05 2026 --brief -w out/ruang-kerja
	$(BIN)/nangkis rpkd contoh:90.05 -w out/ruang-kerja --out out

test: setup $(SPARK)  ## the tests (at most 15 minutes on 2 cores)
	$(BIN)/python -m pytest -n $(WORKERS) -m "not long"

test-all: setup $(SPARK)  ## the tests, the long ones too
	$(BIN)/python -m pytest -n $(WORKERS)

spark-test: setup $(SPARK)  ## the roll-ups on a real cluster of Spark on this machine (part of make test; needs Java)
	$(BIN)/python -m pytest tests/spark

check: setup  ## format, lint, types, directions between rooms, generated pages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.pages --check

fix: setup  ## mend format and lint where a machine can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pages: setup  ## write the generated pages again
	$(BIN)/python -m tools.pages

bench: setup  ## ratios against what a user would pick and against the bare engine
	$(BIN)/python -m benchmarks

lock: setup  ## pin the newest dependencies, with hashes and no download host
	$(PYTHON) -m venv .tools && .tools/bin/python -m pip install --quiet uv==0.13.9
	.tools/bin/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-find-links --no-header --quiet --upgrade -o requirements.lock
	.tools/bin/uv pip compile --group spark --universal --python-version 3.11 --generate-hashes \
		--no-emit-find-links --no-header --quiet --upgrade -o requirements-spark.lock

system-packages:  ## Debian packages that some tests use (LibreOffice, a PDF reader, Arial's twin, Java for Spark)
	$(if $(filter 0,$(shell id -u)),,sudo )apt-get update -qq
	$(if $(filter 0,$(shell id -u)),,sudo )env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
		libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-liberation $(if $(shell command -v java),,default-jre-headless)

picture: run  ## the README's picture, from the example's document (needs make system-packages)
	$(BIN)/python -m tools.picture $(PAGE)
