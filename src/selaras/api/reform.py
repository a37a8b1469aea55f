"""The reform by programs: index, action plans and units of a year; progress and the index of units written."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Header, Path, Router, Schema
from pydantic import AfterValidator

from selaras.actions.reform import report_action
from selaras.actions.reform_units import save_units
from selaras.api.door import ApiRequest, once
from selaras.api.intake import AgencyCode, Given, Year, code_of
from selaras.api.records import READS, WRITES
from selaras.core.access import Act, check_somewhere
from selaras.core.reform.units import GoodShare, UnitReform
from selaras.store.reform import ActionLine, actions_of, sheet_of, units_of

router = Router(tags=["reform"])
AT = "/agencies/{agency}/{int:year}/reform"
Action = Annotated[
    str, AfterValidator(code_of), Path(description="Kode rencana aksi.", max_length=200, examples=["RB-01"])
]
Quarter = Annotated[int, Path(ge=1, le=4, description="Triwulan.", examples=[1])]
Key = Annotated[str, Header(alias="Idempotency-Key", description="Agar aman dikirim ulang.")]


class IndexOut(Schema):
    """Indeks RB satu tahun menurut skema tahun itu."""

    value: Decimal | None
    predicate: str
    predicate_status: str = Field(description="Kepastian batas predikatnya; kosong bila predikat tercetak pada surat.")
    scheme: str
    formula: str
    question: str = Field(description="Yang harus diputus seseorang dahulu; kosong bila tidak ada.")
    subject: str = Field(description="Instansi yang dinilai.")
    attribution: str


class ReportOut(Schema):
    """Kemajuan kumulatif sampai satu triwulan."""

    quarter: int
    realised: Decimal
    evidence: list[str]
    note: str


class ActionOut(Schema):
    """Satu rencana aksi dengan target dan kemajuannya."""

    code: str
    title: str
    unit: str
    area: str
    theme: str
    root_cause: str
    targets: list[Decimal | None]
    reports: list[ReportOut]
    achievement: list[Decimal | None] = Field(description="Capaian sampai setiap triwulan, persen.")


class UnitOut(Schema):
    """Indeks RB satu unit."""

    unit: str
    name: str
    value: Decimal | None
    predicate: str
    good: bool | None


class UnitsOut(Schema):
    """Indeks RB semua unit dan persentase yang baik."""

    good: int
    whole: int
    share: Decimal | None
    bound: str = Field(description="Indikator yang terisi dengan sendirinya dari persentase ini.")
    units: list[UnitOut]


class ReformOut(Schema):
    """Reformasi birokrasi satu tahun."""

    index: IndexOut | None
    actions: list[ActionOut]
    units: UnitsOut


class ReportIn(Given):
    """Kemajuan kumulatif dengan buktinya; tanpa `realised` kemajuan itu dicabut."""

    realised: Decimal | None = None
    evidence: list[str] = Field(default_factory=list, max_length=50)
    note: str = Field("", max_length=4000)
    seen: str | None = Field(None, description="Yang terlihat sebelumnya; bila sudah lain, jawabannya 409.")


class UnitIn(Given):
    """Indeks RB satu unit seperti diterima."""

    unit: str = Field(max_length=200)
    value: Decimal
    predicate: str = Field("", max_length=80)
    source: str = Field("", max_length=1000)


class UnitsIn(Given):
    """Indeks RB beberapa unit; unit yang tidak disebut tetap."""

    units: list[UnitIn] = Field(max_length=2000)
    reason: str = Field("", max_length=2000)


@router.get(AT, response={200: ReformOut, **READS}, operation_id="getReform")
def shown(request: ApiRequest, agency: AgencyCode, year: Year) -> Any:
    """Indeks RB dengan rumusnya, rencana aksi yang boleh dilihat, dan indeks unit."""
    check_somewhere(request.actor, Act.SEE, agency)
    board = actions_of(request.actor, agency, year)
    units = units_of(agency, year)
    return {
        "index": _index(agency, year), "actions": [_action(line) for line in board.lines],
        "units": _units(units.share, units.names, units.bound),
    }  # fmt: skip


@router.put(
    f"{AT}/actions/{{action}}/progress/{{int:quarter}}", response={200: ReportOut | None, **WRITES},
    operation_id="reportReformAction",
)  # fmt: skip
@once
def reported(
    request: ApiRequest,
    agency: AgencyCode,
    year: Year,
    action: Action,
    quarter: Quarter,
    given: ReportIn,
    key: Key = "",
) -> Any:
    """Laporkan kemajuan satu rencana aksi sampai satu triwulan."""
    del key
    made = report_action(
        request.actor, agency=agency, year=year, code=action, quarter=quarter, realised=given.realised,
        evidence=given.evidence, note=given.note, seen=given.seen,
    )  # fmt: skip
    return _report(made) if made else None


@router.put(f"{AT}/units", response={200: UnitsOut, **WRITES}, operation_id="saveReformUnits")
@once
def units(request: ApiRequest, agency: AgencyCode, year: Year, given: UnitsIn, key: Key = "") -> Any:
    """Simpan indeks RB unit; indikator yang terikat dihitung ulang."""
    del key
    scores = [UnitReform(item.unit, year, item.value, item.predicate, item.source) for item in given.units]
    share = save_units(request.actor, agency=agency, year=year, scores=scores, reason=given.reason)
    board = units_of(agency, year)
    return _units(share, board.names, board.bound)


def _index(agency: str, year: int) -> dict[str, Any] | None:
    sheet = sheet_of(agency, year)
    if sheet.index is None or sheet.score is None:
        return None
    made = sheet.index
    return {
        "value": made.index.rounded(), "predicate": made.predicate, "scheme": made.scheme.name, "formula": made.formula(),
        "predicate_status": made.band.source.certainty.value if made.band and not made.printed else "",
        "question": made.question, "subject": sheet.score.subject,
        "attribution": sheet.attribution.sentence if sheet.attribution else "",
    }  # fmt: skip


def _action(line: ActionLine) -> dict[str, Any]:
    action = line.action
    return {
        "code": action.code, "title": action.title, "unit": action.unit, "area": action.area, "theme": action.theme,
        "root_cause": action.root_cause, "targets": list(action.targets),
        "reports": [_report(report) for report in line.reports.values()],
        "achievement": [figure.rounded() for figure in line.figures],
    }  # fmt: skip


def _report(report: Any) -> dict[str, Any]:
    return {
        "quarter": report.quarter, "realised": report.realised, "evidence": list(report.evidence), "note": report.note,
    }  # fmt: skip


def _units(share: GoodShare, names: Any, bound: str) -> dict[str, Any]:
    return {
        "good": share.good, "whole": share.whole, "share": share.figure.rounded(), "bound": bound,
        "units": [
            {
                "unit": line.unit, "name": names.get(line.unit, line.unit),
                "value": line.score.value if line.score else None, "predicate": line.predicate, "good": line.good,
            } for line in share.lines
        ],
    }  # fmt: skip
