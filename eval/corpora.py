"""Corpora of real documents beside the project, for question sets that are not over the seeds.

    python -m eval.corpora --data var

A set `NAME.jsonl` in eval/sets asks of the documents that `NAME-corpus.jsonl` names by their paths
below ../shared/data; they are copied to DATA/NAME, a folder for `--corpus`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from corpus.errors import InputError

SETS = Path(__file__).with_name("sets")
NAMES = ("abstain-dev", "wider-dev-a", "wider-dev-b", "wider-dev-c", "wider-test")


def make_corpus(manifest: Path, data: Path, folder: Path) -> Path:
    """Copy the documents that a manifest names by their paths below `data`, and return the folder.

    InputError where one is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for line in manifest.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        source = data / entry.pop("source")
        if not source.is_file():
            raise InputError(f"没有 {source}", "请用 --shared 指向参考资料所在的文件夹")
        entry["file"] = entry["doc_id"] + source.suffix
        shutil.copyfile(source, folder / entry["file"])
        lines.append(json.dumps(entry, ensure_ascii=False))
    (folder / "manifest.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def corpus_of(name: str, shared: Path, data: Path) -> Path:
    """Return the folder of the corpus of one of `NAMES` below `data`, made from `shared`."""
    return make_corpus(SETS / f"{name}-corpus.jsonl", shared / "data", data / name)


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="从参考资料里取出各问题集所问的文件")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="参考资料")
    parser.add_argument("--data", type=Path, default=Path("var"), help="放在哪里")
    options = parser.parse_args()
    for name in NAMES:
        sys.stdout.write(f"{corpus_of(name, options.shared, options.data)}\n")


if __name__ == "__main__":
    main()
