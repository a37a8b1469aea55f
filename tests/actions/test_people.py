"""An SKP from setting up to agreement: drawn, filled in, proposed, agreed; divided when somebody moves."""

from dataclasses import replace
from datetime import date

import pytest
from tests.actions.staffed import CODE, HEAD, STAFF, agreed, filled, own_row, staff_plan, team
from tests.store.example import YEAR

from selaras.actions import people as verbs
from selaras.actions import people_agreeing, people_contents
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.org import Capacity
from selaras.core.people.drawing import ChangeKind
from selaras.core.people.skp import AnnexKind, Origin, SkpForm, SkpState
from selaras.core.value import number, percent
from selaras.store import models as tables
from selaras.store.people import plan_of
from selaras.store.people_drawing import changes_of, fingerprint
from selaras.store.people_team import my_plans, subordinates

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return filled()


def test_the_head_s_plan_is_drawn_from_the_pk_and_typed_nowhere(who):
    head, _ = team(who)
    assert (head.form, head.assessor, head.agreement) == (SkpForm.HEAD, "SEKDA", "PK-1")
    file = plan_of(who["kepala"], CODE, HEAD)
    assert [(row.measure, row.target_text(), row.origin) for row in file.rows] == [
        ("Persentase layanan tepat waktu", "85%", Origin.AGREEMENT), ("Jumlah layanan digital", "12 layanan", Origin.AGREEMENT),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="tidak diketik ulang"):
        people_contents.save_row(who["kepala"], agency=CODE, code=HEAD, row=replace(file.rows[0], target=percent(90)))
    people_contents.save_row(
        who["kepala"], agency=CODE, code=HEAD, row=replace(file.rows[0], perspective="Proses Bisnis")
    )
    assert plan_of(who["kepala"], CODE, HEAD).rows[0].perspective == "Proses Bisnis"


def test_what_drawing_anew_would_change_is_shown_first_and_applied_as_shown(who):
    team(who)
    tables.AgreementLine.objects.filter(order=1).update(target_amount=90)
    tables.AgreementLine.objects.filter(order=2).delete()
    changes = changes_of(who["kepala"], CODE, HEAD)
    assert [change.kind for change in changes] == [ChangeKind.CHANGED, ChangeKind.GONE]
    with pytest.raises(Conflict):
        people_contents.draw_rows(who["kepala"], agency=CODE, code=HEAD, shown_as="lain")
    people_contents.draw_rows(who["kepala"], agency=CODE, code=HEAD, shown_as=fingerprint(changes))
    assert [row.target for row in plan_of(who["kepala"], CODE, HEAD).rows] == [percent(90)]


def test_a_staff_plan_is_drawn_from_the_matrix_with_its_parent(who):
    plan = staff_plan(who)
    file = plan_of(who["pegawai"], CODE, plan.code)
    assert [(row.result, row.parent, row.origin) for row in file.rows] == [
        ("Laporan tersusun", ("SKP-SEKRETARIS", 1), Origin.MATRIX)
    ]
    assert file.who.nip == "19900101 201503 2 001"
    assert plan_of(who["sekretaris"], CODE, plan.code).assessor.name == "Contoh Sekretaris"


def test_it_is_proposed_returned_and_agreed_by_the_right_people(who):
    staff_plan(who)
    with pytest.raises(Refusal):
        people_agreeing.agree(who["sekretaris"], agency=CODE, code=STAFF)
    people_agreeing.propose(who["pegawai"], agency=CODE, code=STAFF)
    with pytest.raises(NotAllowed):
        people_agreeing.agree(who["pegawai"], agency=CODE, code=STAFF)
    back = people_agreeing.return_plan(who["sekretaris"], agency=CODE, code=STAFF, note="Lengkapi lampiran.")
    assert back.state is SkpState.DRAFT
    assert plan_of(who["pegawai"], CODE, STAFF).note == "Lengkapi lampiran."
    people_contents.set_annex(
        who["pegawai"], agency=CODE, code=STAFF, kind=AnnexKind.RESOURCES, entries=["Komputer", " ", "Jaringan"]
    )
    people_agreeing.propose(who["pegawai"], agency=CODE, code=STAFF)
    people_contents.set_behaviour(
        who["sekretaris"], agency=CODE, code=STAFF, value="akuntabel", expectation="Laporkan tepat waktu."
    )
    done = people_agreeing.agree_many(who["sekretaris"], agency=CODE, codes=[STAFF, "TIDAK-ADA"])
    assert done.done == (STAFF,)
    assert set(done.refused) == {"TIDAK-ADA"}
    file = plan_of(who["pegawai"], CODE, STAFF)
    assert (file.plan.state, len(file.annexes), len(file.behaviours)) == (SkpState.AGREED, 2, 1)
    assert tables.Notice.objects.filter(user__username="pegawai").count() == 2


def test_an_empty_plan_is_not_proposed(who):
    plan = verbs.create_plan(who["pegawai"], agency=CODE, year=YEAR, position="ANALIS", employee="P-1")
    with pytest.raises(Refusal) as refused:
        people_agreeing.propose(who["pegawai"], agency=CODE, code=plan.code)
    assert "belum memuat hasil kerja utama" in str(refused.value)


