"""Who reads and writes a personal file: every function against every person; roles open nothing."""

import pytest
from tests.actions.staffed import CODE, STAFF, agreed, filled, own_row
from tests.store.example import YEAR

from selaras.actions import people as plans
from selaras.actions import people_agreeing, people_contents, people_objection
from selaras.actions import people_forms as forms
from selaras.actions import people_matrix as matrix
from selaras.actions import people_rating as rating
from selaras.core.access import Actor, Role, Scope, limited
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.people.feedback import Occasion
from selaras.core.people.matrix import Cell, TeamRole
from selaras.core.people.objection import Outcome
from selaras.core.people.ratings import Rating
from selaras.core.people.skp import AnnexKind
from selaras.core.period import Period
from selaras.store.people import plan_of
from selaras.store.people_drawing import changes_of
from selaras.store.people_matrix import matrix_of
from selaras.store.people_team import my_plans, subordinates

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROLES = [role.name.lower() for role in Role if role is not Role.READER]
PEOPLE = ["pegawai", "rekan", "sekretaris", "kepala", "sekda", "wali", *ROLES]
PLAN = {"agency": CODE, "code": STAFF}
TEAM = {"agency": CODE, "leader": "SKP-SEKRETARIS"}
OFFICE = {"administrator", "staffing"}
"""The staff office, which sets plans up."""

FUNCTIONS = {
    "plan_of": (lambda by, _: plan_of(by, CODE, STAFF), {"pegawai", "sekretaris"}),
    "changes_of": (lambda by, _: changes_of(by, CODE, STAFF), {"pegawai", "sekretaris"}),
    "matrix_of": (lambda by, _: matrix_of(by, CODE, "SKP-SEKRETARIS"), {"pegawai", "sekretaris", "kepala"}),
    "edit_plan": (lambda by, _: plans.edit_plan(by, **PLAN, signed_at="Misal"), {"pegawai", "sekretaris", *OFFICE}),
    "draw_rows": (lambda by, _: people_contents.draw_rows(by, **PLAN), {"pegawai", "sekretaris", *OFFICE}),
    "take_goals": (lambda by, _: people_contents.take_goals(by, **PLAN), {"pegawai", "sekretaris", *OFFICE}),
    "take_standard": (lambda by, _: people_contents.take_standard(by, **PLAN, standard="direktif"), {"pegawai", "sekretaris"}),
    "take_acting": (lambda by, _: people_contents.take_acting(by, **PLAN, acting="X"), {"pegawai", "sekretaris"}),
    "save_row": (lambda by, _: people_contents.save_row(by, **PLAN, row=own_row(STAFF)), {"pegawai", "sekretaris"}),
    "remove_row": (lambda by, _: people_contents.remove_row(by, **PLAN, order=1), {"pegawai", "sekretaris"}),
    "set_behaviour": (lambda by, _: people_contents.set_behaviour(by, **PLAN, value="loyal", expectation="x"), {"sekretaris"}),
    "set_annex": (
        lambda by, _: people_contents.set_annex(by, **PLAN, kind=AnnexKind.RESOURCES, entries=["x"]), {"pegawai", "sekretaris"}
    ),
    "propose": (lambda by, _: people_agreeing.propose(by, **PLAN), {"pegawai"}),
    "agree": (lambda by, _: people_agreeing.agree(by, **PLAN), {"sekretaris"}),
    "return_plan": (lambda by, _: people_agreeing.return_plan(by, **PLAN, note="x"), {"sekretaris"}),
    "divide_plan": (
        lambda by, _: plans.divide_plan(by, **PLAN, on=plan_day(), position="SEKRETARIS"), {"sekretaris", *OFFICE}
    ),
    "remove_plan": (lambda by, _: plans.remove_plan(by, **PLAN, reason="x"), {"pegawai", "sekretaris", *OFFICE}),
    "add_dialogue": (
        lambda by, _: rating.add_dialogue(by, **PLAN, occasion=Occasion.DURING, topic="x"), {"pegawai", "sekretaris"}
    ),
    "give_feedback": (lambda by, _: rating.give_feedback(by, **PLAN, text="x"), {"pegawai", "sekretaris"}),
    "record_result": (
        lambda by, _: rating.record_result(by, **PLAN, order=1, period=Period(YEAR), text="x"), {"pegawai", "sekretaris"}
    ),
    "assess": (
        lambda by, _: rating.assess(by, **PLAN, period=Period(YEAR), results=Rating.ABOVE, behaviour=Rating.ABOVE),
        {"sekretaris"},
    ),
    "file_objection": (lambda by, _: people_objection.file_objection(by, **PLAN, reason="x"), {"pegawai"}),
    "decide_objection": (lambda by, _: people_objection.decide_objection(by, **PLAN, outcome=Outcome.KEPT, ground="x"), set()),
    "finalise": (lambda by, _: people_objection.finalise(by, **PLAN), {"pegawai", "sekretaris"}),
    "export_form": (
        lambda by, folder: forms.export_form(by, **PLAN, form=forms.Form.PLAN, format="html", output=folder),
        {"pegawai", "sekretaris"},
    ),
    "set_member": (
        lambda by, _: matrix.set_member(by, **TEAM, employee="P-2", role=TeamRole.MEMBER), {"sekretaris", "kepala"}
    ),
    "remove_member": (lambda by, _: matrix.remove_member(by, **TEAM, employee="P-1"), {"sekretaris", "kepala"}),
    "put_cell": (
        lambda by, _: matrix.put_cell(by, **TEAM, cell=Cell("P-1", 1, 0, "x")), {"sekretaris", "kepala"}
    ),
    "move_cell": (
        lambda by, _: matrix.move_cell(by, **TEAM, employee="P-1", result=1, order=1, to_employee="P-1", to_result=1),
        {"sekretaris", "kepala"},
    ),
    "clear_cell": (lambda by, _: matrix.clear_cell(by, **TEAM, employee="P-1", result=1), {"sekretaris", "kepala"}),
}  # fmt: skip
"""Every function on a file or a team, and who may call it at all (another refusal may follow)."""


