from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import FileRefused
from corpus.manifest import read_manifest
from corpus.model import Document
from ingest.checkup import check
from ingest.pipeline import parse
from ingest.readers import archive, ofd, ofd_text, read
from ingest.reading import Fact, Reading
from tests.ingest.readers.invented import plan
from tests.ingest.readers.ofd_writer import Ofd, packed, text_object
from tests.ingest.readers.typeset import Set
from tests.ingest.views import PROSE

pytest.importorskip("lxml", reason="OFD is read with lxml, the extra `ofd`")
_SEEDS = Path(__file__).resolve().parents[4] / "shared" / "seeds"
_PLAN = plan()
_HEAD = "云河县山区供水规划"


def _read(**fields: object) -> Reading:
    return ofd.read(Ofd(**{"paragraphs": _PLAN, **fields}).content(), "规划.ofd")  # type: ignore[arg-type]


def _paragraphs(reading: Reading) -> list[str]:
    """Return the lines that no mark covers."""
    found, at = [], 0
    for line in reading.text.split("\n"):
        if line and not any(mark.start <= at < mark.end for mark in reading.marks):
            found.append(line)
        at += len(line) + 1
    return found


def _marked(reading: Reading, kind: str) -> list[str]:
    return [reading.text[m.start : m.end].strip() for m in reading.marks if m.kind == kind]


def _outline(document: Document) -> list[str]:
    return [str(address) for _, address in document.walk()]


