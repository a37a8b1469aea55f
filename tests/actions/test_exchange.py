"""Loading and saving workbooks: all faults at once, nothing half done, the same file twice changes nothing."""

import dataclasses
from decimal import Decimal

import pytest
from openpyxl import load_workbook as read_xlsx
from tests.store.example import AGENCY, YEAR, records
from tests.store.filling import bare

from selaras.actions.exchange import load_workbook, save_workbook
from selaras.core import planning as p
from selaras.core.access import Role, acting, operator
from selaras.core.agreements import AgreementLine
from selaras.core.errors import NotFound, Refusal
from selaras.core.measurement.records import Evidence, Progress, Realisation, Spending
from selaras.core.org import Agency, Position, Unit
from selaras.core.period import Period, quarter
from selaras.core.snapshot import RECORD_KINDS
from selaras.core.value import percent
from selaras.documents.workbook import write_workbook
from selaras.store import models as tables
from selaras.store.models.work import AgreementState
from selaras.store.rows import all_tables
from selaras.store.snapshot import load_records, load_snapshot

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BY = operator("Operator Contoh")


@pytest.fixture(scope="session")
def usual(tmp_path_factory):
    path = tmp_path_factory.mktemp("usual") / "isian.xlsx"
    write_workbook(path, AGENCY, records())
    return path.read_bytes()


@pytest.fixture
def file(tmp_path, usual):
    def write(saved=None, name="isian.xlsx"):
        path = tmp_path / name
        if saved is None:
            path.write_bytes(usual)
        else:
            write_workbook(path, AGENCY, saved)
        return path

    return write


def rows_in_all_tables():
    kept = (tables.__dict__[name] for name in tables.__all__ if name != "AuditRecord")
    return {model: list(model.objects.values()) for model in kept if hasattr(model, "objects")}


def faults_of(path, **how):
    before = rows_in_all_tables()
    with pytest.raises(Refusal) as refused:
        load_workbook(BY, path=path, **how)
    assert rows_in_all_tables() == before
    assert tables.AuditRecord.objects.last().details["refused"] == refused.value.message[:400]
    return refused.value.faults


def test_every_record_of_the_file_is_stored(file):
    saved = records()
    result = load_workbook(BY, path=file(saved))
    assert result.total("created") == sum(map(len, saved.values())) + 1
    _, loaded = load_records(AGENCY.code, YEAR)
    for kind in RECORD_KINDS:
        assert bare(loaded[kind.record]) == saved[kind.record]
    assert "baru" in result.sentence()


def test_the_same_file_again_changes_nothing_and_says_so(file):
    path = file()
    load_workbook(BY, path=path)
    before, records = rows_in_all_tables(), tables.AuditRecord.objects.count()
    result = load_workbook(BY, path=path)
    after = rows_in_all_tables()
    assert result.is_unchanged
    assert result.changes == ()
    assert "tidak ada perubahan" in result.sentence()
    assert tables.AuditRecord.objects.count() == records + 1
    assert after == before


def test_export_import_export_is_the_same_to_the_byte(file, tmp_path):
    load_workbook(BY, path=file())
    first = save_workbook(BY, agency=AGENCY.code, year=YEAR, path=tmp_path / "satu" / "isian.xlsx")
    assert load_workbook(BY, path=first).is_unchanged
    second = save_workbook(BY, agency=AGENCY.code, year=YEAR, path=tmp_path / "dua" / "isian.xlsx")
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in first.parent.iterdir()) == ["isian.xlsx"]


def test_export_into_an_empty_database_and_out_again_is_the_same_to_the_byte(file, tmp_path):
    load_workbook(BY, path=file())
    first = save_workbook(BY, agency=AGENCY.code, year=YEAR, path=tmp_path / "satu.xlsx")
    for table in reversed(all_tables().values()):
        if any(part.refers_to is table.record for part in table.fields):
            table.rows.update(**{part.columns[0]: None for part in table.fields if part.refers_to is table.record})
        table.rows.delete()
    tables.Agency.objects.all().delete()
    load_workbook(BY, path=first)
    second = save_workbook(BY, agency=AGENCY.code, year=YEAR, path=tmp_path / "dua.xlsx")
    assert first.read_bytes() == second.read_bytes()


