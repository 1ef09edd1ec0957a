"""Word documents (.docx): what is in the package becomes text, marks and doubts."""

from __future__ import annotations

from ingest.reading import Reading


def read(content: bytes, name: str) -> Reading:
    """Read a .docx; FileRefused where it is none, is locked, broken or a bomb.

    A binary .doc that is only called .docx is handed to `ingest.readers.office`.
    """
    from ingest.readers import ole

    if ole.is_ole(content) and not ole.is_locked(content):
        from ingest.readers import office

        return office.read(content, name)
    from ingest.readers.word import reader  # imports python-docx

    return reader.read(content, name)
