"""OFD, the Chinese standard of fixed-layout documents: GB/T 33190-2016.

A zip of XML: OFD.xml names the documents, Document.xml their pages and templates, Content.xml has
the text objects of a page. Members are read in memory only, under the limits of `archive`.
"""

from __future__ import annotations

import importlib.util
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from corpus.errors import FileRefused
from corpus.model import Problem
from ingest.readers import safe_xml
from ingest.readers.archive import Archive
from ingest.readers.ofd_text import POINT, Run, hidden, runs
from ingest.readers.page.columns import in_order
from ingest.readers.page.lines import apart_line, lines_of
from ingest.readers.page.model import CHROME, RUNNING_HEAD, Box, Glyph, Line, Page
from ingest.readers.page.writing import lay_out
from ingest.readers.safe_xml import Element, first, numbers
from ingest.reading import Fact, Reading

MOST_PAGES = 10_000
MOST_CHARACTERS = 20_000_000
_A4 = Box(0.0, 0.0, 595.0, 842.0)  # points, where a page says nothing
_LONGEST_FACT = 1000
_ENCRYPTION = frozenset({"encryptions.xml", "decryptseed.dat"})
_REMEDY = "文件可能损坏，请重新下载，或用 OFD 阅读器另存后再试"


def read(content: bytes, name: str) -> Reading:
    """Read an OFD file; FileRefused for a broken, encrypted or suspicious one.

    Text of templates is a running-head, that of annotations and leaning text chrome. Facts come
    from DocInfo. Problems: `attachment`, `signature`, `annotation`, `picture` (a page of pictures
    without text), `page-missing`, `hidden-text`, `unread-object`, `font-garbage`.
    """
    if importlib.util.find_spec("lxml") is None:
        raise FileRefused(
            f"{name}：读 OFD 需要 lxml，没有安装", "请运行 pip install 'zhangjie[ofd]'"
        )
    archive = Archive(content, name)
    encrypted = {posixpath.basename(member).lower() for member in archive.names} & _ENCRYPTION
    if encrypted:
        raise FileRefused(f"{name}：OFD 加了密", "请用 OFD 阅读器解密后另存")
    return _Package(archive, name).reading()


