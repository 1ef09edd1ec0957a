"""What zhangjie refuses, and how it says so.

    ZhangjieError
    ├── InputError       the question, a file or an option cannot be used
    │   ├── FileRefused      a file that no reader can turn into text
    │   ├── AlreadyThere     a file that the corpus has
    │   └── ManifestError    a line of manifest.jsonl that cannot be read
    ├── NotFound         no such document, clause or address
    ├── AddressError     text that is no address
    └── StoreError       what lies in the data folder cannot be used

Every message is Chinese and says what is wrong, where, and how to mend it.
"""

from __future__ import annotations


class ZhangjieError(Exception):
    """Base of all refusals.

    `message` says what is wrong and where, `remedy` how to mend it; `str()` gives both.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}。{self.remedy}" if self.remedy else self.message


class InputError(ZhangjieError):
    """The question, a file or an option cannot be used as it is."""


class FileRefused(InputError):
    """A file that no reader can turn into text."""


class AlreadyThere(InputError):
    """A file that the corpus has, by its name or its content, as the document `doc_id`."""

    def __init__(self, message: str, remedy: str, doc_id: str) -> None:
        super().__init__(message, remedy)
        self.doc_id = doc_id


class ManifestError(InputError):
    """A line of manifest.jsonl that cannot be read."""


class NotFound(ZhangjieError):
    """No such document, clause or address in the corpus."""


class AddressError(ZhangjieError):
    """Text that is not the address of a clause."""


class StoreError(ZhangjieError):
    """Something in the data folder cannot be used."""
