"""Links: what they give, that only their hash is kept, and that they end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lib.access import hash_key
from lib.actions import links, open_store
from lib.commands import link as link_command
from lib.model.access import VISITOR, Role
from lib.model.problems import AppError, Denied, NotFound
from lib.model.records import Link, Study, new_id
from lib.store import audit
from lib.store import links as stored
from tests.people import FACILITATOR, leader, reader


def test_a_link_gives_its_role_in_its_study_only(own: Study) -> None:
    link, key = links.make(FACILITATOR, Role.LEADER, own, "Lederne i Grong", 30)
    (grant,) = links.actor_of(key).grants
    assert (grant.role, grant.study, grant.link) == (Role.LEADER, own.id, link.id)
    described = links.describe(key)
    assert described is not None
    assert (described.role, described.study_slug) == ("leader", own.slug)


def test_a_facilitators_link_is_for_all_studies(own: Study) -> None:
    _, key = links.make(FACILITATOR, Role.FACILITATOR, own, "Ny prosessleder", 30)
    assert links.actor_of(key).grants[0].study is None


def test_the_key_is_nowhere_in_the_store(own: Study, home: Path) -> None:
    _, key = links.make(FACILITATOR, Role.READER, own, "Formannskapet", 30)
    open_store.store().checkpoint()
    open_store.close()
    kept = b"".join(path.read_bytes() for path in home.parent.iterdir() if path.is_file())
    assert hash_key(key).encode() in kept
    assert key.encode() not in kept


def test_a_revoked_link_opens_nothing(own: Study) -> None:
    link, key = links.make(FACILITATOR, Role.READER, own, "Formannskapet", 30)
    links.revoke(FACILITATOR, link.id)
    links.revoke(FACILITATOR, link.id)
    assert links.actor_of(key) == VISITOR
    assert links.describe(key) is None
    assert links.listing(FACILITATOR)[0].revoked_at is not None


def test_an_expired_link_opens_nothing(own: Study) -> None:
    past = datetime.now(UTC) - timedelta(seconds=1)
    link = Link(id=new_id(), role="reader", study=own.id, label="gammel", created_at=past, expires_at=past)
    stored.keep(open_store.store(), link, hash_key("gammel-nokkel"))
    assert links.actor_of("gammel-nokkel") == VISITOR
    assert links.describe("gammel-nokkel") is None


def test_one_browser_may_hold_several_links(own: Study) -> None:
    _, one = links.make(FACILITATOR, Role.READER, own, "en", 30)
    ended, two = links.make(FACILITATOR, Role.LEADER, own, "to", 30)
    cookie = links.add_key(links.add_key("", one), two)
    assert {grant.role for grant in links.actor_of(cookie).grants} == {Role.READER, Role.LEADER}
    links.revoke(FACILITATOR, ended.id)
    assert {grant.role for grant in links.actor_of(cookie).grants} == {Role.READER}
    assert links.add_key(cookie, one) == one


@pytest.mark.parametrize("cookie", ["", ".", "..", "x" * 5000, "a.b.c", "'; drop table link; --", "\x7f"])
def test_rubbish_in_the_cookie_is_a_visitor(home: Path, cookie: str) -> None:
    assert links.actor_of(cookie) == VISITOR


@pytest.mark.parametrize(
    ("role", "label", "days", "code"),
    [
        (Role.READER, "  ", 30, "link_label"),
        (Role.READER, "x" * 81, 30, "link_label"),
        (Role.READER, "Grong", 0, "link_days"),
        (Role.READER, "Grong", 401, "link_days"),
    ],
)
def test_a_faulty_link_is_refused(own: Study, role: Role, label: str, days: int, code: str) -> None:
    with pytest.raises(AppError) as refused:
        links.make(FACILITATOR, role, own, label, days)
    assert refused.value.code == code
    assert links.listing(FACILITATOR) == []


def test_readers_get_no_link_to_a_demonstration_or_to_nothing(demonstration: Study) -> None:
    for study in (demonstration, None):
        with pytest.raises(AppError) as refused:
            links.make(FACILITATOR, Role.READER, study, "Grong", 30)
        assert refused.value.code == "link_needs_study"


def test_only_facilitators_make_list_and_revoke(own: Study) -> None:
    link, _ = links.make(FACILITATOR, Role.READER, own, "Grong", 30)
    for actor in (VISITOR, reader(own), leader(own)):
        with pytest.raises(Denied):
            links.make(actor, Role.READER, own, "Grong", 30)
        with pytest.raises(Denied):
            links.listing(actor)
        with pytest.raises(Denied):
            links.revoke(actor, link.id)
    with pytest.raises(NotFound):
        links.revoke(FACILITATOR, "no-such-link")
    assert [each.revoked_at for each in links.listing(FACILITATOR)] == [None]


def test_making_and_revoking_leave_a_line_in_the_audit_log(own: Study) -> None:
    link, key = links.make(FACILITATOR, Role.READER, own, "Grong", 30)
    links.revoke(FACILITATOR, link.id)
    lines = [line for line in audit.listed(open_store.store()) if line.subject == link.id]
    assert [line.action for line in lines] == ["link.revoke", "link.make"]
    assert all(key not in str(line) for line in lines)


def test_the_first_start_gives_a_key_and_the_second_none(home: Path) -> None:
    key = links.first_key()
    assert key is not None
    assert links.actor_of(key).grants[0].role == Role.FACILITATOR
    assert links.first_key() is None


def test_make_link_prints_an_address(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert link_command.main() == 0
    key = capsys.readouterr().out.strip().rpartition("/inn/")[2]
    assert links.actor_of(key).grants[0].role == Role.FACILITATOR


def test_the_public_address_stands_in_links(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert links.address_of("nokkel", "http://127.0.0.1:8501") == "http://127.0.0.1:8501/inn/nokkel"
    monkeypatch.setenv("MULIGHETSROM_ADDRESS", "https://mulighetsrom.grong.example/")
    assert links.address_of("nokkel", "http://127.0.0.1:8501") == "https://mulighetsrom.grong.example/inn/nokkel"
