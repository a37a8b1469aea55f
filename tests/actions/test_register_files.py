"""Records from files, all or none with every fault in its cell; and out again without a word about persons."""

import csv
import json
from datetime import timedelta

import openpyxl
import pytest
from tests.actions.desk import DAY, NAME, PPID, TODAY, answered, asked, office
from tests.actions.staffed import CODE

from selaras.actions import register_files, register_records, registers
from selaras.actions.evidence import Upload
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.core.period import Period
from selaras.core.registers.fields import FieldKind
from selaras.store import models as tables
from selaras.store.evidence import folder
from selaras.store.register_access import find_register
from selaras.store.register_figures import figures_of, open_data
from selaras.store.register_view import record_view

pytestmark = pytest.mark.django_db
FILLED = {
    FieldKind.TEXT: lambda _item: "Contoh", FieldKind.LONG: lambda _item: "Contoh", FieldKind.DATE: lambda _item: DAY.isoformat(),
    FieldKind.CHOICE: lambda item: item.choices[0], FieldKind.UNIT: lambda _item: "", FieldKind.WHOLE: lambda _item: "1",
}  # fmt: skip
HEADS = [
    "Nomor", "Tanggal masuk", "Keadaan", "Tanggal Diproses", "Tanggal Dijawab", "Nama pemohon", "Jenis pemohon",
    "Informasi yang diminta", "Tujuan penggunaan informasi", "Keputusan", "Biaya", "Cara pembayaran",
]  # fmt: skip


@pytest.fixture
def who():
    return office()


def row(number="", opened=DAY, state="Dijawab", decided=DAY + timedelta(days=1), kind="perorangan", cost=""):
    return [
        number,
        opened,
        state,
        decided,
        decided,
        NAME,
        kind,
        "Salinan",
        "Penelitian",
        "dikabulkan seluruhnya",
        cost,
        "tunai",
    ]


def sheet(path, *rows, heads=HEADS):
    book = openpyxl.Workbook()
    book.active.title = "Permohonan"
    for cells in [["Daftar permohonan"], heads, *rows]:
        book.active.append(cells)
    book.save(path)
    return path


def loaded(who, path):
    return register_files.import_records(who["desk"], agency=CODE, register=PPID, path=path)


def test_a_sheet_comes_in_with_states_days_and_numbers(who, tmp_path):
    path = sheet(tmp_path / "lama.xlsx", row("A-1"), row(), row("A-3", state="Diterima", decided=None))
    made = loaded(who, path)
    assert (made.records, made.first, made.last) == (3, "A-1", "A-3")
    view = record_view(who["desk"], CODE, PPID, "A-1", TODAY)
    assert [(move.state, move.on) for move in view.record.moves] == [
        ("diterima", DAY), ("diproses", DAY + timedelta(days=1)), ("dijawab", DAY + timedelta(days=1)),
    ]  # fmt: skip
    lines = figures_of(who["desk"], CODE, PPID, Period(DAY.year), TODAY)
    assert next(line for line in lines if line.rule.code == "sesuai_sop").counted.figure.told() == "66,67% (2 dari 3)"
    assert asked(who["desk"]).startswith("0002/")


def test_one_fault_keeps_everything_out_and_is_named_with_its_cell(who, tmp_path):
    path = sheet(
        tmp_path / "salah.xlsx", row("A-1"), row("A-1", kind="makhluk"), row("A-2", cost=-5),
        row("A-3", opened="kemarin"), row("A-4", opened=TODAY + timedelta(days=2), state="Diterima", decided=None), row("A-1"),
    )  # fmt: skip
    with pytest.raises(Refusal) as refused:
        loaded(who, path)
    places = {(fault.place.source, fault.place.sheet, fault.place.row) for fault in refused.value.faults}
    assert places == {("salah.xlsx", "Permohonan", number) for number in (4, 5, 6, 7, 8)}
    assert any(fault.place.cell == "G4" for fault in refused.value.faults)
    assert not tables.RegisterRecord.objects.exists()


