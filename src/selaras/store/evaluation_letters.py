"""What the documents of an evaluation need out of the tables: the LHE and the LKE."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from selaras.core.evaluation.listings import Listing
from selaras.core.evaluation.recommendations import Recommendation as Record
from selaras.core.evaluation.recommendations import Stage
from selaras.core.evaluation.scoring import score
from selaras.core.evaluation.sheet import Grid, grid
from selaras.core.evaluation.stages import Column, State, TeamRole
from selaras.core.reporting.evaluation_letter import Letter
from selaras.core.reporting.evaluation_scores import LastYear
from selaras.store.evaluations import Sheet, filled_from, sheet_of, template_of, unit_of
from selaras.store.models import Evaluation, EvaluationAnswer, Recommendation
from selaras.store.recommendations import record_of
from selaras.store.rows import agency_table

DONE = {State.FINAL: Column.FINAL, State.CONTROLLED: Column.CONTROL, State.EVALUATED: Column.EVALUATOR}
"""The column that is complete in a state; before, the evaluators' own counts as far as it is."""


def letter_of(evaluation: Evaluation, sheet: Sheet | None = None) -> Letter:
    """All that the LHE of an evaluation tells, by six queries and those of the sheet, which may be given."""
    held = sheet or sheet_of(evaluation)
    column = DONE.get(State(evaluation.state), Column.EVALUATOR)
    if column not in held.filled and column is Column.EVALUATOR:
        column = Column.SELF
    table = agency_table()
    agency = table.record_of(table.rows.filter(pk=evaluation.agency_id).values_list(*table.paths).get())
    given, before = _recommendations(evaluation)
    team = sorted(held.team, key=lambda member: list(TeamRole).index(TeamRole(member.role)), reverse=True)
    return Letter(
        agency, evaluation.unit.name if evaluation.unit else "", evaluation.year,
        score(held.template, held.given(column)), evaluation.state == State.FINAL.value, evaluation.letter,
        evaluation.notes, last_of(evaluation), given, before,
        tuple((TeamRole(member.role), str(member.user)) for member in team),
        evaluation.closed_at.date() if evaluation.closed_at else None,
    )  # fmt: skip


def last_of(evaluation: Evaluation) -> LastYear | None:
    """The final score of the same unit in the year before, by two queries; None where there is none.

    Components are told only where both years have the same ones: under another instrument they cannot be compared.
    """
    last = Evaluation.objects.filter(
        agency=evaluation.agency_id, unit=evaluation.unit_id, year=evaluation.year - 1, state=State.FINAL.value
    ).first()
    if last is None or last.score is None:
        return None
    template, now = template_of(last), template_of(evaluation)
    rows = EvaluationAnswer.objects.filter(evaluation=last, column=Column.FINAL.value)
    points: dict[str, Decimal] = {}
    same = [(item.code, item.weight) for item in template.components]
    if same == [(item.code, item.weight) for item in now.components]:
        result = score(template, filled_from(template, rows).answers)
        points = {item.component.code: item.points for item in result.components}
    return LastYear(last.score, last.predicate, points)


def grid_of(sheet: Sheet, columns: Collection[Column]) -> Grid:
    """The LKE of a sheet with some of its columns; the self-assessment stands there even if it is empty."""
    wanted = [column for column in Column if column in columns and (column in sheet.filled or column is Column.SELF)]
    return grid(sheet.template, [(column.value.capitalize(), sheet.given(column)) for column in wanted])


def listings_of(sheet: Sheet, columns: Collection[Column]) -> tuple[Listing, ...]:
    """What stands beside the LKE: the reasons of each column, and the evidence that people added."""
    reasons = [
        (row.item, column.value, row.answer, row.reason, row.by)
        for (column, _), row in sorted(
            sheet.answers.items(), key=lambda pair: (pair[0][1], list(Column).index(pair[0][0]))
        )
        if row.reason and column in columns
    ]
    proofs = [
        (item, proof.title, proof.target, proof.note, proof.by, _health(proof.healthy))
        for item, found in sorted(sheet.proofs.items())
        for proof in found
    ]
    return (
        Listing("Alasan", ("Kode", "Kolom", "Jawaban", "Alasan", "Oleh"), tuple(reasons), (10, 20, 12, 90, 28)),
        Listing("Bukti", ("Kode", "Judul", "Berkas atau tautan", "Catatan", "Oleh", "Tautan"), tuple(proofs),
                (10, 40, 50, 50, 28, 16)),
    )  # fmt: skip


def info_of(evaluation: Evaluation) -> tuple[tuple[str, str], ...]:
    """The head of the LKE: label and value."""
    return (
        ("Instansi", evaluation.agency.name),
        ("Unit", f"{evaluation.unit.name} ({unit_of(evaluation)})" if evaluation.unit else "seluruh instansi"),
        ("Tahun kinerja", str(evaluation.year)),
        ("Status", evaluation.state),
    )


def _recommendations(evaluation: Evaluation) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    rows = Recommendation.objects.filter(
        agency=evaluation.agency_id, unit=evaluation.unit_id, year__lte=evaluation.year
    )
    rows = rows.select_related("unit", "responsible").prefetch_related("steps").order_by("year", "order", "pk")
    found = [(row, record_of(row, row.steps.all())) for row in rows]
    given = tuple(record for row, record in found if row.year == evaluation.year)
    before = tuple(
        record
        for row, record in found
        if row.year < evaluation.year and (row.year == evaluation.year - 1 or row.stage != Stage.VERIFIED.value)
    )
    return given, before


def _health(healthy: bool | None) -> str:
    return "" if healthy is None else "terbuka" if healthy else "tidak terbuka"
