"""NIPs as somebody may see them: masked in workbooks and records, and a mask that comes back changes nothing."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook as read_xlsx
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions.exchange import load_workbook, save_workbook
from selaras.actions.records import save_record
from selaras.core.access import Role, Scope, acting, limited
from selaras.core.errors import Conflict, Refusal
from selaras.core.nip import is_masked, mask, unmasked
from selaras.core.org import Tenure
from selaras.store import models as tables
from selaras.store.nips import sight_of
from selaras.store.snapshot import load_snapshot

PLANNER = acting("Contoh Perencana", {Role.PLANNER}, {AGENCY.code})
KEEPER = acting("Contoh Kepegawaian", {Role.STAFFING}, {AGENCY.code})
NIP = "199001012015041007"


@given(st.text(alphabet="0123456789", min_size=1, max_size=20), st.text(alphabet="0123456789", max_size=20))
def test_a_mask_gives_back_only_the_number_that_it_hides(one, other):
    assert unmasked(mask(one), one) == one
    assert is_masked(unmasked(mask(one), other)) == (mask(one) != mask(other) and len(one) > 0)
    assert unmasked(one, other) == one


@pytest.fixture
def tenure(db):
    fill(records())
    row = tables.Tenure.objects.filter(agency__code=AGENCY.code).order_by("sequence").first()
    tables.Tenure.objects.filter(pk=row.pk).update(nip=NIP)
    return load_snapshot(AGENCY.code, 2024).tenures[0]


def stored():
    return load_snapshot(AGENCY.code, 2024).tenures[0]


def test_a_mask_is_saved_as_what_it_hides_and_another_one_is_refused(tenure):
    seen = {"nip": mask(NIP), "rank": tenure.rank}
    changed = dataclasses.replace(tenure, nip=mask(NIP), rank="Pembina Utama")
    save_record(PLANNER, agency=AGENCY.code, record=changed, seen=seen)
    assert (stored().nip, stored().rank) == (NIP, "Pembina Utama")
    with pytest.raises(Refusal) as refused:
        save_record(PLANNER, agency=AGENCY.code, record=dataclasses.replace(tenure, nip=mask(NIP[:-1] + "8")))
    assert "tersamar" in refused.value.faults[0].message
    new = Tenure(tenure.position, "Contoh Baru", nip=mask(NIP))
    with pytest.raises(Refusal, match="tidak disimpan"):
        save_record(PLANNER, agency=AGENCY.code, record=new)
    assert stored().nip == NIP


def test_a_new_nip_is_saved_and_only_its_history_keeps_it_whole(tenure):
    other = "199102022015042008"
    (change,) = save_record(PLANNER, agency=AGENCY.code, record=dataclasses.replace(tenure, nip=other))
    assert (change.old, change.new) == (mask(NIP), mask(other))
    kept = tables.FieldChange.objects.get(field="NIP")
    assert (kept.before, kept.after) == (NIP, other)
    assert not any(number in str(row.details) for row in tables.AuditRecord.objects.all() for number in (NIP, other))


def test_a_conflict_shows_masks(tenure):
    with pytest.raises(Conflict) as refused:
        save_record(PLANNER, agency=AGENCY.code, record=dataclasses.replace(tenure, nip=""), seen={"nip": "1" * 18})
    assert NIP not in str(refused.value)
    assert refused.value.clashes[0].stands == mask(NIP)


def test_a_workbook_of_who_may_not_see_them_has_masks_and_changes_nothing_when_it_comes_back(tenure, tmp_path):
    path = save_workbook(PLANNER, agency=AGENCY.code, year=2024, path=tmp_path / "a.xlsx")
    cells = {str(cell) for sheet in read_xlsx(path) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert NIP not in cells
    assert mask(NIP) in cells
    before = load_snapshot(AGENCY.code, 2024)
    assert load_workbook(PLANNER, path=path).is_unchanged
    assert load_snapshot(AGENCY.code, 2024) == before
    whole = save_workbook(KEEPER, agency=AGENCY.code, year=2024, path=tmp_path / "b.xlsx")
    sheet = read_xlsx(whole)
    assert NIP in {str(cell) for one in sheet for row in one.iter_rows(values_only=True) for cell in row}


def test_the_person_sees_the_own_number_and_a_program_only_with_the_scope_to_edit(tenure):
    user = tables.User.objects.create_user("contoh", name="Contoh")
    row = tables.Tenure.objects.get(nip=NIP)
    tables.Seat.objects.create(user=user, tenure=row)
    oneself = dataclasses.replace(acting("Contoh", {Role.OWNER}, {AGENCY.code}), login="contoh")
    assert sight_of(oneself, AGENCY.code).nip("19900101 201504 1 007") == "19900101 201504 1 007"
    assert sight_of(oneself, AGENCY.code).nip("199001012015041008") == mask("199001012015041008")
    assert sight_of(limited(KEEPER, [Scope.READ]), AGENCY.code).record(tenure).nip == mask(NIP)
    assert sight_of(limited(KEEPER, [Scope.EDIT]), AGENCY.code).record(tenure).nip == NIP