def test_a_number_in_the_file_is_left_out_where_numbers_are_given(who, tmp_path):
    first = loaded(who, sheet(tmp_path / "satu.xlsx", row())).first
    second = first.replace("0001", "0002", 1)
    done = loaded(who, sheet(tmp_path / "dua.xlsx", row(), row(second), row()))
    numbers = set(tables.RegisterRecord.objects.values_list("number", flat=True))
    assert (done.records, len(numbers)) == (3, 4)
    assert {first, second} <= numbers
    assert asked(who["desk"], on=DAY) not in numbers


@pytest.mark.parametrize("theirs", ["asked", "imported"])
def test_numbers_that_others_were_given_while_a_file_was_checked_come_once(who, tmp_path, monkeypatch, theirs):
    path, given = sheet(tmp_path / "satu.xlsx", row(), row("A-2"), row()), []
    last_numbers = register_files.last_numbers

    def meanwhile(work):
        """What somebody else does between the drawing of the numbers and the writing."""
        found = last_numbers(work)
        if theirs == "asked":
            given.append(asked(who["desk"], on=DAY))
        else:
            held = {
                "definition": work.held.row,
                "opened": DAY,
                "last_on": DAY,
                "state": "diterima",
                "standing": "berjalan",
            }
            given.append(asked(who["desk"], on=DAY))
            tables.RegisterRecord.objects.create(number="A-2", **held)
        return found

    monkeypatch.setattr(register_files, "last_numbers", meanwhile)
    if theirs == "imported":
        with pytest.raises(Refusal, match="tidak dimuat") as refused:
            loaded(who, path)
        assert refused.value.faults[0].read == "A-2"
        assert tables.RegisterRecord.objects.count() == 2
        return
    done = loaded(who, path)
    numbers = list(tables.RegisterRecord.objects.values_list("number", flat=True))
    assert (done.records, len(numbers), len(set(numbers))) == (3, 4, 4)
    assert given[0].startswith("0001/")
    assert done.first.startswith("0002/")
    assert done.last.startswith("0003/")
    assert asked(who["desk"], on=DAY).startswith("0004/")
    behind = record_view(who["desk"], CODE, PPID, done.last, TODAY)
    assert (len(behind.events), behind.record.content["nama"]) == (3, NAME)


def test_a_dry_run_and_a_refusal_leave_nothing_behind(who, tmp_path):
    path = sheet(tmp_path / "satu.xlsx", row(), row())
    tried = register_files.import_records(who["desk"], agency=CODE, register=PPID, path=path, dry=True)
    assert (tried.records, tried.first[:5], tried.last[:5]) == (2, "0001/", "0002/")
    with pytest.raises(Refusal):
        loaded(who, sheet(tmp_path / "salah.xlsx", row(), row(kind="makhluk")))
    assert not tables.RegisterRecord.objects.exists()
    assert not tables.RegisterSeries.objects.exists()
    assert loaded(who, path).first == tried.first


def test_unknown_and_missing_columns_are_refused(who, tmp_path):
    with pytest.raises(Refusal) as refused:
        loaded(who, sheet(tmp_path / "a.xlsx", row(), heads=[*HEADS[:-1], "Warna"]))
    assert refused.value.faults[0].read == "Warna"
    with pytest.raises(Refusal, match="tidak terbaca"):
        loaded(who, sheet(tmp_path / "b.xlsx", row(), heads=["x", "y"]))


def test_a_csv_file_is_read_like_a_sheet(who, tmp_path):
    path = tmp_path / "lama.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADS)
        writer.writerow(row("A-1", opened="7 Januari 2025", decided="08/01/2025", cost="1.500"))
    assert loaded(who, path).records == 1
    assert tables.RegisterRecord.objects.get().content["biaya"] == "1500"


def test_an_export_names_nobody_unless_the_right_is_there(who, tmp_path):
    answered(who["desk"], asked(who["desk"]), DAY)
    for ending in ("xlsx", "csv", "json"):
        path = tmp_path / f"keluar.{ending}"
        assert register_files.export_records(who["owner"], agency=CODE, register=PPID, path=path) == 1
        whole = (
            path.read_bytes() if ending != "xlsx" else str(list(openpyxl.load_workbook(path).active.values)).encode()
        )
        assert NAME.encode() not in whole
        assert b"Laporan kinerja" in whole
        register_files.export_records(who["desk"], agency=CODE, register=PPID, path=path, personal=True)
    assert json.loads((tmp_path / "keluar.json").read_text("utf-8"))[0]["Nama pemohon"] == NAME
    with pytest.raises(NotAllowed):
        register_files.export_records(who["owner"], agency=CODE, register=PPID, path=tmp_path / "x.csv", personal=True)
    with pytest.raises(NotAllowed):
        register_files.export_records(who["employee"], agency=CODE, register=PPID, path=tmp_path / "x.csv")
    assert tables.AuditRecord.objects.filter(action="mengekspor register", details__personal="ya").count() == 3