def test_a_changed_cell_changes_one_record_and_is_told_with_old_and_new(file):
    saved = records()
    load_workbook(BY, path=file(saved))
    saved[p.Target][0] = dataclasses.replace(saved[p.Target][0], value=percent("86.5"))
    result = load_workbook(BY, path=file(saved))
    assert result.total("changed") == 1
    assert result.total("created") == 0
    (change,) = result.changes
    assert (change.old, change.new) == ("85%", "86,5%")
    assert change.sheet == "Target"
    assert change.place.sheet == "Target"
    assert "“85%” menjadi “86,5%”" in change.sentence()
    assert load_snapshot(AGENCY.code, YEAR).targets[0].value == percent("86.5")


def test_a_changed_reference_is_told_by_its_codes(file):
    saved = records()
    load_workbook(BY, path=file(saved))
    saved[Position][0] = dataclasses.replace(saved[Position][0], unit="SEK")
    (change,) = load_workbook(BY, path=file(saved)).changes
    assert (change.old, change.new) == ("DINAS", "SEK")


def test_a_changed_agency_is_changed(file, tmp_path):
    load_workbook(BY, path=file())
    path = tmp_path / "lain.xlsx"
    write_workbook(path, dataclasses.replace(AGENCY, city="Kota Lain"), records())
    (change,) = load_workbook(BY, path=path).changes
    assert (change.old, change.new) == ("Misal", "Kota Lain")
    assert load_snapshot(AGENCY.code, YEAR).agency.city == "Kota Lain"


def test_a_dry_run_reports_and_changes_nothing_but_the_trail(file):
    path = file()
    before, records = rows_in_all_tables(), tables.AuditRecord.objects.count()
    result = load_workbook(BY, path=path, dry_run=True)
    after = rows_in_all_tables()
    assert result.total("created") > 50
    assert "percobaan" in result.sentence()
    assert tables.AuditRecord.objects.count() == records + 1
    assert after == before


def test_all_faults_are_told_at_once_and_nothing_is_written(file):
    saved = records()
    saved[p.Target].append(dataclasses.replace(saved[p.Target][0], indicator="TIDAK-ADA"))
    saved[p.Target].append(saved[p.Target][1])
    saved[Realisation][0] = dataclasses.replace(saved[Realisation][0], value=percent(56))
    saved[Unit][1] = dataclasses.replace(saved[Unit][1], parent="HILANG")
    path = file(saved)
    book = read_xlsx(path)
    sheet = book["Indikator"]
    header = [cell.value.strip(" *") if cell.value else "" for cell in sheet[1]]
    sheet.cell(row=sheet.max_row, column=header.index("Urutan") + 1).value = "satu"
    book.save(path)
    text = "\n".join(fault.sentence() for fault in faults_of(path))
    for expected in ("TIDAK-ADA", "HILANG", "60,06%", "satu", "berulang"):
        assert expected in text
    assert text.count("isian.xlsx, lembar ") >= 5


def test_203_of_338_with_56_percent_typed_beside_it_is_refused(file):
    saved = records()
    saved[Realisation][0] = dataclasses.replace(saved[Realisation][0], value=percent(56))
    (fault,) = faults_of(file(saved))
    assert "60,06%" in fault.sentence()
    assert fault.place.sheet == "Realisasi"


def test_a_loop_of_units_is_refused(file):
    saved = records()
    saved[Unit][0] = dataclasses.replace(saved[Unit][0], parent="SEK")
    faults = faults_of(file(saved))
    assert len(faults) == 2
    assert all("DINAS" in fault.read and fault.place.sheet == "Unit" for fault in faults)


def test_what_only_the_tables_refuse_is_told_with_its_row(file):
    saved = records()
    saved[Realisation][0] = dataclasses.replace(saved[Realisation][0], verified_by="Operator")
    saved[Unit][1] = dataclasses.replace(saved[Unit][1], until=saved[Unit][1].since.replace(year=2019))
    faults = faults_of(file(saved))
    text = "\n".join(fault.sentence() for fault in faults)
    assert "diverifikasi oleh orang yang mengisinya" in text
    assert "akhir mendahului awal" in text
    assert all(fault.place.sheet for fault in faults)