def plan_day():
    from datetime import date

    return date(YEAR, 7, 1)


def may_call(call, by, folder):
    """Whether the person gets past the look at the right; what else is refused does not matter here."""
    try:
        call(by, folder)
    except (NotAllowed, NotFound) as refusal:
        return "Hasil kerja" in refusal.message or "SKP X tidak" in refusal.message
    except Refusal:
        return True
    return True


@pytest.fixture
def who():
    found = filled()
    agreed(found)
    return found


@pytest.mark.parametrize("name", FUNCTIONS)
def test_only_the_people_of_the_file_get_in_whatever_the_role(who, tmp_path, name):
    from django.db import transaction

    call, allowed = FUNCTIONS[name]
    got = set()
    for person in PEOPLE:
        with transaction.atomic():
            if may_call(call, who[person], tmp_path):
                got.add(person)
            transaction.set_rollback(True)
    assert got == allowed


def test_a_stranger_is_not_told_that_the_file_exists(who):
    for person in ("rekan", "kepala", "wali", "planner", "leader", "administrator"):
        with pytest.raises(NotFound, match=f"SKP {STAFF} tidak ditemukan"):
            plan_of(who[person], CODE, STAFF)
    with pytest.raises(NotFound):
        plan_of(Actor("Luar"), CODE, STAFF)


def test_lists_hold_only_what_one_may_read(who):
    for person in PEOPLE:
        own = {line.plan.code for line in my_plans(who[person], CODE, YEAR)}
        below = {item.line.plan.code for item in subordinates(who[person], CODE, YEAR) if item.line}
        for code in own | below:
            plan_of(who[person], CODE, code)


def test_a_token_reads_files_only_with_its_own_scope(who):
    with pytest.raises(NotAllowed):
        plan_of(limited(who["pegawai"], [Scope.READ]), CODE, STAFF)
    assert plan_of(limited(who["pegawai"], [Scope.PEOPLE]), CODE, STAFF).plan.code == STAFF


def test_the_nip_of_others_is_masked_on_pages_and_whole_on_the_form(who):
    file = plan_of(who["sekretaris"], CODE, STAFF)
    assert file.who.nip == "19900101 201503 2 001"
    [own, *_] = [item for item in subordinates(who["sekretaris"], CODE, YEAR) if item.employee == "P-1"]
    assert own.who.nip.endswith("001") and "1990" not in own.who.nip


def test_the_trail_tells_that_something_was_done_and_not_what(who):
    from selaras.store import models as tables

    rating.give_feedback(who["sekretaris"], **PLAN, text="Rahasia besar.")
    rating.assess(
        who["sekretaris"],
        **PLAN,
        period=Period(YEAR),
        results=Rating.BELOW,
        behaviour=Rating.BELOW,
        reason="Alasan rahasia.",
    )
    people_objection.file_objection(who["pegawai"], **PLAN, reason="Keberatan rahasia.")
    told = str(list(tables.AuditRecord.objects.values_list("details", flat=True)))
    told += str(list(tables.FieldChange.objects.values_list("field", "before", "after", "reason")))
    told += str(list(tables.Notice.objects.values_list("text", flat=True)))
    assert "rahasia" not in told.casefold()
    assert Rating.BELOW.value not in told
