"""The words of the catalogues, as sheets need them: one language to write in, all languages to recognise."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass


def fold(text: str) -> str:
    """What two spellings of one heading share: small letters and digits, without spaces and punctuation.

    A text of nothing else, such as «+» or «-», stays as it is.
    """
    written = unicodedata.normalize("NFC", text).casefold()
    return "".join(letter for letter in written if letter.isalnum()) or "".join(written.split())


@dataclass(frozen=True, slots=True)
class Texts:
    """`catalogues` holds the sentences of every language under dotted keys; `language` is the visitor's."""

    language: str
    catalogues: Mapping[str, Mapping[str, str]]

    def __call__(self, key: str, /, **params: object) -> str:
        sentence = self.catalogues[self.language][key]
        return sentence.format(**params) if params else sentence

    def everywhere(self, key: str) -> tuple[str, ...]:
        """The text under a key in every language that has it, the visitor's first."""
        languages = sorted(self.catalogues, key=lambda language: language != self.language)
        return tuple(self.catalogues[language][key] for language in languages if key in self.catalogues[language])

    def months(self) -> tuple[tuple[str, ...], ...]:
        """What each month is called in every language, in small letters."""
        return tuple(zip(*(names.casefold().split("; ") for names in self.everywhere("language.months")), strict=True))

    def names(self, key: str) -> tuple[str, ...]:
        """All that people call the thing under a key: its text and its synonyms (split by «;») in every language."""
        section, _, rest = key.partition(".")
        synonyms = ";".join(self.everywhere(f"{section}.synonyms.{rest}")).split(";")
        return self.everywhere(key) + tuple(name.strip() for name in synonyms if name.strip())
