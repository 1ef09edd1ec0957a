# The two commands of the README and their kin. All of them work when repeated.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
Q ?= 黔西南州要创建多少个州级集成示范试点？

.PHONY: ask serve test lint bench clean
.DELETE_ON_ERROR:

# torch comes first and alone: with the pinned build present nothing pulls in another.
$(VENV)/.installed: pyproject.toml
	@echo "安装依赖，首次约需一两分钟……" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) torch==2.13.0
	@$(PIP) --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.installed
	@$(PIP) --editable '.[test]'
	@touch $@

$(VENV)/.lint: $(VENV)/.test
	@$(PIP) --editable '.[test,lint]'
	@touch $@

ask: $(VENV)/.installed
	@$(BIN)/zhangjie ask $(if $(CORPUS),--corpus '$(CORPUS)') -- '$(subst ','\'',$(Q))'

serve: $(VENV)/.installed
	$(BIN)/zhangjie serve

test: $(VENV)/.test
	sh tests/browser.sh
	$(BIN)/python -m pytest

lint: $(VENV)/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.test
	$(BIN)/python -m eval.bench_bm25

clean:
	rm -rf $(VENV) var build *.egg-info
