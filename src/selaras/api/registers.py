"""Registers by programs: what there is, records with their steps, figures with the records behind them."""

from __future__ import annotations

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, File, Header, Path, Query, Router, Schema, UploadedFile
from pydantic import AfterValidator

from selaras.actions.evidence import Upload
from selaras.actions.register_records import advance_record, change_record, open_record
from selaras.api.door import ApiRequest, once
from selaras.api.files import received
from selaras.api.intake import PLAIN, AgencyCode, Given, Year, code_of
from selaras.api.records import READS, WRITES
from selaras.api.schemas import Page
from selaras.core.period import Period
from selaras.core.registers.fields import Content
from selaras.store.register_counts import PARTS
from selaras.store.register_figures import FigureLine, behind, figures_of
from selaras.store.register_view import RecordView, record_view
from selaras.store.registers import Ask, RecordLine, records_of, registers_of

router = Router(tags=["registers"])
AT = "/agencies/{agency}/registers"
Code = Annotated[
    str, AfterValidator(code_of), Path(description="Kode register.", max_length=200, examples=["pengaduan"])
]
Number = Annotated[str, AfterValidator(code_of), Path(description="Nomor rekaman; `/` ditulis `~2F`.", max_length=400)]
FieldCode = Annotated[str, AfterValidator(code_of), Path(description="Kode isian berkas.", max_length=40)]
Rule = Annotated[str, AfterValidator(code_of), Path(description="Kode aturan hitung.", max_length=200)]
Part = Annotated[str, Path(description="`met`, `missed`, atau `waiting`.", max_length=10, examples=[PARTS[0]])]
Number1 = Annotated[int, Query(ge=1, le=1_000_000, description="Halaman, mulai dari 1.")]
Key = Annotated[str, Header(alias="Idempotency-Key", description="Agar aman dikirim ulang.")]
Texts = dict[str, str]
TEXTS = (
    "Isian menurut kodenya, seperti diketik orang: `7 Desember 2024`, `1.500`, `ya`, beberapa pilihan dengan `; `; "
    "berkas dengan nama bukti yang sudah disimpan."
)


class RegisterOut(Schema):
    """Satu register."""

    code: str
    name: str
    about: str
    version: int
    restricted: bool
    open_to_public: bool
    active: bool
    records: int
    open: int
    overdue: int


class ClockOut(Schema):
    """Keadaan satu tenggat."""

    verdict: str
    start: date | None
    due: date | None
    end: date | None
    used: int | None = Field(description="Hari terpakai menurut jenis hari tenggatnya.")
    left: int | None


class LineOut(Schema):
    """Satu rekaman dalam daftar."""

    number: str
    state: str
    opened: date
    unit: str
    assignee: str
    verdict: str = Field(description="Ketepatan waktu menurut tenggat pertama register; kosong tanpa tenggat.")
    due: date | None


class RecordStepOut(Schema):
    """Satu langkah rekaman."""

    state: str
    on: date


class RecordOut(Schema):
    """Satu rekaman; data pribadi tersamar bagi yang tidak berhak."""

    number: str
    state: str
    unit: str
    seen: int = Field(description="Dikirim kembali bersama perubahan; bila sudah lain, jawabannya 409.")
    content: dict[str, str | Decimal | bool | list[str]]
    steps: list[RecordStepOut]
    clocks: dict[str, ClockOut]
    ways: list[str] = Field(description="Keadaan berikutnya yang boleh Anda pilih.")


class RegisterFigureOut(Schema):
    """Satu angka dengan pembilang dan penyebutnya."""

    rule: str
    name: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    told: str = Field(description="Angkanya dalam satu baris, atau mengapa tidak ada.")
    met: int
    missed: int
    waiting: int
    indicators: list[str] = Field(description="Indikator yang terhitung dengan sendirinya dari aturan ini.")


class NumbersOut(Schema):
    """Nomor rekaman di balik satu bagian angka."""

    total: int
    pages: int
    numbers: list[str]


