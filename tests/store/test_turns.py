"""Turns for heavy work: bounded, fair between agencies, given back by the dead, told to those who wait."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from selaras.core.errors import Waiting
from selaras.store import turns
from selaras.store.turns import (
    Lane,
    Ticket,
    from_browser,
    is_next,
    offer,
    offered,
    ordered,
    place_of,
    queue,
    seat,
    turn,
)

BUSY = hypothesis.settings(deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
WORK = """
import os, sys, time
from pathlib import Path
os.environ["SELARAS_TURNS"] = "2"
from django.conf import settings
settings.configure(DATA=Path(sys.argv[1]))
from selaras.store.turns import Lane, turn
with turn(Lane.COMPOSING, sys.argv[2]):
    print("mulai", sys.argv[2], time.time(), flush=True)
    time.sleep(float(sys.argv[3]))
    print("selesai", sys.argv[2], time.time(), flush=True)
"""

tickets = st.lists(
    st.builds(Ticket, st.uuids().map(lambda item: item.hex), st.sampled_from("ABCD"), st.floats(0, 100), st.booleans(),
              st.just(True)),
    unique_by=lambda item: item.name, max_size=15,
)  # fmt: skip


@pytest.fixture
def data(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setenv("SELARAS_TURNS", "2")
    return tmp_path


def worker(data, agency, seconds):
    return subprocess.Popen(
        [sys.executable, "-c", WORK, str(data), agency, str(seconds)], stdout=subprocess.PIPE, text=True
    )


def simulated(waiting, most):
    """The order in which everything is served when each turn takes as long as any other."""
    left, running, served, done, clock = list(waiting), [], {}, [], 0
    while left or running:
        clock += 1
        known = [*left, *running]
        following = [item for item in left if is_next(item.name, known, served, most)]
        if not following:
            assert running, "somebody waits, nobody works, and nobody may begin"
            running.pop(0)
            continue
        item = following[0]
        left.remove(item)
        running.append(Ticket(item.name, item.agency, item.at, running=True))
        served[item.agency] = float(clock)
        done.append(item.agency)
        if len(running) > most:
            pytest.fail("more under way than there are places")
    return done


@BUSY
@given(tickets, st.integers(1, 4))
def test_everybody_is_served_and_never_more_at_once_than_there_are_places(known, most):
    waiting = [item for item in known if not item.running]
    assert Counter(simulated(waiting, most)) == Counter(item.agency for item in waiting)


@BUSY
@given(st.integers(1, 40), st.integers(1, 3))
def test_who_asks_once_waits_for_one_round_however_often_another_has_asked(flood, most):
    many = [Ticket(f"{number:032x}", "RIUH", float(number), present=True) for number in range(flood)]
    one = Ticket("f" * 32, "SEPI", 1000.0, present=True)
    assert simulated([*many, one], most).index("SEPI") <= max(1, most - 1)


def test_the_order_is_by_turns_of_agencies_and_then_by_time():
    known = [Ticket(name, agency, at) for name, agency, at in
             (("a1", "A", 1), ("a2", "A", 2), ("a3", "A", 3), ("b1", "B", 4), ("c1", "C", 5))]  # fmt: skip
    assert [item.name for item in ordered(known, {})] == ["a1", "b1", "c1", "a2", "a3"]
    assert [item.name for item in ordered(known, {"A": 10.0, "B": 5.0})] == ["c1", "b1", "a1", "a2", "a3"]
    running = [Ticket("a0", "A", 0, running=True), *known]
    assert [item.name for item in ordered(running, {})] == ["b1", "c1", "a1", "a2", "a3"]


@pytest.mark.slow
def test_processes_take_turns_and_a_killed_one_gives_its_turn_back(data):
    first = worker(data, "RIUH", 60)
    assert first.stdout.readline().startswith("mulai")
    begun = time.monotonic()
    rest = [worker(data, "RIUH", 0.3) for _ in range(3)]
    time.sleep(0.8)
    quiet = worker(data, "SEPI", 0.3)
    told = quiet.communicate(timeout=20)[0]
    assert "selesai SEPI" in told
    assert all(one.poll() is None for one in rest), "one agency holds all places but one"
    first.send_signal(signal.SIGKILL)
    first.communicate()
    for one in rest:
        assert "selesai" in one.communicate(timeout=20)[0]
    assert time.monotonic() - begun < 20
    assert queue(Lane.COMPOSING) == ()


def test_a_browser_is_told_its_place_and_keeps_it(data, monkeypatch):
    monkeypatch.setattr(turns, "LINGER", 0.2)
    with turn(Lane.COMPOSING, "A"), from_browser():
        told = []
        for _ in range(3):
            token = turns._holding.set(frozenset())
            with pytest.raises(Waiting) as waiting, turn(Lane.COMPOSING, "A"):
                pass
            turns._holding.reset(token)
            told.append(waiting.value)
        assert [item.place for item in told] == [1, 2, 3]
        assert "Antrean ke-3" in str(told[2])
        assert [place_of(Lane.COMPOSING, item.ticket) for item in told] == [1, 2, 3]
        with from_browser(told[1].ticket):
            token = turns._holding.set(frozenset())
            with pytest.raises(Waiting) as again, turn(Lane.COMPOSING, "A"):
                pass
            turns._holding.reset(token)
        assert (again.value.ticket, again.value.place) == (told[1].ticket, 2)
    with from_browser(told[0].ticket), turn(Lane.COMPOSING, "A"):
        assert place_of(Lane.COMPOSING, told[0].ticket) == 0
    assert place_of(Lane.COMPOSING, told[0].ticket) is None


def test_a_ticket_of_another_agency_is_no_ticket(data, monkeypatch):
    monkeypatch.setattr(turns, "LINGER", 0.1)
    with turn(Lane.COMPOSING, "A"):
        token = turns._holding.set(frozenset())
        with from_browser(), pytest.raises(Waiting) as mine, turn(Lane.COMPOSING, "A"):
            pass
        with from_browser(mine.value.ticket), turn(Lane.COMPOSING, "B"):
            names = {item.agency: item.name for item in queue(Lane.COMPOSING) if item.running}
            assert names["B"] != mine.value.ticket
        turns._holding.reset(token)


def test_work_inside_work_has_its_turn_already(data, monkeypatch):
    monkeypatch.setenv("SELARAS_TURNS", "1")
    with turn(Lane.COMPOSING, "A"), turn(Lane.COMPOSING, "A"):
        assert len(queue(Lane.COMPOSING)) == 1


def test_waiting_too_long_is_told_and_leaves_no_trace(data, monkeypatch):
    from selaras.core.errors import CannotRun

    monkeypatch.setenv("SELARAS_TURNS", "1")
    monkeypatch.setattr(turns, "LONGEST", 0.3)
    with turn(Lane.COMPOSING, "A"):
        token = turns._holding.set(frozenset())
        with pytest.raises(CannotRun, match="antrean ke-1"), turn(Lane.COMPOSING, "B"):
            pass
        turns._holding.reset(token)
        assert len(queue(Lane.COMPOSING)) == 1


def test_offered_work_is_taken_by_turns_and_seats_are_bounded(data):
    for number, agency in enumerate("AAAB"):
        offer(Lane.READING, agency, f"{number:032x}", {"case": number})
    done = []
    with seat(Lane.READING) as one, seat(Lane.READING) as two, seat(Lane.READING) as three:
        assert (one, two, three) == (True, True, False)
        while True:
            with offered(Lane.READING) as order:
                if order is None:
                    break
                done.append(order["case"])
    assert done == [0, 3, 1, 2]


def test_what_a_killed_reader_had_taken_does_not_hold_the_others_up(data):
    home = data / "turns" / Lane.READING.value
    offer(Lane.READING, "A", "a" * 32, {"case": 1})
    (home / ("b" * 32)).write_text(json.dumps({"agency": "A", "at": time.time(), "running": True, "order": {}}))
    (home / ("c" * 32)).write_text("setengah tertu")
    with offered(Lane.READING) as order:
        assert order == {"case": 1}
    assert queue(Lane.READING) == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_closed_folder_is_told(data):
    from selaras.core.errors import CannotRun

    data.chmod(0o500)
    with pytest.raises(CannotRun, match="Antrean pekerjaan"), turn(Lane.COMPOSING, "A"):
        pass


def test_who_waits_at_a_terminal_tells_for_what_and_in_which_place(data, monkeypatch):
    from selaras.store.waiting import told_to

    monkeypatch.setattr(turns, "SILENT", 0.0)
    monkeypatch.setattr(turns, "LONGEST", 0.5)
    monkeypatch.setenv("SELARAS_TURNS", "1")
    said = []
    with turn(Lane.COMPOSING, "A"):
        token = turns._holding.set(frozenset())
        with told_to(said.append), pytest.raises(turns.CannotRun), turn(Lane.COMPOSING, "B"):
            pass
        turns._holding.reset(token)
    assert len(said) == 1
    assert "menyusun dokumen: antrean ke-1" in said[0]
