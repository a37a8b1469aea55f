"""What is kept of an agency's year: read once, and anew as soon as somebody has acted on the agency."""

from threading import Thread

import pytest
from tests.store.example import AGENCY, YEAR, records
from tests.store.filling import fill

from selaras.actions.audit import append
from selaras.core.access import operator
from selaras.core.errors import NotFound
from selaras.core.planning import Node, Target
from selaras.store import kept
from selaras.store import models as tables
from selaras.store.together import load_together

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def filled():
    kept.forget()
    fill(records())
    yield
    kept.forget()


def figures(what="rencana", kinds=(Node, Target)):
    return kept.kept_figures(AGENCY.code, YEAR, what, lambda: load_together(AGENCY.code, YEAR, kinds))


def act(agency=AGENCY.code):
    append(operator("Contoh"), action="mencoba", agency=agency, details={})


def rename(title):
    tables.Node.objects.update(title=title)


def titles():
    return {node.title for node in figures().snapshot.nodes}


def test_it_is_read_once_and_then_only_the_trail_is_asked(django_assert_num_queries):
    with django_assert_num_queries(2):
        first = figures()
    for _ in range(2):
        with django_assert_num_queries(1):
            assert figures() is first


@pytest.mark.parametrize("before", [0, 3])
def test_after_an_act_on_the_agency_it_is_read_anew(before):
    for _ in range(before):
        act()
    figures()
    rename("Judul baru")
    assert titles() != {"Judul baru"}
    act()
    assert titles() == {"Judul baru"}


def test_an_act_on_another_agency_changes_nothing(django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(kept, "FAR", 2)
    act()
    first = figures()
    for _ in range(6):
        act("LAIN")
        assert figures() is first
    with django_assert_num_queries(1):
        assert figures() is first
    act()
    assert figures() is not first


def test_a_trail_that_was_put_back_is_another_one():
    act()
    act()
    figures()
    rename("Judul dari cadangan")
    tables.AuditRecord.objects.order_by("-pk").first().delete()
    assert titles() == {"Judul dari cadangan"}
    rename("Judul lain")
    act()
    assert titles() == {"Judul lain"}


def test_each_year_and_each_thing_is_kept_for_itself():
    assert figures() is not figures("lain")
    other = kept.kept_figures(AGENCY.code, YEAR + 1, "rencana", lambda: load_together(AGENCY.code, YEAR + 1, (Node,)))
    assert (other.year, figures().year) == (YEAR + 1, YEAR)


def test_threads_share_the_facts_and_not_the_figures():
    found = []
    held = kept._Kept((0, ""), kept._Facts(figures().snapshot, kept.local()), 1)
    threads = [Thread(target=lambda: found.append(held.made.figures())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] is not found[1]
    assert found[0].snapshot is found[1].snapshot


def test_what_was_asked_for_longest_ago_makes_room(monkeypatch):
    first, second = figures("pertama"), figures("kedua")
    monkeypatch.setattr(kept, "ROOM", len(first.snapshot.nodes) + len(first.snapshot.targets) + 1)
    assert figures("kedua") is second
    assert figures("pertama") is not first


def test_an_agency_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        kept.kept_figures("ENTAH", YEAR, "rencana", lambda: load_together("ENTAH", YEAR, (Node,)))
