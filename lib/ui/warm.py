"""Everything that is slow the first time, done before the first visitor comes; then the heap is frozen.

A collection after every script run would walk all of pandas and altair; frozen objects are never walked again.
"""

from __future__ import annotations

import gc
import importlib

from lib.ui import pictures

# What pages import on their first run, and what these import when first used.
_MODULES = (
    "pandas",
    "pyarrow.compute",
    "altair",
    "openpyxl",
    "streamlit.components.v2",
    "streamlit.elements.vega_charts",
    "lib.i18n",
    "lib.actions.exports",
    "lib.ui.access",
    "lib.ui.inputs",
    "lib.ui.navigation",
    "lib.ui.panels",
    "lib.ui.show",
    "lib.ui.uploading",
)


def warm() -> None:
    """Import it all, draw the pictures' specs, and freeze the heap."""
    for module in _MODULES:
        importlib.import_module(module)
    pictures.prepare()
    gc.collect()
    gc.freeze()


def thaw() -> None:
    """Give the heap back to the collector, so that the end of the process is quiet."""
    gc.unfreeze()
    gc.collect()
