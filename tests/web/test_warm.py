"""What is imported before the first visitor comes: all of ours, so that no page waits for a module."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LISTED = """
import pkgutil, sys
import lib
from lib.ui.warm import warm
warm()
print(*(module.name for module in pkgutil.walk_packages(lib.__path__, "lib.") if module.name not in sys.modules))
"""


def modules() -> set[str]:
    """Every file of lib by the name it is imported under."""
    files = (path.relative_to(ROOT).with_suffix("") for path in (ROOT / "lib").rglob("*.py"))
    return {".".join(path.parts).removesuffix(".__init__") for path in files}


def test_nothing_of_ours_is_left_to_import_after_the_start() -> None:
    """But the script itself, which Streamlit runs anew for every visitor."""
    told = subprocess.run(
        [sys.executable, "-c", _LISTED], cwd=ROOT, capture_output=True, text=True, check=True, timeout=120
    )
    assert "lib.ui.costs.show" in modules()
    assert set(told.stdout.split()) == {"lib.ui.frame"}


def test_every_folder_is_a_package_that_is_walked() -> None:
    """A folder without its `__init__.py` would be passed over in silence."""
    folders = {path.parent for path in (ROOT / "lib").rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").is_file()] == []
