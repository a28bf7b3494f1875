"""The words of sheets: what intake writes in one language and recognises in all."""

from __future__ import annotations

from lib.i18n import LANGUAGES, catalogue
from lib.intake.texts import Texts


def texts(language: str) -> Texts:
    """The words that intake writes in one language and recognises in all."""
    return Texts(language, {known: catalogue(known) for known in LANGUAGES})
