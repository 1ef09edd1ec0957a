"""XML that may come from anybody: no network, no entities, no huge trees."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias

from corpus.errors import FileRefused

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element
else:
    Element = object

_LIMIT = 1e6  # no number on a page is larger; keeps products of numbers finite


def parse(content: bytes, where: str) -> Element:
    """Return the root of an XML file; FileRefused where it is broken or declares entities.

    `where` names the file in refusals. lxml must be installed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise FileRefused(f"{where} 不是完整的 XML", "文件可能损坏，请重新导出") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FileRefused(f"{where} 声明了 DTD 或外部实体", "请核实文件来源后重新导出")
    return root


def text(parent: Element, name: str) -> str:
    """Return the text of the first child `name` in any namespace, empty for none."""
    return "".join(child.itertext()).strip() if (child := first(parent, name)) is not None else ""


def first(parent: Element, *names: str) -> Element | None:
    """Return the first descendant by a path of child names in any namespace, None for none."""
    return parent.find("/".join(f"{{*}}{name}" for name in names))


def number(value: str | None, default: float = 0.0) -> float:
    """Return a number of an attribute, `default` where it is none; never beyond a million."""
    try:
        found = float(value or "")
    except ValueError:
        return default
    return max(-_LIMIT, min(_LIMIT, found)) if math.isfinite(found) else default


def numbers(value: str | None) -> list[float]:
    """Return the numbers of an attribute such as `0 0 210 297`."""
    return [number(each) for each in (value or "").split()]
