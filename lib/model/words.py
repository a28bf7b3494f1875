"""Values that are said in the reader's language."""

from __future__ import annotations


class Word(str):
    """A value that stands in the catalogue under this key."""
