"""PDFs of invented text, set as offices set them: A4, 16 points, indent of two characters."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

from PIL import Image
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

FONT = "STSong-Light"
SIZE = 16.0
LEFT, RIGHT, TOP, BOTTOM = 90.0, 506.0, 760.0, 90.0  # of the text, from the foot of the page
PER_LINE = 26
PITCH = 26.0
WIDTH, HEIGHT = 595.0, 842.0

# 88 characters: three full lines and a short one, the indent counted.
PROSE = (
    "为保障山区群众饮水安全，县里决定对全部老旧管道进行更换，新建蓄水池二十八座，"
    "由水务部门负责组织实施，乡镇负责征地和协调，每季度向社会公布一次进展情况，接受群众监督和评议。"
)


class Sheets:
    """A PDF that is written line by line from the head of the page down."""

    def __init__(self, **options: object) -> None:
        if FONT not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.buffer = BytesIO()
        self.canvas = Canvas(self.buffer, (WIDTH, HEIGHT), **options)
        self.y = TOP

    def at(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        """Write a piece of text with its left end at `x` and its base line at `y`."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)

    def line(self, text: str, indent: float = 0, size: float = SIZE) -> None:
        """Write a line at the place reached, `indent` in characters."""
        self.at(LEFT + indent * size, self.y, text, size)
        self.y -= PITCH * size / SIZE

    def centred(self, text: str, size: float = SIZE) -> None:
        """Write a centred line."""
        self.canvas.setFont(FONT, size)
        self.canvas.drawCentredString((LEFT + RIGHT) / 2, self.y, text)
        self.y -= PITCH * size / SIZE

    def paragraph(self, text: str, left: float = LEFT, per_line: int = PER_LINE) -> None:
        """Write a paragraph with an indent, on as many pages as it takes."""
        rest = "　　" + text
        while rest:
            if self.y < BOTTOM:
                self.page()
            shown = rest[:per_line]
            offset = SIZE * (len(shown) - len(shown.lstrip("　")))
            self.at(left + offset, self.y, shown.lstrip("　"))
            self.y -= PITCH
            rest = rest[per_line:]

    def page(self) -> None:
        """Begin a page."""
        self.canvas.showPage()
        self.y = TOP

    def frame(self, top: float, bottom: float, columns: int = 1) -> None:
        """Draw a frame over the width of the text, divided into columns of one width."""
        self.canvas.rect(LEFT - 5, bottom, RIGHT - LEFT + 10, top - bottom)
        for at in range(1, columns):
            x = LEFT - 5 + at * (RIGHT - LEFT + 10) / columns
            self.canvas.line(x, top, x, bottom)

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        """Place an image, its lower left corner at (x, y)."""
        image = ImageReader(Image.new("RGB", (8, 8), "gray"))
        self.canvas.drawImage(image, x, y, width, height)

    def content(self) -> bytes:
        """Finish the file and return it."""
        self.canvas.save()
        return self.buffer.getvalue()


def typeset(text: str) -> bytes:
    """Set a text, one paragraph a line, with ragged lines and numbered pages."""
    Sheets()  # registers the font
    style = ParagraphStyle("body", fontName=FONT, fontSize=14, leading=24, wordWrap="CJK")
    style.firstLineIndent = 28
    parts = [Paragraph(escape(line.strip()), style) for line in text.splitlines() if line.strip()]
    buffer = BytesIO()

    def number(canvas: Canvas, document: SimpleDocTemplate) -> None:
        canvas.setFont(FONT, 10)
        canvas.drawCentredString(WIDTH / 2, 40, f"- {document.page} -")

    template = SimpleDocTemplate(buffer, pagesize=(WIDTH, HEIGHT), leftMargin=80, rightMargin=80)
    template.build(parts, onFirstPage=number, onLaterPages=number)
    return buffer.getvalue()
