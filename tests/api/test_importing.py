from __future__ import annotations

from pathlib import Path

from api.importing import add_files
from corpus.manifest import read_manifest, write_manifest
from corpus.model import Meta
from ingest.corrections import Correction, read_corrections, write_corrections

_NOTICE = """云河县供水办法
云府发〔2021〕3号
各乡镇人民政府：
请遵照执行。
云河县人民政府
2021年12月3日
"""


def test_the_manifest_gets_the_title_and_the_rest_is_found_at_each_parse(tmp_path: Path) -> None:
    (tmp_path / "办法.txt").write_text(_NOTICE, encoding="utf-8")
    for _ in range(2):
        ((document, _),) = add_files([tmp_path / "办法.txt"], tmp_path)
        assert (document.meta.number, document.meta.issued) == ("云府发〔2021〕3号", "2021-12-03")
        (entry,) = read_manifest(tmp_path)
        assert entry.meta == Meta("云河县供水办法")


def test_what_people_wrote_into_the_manifest_survives_a_second_import(tmp_path: Path) -> None:
    (tmp_path / "办法.txt").write_text(_NOTICE, encoding="utf-8")
    add_files([tmp_path / "办法.txt"], tmp_path)
    (entry,) = read_manifest(tmp_path)
    said = Meta("云河县供水办法", issued="2021-11-30")
    write_manifest(tmp_path, [type(entry)(entry.doc_id, entry.path, said)])
    ((document, _),) = add_files([tmp_path / "办法.txt"], tmp_path)
    assert (document.meta.issued, document.meta.number) == ("2021-11-30", "云府发〔2021〕3号")
    assert dict(document.origins)["issued"] == "清单"
    assert read_manifest(tmp_path)[0].meta == said


def test_corrections_survive_a_second_import(tmp_path: Path) -> None:
    source, corpus = tmp_path / "来源", tmp_path / "库"
    source.mkdir()
    (source / "办法.txt").write_text(_NOTICE, encoding="utf-8")
    add_files([source / "办法.txt"], corpus)
    write_corrections(corpus / "办法.txt", [Correction("meta", field="issued", value="2020-01-02")])
    ((document, _),) = add_files([corpus / "办法.txt"], corpus)
    assert document.meta.issued == "2020-01-02"
    assert dict(document.origins)["issued"] == "更正"


def test_corrections_beside_a_file_come_with_it(tmp_path: Path) -> None:
    source, corpus = tmp_path / "来源", tmp_path / "库"
    source.mkdir()
    (source / "办法.txt").write_text(_NOTICE, encoding="utf-8")
    write_corrections(source / "办法.txt", [Correction("meta", field="issued", value="2020-01-02")])
    ((document, _),) = add_files([source / "办法.txt"], corpus)
    assert document.meta.issued == "2020-01-02"
    assert len(read_corrections(corpus / "办法.txt")) == 1