def test_own_rows_are_written_and_taken_back_unless_used(who):
    staff_plan(who)
    made = people_contents.save_row(
        who["pegawai"], agency=CODE, code=STAFF, row=own_row(STAFF, "Arsip rapi", "Jumlah arsip")
    )
    assert made.order == 2
    with pytest.raises(Conflict):
        people_contents.save_row(
            who["pegawai"],
            agency=CODE,
            code=STAFF,
            row=replace(made, result="Arsip sangat rapi"),
            seen={"result": "Lain"},
        )
    with pytest.raises(Refusal, match="tidak disimpan"):
        people_contents.save_row(
            who["pegawai"], agency=CODE, code=STAFF, row=replace(made, parent_plan=HEAD, parent_order=1)
        )
    linked = people_contents.save_row(
        who["pegawai"], agency=CODE, code=STAFF, row=replace(made, parent_plan="SKP-SEKRETARIS", parent_order=1)
    )
    assert linked.supports.startswith("Tata usaha tertib")
    people_contents.remove_row(who["pegawai"], agency=CODE, code=STAFF, order=2)
    with pytest.raises(Refusal, match="tidak dapat dihapus"):
        people_contents.remove_row(who["sekretaris"], agency=CODE, code="SKP-SEKRETARIS", order=1)


def test_nobody_sets_up_a_plan_for_a_stranger_but_the_staff_office_does_and_reads_nothing(who):
    with pytest.raises(NotAllowed):
        verbs.create_plan(who["rekan"], agency=CODE, year=YEAR, position="ANALIS", employee="P-1")
    plan = verbs.create_plan(who["staffing"], agency=CODE, year=YEAR, position="ANALIS", employee="P-1")
    with pytest.raises(NotFound):
        plan_of(who["staffing"], CODE, plan.code)
    with pytest.raises(NotFound):
        people_contents.save_row(who["staffing"], agency=CODE, code=plan.code, row=own_row(plan.code))
    with pytest.raises(Refusal, match="tidak disimpan"):
        verbs.create_plan(who["pegawai"], agency=CODE, year=YEAR, position="ANALIS", employee="P-1")


def test_a_change_of_position_divides_the_plan(who):
    agreed(who)
    first, second = verbs.divide_plan(
        who["staffing"], agency=CODE, code=STAFF, on=date(YEAR, 7, 1), position="SEKRETARIS"
    )
    assert (first.until, second.since, second.assessor) == (date(YEAR, 6, 30), date(YEAR, 7, 1), "KEPALA")
    assert [line.plan.code for line in my_plans(who["pegawai"], CODE, YEAR)] == [STAFF, second.code]
    with pytest.raises(Refusal, match="tidak dapat dibagi"):
        verbs.divide_plan(who["staffing"], agency=CODE, code=STAFF, on=date(YEAR, 1, 1), position="SEKRETARIS")


def test_an_acting_official_has_a_plan_beside_the_own_one_and_takes_its_results(who):
    agreed(who)
    acting = verbs.create_plan(
        who["staffing"], agency=CODE, year=YEAR, position="SEKRETARIS", employee="P-1", capacity=Capacity.PLT,
        since=date(YEAR, 9, 1),
    )  # fmt: skip
    people_contents.save_row(
        who["pegawai"], agency=CODE, code=acting.code, row=own_row(acting.code, "Tata usaha berjalan")
    )
    people_agreeing.return_plan(who["sekretaris"], agency=CODE, code=STAFF, note="Ditambah tugas Plt.")
    taken = people_contents.take_acting(who["pegawai"], agency=CODE, code=STAFF, acting=acting.code)
    assert [row.result for row in taken] == ["Tata usaha berjalan"]
    with pytest.raises(Refusal, match="Tidak ada"):
        people_contents.take_acting(who["pegawai"], agency=CODE, code=STAFF, acting=acting.code)


def test_the_superior_sees_who_has_a_plan_and_who_has_none(who):
    staff_plan(who)
    below = subordinates(who["sekretaris"], CODE, YEAR)
    assert [(item.employee, item.line is not None) for item in below] == [("P-1", True), ("P-2", False), ("P-3", False)]
    assert {item.who.position for item in subordinates(who["kepala"], CODE, YEAR)} == {"SEKRETARIS"}
    assert subordinates(who["pegawai"], CODE, YEAR) == ()


def test_values_of_personal_kind_do_not_stand_in_the_general_history(who):
    staff_plan(who)
    people_contents.set_behaviour(
        who["sekretaris"], agency=CODE, code=STAFF, value="loyal", expectation="Sangat pribadi."
    )
    told = list(tables.FieldChange.objects.values_list("after", flat=True))
    assert not any("Sangat pribadi" in text for text in told)


def test_numbers_are_kept_exactly(who):
    staff_plan(who)
    row = replace(own_row(STAFF, "Arsip", "Jumlah"), target=number("12.345678"))
    made = people_contents.save_row(who["pegawai"], agency=CODE, code=STAFF, row=row)
    assert (
        next(item for item in plan_of(who["pegawai"], CODE, STAFF).rows if item.order == made.order).target
        == row.target
    )


def test_a_proposed_plan_is_the_register_of_the_promiser_s_goals(who):
    from selaras.store.snapshot import load_snapshot

    team(who)
    assert [goal.wording for goal in load_snapshot(CODE, YEAR).head_goals] == ["Persentase layanan tepat waktu"]
    people_agreeing.propose(who["kepala"], agency=CODE, code=HEAD)
    goals = load_snapshot(CODE, YEAR).head_goals
    assert [(goal.agreement, goal.wording, goal.indicator) for goal in goals] == [
        ("PK-1", "Persentase layanan tepat waktu", "IKU-1"), ("PK-1", "Jumlah layanan digital", "IKU-2"),
    ]  # fmt: skip
