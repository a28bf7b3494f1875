"""`make pictures`: the README's pictures, taken of the real app with the demonstration in it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import QUIET, ROOT, chromium
from tests.load.server import serve

FOLDER = ROOT / "docs" / "pictures"
# name: address, width, height, colour scheme
PICTURES = {
    "prioritering-lys": ("prioritering", 1440, 1250, "light"),
    "prioritering-telefon": ("prioritering", 390, 1100, "dark"),
}


def main() -> int:
    executable = chromium()
    if not executable:
        print("No Chromium was found; install one or name it in CHROMIUM.", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = {"MULIGHETSROM_STORE": f"{folder}/store.duckdb"}
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET)
        with serve("app.py", ROOT, Path(folder) / "log", "/status", store) as server:
            for name, (address, width, height, scheme) in PICTURES.items():
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
                page.goto(f"http://127.0.0.1:{server.port}/{address}?utredning=indre-namdal")
                page.get_by_role("heading", level=2).first.wait_for()
                page.wait_for_timeout(3000)  # the charts draw after the page stands
                page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