def _refusal(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        ofd.read(content, "规划.ofd")
    assert refusal.value.remedy
    assert "规划.ofd" in refusal.value.message
    return refusal.value.message


def test_wrapped_paragraphs_are_joined_and_furniture_is_marked() -> None:
    reading = _read(head=_HEAD)
    assert _paragraphs(reading) == _PLAN
    count = len(reading.pages)
    assert count > 5
    assert _marked(reading, "page-number") == [f"— {page + 1} —" for page in range(count)]
    assert _marked(reading, "running-head") == [_HEAD] * count
    assert reading.problems == ()


@pytest.mark.parametrize("pieces", [1, 3, 10])
def test_several_text_objects_make_one_line(pieces: int) -> None:
    assert _paragraphs(_read(pieces=pieces)) == _PLAN


def test_pages_begin_where_they_do_also_inside_a_paragraph() -> None:
    reading = _read(numbered=False)
    bounds = [*reading.pages, len(reading.text)]
    assert bounds == sorted(set(bounds))
    starts = {0, *(at + 1 for at, char in enumerate(reading.text) if char == "\n")}
    assert any(page not in starts for page in reading.pages)
    sheets = [reading.text[a:b] for a, b in itertools.pairwise(bounds)]
    assert max(map(len, sheets)) < 1.5 * min(map(len, sheets[:-1]))


def test_nothing_of_a_file_is_lost_and_nothing_of_the_furniture_is_a_clause() -> None:
    reading = _read(head=_HEAD)
    document = parse(reading, "plan")
    assert check(document, reading.text) == []
    assert not any(_HEAD in clause.text or "— " in clause.text for clause in document.clauses)
    assert _outline(document) == _outline(parse("\n".join(_PLAN), "plan"))


def test_white_space_between_paragraphs_is_blank_lines() -> None:
    reading = _read(paragraphs=[PROSE * 2, "", "", PROSE], numbered=False)
    assert reading.text == f"{PROSE * 2}\n\n\n{PROSE}\n"


@pytest.mark.skipif(not _SEEDS.is_dir(), reason=f"the seeds are not at {_SEEDS}")
@pytest.mark.parametrize("name", ["gz-plan", "tr-plan", "qxn-opinion", "gz-news", "gz-page"])
def test_a_seed_written_as_ofd_has_the_outline_of_its_text(name: str) -> None:
    meta = next(entry.meta for entry in read_manifest(_SEEDS) if entry.doc_id == name)
    raw = read(_SEEDS / f"{name}.txt").text
    reading = _read(paragraphs=raw.split("\n"), head="规划汇编")
    document = parse(reading, name, meta)
    assert _outline(document) == _outline(parse(raw, name, meta))
    assert check(document, reading.text) == []


def test_what_the_file_says_of_itself_is_facts() -> None:
    info = {"Title": "云河县规划", "Author": "县水务局", "CreationDate": "2022-03-01"}
    assert set(_read(info=info).facts) >= {
        Fact(name, value, "OFD 元数据") for name, value in info.items()
    }


def _page(objects: str) -> dict[str, str]:
    members = Ofd(["占位。"], numbered=False).members()
    name = "Doc_0/Pages/Page_0/Content.xml"
    start, _, rest = members[name].partition("<ofd:TextObject")
    members[name] = start + objects + "</ofd:Layer>" + rest.partition("</ofd:Layer>")[2]
    return members


def _text(objects: str) -> str:
    return ofd.read(packed(_page(objects)), "页.ofd").text


def test_a_matrix_places_and_scales_the_characters() -> None:
    objects = (
        '<ofd:TextObject ID="1" Font="3" Size="10" Boundary="60 50 40 10" CTM="0.5 0 0 0.5 0 0">'
        '<ofd:TextCode X="0" Y="10" DeltaX="10">建库</ofd:TextCode></ofd:TextObject>'
        '<ofd:TextObject ID="2" Font="3" Size="5" Boundary="50 50 40 10">'
        '<ofd:TextCode X="0" Y="5" DeltaX="5">修渠</ofd:TextCode></ofd:TextObject>'
    )
    assert _text(objects) == "修渠建库\n"


def test_characters_written_from_right_to_left_are_read_from_left_to_right() -> None:
    objects = (
        '<ofd:TextObject ID="1" Font="3" Size="5" Boundary="50 50 40 10">'
        '<ofd:TextCode X="15" Y="5" DeltaX="g 3 -5">库建渠修</ofd:TextCode></ofd:TextObject>'
    )
    assert _text(objects) == "修渠建库\n"


def test_text_without_distances_follows_its_own_widths() -> None:
    objects = (
        '<ofd:TextObject ID="1" Font="3" Size="5" Boundary="50 50 40 10">'
        '<ofd:TextCode X="0" Y="5">修渠</ofd:TextCode><ofd:TextCode X="10">建库</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    assert _text(objects) == "修渠建库\n"


def test_text_printed_twice_for_boldness_is_read_once() -> None:
    line = Set("修渠建库", 50, 60, (5.5, 5.5, 5.5))
    assert _text(text_object(line, 1) + text_object(line, 2)) == "修渠建库\n"


def test_a_leaning_text_is_chrome() -> None:
    objects = text_object(Set("修渠建库", 50, 60, (5.5, 5.5, 5.5)), 1) + (
        '<ofd:TextObject ID="2" Font="3" Size="9" Boundary="40 90 90 90" CTM=".7 .7 -.7 .7 0 0">'
        '<ofd:TextCode X="0" Y="5" DeltaX="9 9 9">内部资料</ofd:TextCode></ofd:TextObject>'
    )
    reading = ofd.read(packed(_page(objects)), "页.ofd")
    assert _marked(reading, "chrome") == ["内部资料"]
    assert _paragraphs(reading) == ["修渠建库"]


def test_what_is_not_read_is_a_problem() -> None:
    namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    reading = _read(
        body="<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        document="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>",
        extra={
            "Doc_0/Signs/Signatures.xml": f"<ofd:Signatures {namespace}><ofd:Signature ID='1'"
            " BaseLoc='/Doc_0/Signs/Sign_0/Signature.xml'/></ofd:Signatures>",
            "Doc_0/Attachs/Attachments.xml": f"<ofd:Attachments {namespace}><ofd:Attachment ID='1'"
            " Name='附表.xlsx'/></ofd:Attachments>",
            "Doc_0/Annots/Annotations.xml": f"<ofd:Annotations {namespace}><ofd:Page PageID='100'>"
            "<ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>",
            "Doc_0/Annots/Page_0/Annotation.xml": f"<ofd:PageAnnot {namespace}><ofd:Annot ID='9'>"
            "<ofd:Appearance>"
            + text_object(Set("样稿", 90, 150, (5.5,)), 1)
            + text_object(Set("隐去", 90, 170, (5.5,)), 2, 'Visible="false"')
            + "</ofd:Appearance></ofd:Annot></ofd:PageAnnot>",
        },
    )
    codes = [problem.code for problem in reading.problems]
    assert codes == ["signature", "annotation", "attachment", "hidden-text"]
    assert "附表.xlsx" in reading.problems[2].message
    assert _marked(reading, "chrome") == ["样稿"]
    assert _paragraphs(reading) == _PLAN


def test_a_page_of_a_picture_and_a_missing_page_are_problems() -> None:
    members = Ofd(_PLAN).members()
    del members["Doc_0/Pages/Page_1/Content.xml"]
    name = "Doc_0/Pages/Page_2/Content.xml"
    members[name] = members[name].partition("<ofd:TextObject")[0] + (
        '<ofd:ImageObject ID="9" ResourceID="4" Boundary="0 0 210 297"/>'
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )
    reading = ofd.read(packed(members), "规划.ofd")
    assert [problem.code for problem in reading.problems] == ["page-missing", "picture"]
    assert "第 2 页" in reading.problems[0].message
    assert "第 3 页" in reading.problems[1].message
    assert len(reading.pages) == len(_read().pages)


def test_glyphs_without_code_are_a_problem() -> None:
    reading = _read(paragraphs=["修渠\ue123\ue124。"])
    assert [problem.code for problem in reading.problems] == ["font-garbage"]


def test_the_reader_is_found_by_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "规划.ofd").write_bytes(Ofd(_PLAN).content())
    assert _paragraphs(read(tmp_path / "规划.ofd")) == _PLAN


# -- refusals ----------------------------------------------------------------------------------


def test_a_truncated_file_is_refused() -> None:
    content = Ofd(_PLAN).content()
    assert "损坏或不完整" in _refusal(content[: len(content) // 2])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\x00" * 300])
def test_what_is_no_zip_is_refused(content: bytes) -> None:
    assert "压缩包" in _refusal(content)


def test_a_zip_that_is_no_ofd_is_refused() -> None:
    assert "没有 OFD.xml" in _refusal(packed({"word/document.xml": "<w/>"}))


def test_an_encrypted_file_is_refused() -> None:
    assert "加了密" in _refusal(Ofd(_PLAN, extra={"Encryptions.xml": "<e/>"}).content())


def test_a_zip_with_a_password_is_refused() -> None:
    content = bytearray(Ofd(_PLAN).content())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1  # bit 0 of the flags in the directory
    assert "加了密" in _refusal(bytes(content))


def test_a_zip_bomb_is_refused_by_its_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    content = Ofd(_PLAN, extra={"Doc_0/big.xml": " " * 3_000_000}).content()
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 2_000_000)
    assert "压缩炸弹" in _refusal(content)


def test_a_page_named_again_and_again_is_refused_while_reading(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    members = Ofd(_PLAN).members()
    name = "Doc_0/Document.xml"
    page = '<ofd:Page ID="100" BaseLoc="Pages/Page_0/Content.xml"/>'
    members[name] = members[name].replace(page, page * 500)
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 2_000_000)
    assert "压缩炸弹" in _refusal(packed(members))


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    assert "过多" in _refusal(Ofd(_PLAN).content())


@pytest.mark.parametrize(
    "name", ["../evil.xml", "a/../../evil.xml", "..\\evil.xml", "C:\\evil.xml"]
)
def test_a_member_that_leads_out_is_refused(name: str) -> None:
    assert "指向包外" in _refusal(Ofd(_PLAN, extra={name: "<x/>"}).content())


@pytest.mark.parametrize("place", ["../../../etc/passwd", "/../../etc/passwd", "C:/x.xml"])
def test_a_reference_that_leads_out_is_refused(place: str) -> None:
    members = Ofd(_PLAN).members()
    members["Doc_0/Document.xml"] = members["Doc_0/Document.xml"].replace(
        "Pages/Page_0/Content.xml", place
    )
    assert "包外" in _refusal(packed(members))


def test_a_member_without_a_name_does_no_harm() -> None:
    content = bytearray(Ofd(_PLAN, extra={"x": ""}).content())
    at = content.rindex(b"PK\x01\x02")
    content[at + 46 : at + 47] = b"\x00"  # zipfile ends a name at a zero
    assert _paragraphs(ofd.read(bytes(content), "规划.ofd")) == _PLAN


def test_an_external_entity_is_refused_and_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    members = Ofd(_PLAN).members()
    name = "Doc_0/Pages/Page_0/Content.xml"
    declared = f'<!DOCTYPE p [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    head, _, rest = members[name].partition("?>")
    members[name] = head + "?>" + declared + rest.replace("云河县", "&x;", 1)
    assert "实体" in _refusal(packed(members))


def test_entities_within_entities_are_refused() -> None:
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    bomb = f'<!DOCTYPE p [<!ENTITY e0 "供水">{levels}]><p>&e9;</p>'
    assert "XML" in (message := _refusal(packed({"OFD.xml": bomb}))) or "实体" in message


@pytest.mark.parametrize(
    "name", ["OFD.xml", "Doc_0/Document.xml", "Doc_0/Pages/Page_0/Content.xml"]
)
def test_broken_xml_is_refused_with_its_name(name: str) -> None:
    members = Ofd(_PLAN).members()
    members[name] = members[name][:-20]
    assert name in _refusal(packed(members))


def test_a_file_without_text_is_refused() -> None:
    assert "没有文字" in _refusal(Ofd([], numbered=False).content())


def test_a_file_of_pictures_only_is_refused_with_what_to_do() -> None:
    picture = '<ofd:ImageObject ID="9" ResourceID="4" Boundary="0 0 210 297"/>'
    assert "只有图片" in _refusal(packed(_page(picture)))


def test_lxml_missing_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(FileRefused, match=r"pip install 'zhangjie\[ofd\]'"):
        ofd.read(Ofd(_PLAN).content(), "规划.ofd")


_NUMBER = st.sampled_from(["", "g", "1e308", "-1e308", "nan", "inf", "0", "-3", "5", "x", "9" * 30])


@settings(max_examples=200)
@given(
    st.dictionaries(st.sampled_from(["CTM", "Boundary", "Size", "HScale"]), st.lists(_NUMBER)),
    st.dictionaries(st.sampled_from(["X", "Y", "DeltaX", "DeltaY"]), st.lists(_NUMBER)),
)
def test_any_numbers_are_read_or_refused(
    outer: dict[str, list[str]], inner: dict[str, list[str]]
) -> None:
    def attributes(values: dict[str, list[str]]) -> str:
        return " ".join(f'{name}="{" ".join(tokens)}"' for name, tokens in values.items())

    objects = (
        f"<ofd:TextObject {attributes(outer)}><ofd:TextCode {attributes(inner)}>修渠建库"
        "</ofd:TextCode></ofd:TextObject>"
    )
    assert sorted(_text(objects).replace("\n", "").replace(" ", "")) == sorted("修渠建库")


@settings(max_examples=300)
@given(st.data())
def test_any_damage_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(_SMALL)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.sampled_from([len(content), len(content) // 2, len(content) - 1]))
    try:
        ofd.read(bytes(content[:end]), "任意.ofd")
    except FileRefused:
        return


_SMALL = Ofd(_PLAN[:5], head=_HEAD).content()


def test_a_count_of_distances_is_not_believed_beyond_the_text() -> None:
    assert ofd_text.deltas("g 999999999 3", 4) == [3, 3, 3, 3]
