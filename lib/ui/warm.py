"""Everything that is slow the first time, done before the first visitor comes; then the heap is frozen.

A collection after every script run would walk all of pandas and altair; frozen objects are never walked again.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil

import lib
from lib.exhibits import catalogue

# What is imported when first used, beside all of lib.
_MODULES = (
    "pandas",
    "pyarrow.compute",
    "altair",
    "openpyxl",
    "streamlit.components.v2",
    "streamlit.elements.vega_charts",
    "scipy.cluster.hierarchy",
    "scipy.optimize",
    "scipy.sparse",
    "segno",
)
_SCRIPT = "lib.ui.frame"  # what Streamlit runs for each visitor


def warm() -> None:
    """Import it all, draw the pictures' specs, and freeze the heap."""
    rooms = (module.name for module in pkgutil.walk_packages(lib.__path__, "lib.") if module.name != _SCRIPT)
    for name in (*_MODULES, *rooms):
        importlib.import_module(name)
    catalogue.prepare()
    gc.collect()
    gc.freeze()


def thaw() -> None:
    """Give the heap back to the collector, so that the end of the process is quiet."""
    gc.unfreeze()
    gc.collect()