class OpenIn(Given):
    """Rekaman baru."""

    texts: Texts = Field(description=TEXTS, max_length=200)
    on: date | None = Field(None, description="Tanggal masuk; bawaan hari ini.")
    unit: str = Field("", max_length=200)
    note: str = Field("", max_length=4000)


class ChangeIn(Given):
    """Isian yang berubah; yang tidak disebut tetap, yang kosong dikosongkan."""

    texts: Texts = Field(description=TEXTS, max_length=200)
    seen: int | None = Field(None, ge=0, le=2**31 - 1)
    reason: str = Field("", max_length=1000)


class RecordStepIn(Given):
    """Keadaan berikutnya dengan isian yang diperlukannya."""

    target: str = Field(max_length=40)
    on: date | None = None
    texts: Texts = Field(default_factory=dict, description=TEXTS, max_length=200)
    note: str = Field("", max_length=4000)
    seen: int | None = Field(None, ge=0, le=2**31 - 1)


@router.get(AT, response={200: list[RegisterOut], **READS}, operation_id="listRegisters")
def registers(request: ApiRequest, agency: AgencyCode) -> Any:
    """Semua register dengan cacah rekamannya."""
    return [
        {name: getattr(line, name) for name in RegisterOut.model_fields}
        for line in registers_of(request.actor, agency, timezone.localdate())
    ]


@router.get(f"{AT}/{{code}}/records", response={200: Page[LineOut], **READS}, operation_id="listRegisterRecords")
def records(
    request: ApiRequest, agency: AgencyCode, code: Code,
    state: Annotated[str, Query(pattern=PLAIN, max_length=40, description="Kode keadaan.")] = "",
    only: Annotated[str, Query(pattern="^(open|late|soon|mine|closed)?$", description="Sebagian saja.")] = "",
    page: Number1 = 1,
) -> Any:  # fmt: skip
    """Rekaman satu register, lima puluh setiap halaman, yang terbaru lebih dahulu."""
    found = records_of(request.actor, agency, code, Ask(state=state, only=only, page=page), timezone.localdate())
    return {"total": found.total, "items": [_line(line) for line in found.lines]}


@router.get(f"{AT}/{{code}}/records/{{number}}", response={200: RecordOut, **READS}, operation_id="getRegisterRecord")
def record(request: ApiRequest, agency: AgencyCode, code: Code, number: Number) -> Any:
    """Satu rekaman dengan langkah dan tenggatnya."""
    return _record(record_view(request.actor, agency, code, number, timezone.localdate()))


@router.post(f"{AT}/{{code}}/records", response={200: RecordOut, **WRITES}, operation_id="openRegisterRecord")
@once
def opened(request: ApiRequest, agency: AgencyCode, code: Code, given: OpenIn, key: Key = "") -> Any:
    """Buka rekaman baru; nomornya diberikan."""
    del key
    number = open_record(
        request.actor, agency=agency, register=code, texts=given.texts, on=given.on, unit=given.unit,
        note=given.note,
    )  # fmt: skip
    return _record(record_view(request.actor, agency, code, number, timezone.localdate()))


@router.put(
    f"{AT}/{{code}}/records/{{number}}", response={200: RecordOut, **WRITES}, operation_id="changeRegisterRecord"
)
@once
def changed(request: ApiRequest, agency: AgencyCode, code: Code, number: Number, given: ChangeIn, key: Key = "") -> Any:
    """Ubah isian satu rekaman."""
    del key
    change_record(
        request.actor, agency=agency, register=code, number=number, texts=given.texts, seen=given.seen,
        reason=given.reason,
    )  # fmt: skip
    return _record(record_view(request.actor, agency, code, number, timezone.localdate()))


@router.post(
    f"{AT}/{{code}}/records/{{number}}/steps", response={200: RecordOut, **WRITES},
    operation_id="advanceRegisterRecord",
)  # fmt: skip
@once
def advanced(
    request: ApiRequest, agency: AgencyCode, code: Code, number: Number, given: RecordStepIn, key: Key = ""
) -> Any:
    """Pindahkan satu rekaman ke keadaan berikutnya."""
    del key
    advance_record(
        request.actor, agency=agency, register=code, number=number, target=given.target, on=given.on,
        texts=given.texts, note=given.note, seen=given.seen,
    )  # fmt: skip
    return _record(record_view(request.actor, agency, code, number, timezone.localdate()))


