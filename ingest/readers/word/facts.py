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
    relations = package.rels.values() if package else ()
    for relation in relations:
        if relation.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES or relation.is_external:
            continue
        part = relation.target_part
        if isinstance(part, CorePropertiesPart):
            properties = part.core_properties
            created = properties.created
            found = (
                ("标题", properties.title),
                ("作者", properties.author),
                ("创建时间", created.date().isoformat() if created else ""),
            )
            return tuple(
                Fact(name, value.strip(), _WHERE) for name, value in found if value.strip()
            )
    return ()