@dataclass(slots=True)
class _Package:
    """What is gathered while the documents of a package are gone through."""

    archive: Archive
    name: str
    pages: list[Page] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)  # pages, from 1
    characters: int = 0
    hidden: int = 0

    def reading(self) -> Reading:
        """Go through the package; FileRefused where nothing can be read."""
        entry = self.archive.find("OFD.xml")
        if entry is None:
            raise FileRefused(f"{self.name}：压缩包里没有 OFD.xml，不是 OFD 文件", _REMEDY)
        bodies = list(self._xml(entry).iterfind("{*}DocBody"))
        if not bodies:
            raise FileRefused(f"{self.name}：OFD.xml 里没有文档（DocBody）", _REMEDY)
        for body in bodies:
            self.facts += _facts(body)
            self._signatures(body, entry)
            root = self.archive.find(safe_xml.text(body, "DocRoot"), entry)
            if root is None:
                raise FileRefused(f"{self.name}：找不到 OFD.xml 指向的文档", _REMEDY)
            self._document(root)
        if not any(page.flow or page.aside for page in self.pages):
            raise self._textless()
        self._report()
        laid = lay_out(self.pages, blanks=True)
        garbage = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in laid.text)
        if garbage:
            message = f"{garbage} 个字符只有字形、没有文字编码，读出来的不是原字"
            self.problems.append(Problem("font-garbage", message))
        return Reading(
            text=laid.text,
            pages=tuple(laid.pages),
            marks=tuple(laid.marks),
            facts=tuple(self.facts),
            problems=tuple(self.problems),
        )

    def _xml(self, member: str) -> Element:
        return safe_xml.parse(self.archive.read(member), f"{self.name} 内的 {member}")

    def _document(self, root: str) -> None:
        document = self._xml(root)
        common = first(document, "CommonData")
        usual = _box(first(document, "CommonData", "PageArea"), _A4)
        templates: dict[str, str] = {}
        if common is not None:
            for template in common.iterfind("{*}TemplatePage"):
                templates[template.get("ID", "")] = template.get("BaseLoc", "")
        notes = self._annotations(document, root)
        parsed: dict[str, Element] = {}
        for page in document.iterfind("{*}Pages/{*}Page"):
            if len(self.pages) >= MOST_PAGES:
                raise FileRefused(f"{self.name} 超过 {MOST_PAGES} 页", "请拆成几个文件")
            at = len(self.pages) + 1
            member = self.archive.find(page.get("BaseLoc", ""), root)
            if member is None:
                self.pages.append(Page(at, usual))
                self.problems.append(Problem("page-missing", f"第 {at} 页的内容在包里找不到"))
                continue
            content = self._xml(member)
            under = list(self._templates(content, root, templates, parsed))
            box = _box(first(content, "Area"), usual)
            self.pages.append(self._page(content, box, under, notes.get(page.get("ID", ""), [])))
        self._attachments(document, root)

    def _templates(
        self, page: Element, root: str, templates: dict[str, str], parsed: dict[str, Element]
    ) -> Iterator[Element]:
        """Yield the template pages that a page stands on; each is read once."""
        for use in page.iterfind("{*}Template"):
            location = templates.get(use.get("TemplateID", ""), "")
            member = self.archive.find(location, root) if location else None
            if member is None:
                at = len(self.pages) + 1
                self.problems.append(Problem("page-missing", f"第 {at} 页的模板在包里找不到"))
                continue
            if member not in parsed:
                parsed[member] = self._xml(member)
            yield parsed[member]

    def _page(
        self, page: Element, box: Box, templates: list[Element], notes: list[Element]
    ) -> Page:
        number = len(self.pages) + 1
        upright, aside = self._glyphs(page, box)
        pictured = any(
            next(scope.iter("{*}ImageObject"), None) is not None for scope in (page, *templates)
        )
        if pictured and not (upright or aside):
            self.pictures.append(number)
        for scope in (page, *templates):
            if next(scope.iter("{*}CompositeObject"), None) is not None:
                message = f"第 {number} 页有复合图元，其中若有文字则没有读出"
                self.problems.append(Problem("unread-object", message))
                break
        furniture = [(each, RUNNING_HEAD) for each in templates]
        for scope, kind in [*furniture, *((each, CHROME) for each in notes)]:
            glyphs, lines = self._glyphs(scope, box)
            aside += [replace(line, kind=kind) for line in [*lines_of(glyphs), *lines]]
        return Page(number, box, tuple(in_order(upright)), tuple(aside))

    def _glyphs(self, scope: Element, page: Box) -> tuple[list[Glyph], list[Line]]:
        """Return what stands on a page under `scope`, and what leans or stands outside the page."""
        glyphs: list[Glyph] = []
        aside: list[Line] = []
        for run in self._runs(scope):
            apart: list[Glyph] = []
            for glyph in run.glyphs:
                if run.leans or not page.holds(glyph.box.middle):
                    apart.append(glyph)
                else:
                    glyphs.append(glyph._replace(box=glyph.box.within(page)))
            aside += apart_line(apart)
        return glyphs, aside

    def _runs(self, scope: Element) -> Iterator[Run]:
        """Yield the runs of text under `scope`, those printed twice for boldness once."""
        self.hidden += sum(hidden(each) for each in scope.iter("{*}TextObject"))
        seen: set[tuple[str, int, int]] = set()
        for run in runs(scope):
            text, (_, box, size, _) = run.text, run.glyphs[0]
            key = (text, round(box.x0 / (0.3 * size)), round(box.top / (0.3 * size)))
            if key in seen:
                continue
            seen.add(key)
            self.characters += len(text)
            if self.characters > MOST_CHARACTERS:
                raise FileRefused(f"{self.name} 超过 {MOST_CHARACTERS} 字", "请拆成几个文件")
            yield run

    def _annotations(self, document: Element, root: str) -> dict[str, list[Element]]:
        """Return the annotations of each page that hold text, by the page's ID."""
        found: dict[str, list[Element]] = {}
        place = safe_xml.text(document, "Annotations")
        member = self.archive.find(place, root) if place else None
        if member is None:
            return found
        for page in self._xml(member).iterfind("{*}Page"):
            file = self.archive.find(safe_xml.text(page, "FileLoc"), member)
            if file is None:
                continue
            for note in self._xml(file).iterfind("{*}Annot"):
                if next(note.iter("{*}TextCode"), None) is not None:
                    found.setdefault(page.get("PageID", ""), []).append(note)
        count = sum(map(len, found.values()))
        if count:
            message = f"有 {count} 处带文字的批注或水印，不算正文"
            self.problems.append(Problem("annotation", message))
        return found

    def _attachments(self, document: Element, root: str) -> None:
        place = safe_xml.text(document, "Attachments")
        member = self.archive.find(place, root) if place else None
        if member is None:
            return
        names = [each.get("Name", "") for each in self._xml(member).iterfind("{*}Attachment")]
        if names:
            listed = "、".join(name[:80] for name in names[:10])
            message = f"带有 {len(names)} 个附件文件，没有读：{listed}"
            self.problems.append(Problem("attachment", message))

    def _signatures(self, body: Element, entry: str) -> None:
        place = safe_xml.text(body, "Signatures")
        member = self.archive.find(place, entry) if place else None
        if member is None:
            return
        count = sum(1 for _ in self._xml(member).iterfind("{*}Signature"))
        if count:
            message = f"带有 {count} 个电子签名或签章，没有验证；章面上的字没有读"
            self.problems.append(Problem("signature", message))

    def _report(self) -> None:
        if self.pictures:
            message = f"第 {_listed(self.pictures)} 页只有图片，上面的字没有读出"
            self.problems.append(Problem("picture", message))
        if self.hidden:
            message = f"有 {self.hidden} 处设为不可见的文字，没有读"
            self.problems.append(Problem("hidden-text", message))

    def _textless(self) -> FileRefused:
        if self.pictures:
            return FileRefused(
                f"{self.name} 只有图片，没有文字", "请把各页另存为图片或 PDF，再用 OCR 读"
            )
        return FileRefused(f"{self.name} 里没有文字", _REMEDY)


def _facts(body: Element) -> Iterator[Fact]:
    """Yield what DocInfo says: Title, Author, CreationDate …, keywords, custom data."""
    info = first(body, "DocInfo")
    if info is None:
        return
    for element in info.iter("{*}*"):
        value = (element.text or "").strip()
        if value and len(element) == 0:
            name = element.get("Name") or str(element.tag).rpartition("}")[2]
            yield Fact(name[:_LONGEST_FACT], value[:_LONGEST_FACT], "OFD 元数据")


def _box(area: Element | None, default: Box) -> Box:
    """Return the size of a page by its PhysicalBox, `default` where it says none."""
    box = numbers(safe_xml.text(area, "PhysicalBox")) if area is not None else []
    if len(box) != 4 or min(box[2:]) <= 0:
        return default
    return Box(0.0, 0.0, POINT * box[2], POINT * box[3])


def _listed(numbers_: Iterable[int]) -> str:
    listed = list(numbers_)
    return "、".join(map(str, listed[:20])) + ("……" if len(listed) > 20 else "")