def test_an_export_comes_in_again(who, tmp_path):
    numbers = [asked(who["desk"]) for _ in range(3)]
    answered(who["desk"], numbers[0], DAY + timedelta(days=2))
    path = tmp_path / "pindah.xlsx"
    register_files.export_records(who["desk"], agency=CODE, register=PPID, path=path, personal=True)
    before = [record_view(who["desk"], CODE, PPID, number, TODAY).record for number in numbers]
    tables.RegisterRecord.objects.all().delete()
    assert loaded(who, path).records == 3
    after = [record_view(who["desk"], CODE, PPID, number, TODAY).record for number in numbers]
    assert [dict(item.content) for item in after] == [dict(item.content) for item in before]
    assert [[(move.state, move.on) for move in item.moves] for item in after] == [
        [(move.state, move.on) for move in item.moves] for item in before
    ]


def test_a_text_that_looks_like_a_formula_stays_a_text(who, tmp_path):
    asked(who["desk"], cara_bayar="=1+1")
    for ending in ("xlsx", "csv"):
        path = tmp_path / f"keluar.{ending}"
        register_files.export_records(who["desk"], agency=CODE, register=PPID, path=path)
        if ending == "csv":
            assert ";'=1+1" in path.read_text("utf-8-sig")
        else:
            assert "f" not in {cell.data_type for line in openpyxl.load_workbook(path).active for cell in line}


def test_open_data_hold_open_fields_alone(who):
    answered(who["desk"], asked(who["desk"]), DAY)
    heads, rows = open_data(CODE, PPID)
    assert "Nama pemohon" not in heads
    assert NAME not in repr(rows)
    assert rows[0]["Keputusan"] == "dikabulkan seluruhnya"
    registers.take_preset(who["planner"], agency=CODE, preset_code="disiplin_netralitas")
    with pytest.raises(NotFound):
        open_data(CODE, "disiplin_netralitas")


def test_a_file_of_a_field_is_kept_like_evidence_and_goes_with_its_record(
    who, tmp_path, settings, django_capture_on_commit_callbacks
):
    settings.DATA = tmp_path / "data"
    register = "tindak_lanjut"
    registers.take_preset(who["planner"], agency=CODE, preset_code=register)
    (tmp_path / "kiriman").write_bytes(b"Bukti bahwa rekomendasi dilaksanakan.")
    upload = Upload(tmp_path / "kiriman", "Bukti pelaksanaan.txt")
    held = find_register(CODE, register)
    texts = {item.code: FILLED[item.kind](item) for item in held.register.fields if item.required}
    go = {"agency": CODE, "register": register}
    opener = who["planner"]
    with pytest.raises(Refusal, match="Berkas"):
        register_records.open_record(opener, **go, texts=texts, uploads={"rekomendasi": upload})
    number = register_records.open_record(opener, **go, texts=texts, uploads={"bukti": upload})
    view = record_view(opener, CODE, register, number, TODAY)
    stored = view.record.content["bukti"]
    assert stored.endswith("-bukti-pelaksanaan.txt")
    assert dict(view.cells)["Bukti"] == "bukti-pelaksanaan.txt"
    event = next(event for event in view.events if event.file)
    assert (event.file, event.note) == (stored, "Bukti")
    assert (folder(CODE) / stored).read_bytes() == (tmp_path / "kiriman").read_bytes()
    other = register_records.open_record(opener, **go, texts=texts, uploads={"bukti": upload})
    for left, last in ((number, False), (other, True)):
        with django_capture_on_commit_callbacks(execute=True):
            register_records.remove_record(opener, **go, number=left, reason="Salah buka")
        assert (folder(CODE) / stored).exists() is not last