def test_what_the_tables_refuse_of_a_change_is_told_with_its_row(file):
    saved = records()
    load_workbook(BY, path=file())
    saved[Unit][1] = dataclasses.replace(saved[Unit][1], until=saved[Unit][1].since.replace(year=2019))
    (fault,) = faults_of(file(saved))
    assert "akhir mendahului awal" in fault.sentence()
    assert fault.read == "Unit kerja SEK"


def test_what_is_missing_in_the_file_stays_unless_it_is_to_be_replaced(file):
    saved = records()
    load_workbook(BY, path=file(saved))
    kept = saved[Spending].pop()
    del saved[p.Issue][0]
    result = load_workbook(BY, path=file(saved))
    assert (result.total("absent"), result.total("deleted")) == (2, 0)
    assert kept in bare(load_snapshot(AGENCY.code, YEAR).spending)
    result = load_workbook(BY, path=file(saved), replace=True)
    assert result.total("deleted") == 2
    assert bare(load_snapshot(AGENCY.code, YEAR).spending) == saved[Spending]
    assert any("dihapus" in change.sentence() for change in result.changes)


def test_replacing_leaves_other_years_alone(file):
    saved = records()
    saved[Spending].append(Spending("P1", 2023, 1, Decimal(7)))
    saved[Realisation].append(Realisation("IKU-1", quarter(2023, 3), percent(7)))
    load_workbook(BY, path=file(saved))
    result = load_workbook(BY, path=file(), replace=True)
    assert result.total("deleted") == 0
    assert bare(load_snapshot(AGENCY.code, 2023).spending) == [Spending("P1", 2023, 1, Decimal(7))]


def test_replacing_refuses_to_remove_what_another_year_still_names(file):
    saved = records()
    saved[p.Node].append(p.Node("P-LAMA", p.NodeLevel.PROGRAM, "Program lama", "S1"))
    saved[Spending].append(Spending("P-LAMA", 2023, 1, Decimal(7)))
    load_workbook(BY, path=file(saved))
    (fault,) = faults_of(file(), replace=True)
    assert "masih dipakai" in fault.sentence()


def test_parents_further_down_in_the_sheet_are_found(file):
    saved = records()
    saved[p.Node].reverse()
    saved[Unit].reverse()
    load_workbook(BY, path=file(saved))
    assert bare(load_snapshot(AGENCY.code, YEAR).nodes) == saved[p.Node]
    assert load_workbook(BY, path=file(saved)).is_unchanged


def test_a_file_with_only_new_rows_may_name_what_is_stored(file):
    load_workbook(BY, path=file())
    few = {kind.record: [] for kind in RECORD_KINDS} | {Spending: [Spending("P1", 2024, 5, Decimal(10))]}
    result = load_workbook(BY, path=file(few))
    assert result.total("created") == 1
    assert len(load_snapshot(AGENCY.code, YEAR).spending) == 3


def test_a_locked_realisation_is_not_changed_by_a_file(file):
    saved = records()
    saved[Realisation][1] = dataclasses.replace(saved[Realisation][1], status=Progress.LOCKED)
    load_workbook(BY, path=file(saved))
    saved[Realisation][1] = dataclasses.replace(saved[Realisation][1], value=percent(99))
    (fault,) = faults_of(file(saved))
    assert "dikunci" in fault.sentence()
    del saved[Realisation][1]
    (fault,) = faults_of(file(saved), replace=True)
    assert "dikunci" in fault.sentence()


def test_a_verified_value_changes_only_by_way_of_a_draft(file):
    saved = records()
    load_workbook(BY, path=file(saved))
    first = saved[Realisation][0]
    saved[Realisation][0] = dataclasses.replace(first, numerator=Decimal(204))
    (fault,) = faults_of(file(saved))
    assert "sudah diverifikasi" in fault.sentence()
    saved[Realisation][0] = dataclasses.replace(first, numerator=Decimal(204), status=Progress.DRAFT, verified_by="")
    assert load_workbook(BY, path=file(saved)).total("changed") == 1


