"""A small writer of OFD files that follow GB/T 33190-2016, for tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from tests.ingest.readers.typeset import EM, HEAD_Y, LEFT, NUMBER_Y, PAGE, ROWS, Set, em, pages

_XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_AREA = f"<ofd:PhysicalBox>0 0 {PAGE[0]:g} {PAGE[1]:g}</ofd:PhysicalBox>"


@dataclass
class Ofd:
    """What is to be written; `extra` are further members, `document` XML at Document.xml's end."""

    paragraphs: Sequence[str]
    head: str = ""
    info: Mapping[str, str] = field(default_factory=dict)
    numbered: bool = True
    rows: int = ROWS
    pieces: int = 0  # characters of a TextObject, 0 for a whole line
    extra: Mapping[str, str] = field(default_factory=dict)
    body: str = ""  # XML at the end of DocBody
    document: str = ""

    def members(self) -> dict[str, str]:
        """Return the content of each member by its name."""
        sheets = pages(self.paragraphs, self.rows)
        found = {
            "OFD.xml": self._entry(),
            "Doc_0/Document.xml": self._document(len(sheets)),
            "Doc_0/PublicRes.xml": _HEAD
            + f'<ofd:Res {_XMLNS} BaseLoc="Res"><ofd:Fonts>'
            + '<ofd:Font ID="3" FontName="仿宋_GB2312" FamilyName="仿宋"/></ofd:Fonts></ofd:Res>',
        }
        if self.head:
            line = Set(self.head, LEFT, HEAD_Y, tuple(em(c) * 3.7 for c in self.head[:-1]), 3.7)
            layer = f'<ofd:Layer ID="8" Type="Background">{text_object(line, 9)}</ofd:Layer>'
            found["Doc_0/Tpls/Tpl_0/Content.xml"] = _page(layer)
        for at, lines in enumerate(sheets):
            found[f"Doc_0/Pages/Page_{at}/Content.xml"] = self._sheet(at, lines)
        return found | dict(self.extra)

    def content(self) -> bytes:
        """Return the file."""
        return packed(self.members())

    def _entry(self) -> str:
        info = "".join(f"<ofd:{name}>{escape(v)}</ofd:{name}>" for name, v in self.info.items())
        return (
            f'{_HEAD}<ofd:OFD {_XMLNS} Version="1.0" DocType="OFD"><ofd:DocBody>'
            f"<ofd:DocInfo><ofd:DocID>{'0' * 32}</ofd:DocID>{info}</ofd:DocInfo>"
            f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{self.body}</ofd:DocBody></ofd:OFD>"
        )

    def _document(self, count: int) -> str:
        listed = "".join(
            f'<ofd:Page ID="{at + 100}" BaseLoc="Pages/Page_{at}/Content.xml"/>'
            for at in range(count)
        )
        template = (
            '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml" ZOrder="Background"/>'
            if self.head
            else ""
        )
        return (
            f"{_HEAD}<ofd:Document {_XMLNS}><ofd:CommonData><ofd:MaxUnitID>99999</ofd:MaxUnitID>"
            f"<ofd:PageArea>{_AREA}</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
            f"{template}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{self.document}"
            "</ofd:Document>"
        )

    def _sheet(self, at: int, lines: Sequence[Set]) -> str:
        objects = [piece for line in lines for piece in self._divided(line)]
        if self.numbered:
            text = f"— {at + 1} —"
            steps = tuple(em(char) * EM * 0.9 for char in text[:-1])
            objects.append(Set(text, PAGE[0] / 2 - 10, NUMBER_Y, steps, EM * 0.9))
        drawn = "".join(text_object(line, 1000 + n) for n, line in enumerate(objects))
        use = '<ofd:Template TemplateID="7" ZOrder="Background"/>' if self.head else ""
        return _page(f'<ofd:Layer ID="50" Type="Body">{drawn}</ofd:Layer>', use)

    def _divided(self, line: Set) -> list[Set]:
        count = self.pieces or len(line.text)
        parts = []
        for start in range(0, len(line.text), count):
            x = line.x + sum(line.steps[:start])
            steps = line.steps[start : start + count - 1]
            parts.append(Set(line.text[start : start + count], x, line.y, steps, line.size))
        return parts


def text_object(line: Set, number: int, attributes: str = "") -> str:
    """Return the TextObject of a line: Boundary around it, TextCode within, runs as `g n d`."""
    top = line.y - 0.86 * line.size
    width = sum(line.steps) + line.size
    return (
        f'<ofd:TextObject ID="{number}" Font="3" Size="{line.size:g}" {attributes}'
        f' Boundary="{line.x:.4f} {top:.4f} {width:.4f} {line.size * 1.2:.4f}">'
        f'<ofd:TextCode X="0" Y="{line.y - top:.4f}" DeltaX="{_deltas(line.steps)}">'
        f"{escape(line.text)}</ofd:TextCode></ofd:TextObject>"
    )


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of the members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _deltas(steps: Sequence[float]) -> str:
    parts: list[str] = []
    at = 0
    while at < len(steps):
        end = at
        while end < len(steps) and abs(steps[end] - steps[at]) < 1e-9:
            end += 1
        run = end - at
        parts.append(
            f"g {run} {steps[at]:.4f}" if run > 2 else " ".join([f"{steps[at]:.4f}"] * run)
        )
        at = end
    return " ".join(parts)


def _page(content: str, use: str = "") -> str:
    return (
        f"{_HEAD}<ofd:Page {_XMLNS}>{use}<ofd:Area>{_AREA}</ofd:Area>"
        f"<ofd:Content>{content}</ofd:Content></ofd:Page>"
    )
