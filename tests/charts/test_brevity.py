"""A spec said briefly draws the very same picture, in fewer bytes."""

from __future__ import annotations

import json
import sys

import pandas as pd
import pytest
import vl_convert

from lib.charts import look
from lib.charts.look import Spec
from tests.charts.case import CHARTS, drawn, whole


def at_length(kind: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Spec, pd.DataFrame]:
    """As the chart declares it."""
    forget()
    with monkeypatch.context() as patch:
        patch.setattr(look, "brief", lambda spec: spec)
        found = drawn(kind)
    forget()
    return found


def forget() -> None:
    """Specs are made once in a process."""
    for name, module in sys.modules.items():
        if name.startswith("lib.charts."):
            for made in vars(module).values():
                getattr(made, "cache_clear", lambda: None)()


@pytest.mark.parametrize("width", [340, 700])
@pytest.mark.parametrize("kind", CHARTS)
def test_the_picture_is_the_same_to_the_last_point(kind: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for ground in ("#FFFFFF", "#0E1117"):
        before, after = (
            whole(spec, frame, width, ground) for spec, frame in (at_length(kind, monkeypatch), drawn(kind))
        )
        assert vl_convert.vegalite_to_svg(before) == vl_convert.vegalite_to_svg(after)


def test_it_is_shorter_where_layers_repeat_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths = {
        kind: [len(json.dumps(spec)) for spec, _ in (at_length(kind, monkeypatch), drawn(kind))] for kind in CHARTS
    }
    assert all(after <= before for before, after in lengths.values())
    assert all(lengths[kind][1] < 0.75 * lengths[kind][0] for kind in ("matrix", "spread", "risks"))
