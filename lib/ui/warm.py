"""Everything that is slow the first time, done before the first visitor comes; then the heap is frozen.

A collection after every script run would walk all of pandas and altair; frozen objects are never walked again.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil

from lib import ui
from lib.ui import pictures

# What pages import when first used; all of lib.ui comes with it.
_MODULES = (
    "pandas",
    "pyarrow.compute",
    "altair",
    "openpyxl",
    "streamlit.components.v2",
    "streamlit.elements.vega_charts",
    "lib.i18n",
    "scipy.cluster.hierarchy",
    "scipy.optimize",
    "scipy.sparse",
    "lib.actions.cost_exports",
    "lib.actions.exports",
    "segno",
)


def warm() -> None:
    """Import it all, draw the pictures' specs, and freeze the heap."""
    rooms = (f"lib.ui.{module.name}" for module in pkgutil.iter_modules(ui.__path__) if module.name != "frame")
    for name in (*_MODULES, *rooms):
        importlib.import_module(name)
    pictures.prepare()
    gc.collect()
    gc.freeze()


def thaw() -> None:
    """Give the heap back to the collector, so that the end of the process is quiet."""
    gc.unfreeze()
    gc.collect()