def test_a_number_that_cannot_be_kept_exactly_is_refused(file):
    saved = records()
    saved[Spending][0] = dataclasses.replace(saved[Spending][0], amount=Decimal("12345678901234567.89"))
    saved[Spending][1] = dataclasses.replace(saved[Spending][1], amount=Decimal("0.125"))
    faults = faults_of(file(saved))
    assert len(faults) == 2
    assert all("15 angka penting dan 2 desimal" in fault.sentence() for fault in faults)


def test_a_key_that_no_index_holds_is_refused(file):
    saved = records()
    saved[Evidence][0] = dataclasses.replace(saved[Evidence][0], title="x" * 5000)
    (fault,) = faults_of(file(saved))
    assert "terlalu panjang" in fault.sentence()


def test_a_missing_sheet_is_refused_together_with_the_rest(file):
    path = file()
    book = read_xlsx(path)
    del book["Misi"]
    book.save(path)
    assert any("Misi" in fault.sentence() for fault in faults_of(path))


def test_only_who_may_load_loads(file):
    stranger = acting("Orang Lain", {Role.PLANNER}, {"LAIN"})
    with pytest.raises(NotFound):
        load_workbook(stranger, path=file())
    assert tables.AuditRecord.objects.get().details["refused"]
    assert not tables.Agency.objects.exists()
    load_workbook(BY, path=file())
    with pytest.raises(NotFound):
        save_workbook(stranger, agency=AGENCY.code, year=YEAR, path=file())


def test_an_unknown_agency_or_year_is_not_exported(file, tmp_path):
    path = tmp_path / "x.xlsx"
    with pytest.raises(NotFound):
        save_workbook(BY, agency="LAIN", year=YEAR, path=path)
    load_workbook(BY, path=file())
    with pytest.raises(NotFound):
        save_workbook(BY, agency=AGENCY.code, year=1999, path=path)
    assert not path.exists()


def test_each_act_leaves_one_record_in_an_unbroken_chain(file, tmp_path):
    path = file()
    load_workbook(BY, path=path, dry_run=True)
    load_workbook(BY, path=path)
    save_workbook(BY, agency=AGENCY.code, year=YEAR, path=tmp_path / "x.xlsx")
    trail = list(tables.AuditRecord.objects.all())
    assert [record.action for record in trail] == [
        "mencoba memuat buku kerja",
        "memuat buku kerja",
        "mengekspor buku kerja",
    ]
    assert {record.actor for record in trail} == {"Operator Contoh"}
    assert tables.AuditRecord.objects.first_broken() is None
    tables.AuditRecord.objects.filter(pk=trail[1].pk).update(actor="Orang Lain")
    assert tables.AuditRecord.objects.first_broken() == trail[1]


def test_two_agencies_do_not_touch_each_other(file, tmp_path):
    load_workbook(BY, path=file())
    before = load_snapshot(AGENCY.code, YEAR)
    other = tmp_path / "lain.xlsx"
    write_workbook(other, Agency("LAIN", "Lain", "Lain", AGENCY.kind), records())
    load_workbook(BY, path=other, replace=True)
    assert load_snapshot(AGENCY.code, YEAR) == before
    assert Period(2024) in {item.period for item in load_snapshot("LAIN", YEAR).targets}


@pytest.mark.parametrize("state", [AgreementState.PROPOSED, AgreementState.AGREED, AgreementState.SIGNED], ids=str)
def test_a_workbook_does_not_change_what_was_proposed_agreed_or_signed(file, state):
    load_workbook(BY, path=file())
    saved = records()
    line = saved[AgreementLine][0]
    row = tables.Agreement.objects.get(code=line.agreement)
    tables.AgreementFlow.objects.create(agreement=row, state=state.value)
    assert load_workbook(BY, path=file()).total("changed") == 0
    saved[AgreementLine][0] = dataclasses.replace(line, wording="Lain")
    faults = faults_of(file(saved))
    assert [f"{line.agreement} sudah {state.value}" in fault.message for fault in faults] == [True]
    assert faults[0].place.sheet
