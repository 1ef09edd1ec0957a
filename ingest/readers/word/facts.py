"""What a Word document says of itself in its properties."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.parts.coreprops import CorePropertiesPart

from ingest.reading import Fact

_WHERE = "文档属性"


def facts(document: WordDocument) -> tuple[Fact, ...]:
    """Return title, author and day of creation where the document has them.

    Only what stands in the file: python-docx would make up properties for a file without any.
    """
    package = document.part.package
    for relation in package.rels.values() if package else ():
        if relation.reltype == RELATIONSHIP_TYPE.CORE_PROPERTIES and not relation.is_external:
            part = relation.target_part
            return _facts(part) if isinstance(part, CorePropertiesPart) else ()
    return ()


def _facts(part: CorePropertiesPart) -> tuple[Fact, ...]:
    try:
        properties = part.core_properties
        created = properties.created
        found = (
            ("标题", properties.title),
            ("作者", properties.author),
            ("创建时间", created.date().isoformat() if created else ""),
        )
    except (AttributeError, TypeError, ValueError):  # not what a properties part should hold
        return ()
    bare = ((name, value.strip()) for name, value in found)
    return tuple(Fact(name, value, _WHERE) for name, value in bare if value)
