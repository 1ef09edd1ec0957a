"""Pictures that may come from anybody: the size is known before a pixel is decoded."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.errors import FileRefused

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PIXELS = 80_000_000  # A3 at 600 dpi has 70 million
MOST_FRAMES = 500
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")  # no others: fewer decoders, fewer surprises


def frames(content: bytes, name: str) -> Iterator[Picture]:
    """Yield each picture of a file as RGB, upright as its EXIF says, on white where transparent.

    FileRefused for what is no picture, broken, or over a limit; the limit on pixels holds before
    anything is decoded.
    """
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(content), formats=_FORMATS)
            # further frames of PNG and JPEG are animation and previews, those of TIFF are pages
            count = getattr(picture, "n_frames", 1) if picture.format == "TIFF" else 1
        except Image.DecompressionBombError as error:
            raise _too_large(name, "像素过多") from error
        except Exception as error:  # Pillow's plugins raise anything on broken bytes
            raise _broken(name) from error
    if count > MOST_FRAMES:
        raise FileRefused(f"{name} 有 {count} 页，超过 {MOST_FRAMES} 页", "请拆成几个文件")
    for at in range(count):
        yield _frame(picture, at, name)


def _frame(picture: Picture, at: int, name: str) -> Picture:
    from PIL import Image, ImageOps

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture.seek(at)
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise _too_large(name, f"有 {width}×{height} 像素")
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            if upright.mode.startswith("I;16"):
                upright = upright.point(lambda value: value / 256).convert("L")
            if "A" in upright.getbands() or "transparency" in upright.info:
                layer = upright.convert("RGBA")
                white = Image.new("RGBA", layer.size, "white")
                upright = Image.alpha_composite(white, layer)
            return upright.convert("RGB")
        except FileRefused:
            raise
        except Image.DecompressionBombError as error:
            raise _too_large(name, "像素过多") from error
        except Exception as error:  # as above
            raise _broken(name) from error


def _too_large(name: str, why: str) -> FileRefused:
    return FileRefused(
        f"{name} {why}，超过 {MOST_PIXELS // 10**6} 百万像素", "请缩小或裁成几张后再试"
    )


def _broken(name: str) -> FileRefused:
    return FileRefused(f"{name}：图片损坏或不完整", "请重新扫描或重新导出图片")
