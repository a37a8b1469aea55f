"""What waits for one person: by role and unit, by position, by name; never a decision on the own entry."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from selaras.core.access import Act, Actor, Grant, Role, acting
from selaras.core.duties import ACTS, DECISIONS, Item, Work, duties_of, is_for

TODAY = date(2026, 4, 12)
OWNER = Actor("Contoh Pemilik", (Grant(Role.OWNER, "A", frozenset({"U1"})),), "pemilik")
SUPERIOR = acting("Contoh Atasan", {Role.SUPERIOR}, {"A"})


def measure(**more):
    return Item(Work.MEASURE, "IKU-1", "Layanan", "Triwulan I Tahun 2026", **more)


def test_work_of_another_unit_does_not_wait_for_me():
    assert is_for(OWNER, "A", measure(unit="U1"))
    assert not is_for(OWNER, "A", measure(unit="U2"))
    assert not is_for(OWNER, "B", measure(unit="U1"))


def test_the_holder_of_the_position_measures_without_a_role():
    holder = Actor("Contoh Pejabat", (), "pejabat", frozenset({("A", "KADIS")}))
    assert is_for(holder, "A", measure(unit="U2", position="KADIS"))
    assert not is_for(holder, "A", measure(unit="U2", position="SEKDIS"))
    assert not is_for(holder, "A", Item(Work.VERIFY, "IKU-1", "Layanan", unit="U2", position="KADIS"))


def test_nobody_decides_on_the_own_entry():
    mine = Item(Work.VERIFY, "IKU-1", "Layanan", author="contoh atasan ")
    assert not is_for(SUPERIOR, "A", mine)
    assert is_for(SUPERIOR, "A", Item(Work.VERIFY, "IKU-1", "Layanan", author="Contoh Pemilik"))


def test_a_chapter_waits_for_the_one_it_was_given_to():
    chapter = Item(Work.WRITE, "bab-1", "Bab 1", login="pemilik")
    assert is_for(OWNER, "A", chapter)
    assert not is_for(SUPERIOR, "A", chapter)


def test_who_holds_a_position_signs_only_for_that_one():
    leader = Actor("K", (Grant(Role.LEADER, "A"),), "k", frozenset({("A", "KADIS")}))
    assert is_for(leader, "A", Item(Work.SIGN_AGREEMENT, "PK-1", "Kepala", position="KADIS"))
    assert not is_for(leader, "A", Item(Work.SIGN_AGREEMENT, "PK-2", "Sekretaris", position="SEKDIS"))
    without = acting("L", {Role.LEADER}, {"A"})
    assert is_for(without, "A", Item(Work.SIGN_AGREEMENT, "PK-2", "Sekretaris", position="SEKDIS"))


def test_a_token_without_the_scope_has_no_such_duty():
    limited = Actor("K", (Grant(Role.PLANNER, "A"),), limits=frozenset({Act.SEE}))
    assert not is_for(limited, "A", measure())


def test_like_things_stand_together_and_the_late_come_first():
    items = [
        measure(unit="U1", due=date(2026, 4, 20)),
        Item(Work.MEASURE, "IKU-2", "Lain", "Triwulan I Tahun 2026", "U1", due=date(2026, 4, 20)),
        Item(Work.MEASURE, "IKU-1", "Layanan", "Tahun 2025", "U1", due=date(2026, 1, 15)),
        Item(Work.FOLLOW_UP, "H1", "Hambatan", unit="U1"),
    ]
    duties = duties_of(OWNER, "A", items, TODAY)
    assert [(duty.work, duty.group, len(duty.items), duty.is_late) for duty in duties] == [
        (Work.MEASURE, "Tahun 2025", 1, True),
        (Work.MEASURE, "Triwulan I Tahun 2026", 2, False),
        (Work.FOLLOW_UP, "", 1, False),
    ]


def test_things_without_a_group_are_opened_one_by_one():
    items = [Item(Work.FOLLOW_UP, code, code, unit="U1") for code in ("H1", "H2")]
    assert len(duties_of(OWNER, "A", items, TODAY)) == 2


def test_every_kind_of_work_has_its_right():
    assert set(ACTS) == set(Work)
    assert set(Work) >= DECISIONS


ITEMS = st.builds(
    Item, st.sampled_from(Work), st.sampled_from(["a", "b"]), st.just("t"), st.sampled_from(["", "g"]),
    st.sampled_from(["", "U1", "U2"]), due=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)  # fmt: skip


@given(st.lists(ITEMS, max_size=12))
def test_nothing_that_waits_is_lost_and_nothing_is_told_twice(items):
    actor = acting("Contoh", set(Role), {"A"})
    duties = duties_of(actor, "A", items, TODAY)
    told = sorted((item for duty in duties for item in duty.items), key=repr)
    assert told == sorted(items, key=repr)
    late = [duty.is_late for duty in duties]
    assert late == sorted(late, reverse=True)
