"""SKPs by programs of one person: the own ones and those of subordinates, feedback and realisation; scope `pegawai`."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Field, Header, Path, Router, Schema, Status
from pydantic import AfterValidator

from selaras.actions.people_rating import give_feedback, record_result
from selaras.api.door import ApiRequest, once
from selaras.api.intake import AgencyCode, Day, Given, Year, code_of
from selaras.api.records import READS, WRITES
from selaras.core.people.feedback import FeedbackKind
from selaras.core.people.ratings import Predicate, Rating
from selaras.core.people.skp import Section, SkpState
from selaras.core.period import Period
from selaras.core.value import Value
from selaras.store.people import PlanFile, plan_of
from selaras.store.people_team import PlanLine, Subordinate, my_plans, subordinates

router = Router(tags=["people"])
AT = "/agencies/{agency}"
Plan = Annotated[
    str, AfterValidator(code_of), Path(description="Kode SKP.", max_length=200, examples=["SKP-2024-KABIRO"])
]
Order = Annotated[int, Path(ge=1, le=32_000, description="Nomor hasil kerja.", examples=[1])]
Key = Annotated[str, Header(alias="Idempotency-Key", description="Agar aman dikirim ulang.")]


class SkpLineOut(Schema):
    """Satu SKP dalam daftar; `code` kosong untuk bawahan yang belum mempunyai SKP."""

    code: str
    name: str
    position: str
    unit: str
    since: date | None
    until: date | None
    state: SkpState | None
    rows: int
    feedback: int
    predicate: Predicate | None = Field(description="Predikat tahunan sesudah putusan keberatan, bila ada.")


class SkpRowOut(Schema):
    """Satu hasil kerja."""

    order: int
    section: Section
    result: str
    measure: str
    target: str
    perspective: str
    aspect: str
    supports: str
    indicator: str
    origin: str


class FeedbackOut(Schema):
    """Satu umpan balik."""

    on: date
    giver: str = Field(description="Kode jabatan penilai atau kode pegawai.")
    kind: FeedbackKind
    text: str
    row: int | None
    value: str
    evidence: list[str]


class ResultOut(Schema):
    """Realisasi yang diketik; realisasi dari pengukuran tidak diulang di sini."""

    order: int
    period: Period
    realised: Value | None
    text: str
    evidence: list[str]


class AssessmentOut(Schema):
    """Penilaian satu periode."""

    period: Period
    results: Rating
    behaviour: Rating
    on: date
    reason: str


class SkpOut(Schema):
    """Satu SKP dengan isinya."""

    code: str
    year: int
    name: str
    position: str
    assessor: str
    state: SkpState
    since: date
    until: date
    standing: list[str] = Field(description="Kedudukan pemilik token terhadap SKP ini.")
    rows: list[SkpRowOut]
    feedback: list[FeedbackOut]
    results: list[ResultOut]
    assessments: list[AssessmentOut]
    predicate: Predicate | None


class FeedbackIn(Given):
    """Umpan balik atas satu hasil kerja, satu nilai dasar, atau kinerja keseluruhan."""

    text: str = Field(min_length=1, max_length=4000)
    kind: FeedbackKind = FeedbackKind.NOTE
    row: int | None = Field(None, ge=1, le=32_000)
    value: str = Field("", max_length=40, description="Kode nilai dasar ASN.")
    evidence: list[str] = Field(default_factory=list, max_length=50)
    on: Day | None = None


class ResultIn(Given):
    """Realisasi satu hasil kerja; nilai ditolak bila pengukuran sudah memberikannya."""

    period: Period
    realised: Value | None = None
    text: str = Field("", max_length=4000)
    evidence: list[str] = Field(default_factory=list, max_length=50)


@router.get(f"{AT}/{{int:year}}/skp/mine", response={200: list[SkpLineOut], **READS}, operation_id="listOwnSkp")
def mine(request: ApiRequest, agency: AgencyCode, year: Year) -> Any:
    """SKP milik sendiri."""
    return [_line(line) for line in my_plans(request.actor, agency, year)]


@router.get(
    f"{AT}/{{int:year}}/skp/subordinates", response={200: list[SkpLineOut], **READS}, operation_id="listSubordinateSkp"
)
def below(request: ApiRequest, agency: AgencyCode, year: Year) -> Any:
    """SKP pegawai yang dinilai pemilik token, dan bawahan yang belum mempunyai SKP."""
    return [_subordinate(item) for item in subordinates(request.actor, agency, year)]


@router.get(f"{AT}/skp/{{plan}}", response={200: SkpOut, **READS}, operation_id="getSkp")
def shown(request: ApiRequest, agency: AgencyCode, plan: Plan) -> Any:
    """Satu SKP; 404 untuk yang bukan milik sendiri atau bawahan sendiri."""
    return _file(plan_of(request.actor, agency, plan))


@router.post(f"{AT}/skp/{{plan}}/feedback", response={201: FeedbackOut, **WRITES}, operation_id="giveSkpFeedback")
@once
def feedback(request: ApiRequest, agency: AgencyCode, plan: Plan, given: FeedbackIn, key: Key = "") -> Any:
    """Beri umpan balik; apresiasi dan perbaikan hanya oleh pejabat penilai."""
    del key
    made = give_feedback(
        request.actor, agency=agency, code=plan, text=given.text, kind=given.kind, row=given.row, value=given.value,
        evidence=given.evidence, on=given.on,
    )  # fmt: skip
    return Status(201, _feedback(made))


@router.put(
    f"{AT}/skp/{{plan}}/results/{{int:order}}",
    response={200: ResultOut | None, **WRITES},
    operation_id="recordSkpResult",
)
@once
def result(request: ApiRequest, agency: AgencyCode, plan: Plan, order: Order, given: ResultIn, key: Key = "") -> Any:
    """Isi realisasi satu hasil kerja pada satu periode; tanpa isi, realisasi itu dicabut."""
    del key
    made = record_result(
        request.actor, agency=agency, code=plan, order=order, period=given.period, realised_value=given.realised,
        text=given.text, evidence=given.evidence,
    )  # fmt: skip
    return _result(made) if made else None


def _line(line: PlanLine) -> dict[str, Any]:
    return {
        "code": line.plan.code, "name": line.who.name, "position": line.who.title, "unit": line.who.unit,
        "since": line.plan.since, "until": line.plan.until, "state": line.plan.state, "rows": line.rows,
        "feedback": line.feedback, "predicate": line.predicate,
    }  # fmt: skip


def _subordinate(item: Subordinate) -> dict[str, Any]:
    if item.line is not None:
        return _line(item.line)
    nothing: dict[str, Any] = {"since": None, "until": None, "state": None, "rows": 0, "feedback": 0, "predicate": None}
    return nothing | {"code": "", "name": item.who.name, "position": item.who.title, "unit": item.who.unit}


def _file(file: PlanFile) -> dict[str, Any]:
    plan = file.plan
    return {
        "code": plan.code, "year": plan.year, "name": file.who.name, "position": file.who.title,
        "assessor": file.assessor.title, "state": plan.state, "since": plan.since, "until": plan.until,
        "standing": sorted(file.standing), "predicate": file.predicate,
        "rows": [
            {
                "order": row.order, "section": row.section, "result": row.result, "measure": row.measure,
                "target": row.target_text(), "perspective": row.perspective, "aspect": row.aspect,
                "supports": row.supports, "indicator": row.indicator, "origin": row.origin.value,
            } for row in file.rows
        ],
        "feedback": [_feedback(item) for item in file.feedback],
        "results": [_result(item) for item in file.results],
        "assessments": [
            {
                "period": item.period, "results": item.results, "behaviour": item.behaviour, "on": item.on,
                "reason": item.reason,
            } for item in file.assessments
        ],
    }  # fmt: skip


def _feedback(item: Any) -> dict[str, Any]:
    return {
        "on": item.on, "giver": item.giver, "kind": item.kind, "text": item.text, "row": item.row, "value": item.value,
        "evidence": list(item.evidence),
    }  # fmt: skip


def _result(item: Any) -> dict[str, Any]:
    return {
        "order": item.order, "period": item.period, "realised": item.realised, "text": item.text,
        "evidence": list(item.evidence),
    }  # fmt: skip
