"""How a refusal is looked at: by its code, and by whether every language has a sentence that its values fill."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lib import i18n
from lib.model.problems import AppError


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(AppError) as refused:
        work()
    for language in i18n.LANGUAGES:
        assert "nan" not in i18n.error(language, refused.value).split()
    return refused.value.code
