"""Evaluations and recommendations by programs: read state, scores and answers; write answers and steps."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Header, Path, Query, Router, Schema, Status
from pydantic import AfterValidator

from selaras.actions import evaluations as verbs
from selaras.actions.evaluation_teams import share_team
from selaras.actions.recommendations import add_step
from selaras.api.door import ApiRequest, once
from selaras.api.intake import AgencyCode, Given, Row, Year, code_of
from selaras.api.records import READS, WRITES
from selaras.core.access import Act, check_somewhere
from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.scoring import ComponentScore
from selaras.core.evaluation.stages import Column, State
from selaras.core.evaluation.template import Effort
from selaras.store.evaluation_board import BoardRow, board
from selaras.store.evaluations import Sheet, columns_for, evaluation_at, sheet_of, unit_of
from selaras.store.recommendations import Given as Found
from selaras.store.recommendations import recommendations_of

router = Router(tags=["evaluations"])
AT = "/agencies/{agency}"
Item = Annotated[
    str, AfterValidator(code_of), Path(description="Kode sub-komponen atau kriteria.", max_length=40, examples=["1.a"])
]
Recommended = Annotated[
    str, AfterValidator(code_of), Path(description="Kode rekomendasi.", max_length=80, examples=["REK-2024-01"])
]
Key = Annotated[str, Header(alias="Idempotency-Key", description="Agar aman dikirim ulang.")]


class EvaluationOut(Schema):
    """Evaluasi satu unit, atau unit yang belum dievaluasi (tanpa `id`)."""

    id: int | None
    unit: str = Field(description="Kode unit; kosong berarti instansi sebagai keseluruhan.")
    name: str
    template: str
    state: State | None
    due: date | None = Field(description="Tenggat penilaian mandiri.")
    column: Column | None = Field(description="Kolom yang nilainya ditampilkan.")
    score: Decimal | None = Field(description="Nilai 0 sampai 100; final bila `state` final.")
    predicate: str
    last_score: Decimal | None
    last_predicate: str
    answered: int
    questions: int
    open_requests: int
    open_recommendations: int


class AnswerOut(Schema):
    """Satu jawaban dalam satu kolom."""

    column: Column
    item: str
    answer: str
    points: Decimal | None
    effort: str
    years: int
    reason: str
    by: str
    at: datetime


class ComponentOut(Schema):
    """Nilai satu komponen dalam satu kolom."""

    column: Column
    code: str
    title: str
    weight: Decimal
    points: Decimal


class LkeSheetOut(Schema):
    """Lembar evaluasi: jawaban dan nilai setiap kolom yang boleh dibaca."""

    id: int
    unit: str
    year: int
    template: str
    state: State
    score: Decimal | None
    predicate: str
    components: list[ComponentOut]
    answers: list[AnswerOut]


class AnswerIn(Given):
    """Jawaban satu sub-komponen atau kriteria. Jawaban kosong tanpa alasan mencabut jawaban yang ada."""

    column: Column = Column.SELF
    answer: str = Field("", max_length=20)
    points: Decimal | None = Field(None, description="Hanya untuk instrumen yang diisi dengan nilai.")
    effort: Effort = Effort.NONE
    years: int = Field(0, ge=0, le=100, description="Sejak berapa tahun, bila jawaban bersandar pada konsistensi.")
    reason: str = Field("", max_length=4000)
    seen: str | None = Field(None, description="Jawaban yang terlihat; bila sudah lain, jawabannya 409.", max_length=20)


class AnswerSaved(Schema):
    """Jawaban sesudah disimpan."""

    item: str
    answer: str
    reason: str


class AdoptIn(Given):
    """Apa yang diambil alih dari kolom sebelumnya."""

    column: Column = Field(description="Kolom yang diisi; bukan penilaian mandiri.")
    only: list[str] | None = Field(None, description="Hanya sub-komponen atau kriteria ini.", max_length=500)
    criteria: bool = Field(False, description="Hanya kriteria, sehingga jawaban yang dinilai tetap diberikan orangnya.")


class Count(Schema):
    """Berapa yang berubah."""

    count: int


class StepOut(Schema):
    """Satu langkah tindak lanjut."""

    id: int
    text: str
    file: str
    by: str
    at: datetime
    verified_by: str
    returned: str


class RecommendationOut(Schema):
    """Satu rekomendasi dengan rencana aksi dan langkahnya."""

    code: str
    year: int
    unit: str
    component: str
    text: str
    stage: Stage
    given_on: date
    action: str
    responsible: str
    due: date | None
    claimed_by: str
    decided_by: str
    decided_on: date | None
    steps: list[StepOut]


class StepIn(Given):
    """Uraian langkah, dengan tautan buktinya."""

    text: str = Field(max_length=4000, min_length=1)
    link: str = Field("", max_length=2000)


@router.get(f"{AT}/{{year}}/evaluations", response={200: list[EvaluationOut], **READS}, operation_id="listEvaluations")
def listed(request: ApiRequest, agency: AgencyCode, year: Year) -> Any:
    """Papan evaluasi satu tahun kinerja: setiap unit yang boleh dilihat, dengan keadaan dan nilainya."""
    check_somewhere(request.actor, Act.SEE, agency)
    return [_row(row) for row in board(request.actor, year, agency)]


@router.get(f"{AT}/evaluations/{{int:row}}", response={200: LkeSheetOut, **READS}, operation_id="getEvaluation")
def shown(request: ApiRequest, agency: AgencyCode, row: Row) -> Any:
    """Satu lembar evaluasi. Kolom evaluator hanya untuk evaluator sampai hasilnya final."""
    check_somewhere(request.actor, Act.SEE, agency)
    found = evaluation_at(request.actor, agency, row)
    return _sheet(sheet_of(found).only(columns_for(request.actor, found)))


@router.put(
    f"{AT}/evaluations/{{int:row}}/answers/{{item}}",
    response={200: AnswerSaved, **WRITES},
    operation_id="answerEvaluation",
)
@once
def answered(request: ApiRequest, agency: AgencyCode, row: Row, item: Item, given: AnswerIn, key: Key = "") -> Any:
    """Jawab satu sub-komponen atau kriteria. Jawaban yang bertentangan dengan kriteria atau data ditolak dengan alasannya."""
    del key
    made = verbs.answer(
        request.actor, agency=agency, evaluation=row, column=given.column, item=item, answer=given.answer,
        reason=given.reason, effort=given.effort, years=given.years, points=given.points, seen=given.seen,
    )  # fmt: skip
    return {"item": item, "answer": made.answer if made else "", "reason": made.reason if made else ""}


@router.post(
    f"{AT}/evaluations/{{int:row}}/adopt", response={200: Count, **WRITES}, operation_id="adoptEvaluationAnswers"
)
@once
def adopted(request: ApiRequest, agency: AgencyCode, row: Row, given: AdoptIn, key: Key = "") -> Any:
    """Ambil alih jawaban kolom sebelumnya bagi yang belum dijawab pada kolom ini."""
    del key
    count = verbs.adopt_answers(
        request.actor, agency=agency, evaluation=row, column=given.column, only=given.only, criteria=given.criteria
    )
    return {"count": count}


@router.post(
    f"{AT}/evaluations/{{int:row}}/team/share", response={200: Count, **WRITES}, operation_id="shareEvaluationTeam"
)
@once
def team_shared(request: ApiRequest, agency: AgencyCode, row: Row, key: Key = "") -> Any:
    """Pakai tim evaluasi ini untuk semua evaluasi tahun yang sama yang belum mempunyai tim."""
    del key
    return {"count": share_team(request.actor, agency=agency, evaluation=row)}


@router.get(
    f"{AT}/recommendations", response={200: list[RecommendationOut], **READS}, operation_id="listRecommendations"
)
def recommended(
    request: ApiRequest, agency: AgencyCode,
    year: Annotated[int | None, Query(ge=1900, le=2200, description="Tahun yang dievaluasi.")] = None,
    open: Annotated[bool, Query(description="Hanya yang belum terverifikasi tuntas.")] = False,  # noqa: A002 (the word of the address)
) -> Any:  # fmt: skip
    """Rekomendasi dengan rencana aksi, penanggung jawab, tenggat, langkah, dan statusnya."""
    check_somewhere(request.actor, Act.SEE, agency)
    return [_recommendation(item) for item in recommendations_of(request.actor, agency, year=year, open_only=open)]


@router.post(
    f"{AT}/recommendations/{{code}}/steps", response={201: StepOut, **WRITES}, operation_id="addRecommendationStep"
)
@once
def stepped(request: ApiRequest, agency: AgencyCode, code: Recommended, given: StepIn, key: Key = "") -> Any:
    """Catat satu langkah tindak lanjut. Orang lain memverifikasinya."""
    del key
    return Status(201, _step(add_step(request.actor, agency=agency, code=code, text=given.text, link=given.link)))


def _row(row: BoardRow) -> dict[str, Any]:
    return {
        "id": row.evaluation, "unit": row.unit, "name": row.unit_name, "template": row.template, "state": row.state,
        "due": row.due, "column": row.column, "score": row.score,
        "predicate": row.predicate.letter if row.predicate else "", "last_score": row.last_score,
        "last_predicate": row.last_predicate, "answered": row.answered, "questions": row.questions,
        "open_requests": row.open_requests, "open_recommendations": row.open_recommendations,
    }  # fmt: skip


def _sheet(sheet: Sheet) -> dict[str, Any]:
    row = sheet.evaluation
    components = [
        _component(column, item) for column, result in sheet.beside.results.items() for item in result.components
    ]
    answers = [
        {
            "column": column, "item": item, "answer": one.answer, "points": one.points, "effort": one.effort,
            "years": one.years, "reason": one.reason, "by": one.by, "at": one.at,
        }
        for (column, item), one in sheet.answers.items()
    ]  # fmt: skip
    return {
        "id": row.pk, "unit": unit_of(row), "year": row.year, "template": row.template, "state": row.state,
        "score": row.score, "predicate": row.predicate, "components": components, "answers": answers,
    }  # fmt: skip


def _component(column: Column, item: ComponentScore) -> dict[str, Any]:
    part = item.component
    return {"column": column, "code": part.code, "title": part.title, "weight": part.weight, "points": item.points}


def _recommendation(found: Found) -> dict[str, Any]:
    names = (
        "code", "year", "unit", "component", "text", "stage", "given_on", "action", "responsible", "due", "claimed_by",
        "decided_by", "decided_on",
    )  # fmt: skip
    told = {name: getattr(found.record, name) for name in names}
    return told | {"steps": [_step(step) for step in found.steps]}


def _step(step: Any) -> dict[str, Any]:
    return {
        "id": step.pk, "text": step.text, "file": step.file, "by": step.by, "at": step.at,
        "verified_by": step.verified_by, "returned": step.returned,
    }  # fmt: skip
