"""What happens around the running process: a second one, a link made beside it, and a kill in the middle."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx2 as httpx
import pytest

from lib.actions import links, open_store
from lib.model.records import Study
from tests.actions import rooms_of
from tests.load.server import Server, free_port, serve

ROOT = Path(__file__).parents[2]


def environment(store: Path) -> dict[str, str]:
    return {"MULIGHETSROM_STORE": str(store)}


@pytest.fixture
def store(furnished: Path, tmp_path: Path) -> Path:
    """A file in which the demonstrations lie already, so that a server need not lay them."""
    return Path(shutil.copyfile(furnished, tmp_path / "store.duckdb"))


def run(store: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **environment(store)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def enter(server: Server, key: str) -> str:
    """The cookie that the entry page's button sets; empty for a key that opens nothing."""
    address = f"http://127.0.0.1:{server.port}/inn/{key}"
    assert httpx.get(address).status_code in (200, 404)
    return httpx.post(address).cookies.get(links.COOKIE) or ""


def test_a_second_server_says_who_holds_the_file_and_what_to_do(tmp_path: Path, store: Path) -> None:
    with serve("app.py", ROOT, tmp_path / "log", "/status", environment(store)) as server:
        second = run(store, "streamlit", "run", "app.py", "--server.port", str(free_port()))
    assert second.returncode == 1
    assert str(server.process.pid) in second.stderr
    assert str(store) in second.stderr
    assert "MULIGHETSROM_STORE" in second.stderr
    assert "Traceback" not in second.stderr


def test_a_link_made_beside_a_running_server_opens_it(tmp_path: Path, store: Path) -> None:
    with serve("app.py", ROOT, tmp_path / "log", "/status", environment(store)) as server:
        made = run(store, "lib.commands.link")
        assert made.returncode == 0, made.stderr
        found = re.search(rf"http://127\.0\.0\.1:{server.port}/inn/(\S+)", made.stdout)
        assert found, made.stdout
        waiting = list((store.parent / links.WAITING).iterdir())
        assert len(waiting) == 1
        assert found[1] not in waiting[0].read_text(encoding="utf-8") + waiting[0].name
        assert enter(server, found[1])
        assert list((store.parent / links.WAITING).iterdir()) == []
    again = run(store, "lib.commands.link")
    assert again.returncode == 0
    assert "/inn/" in again.stdout


def test_a_killed_server_comes_back_with_its_links(tmp_path: Path) -> None:
    store = tmp_path / "store.duckdb"
    with serve("app.py", ROOT, tmp_path / "log", "/status", environment(store)) as server:
        printed = re.search(r"/inn/(\S+)", (tmp_path / "log").read_text(encoding="utf-8"))
        assert printed
        server.process.kill()
        server.process.wait(15)
    with serve("app.py", ROOT, tmp_path / "log again", "/status", environment(store)) as server:
        assert enter(server, printed[1]) == printed[1]
        assert "/inn/" not in (tmp_path / "log again").read_text(encoding="utf-8")


def test_the_end_of_a_server_is_quiet(tmp_path: Path, store: Path) -> None:
    with serve("app.py", ROOT, tmp_path / "log", "/status", environment(store)):
        pass
    said = (tmp_path / "log").read_text(encoding="utf-8", errors="replace")
    assert "leaked" not in said
    assert "Traceback" not in said
    assert not list(tmp_path.glob("*.wal"))


def test_phones_that_follow_do_not_hold_up_the_end_of_a_server(tmp_path: Path, own: Study) -> None:
    rooms_of.furnish(own)
    room = rooms_of.opened(own, asks_role=False, asks_municipality=False)
    store = Path(open_store.address())
    open_store.close()
    with serve("app.py", ROOT, tmp_path / "log", "/status", environment(store)) as server:
        address = f"http://127.0.0.1:{server.port}/delta/{room.plan.code}"
        with httpx.Client() as phone:
            phone.post(f"{address}/bli-med", data={"navn": "Gruppe 1"})
            with phone.stream("GET", f"{address}/folg") as stream:
                assert stream.headers["content-type"].startswith("text/event-stream")
                lines = stream.iter_lines()
                assert next(lines) == "event: steg"
                server.process.terminate()
                begun = time.monotonic()
                server.process.wait(10)
                assert time.monotonic() - begun < 3
    said = (tmp_path / "log").read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in said
    assert "ERROR" not in said
