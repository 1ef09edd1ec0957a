"""What a Word document holds that its text cannot show, as problems."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.model import Problem
from ingest.readers.word.context import Tally
from ingest.readers.word.xml import DELETED, INSERTED, MC, Element, W

_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_SHOW = "请对照原件核对"


def find(roots: Sequence[Element], comments: int, tally: Tally) -> tuple[Problem, ...]:
    """Return a problem for each kind of thing that is there, with its count."""
    return tuple(
        Problem(code, message)
        for code, count, message in (
            _tracked(roots),
            ("comments", comments, f"有 {comments} 条批注，没有读入正文"),
            ("hidden-text", tally.hidden, f"有 {tally.hidden} 个字设为隐藏文字，没有读入"),
            _counted("picture", roots, (_BLIP, _IMAGE), "幅图片，图里的文字没有读入"),
            _counted("chart", roots, (_CHART,), "个图表，图里的数字没有读入"),
            _counted("embedded", roots, (_OBJECT,), "个嵌入的对象（表格、公式等），没有读入"),
            _counted(
                "embedded-file",
                roots,
                (f"{W}altChunk", f"{W}subDoc"),
                "处嵌入了别的文件，没有读入；请用 Word 打开后另存为 docx",
            ),
            ("field", tally.fields, f"有 {tally.fields} 个域不完整，所在段落{_SHOW}"),
            ("diagram", tally.unread, f"有 {tally.unread} 个示意图缺少内容，没有读入"),
        )
        if count
    )


def _tracked(roots: Sequence[Element]) -> tuple[str, int, str]:
    inserted = _count(roots, tuple(INSERTED))
    deleted = [each for root in roots for each in root.iter(*DELETED)]
    texts = (t for each in deleted for t in each.iter(f"{W}delText", f"{W}t"))
    letters = sum(len(text.text or "") for text in texts)
    message = (
        f"有修订：插入或移入 {inserted} 处，删除或移出 {len(deleted)} 处（{letters} 个字），"
        f"按全部接受读入，{_SHOW}"
    )
    return "tracked-changes", inserted + len(deleted), message


def _counted(
    code: str, roots: Sequence[Element], tags: tuple[str, ...], what: str
) -> tuple[str, int, str]:
    count = _count(roots, tags)
    return code, count, f"有 {count} {what}"


def _count(roots: Sequence[Element], tags: tuple[str, ...]) -> int:
    """Count elements, those in a form for older programs not twice."""
    found = (each for root in roots for each in root.iter(*tags))
    return sum(1 for each in found if next(each.iterancestors(f"{MC}Fallback"), None) is None)
