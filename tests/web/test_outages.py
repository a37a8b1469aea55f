"""Failures of the machine and places in the queue, as pages: 503 or 507 with Retry-After, never a stack trace."""

import errno

import pytest
from django.db import OperationalError

from selaras.core.access import Role
from selaras.core.errors import Waiting
from selaras.core.outage import Kind, outage_of
from selaras.web.reporting import views_editions
from tests.web.conftest import BIRO

AT = f"/i/{BIRO}/2024/laporan/bekukan/"
GIVEN = {"dokumen": "lkjip:"}
ERRORS = [
    (OperationalError("connection to server at 127.0.0.1 failed: Connection refused"), Kind.GONE, 503),
    (OperationalError("database or disk is full"), Kind.FULL, 507),
    (OperationalError("attempt to write a readonly database"), Kind.CLOSED, 503),
    (OperationalError("database is locked"), Kind.BUSY, 503),
    (OperationalError("could not extend file: No space left on device"), Kind.FULL, 507),
    (OSError(errno.ENOSPC, "No space left on device", "/srv/selaras/bukti"), Kind.FULL, 507),
    (OSError(errno.EROFS, "Read-only file system", "/srv/selaras/bukti"), Kind.CLOSED, 503),
]


@pytest.mark.parametrize(("error", "kind", "status"), ERRORS, ids=[str(error)[:30] for error, *_ in ERRORS])
def test_a_failing_machine_is_told_without_telling_its_insides(signed_in, monkeypatch, error, kind, status):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(views_editions, "freeze", fail)
    reporter = signed_in(Role.REPORTER)
    page = reporter.post(AT, GIVEN)
    assert outage_of(error).kind is kind
    assert (page.status_code, int(page["Retry-After"]) > 0) == (status, True)
    text = page.content.decode()
    assert kind.words in text
    assert "Traceback" not in text
    assert "/srv/selaras" not in text
    part = reporter.post(AT, GIVEN, headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Retarget"], "<html" in part.content.decode()) == (status, "#messages", False)


def test_an_error_of_ours_is_none_of_the_machine():
    assert outage_of(ValueError("salah")) is None
    assert outage_of(FileNotFoundError(errno.ENOENT, "x")) is None


def test_who_has_to_wait_sees_the_place_and_sends_the_same_form_again(signed_in, monkeypatch):
    def wait(*_, **__):
        raise Waiting("Antrean ke-3: bergiliran.", ticket="a" * 32, place=3, seconds=2)

    monkeypatch.setattr(views_editions, "freeze", wait)
    page = signed_in(Role.REPORTER).post(AT, GIVEN | {"catatan": "<b>nomor satu"})
    text = page.content.decode()
    assert (page.status_code, page["Retry-After"], page["X-Selaras-Turn"]) == (503, "2", "a" * 32)
    assert "Antrean ke-3" in text
    assert f"giliran={'a' * 32}" in text
    assert 'name="dokumen" value="lkjip:"' in text
    assert "&lt;b&gt;nomor satu" in text
    assert 'data-waiting="2"' in text


def test_a_draft_takes_its_turn_in_the_lane_of_composing(signed_in, monkeypatch):
    from selaras.store import turns

    seen = []
    real = turns.is_next
    monkeypatch.setattr(turns, "is_next", lambda *given: seen.append(given[0]) or real(*given))
    answer = signed_in(Role.REPORTER, Role.PLANNER).post(
        f"/i/{BIRO}/2024/laporan/pratinjau/unduh/", {"dokumen": "lkjip:", "format": "xlsx"}
    )
    assert answer.status_code == 200
    assert len(seen) == 1


def test_waiting_leaves_no_record_because_nothing_was_refused(signed_in, monkeypatch):
    from selaras.store import turns
    from selaras.store.models import AuditRecord

    monkeypatch.setenv("SELARAS_TURNS", "1")
    monkeypatch.setattr(turns, "LINGER", 0.1)
    reporter = signed_in(Role.REPORTER)
    before = AuditRecord.objects.count()
    with turns.turn(turns.Lane.COMPOSING, "LAIN"):
        token = turns._holding.set(frozenset())
        page = reporter.post(AT, GIVEN)
        turns._holding.reset(token)
    assert (page.status_code, "Antrean ke-1" in page.content.decode()) == (503, True)
    assert AuditRecord.objects.count() == before
    done = reporter.post(f"{AT}?giliran={page['X-Selaras-Turn']}", GIVEN)
    assert done.status_code == 302
