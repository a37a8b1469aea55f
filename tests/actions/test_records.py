"""One record at a time: the same checks as for a workbook, conflicts shown, history kept."""

import dataclasses

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions.records import ACTS, remove_record, save_record
from selaras.core.access import Role, acting
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.measurement.records import Realisation
from selaras.core.org import Unit, UnitKind
from selaras.core.planning import Node, NodeLevel
from selaras.core.snapshot import RECORD_KINDS
from selaras.store.models import Agreement as AgreementRow
from selaras.store.models import AgreementFlow, AuditRecord, FieldChange
from selaras.store.models.work import AgreementState
from selaras.store.snapshot import load_snapshot

pytestmark = pytest.mark.django_db

PLANS = acting("Contoh Perencana", {Role.PLANNER}, {AGENCY.code})


@pytest.fixture(autouse=True)
def known():
    fill(records())
    return load_snapshot(AGENCY.code, 2024)


def test_every_kind_of_record_asks_for_a_right():
    assert set(ACTS) == {kind.record for kind in RECORD_KINDS}


def test_every_stored_record_can_be_saved_again_and_nothing_changes(known):
    everyone = acting("Contoh", set(Role), {AGENCY.code})
    for kind in RECORD_KINDS:
        if kind.record is Realisation or kind.field == "settings":
            continue
        for record in getattr(known, kind.field):
            assert save_record(everyone, agency=AGENCY.code, record=record) == ()
    assert load_snapshot(AGENCY.code, 2024) == known
    assert not FieldChange.objects.exists()


def test_a_new_record_is_stored_and_stands_in_the_history():
    save_record(PLANS, agency=AGENCY.code, record=Unit("BARU", "Bagian Baru", "", UnitKind.UNIT), reason="Pergub baru")
    change = FieldChange.objects.get()
    assert (change.kind, change.key, change.after, change.reason) == ("Unit", "BARU", "baru", "Pergub baru")
    assert load_snapshot(AGENCY.code, 2024).units[-1].code == "BARU"


def test_a_change_is_remembered_field_by_field(known):
    node = known.nodes[0]
    changes = save_record(PLANS, agency=AGENCY.code, record=dataclasses.replace(node, title="Sasaran yang lain"))
    assert [(change.old, change.new) for change in changes] == [(node.title, "Sasaran yang lain")]
    assert FieldChange.objects.get().before == node.title
    assert AuditRecord.objects.get().details["changed_fields"] == 1


def test_somebody_elses_change_is_not_overwritten(known):
    node = known.nodes[0]
    seen = {"title": node.title}
    other = acting("Contoh Lain", {Role.PLANNER}, {AGENCY.code})
    save_record(other, agency=AGENCY.code, record=dataclasses.replace(node, title="Dari orang lain"), seen=seen)
    with pytest.raises(Conflict) as refused:
        save_record(PLANS, agency=AGENCY.code, record=dataclasses.replace(node, title="Dari saya"), seen=seen)
    (clash,) = refused.value.clashes
    assert (clash.seen, clash.stands, clash.given) == (node.title, "Dari orang lain", "Dari saya")
    assert refused.value.by == "Contoh Lain"
    assert load_snapshot(AGENCY.code, 2024).nodes[0].title == "Dari orang lain"


def test_two_people_who_type_the_same_do_not_clash(known):
    node = known.nodes[0]
    for name in ("Contoh Satu", "Contoh Dua"):
        by = acting(name, {Role.PLANNER}, {AGENCY.code})
        save_record(by, agency=AGENCY.code, record=dataclasses.replace(node, title="Sama"), seen={"title": node.title})
    assert load_snapshot(AGENCY.code, 2024).nodes[0].title == "Sama"


def test_an_unknown_code_is_refused_with_the_nearest(known):
    position = known.positions[0]
    with pytest.raises(Refusal, match="Kode tidak ada pada lembar") as refused:
        save_record(PLANS, agency=AGENCY.code, record=dataclasses.replace(position, unit="TIDAK-ADA"))
    assert refused.value.faults[0].read == "TIDAK-ADA"
    assert not FieldChange.objects.exists()


