from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.guard import HEADERS
from api.knowledge_base import KnowledgeBase
from tests.api.changing import NOTICE
from tests.api.conftest import TOKEN, problem

if TYPE_CHECKING:
    from httpx2 import Response

DOCUMENTS = "/v1/documents"
HEADER = {"Authorization": f"Bearer {TOKEN}".encode()}


def post(client: TestClient, name: str, content: str | bytes = NOTICE) -> Response:
    return client.post(DOCUMENTS, files={"file": (name, content)})


def put(client: TestClient, name: str, content: str | bytes, doc_id: str = "yunhe") -> Response:
    return client.put(f"{DOCUMENTS}/{doc_id}/file", files={"file": (name, content)})


def ids(client: TestClient) -> list[str]:
    return [each["doc_id"] for each in client.get(DOCUMENTS).json()["documents"]]


def names(served: KnowledgeBase) -> list[str]:
    return sorted(path.name for path in served.corpus.iterdir())


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.exe", NOTICE, "不认识后缀"),
        ("x", NOTICE, "没有后缀"),
        ("办法.pdf", NOTICE, "不是 .pdf 文件"),
        ("办法.txt", b"%PDF-1.7 ...", "内容是PDF"),
        ("办法.txt", b"", "没有文字"),
        ("办法.txt", b"\0\1\2" * 99, "编码"),
        ("办法.docx", b"PK\x03\x04 broken", "压缩包损坏"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_and_nothing_stays(
    writer: TestClient, served: KnowledgeBase, name: str, content: str | bytes, says: str
) -> None:
    before = names(served)
    manifest = (served.corpus / "manifest.jsonl").read_bytes()
    for response in (post(writer, name, content), put(writer, name, content)):
        assert says in problem(response, 422)["detail"]
    assert names(served) == before
    assert (served.corpus / "manifest.jsonl").read_bytes() == manifest
    assert writer.get("/v1/deleted").json() == {"deleted": []}


def test_a_zip_bomb_is_refused(writer: TestClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 50_000_000)
    assert "压缩炸弹" in problem(post(writer, "炸.docx", packed.getvalue()), 422)["detail"]


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\x.txt", "x.txt"),
        ("CON.txt", "_CON.txt"),
        ("/etc/hosts.txt", "hosts.txt"),
        ("\u202e规划\u200f.txt", "规划.txt"),
        ("a\x7fb.txt", "ab.txt"),
        ("长" * 300 + ".txt", "长" * 53 + ".txt"),
        ("manifest.jsonl.txt", "manifest.jsonl.txt"),
        ("<script>alert(1)</script>.txt", "script.txt"),
    ],
)
def test_a_name_from_outside_never_reaches_the_file_system(
    writer: TestClient, served: KnowledgeBase, name: str, stored: str
) -> None:
    before = names(served)
    response = post(writer, name)
    assert response.status_code == 201, response.text
    assert sorted({*names(served)} - {*before}) == [stored]
    assert sorted(path.name for path in served.corpus.parent.iterdir()) == ["var", "文件"]
    doc_id = response.json()["document"]["doc_id"]
    assert writer.get(f"{DOCUMENTS}/{quote(doc_id)}/file").text == NOTICE
    assert len(ids(writer)) == 4


@pytest.mark.parametrize(
    "upload",
    [
        {"files": {"other": ("a.txt", NOTICE)}},
        {"data": {"file": "text"}},
        {"json": {"file": "a"}},
        {"content": b""},
        {"files": [("file", ("a.txt", NOTICE)), ("file", ("b.txt", NOTICE))]},
        {"content": b"--x", "headers": {"Content-Type": "multipart/form-data; boundary=y"}},
        {"content": b"--x", "headers": {"Content-Type": "multipart/form-data"}},
    ],
)
def test_a_request_without_one_file_is_told_how(
    writer: TestClient, upload: dict[str, object]
) -> None:
    response = writer.post(DOCUMENTS, **upload)  # type: ignore[arg-type]
    assert "multipart/form-data" in problem(response, 422)["detail"]


@pytest.fixture
def small(served: KnowledgeBase) -> TestClient:
    """A server that takes files of 1 MiB."""
    settings = replace(served.settings, admin_token=TOKEN, upload_mb=1)
    return TestClient(create_app(KnowledgeBase(settings)), headers=HEADER)


def test_a_file_over_the_limit_is_refused(small: TestClient) -> None:
    for size in (2**20 + 1, 2**21):
        for method, path in (("POST", DOCUMENTS), ("PUT", f"{DOCUMENTS}/yunhe/file")):
            large = small.request(method, path, files={"file": ("大.txt", b"a" * size)})
            assert "超过 1 MB" in problem(large, 413)["detail"]


def test_a_body_that_does_not_say_its_length_has_the_same_limit(small: TestClient) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    pieces = [head, *[b"a" * 2**16] * 32]
    response = small.post(DOCUMENTS, content=iter(pieces), headers=headers)
    assert "超过 1 MB" in problem(response, 413)["detail"]


def test_other_bodies_keep_their_limit(writer: TestClient) -> None:
    body = {"title": "长" * 1_000_000}
    assert "1 MB" in problem(writer.patch(f"{DOCUMENTS}/yunhe", json=body), 413)["detail"]


def test_a_text_is_shown_in_its_encoding(writer: TestClient) -> None:
    assert post(writer, "国标.txt", NOTICE.encode("gb18030")).status_code == 201
    response = writer.get(f"{DOCUMENTS}/国标/file")
    assert response.headers["content-type"] == "text/plain; charset=gb18030"
    assert response.text == NOTICE
    assert response.headers["content-disposition"].startswith("inline")
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


def test_what_a_browser_might_run_is_a_download(writer: TestClient) -> None:
    page = f"<html><body><script>alert(1)</script><p>{NOTICE}</p></body></html>"
    assert post(writer, '页"面\r\nx.html', page).status_code == 201
    doc_id = ids(writer)[-1]
    headers = writer.get(f"{DOCUMENTS}/{doc_id}/file").headers
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith("attachment")
    assert {name: headers[name] for name in HEADERS} == HEADERS


def test_a_pdf_opens_in_the_browser_and_in_no_frame(
    writer: TestClient, served: KnowledgeBase
) -> None:
    path = served.corpus / "yunhe.txt"
    path.with_suffix(".pdf").write_bytes(b"%PDF-1.7")
    base = writer.app.state.serving.base  # type: ignore[attr-defined]
    base.entries["yunhe"] = replace(base.entries["yunhe"], path=path.with_suffix(".pdf"))
    headers = writer.get(f"{DOCUMENTS}/yunhe/file").headers
    assert headers["content-type"] == "application/pdf"
    assert headers["content-disposition"].startswith("inline")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "frame-ancestors 'none'"
    path.with_suffix(".pdf").unlink()
    problem(writer.get(f"{DOCUMENTS}/yunhe/file"), 404)
