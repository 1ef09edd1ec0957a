from __future__ import annotations

from pathlib import Path

import pytest

from api.settings import load
from corpus.errors import InputError


def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert load(folder=tmp_path).port == 8000
    (tmp_path / "zhangjie.toml").write_text("port = 1\n", encoding="utf-8")
    assert load(folder=tmp_path).port == 1
    monkeypatch.setenv("ZHANGJIE_PORT", "2")
    assert load(folder=tmp_path).port == 2
    assert load({"port": 3}, tmp_path).port == 3
    assert load({"port": None}, tmp_path).port == 2


def test_an_unknown_key_names_the_nearest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zhangjie.toml").write_text('corpsu = "x"\n', encoding="utf-8")
    with pytest.raises(InputError, match="corpus"):
        load(folder=tmp_path)
    monkeypatch.setenv("ZHANGJIE_MODLE", "x")
    with pytest.raises(InputError, match="model"):
        load(folder=tmp_path / "none")


def test_a_value_of_the_wrong_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="整数"):
        load({"port": "八千"}, tmp_path)
    (tmp_path / "zhangjie.toml").write_text("port = \n", encoding="utf-8")
    with pytest.raises(InputError, match="TOML"):
        load(folder=tmp_path)