def test_a_loop_in_the_tree_is_refused(known):
    top = next(node for node in known.nodes if not node.parent)
    below = next(node for node in known.nodes if node.parent == top.code)
    with pytest.raises(Refusal, match=top.code):
        save_record(PLANS, agency=AGENCY.code, record=dataclasses.replace(top, parent=below.code))


def test_a_record_that_others_name_stays(known):
    indicator = known.indicators[0]
    with pytest.raises(Refusal, match="masih dipakai oleh"):
        remove_record(PLANS, agency=AGENCY.code, record=indicator)


def test_a_record_that_nobody_names_goes_and_leaves_its_history():
    save_record(PLANS, agency=AGENCY.code, record=Unit("BARU", "Bagian Baru", "", UnitKind.UNIT))
    remove_record(PLANS, agency=AGENCY.code, record=Unit("BARU", "", "", UnitKind.UNIT))
    assert [(change.before, change.after) for change in FieldChange.objects.of(AGENCY.code, "Unit", "BARU")] == [
        ("Unit kerja BARU", ""),
        ("", "baru"),
    ]
    with pytest.raises(NotFound):
        remove_record(PLANS, agency=AGENCY.code, record=Unit("BARU", "", "", UnitKind.UNIT))


STANDING = (
    AgreementState.PROPOSED, AgreementState.AGREED, AgreementState.SIGNED_BY_PROMISER, AgreementState.SIGNED,
)  # fmt: skip


def in_state(known, state):
    """The first line of an agreement, and that agreement, brought into a state."""
    line = known.agreement_lines[0]
    agreement = next(agreement for agreement in known.agreements if agreement.code == line.agreement)
    AgreementFlow.objects.create(agreement=AgreementRow.objects.get(code=agreement.code), state=state.value)
    return agreement, line


@pytest.mark.parametrize("state", STANDING, ids=str)
def test_an_agreement_stays_as_it_was_proposed_agreed_or_signed(known, state):
    agreement, line = in_state(known, state)
    for record in (dataclasses.replace(agreement, signed_at="Tempat lain"), dataclasses.replace(line, wording="Lain")):
        with pytest.raises(Refusal, match=f"sudah {state.value}; isinya tidak dapat diubah") as refused:
            save_record(PLANS, agency=AGENCY.code, record=record)
        (fault,) = refused.value.faults
        assert ("versi baru" if "tandatangan" in state.value else "Tarik kembali") in fault.remedy
        with pytest.raises(Refusal, match="tidak dapat diubah"):
            remove_record(PLANS, agency=AGENCY.code, record=record)
    assert load_snapshot(AGENCY.code, 2024) == known


@pytest.mark.parametrize("state", [state for state in AgreementState if state not in STANDING], ids=str)
def test_an_open_agreement_is_changed_freely(known, state):
    _, line = in_state(known, state)
    assert save_record(PLANS, agency=AGENCY.code, record=dataclasses.replace(line, wording="Lain"))


def test_a_node_stands_only_where_its_level_fits(known):
    above, under = (next(node for node in known.nodes if node.code == code) for code in ("S1", "P1"))
    swapped = dataclasses.replace(under, level=NodeLevel.TUJUAN)
    with pytest.raises(Refusal, match="tidak disimpan") as refused:
        save_record(PLANS, agency=AGENCY.code, record=swapped)
    (fault,) = refused.value.faults
    assert (fault.place.column, fault.read) == ("Kode Induk", f"{above.code} (sasaran)")
    with pytest.raises(Refusal, match="tidak disimpan"):
        save_record(PLANS, agency=AGENCY.code, record=dataclasses.replace(above, parent="P1"))
    with pytest.raises(Refusal, match="tidak disimpan"):
        save_record(PLANS, agency=AGENCY.code, record=Node("BARU", NodeLevel.SASARAN, "Di bawah program", "P1"))


def test_the_right_of_the_kind_is_asked_for(known):
    reader = acting("Contoh Evaluator", {Role.EVALUATOR}, {AGENCY.code})
    with pytest.raises(NotAllowed):
        save_record(reader, agency=AGENCY.code, record=known.nodes[0])
    stranger = acting("Contoh Asing", {Role.PLANNER}, {"LAIN"})
    with pytest.raises(NotFound):
        save_record(stranger, agency=AGENCY.code, record=known.nodes[0])
    assert {record.details["refused"][:6] for record in AuditRecord.objects.all()} == {"Contoh", "Instan"}
