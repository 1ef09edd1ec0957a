"""Settings in one table. A flag counts more than ZHANGJIE_*, that more than zhangjie.toml, that
more than the default."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import corpus
from corpus.errors import InputError

FILE = "zhangjie.toml"
PREFIX = "ZHANGJIE_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; the names are those of the flags and of zhangjie.toml.

    `corpus` and `data` are folders, `model` a local SentenceTransformer folder, empty for the
    encoder that ships, `none` for BM25 alone. `ranking` is hybrid, bm25 or dense. `cache` holds
    the unpacked encoder, empty for the user's cache folder. Whoever sends `admin_token` may write
    over HTTP, files of at most `upload_mb` MiB each; while it is empty nobody may. One client may
    make `rate` requests to the API a minute, 0 for no limit. `hosts` lists the names, other than
    localhost and `host`, by which browsers may reach the server, with commas between; `*` for any.
    """

    corpus: str = str(Path(corpus.__file__).parent / "documents")
    data: str = "var"
    model: str = ""
    cache: str = ""
    ranking: str = "hybrid"
    host: str = "127.0.0.1"
    port: int = 8000
    rate: int = 600
    hosts: str = ""
    admin_token: str = field(default="", repr=False)
    upload_mb: int = 50


def load(flags: Mapping[str, Any] | None = None, folder: Path = Path()) -> Settings:
    """Return the settings; InputError for an unknown key or a value of the wrong type.

    `flags` that are None were not given; `folder` is where zhangjie.toml is looked for.
    """
    values: dict[str, Any] = {}
    path = folder / FILE
    if path.is_file():
        try:
            from_file = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(f"{path} 不是完整的 TOML（{error}）", "请改正后重试") from error
        values |= _checked(from_file, str(path))
    names = {PREFIX + each.name.upper(): each.name for each in fields(Settings)}
    from_environment = {}
    for name, value in os.environ.items():
        if name.startswith(PREFIX):
            from_environment[names.get(name, name.removeprefix(PREFIX).lower())] = value
    values |= _checked(from_environment, "环境变量")
    values |= _checked({k: v for k, v in (flags or {}).items() if v is not None}, "命令行")
    return Settings(**values)


def _checked(values: Mapping[str, Any], where: str) -> dict[str, Any]:
    kinds: dict[str, type[str] | type[int]] = {
        each.name: int if each.type == "int" else str for each in fields(Settings)
    }
    checked: dict[str, Any] = {}
    for key, value in values.items():
        if key not in kinds:
            near = difflib.get_close_matches(key, kinds, 1, 0)[0]
            raise InputError(f"{where}里没有“{key}”这个设置", f"是不是“{near}”？")
        try:
            checked[key] = kinds[key](value)
        except ValueError as error:
            raise InputError(f"{where}的 {key}“{value}”不是整数", "请改成整数") from error
    return checked
