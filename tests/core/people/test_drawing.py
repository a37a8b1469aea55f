"""Rows drawn from the PK and the matrix, and drawn again when they change."""

import pytest
from tests.core.people.example import (
    AGREEMENT,
    HEAD,
    HEAD_ROWS,
    INDICATORS,
    LINES,
    MATRIX,
    RULES,
    STAFF,
    changed,
    indicator,
)

from selaras.core.errors import Refusal
from selaras.core.org import Capacity
from selaras.core.people.drawing import (
    ChangeKind,
    applied,
    draw_acting,
    draw_head,
    draw_staff,
    draw_standard,
    refresh,
)
from selaras.core.people.skp import Origin, Section, SkpForm, head_goals
from selaras.core.planning import IndicatorKind
from selaras.core.value import percent

DRAWN = draw_head(HEAD, reversed(LINES), RULES.skp, indicators=INDICATORS)


def test_each_line_of_the_pk_becomes_a_main_row():
    assert [(row.order, row.measure, row.target, row.perspective) for row in DRAWN] == [
        (1, LINES[0].wording, percent(87), "Penerima Layanan"), (2, LINES[1].wording, percent(60), "Penerima Layanan"),
    ]  # fmt: skip
    assert {row.origin for row in DRAWN} == {Origin.AGREEMENT}
    assert [goal.wording for goal in head_goals(HEAD, DRAWN)] == [line.wording for line in LINES]


def test_the_perspective_is_only_proposed_where_the_kind_says_something():
    work = (indicator("I1", LINES[0].wording, IndicatorKind.OUTPUT),)
    assert [row.perspective for row in draw_head(HEAD, LINES, RULES.skp, indicators=work)] == ["Proses Bisnis", ""]
    assert {
        row.perspective for row in draw_head(changed(HEAD, form=SkpForm.STAFF), LINES, RULES.skp, indicators=INDICATORS)
    } == {""}


def test_nothing_is_drawn_without_an_agreement_or_from_a_foreign_team():
    with pytest.raises(Refusal):
        draw_head(changed(HEAD, agreement=""), LINES, RULES.skp)
    with pytest.raises(Refusal):
        draw_staff(changed(STAFF, employee="P9"), MATRIX)
    assert AGREEMENT.code == HEAD.agreement


def test_standard_rows_are_offered():
    rows = [draw_standard(HEAD, offered, order) for order, offered in enumerate(RULES.skp.standard_rows, 3)]
    assert [(row.order, row.target, row.origin) for row in rows] == [
        (3, percent(100), Origin.STANDARD), (4, percent(100), Origin.STANDARD),
    ]  # fmt: skip


def test_an_acting_official_carries_the_results_as_additional_ones():
    acting = changed(HEAD, capacity=Capacity.PLT)
    rows = draw_acting(STAFF, acting, HEAD_ROWS, RULES.skp, start=5)
    assert [(row.plan, row.order, row.section) for row in rows] == [
        ("SKP-STAF", 5, Section.EXTRA),
        ("SKP-STAF", 6, Section.EXTRA),
    ]
    assert draw_acting(STAFF, changed(acting, capacity=Capacity.PLH), HEAD_ROWS, RULES.skp, start=5) == ()


def test_drawing_again_keeps_what_people_chose_and_wrote():
    own = changed(HEAD_ROWS[0], order=3, origin=Origin.OWN, result="Isian sendiri", indicator="")
    existing = [changed(DRAWN[0], perspective="Anggaran"), DRAWN[1], own]
    fresh = draw_head(HEAD, [changed(LINES[0], target=percent(90))], RULES.skp, indicators=INDICATORS)
    changes = refresh(existing, fresh)
    assert [(change.kind, change.fields) for change in changes] == [
        (ChangeKind.CHANGED, ("target",)), (ChangeKind.GONE, ()),
    ]  # fmt: skip
    rows = applied(existing, changes)
    assert [(row.order, row.result, row.perspective) for row in rows] == [
        (1, LINES[0].sasaran, "Anggaran"), (2, "Isian sendiri", "Penerima Layanan"),
    ]  # fmt: skip


def test_drawing_again_without_a_change_changes_nothing():
    changes = refresh(DRAWN, DRAWN)
    assert {change.kind for change in changes} == {ChangeKind.SAME}
    assert applied(DRAWN, changes) == DRAWN
    staff = draw_staff(STAFF, MATRIX)
    assert applied(staff, refresh(staff, staff)) == staff
    assert [change.kind for change in refresh([], DRAWN)] == [ChangeKind.NEW] * 2
