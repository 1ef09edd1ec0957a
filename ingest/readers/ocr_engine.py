"""The recogniser of text in pictures: rapidocr with the PP-OCRv6 models of its wheel.

Only this module imports rapidocr. Its models are named by their paths in the wheel, so it never
looks for others on the network. Other settings made no difference on clean and on slanted pages
(detection side 736 to 1280, longest side 1280 to 4000, unclip 1.4 to 2.0 and
0.5, turning of lines); unclip 2.0 made pages of 100 dpi worse.
"""

from __future__ import annotations

import importlib.util
import math
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.errors import FileRefused

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_LONGEST_SIDE = 2800  # pixels; A4 at 200 dpi has 2339
_SOUND = 0.8  # mean score of a page that stands upright
_lock = threading.Lock()


class Found(NamedTuple):
    """A piece of text in a picture; places in pixels, y downwards, after the page is set straight.

    `score` is the recogniser's confidence, from 0 to 1.
    """

    text: str
    score: float
    x0: float
    x1: float
    top: float
    bottom: float


def require(name: str) -> None:
    """Refuse `name` where no recogniser is installed."""
    if not available():
        raise FileRefused(
            f"{name} 是图片或扫描件，识别文字需要 OCR，没有安装",
            "请运行 pip install 'zhangjie[ocr]'",
        )


def available() -> bool:
    """Whether the recogniser and its models are installed; imports nothing heavy."""
    return importlib.util.find_spec("onnxruntime") is not None and len(_models()) == 2


def find(picture: Picture) -> list[Found]:
    """Return the pieces of text in an RGB picture, in no order; `available()` must hold.

    A page that lies on a side or upside down is read after turning it, and a slope of a few degrees
    is taken out of the places.
    """
    best = _found(picture)
    if _sound(best):
        return _level(best)
    turns = (90, 270) if _lies(best) else (180,)
    for turn in turns if best else ():
        other = _found(picture.rotate(turn, expand=True))
        if _weight(other) > _weight(best):
            best = other
    return _level(best)


_Raw = list[tuple[list[list[float]], str, float]]  # corners (clockwise from top left), text, score


def _found(picture: Picture) -> _Raw:
    import numpy as np

    pixels = np.asarray(picture)[:, :, ::-1]  # rapidocr takes BGR
    with _lock:
        result: Any = _engine()(np.ascontiguousarray(pixels))
    if getattr(result, "boxes", None) is None or getattr(result, "txts", None) is None:
        return []  # rapidocr then gives a result of another type
    return [
        (box.tolist(), text, float(score))
        for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
        if text.strip()
    ]


@cache
def _models() -> dict[str, str]:
    """Return the paths of the models for detection and recognition by their name in settings."""
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return {}
    folder = Path(spec.origin).parent / "models"
    found = {}
    for part in ("Det", "Rec"):
        for path in sorted(folder.glob(f"PP-OCRv6_{part.lower()}_small.onnx")):
            found[f"{part}.model_path"] = str(path)
    return found


@cache
def _engine() -> Callable[[Any], object]:
    from rapidocr import RapidOCR

    settings: dict[str, Any] = {
        "Global.log_level": "critical",
        "Global.use_cls": False,  # turns single lines, not pages: `find` does that
        "Global.text_score": 0.0,  # nothing is dropped silently
        "Global.max_side_len": _LONGEST_SIDE,
    }
    return RapidOCR(params=settings | _models())


def _sound(found: _Raw) -> bool:
    return bool(found) and not _lies(found) and _mean(found) >= _SOUND


def _mean(found: _Raw) -> float:
    return _weight(found) / max(sum(len(text) for _, text, _ in found), 1)


def _weight(found: _Raw) -> float:
    """Return how much text there is, less where its score is low or it runs upwards."""
    weight = sum(len(text) * score for _, text, score in found)
    return weight / 4 if _lies(found) else weight


def _lies(found: _Raw) -> bool:
    """Whether most text runs from top to bottom, as on a page that lies on its side."""
    tall = total = 0
    for corners, text, _ in found:
        (x0, y0), (x1, y1) = corners[0], corners[2]
        if len(text) > 2:
            total += len(text)
            tall += len(text) * (abs(y1 - y0) > abs(x1 - x0))
    return tall * 2 > total


def _level(found: _Raw) -> list[Found]:
    """Turn the places so that lines are level; the slope is that of most wide pieces."""
    slopes = [
        math.atan2(corners[1][1] - corners[0][1], corners[1][0] - corners[0][0])
        for corners, text, _ in found
        if len(text) > 8
    ]
    slope = median(slopes) if slopes else 0.0
    cos, sin = math.cos(slope), math.sin(slope)
    result = []
    for corners, text, score in found:
        turned = [(x * cos + y * sin, y * cos - x * sin) for x, y in corners]
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = turned
        place = ((ax + dx) / 2, (bx + cx) / 2, (ay + by) / 2, (cy + dy) / 2)
        result.append(Found(text.strip(), score, *place))
    return result