@router.post(
    f"{AT}/{{code}}/records/{{number}}/files/{{field}}", response={200: RecordOut, **WRITES},
    operation_id="fillRegisterFile",
)  # fmt: skip
def filled(
    request: ApiRequest, agency: AgencyCode, code: Code, number: Number, field: FieldCode,
    file: Annotated[UploadedFile, File(description="Berkasnya; diperiksa dan disimpan seperti bukti.")],
    seen: Annotated[int | None, Query(ge=0, le=2**31 - 1, description="`seen` rekaman yang dibaca.")] = None,
) -> Any:  # fmt: skip
    """Isi satu isian berkas dengan berkas yang dikirim; bukti yang sudah disimpan cukup disebut namanya pada `texts`."""
    with tempfile.TemporaryDirectory() as folder:
        upload = Upload(received(file, FilePath(folder), file.name or "berkas"), file.name or "berkas")
        change_record(
            request.actor, agency=agency, register=code, number=number, texts={}, seen=seen, uploads={field: upload}
        )  # fmt: skip
    return _record(record_view(request.actor, agency, code, number, timezone.localdate()))


@router.get(
    f"{AT}/{{code}}/figures/{{int:year}}", response={200: list[RegisterFigureOut], **READS},
    operation_id="getRegisterFigures",
)  # fmt: skip
def figures(request: ApiRequest, agency: AgencyCode, code: Code, year: Year) -> Any:
    """Semua angka satu register untuk satu tahun; cacah saja, juga dari register terbatas."""
    return [_figure(line) for line in figures_of(request.actor, agency, code, Period(year), timezone.localdate())]


@router.get(
    f"{AT}/{{code}}/figures/{{int:year}}/{{rule}}/{{part}}", response={200: NumbersOut, **READS},
    operation_id="getRecordsBehindFigure",
)  # fmt: skip
def numbers(
    request: ApiRequest, agency: AgencyCode, code: Code, year: Year, rule: Rule, part: Part, page: Number1 = 1
) -> Any:
    """Nomor rekaman di balik satu bagian angka."""
    found = behind(request.actor, agency, code, rule, Period(year), part, timezone.localdate(), page)
    return {"total": found.total, "pages": found.pages, "numbers": list(found.numbers)}


def _line(line: RecordLine) -> dict[str, Any]:
    clock = line.clock
    return {
        "number": line.number, "state": line.state, "opened": line.opened, "unit": line.unit,
        "assignee": line.assignee, "verdict": clock.verdict.value if clock else "", "due": clock.due if clock else None,
    }  # fmt: skip


def _record(view: RecordView) -> dict[str, Any]:
    return {
        "number": view.record.number, "state": view.record.state, "unit": view.record.unit, "seen": view.seen,
        "content": {code: _content(content) for code, content in view.content.items()},
        "steps": [{"state": move.state, "on": move.on} for move in view.record.moves],
        "clocks": {
            code: {
                "verdict": clock.verdict.value, "start": clock.start, "due": clock.due, "end": clock.end,
                "used": clock.used, "left": clock.left,
            } for code, clock in view.clocks.items()
        },
        "ways": [way.target for way in view.ways],
    }  # fmt: skip


def _content(content: Content) -> Any:
    if isinstance(content, tuple):
        return list(content)
    return content.isoformat() if isinstance(content, date) else content


def _figure(line: FigureLine) -> dict[str, Any]:
    counted = line.counted
    figure = counted.figure if counted else None
    return {
        "rule": line.rule.code, "name": line.rule.name, "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None,
        "value": figure.value.amount if figure and figure.value else None,
        "told": figure.told() if figure else line.refused, "met": counted.met if counted else 0,
        "missed": counted.missed if counted else 0, "waiting": counted.waiting if counted else 0,
        "indicators": list(line.indicators),
    }  # fmt: skip
