"""What the verbs of a recommendation share: the row held during the act, its record, rows named by codes, telling people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils import timezone

from selaras.actions._notices import tell
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, Role, check_somewhere, may
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.evaluation import recommendations as core
from selaras.core.evaluation.recommendations import Stage
from selaras.store import models as tables
from selaras.store.models import Recommendation, RecommendationStep, User
from selaras.store.recommendations import record_of
from selaras.store.users import holders_of

KIND = "Recommendation"
LONGEST = 4000
OWNERS = (Role.PLANNER, Role.REPORTER)
VERIFIERS = (Role.EVALUATOR, Role.REVIEWER, Role.SUPERIOR)


@contextmanager
def recommendation_of(by: Actor, agency: str, code: str, action: str) -> Iterator[tuple[Trace, Recommendation]]:
    """An act on one recommendation, whose row is held meanwhile. Raises NotFound."""
    with traced(by, action=action, agency=agency) as trace:
        check_somewhere(by, Act.SEE, agency)
        rows = Recommendation.objects.select_related("agency", "unit", "responsible").select_for_update(of=("self",))
        row = rows.filter(agency__code=agency, code=code).first()
        if row is None or not may(by, Act.SEE, agency, unit_of(row)):
            raise NotFound(f"Rekomendasi {code} tidak ditemukan pada instansi {agency}.")
        trace |= {"record": code, "year": row.year}
        yield trace, row


def record(row: Recommendation) -> core.Recommendation:
    """The record of `core` with the evidence of its steps."""
    return record_of(row, row.steps.all())


def store(trace: Trace, row: Recommendation, after: core.Recommendation) -> None:
    """Write what the core made of a recommendation; the responsible position is set by who knows its row."""
    before = record_of(row, ())
    told = (
        ("Status", before.stage.value, after.stage.value), ("Rencana aksi", before.action, after.action),
        ("Tenggat", day_text(before.due), day_text(after.due)), ("Catatan", before.note, after.note),
        ("Dinyatakan selesai oleh", before.claimed_by, after.claimed_by),
        ("Diputus oleh", before.decided_by, after.decided_by),
    )  # fmt: skip
    for field, was, now in told:
        if was != now:
            trace.changed(KIND, row.code, field, was, now)
    row.stage, row.action, row.due, row.note = after.stage.value, after.action, after.due, after.note
    row.claimed_by, row.claimed_on = after.claimed_by, after.claimed_on
    row.decided_by, row.decided_on = after.decided_by, after.decided_on
    row.save()


def source_of(agency: str, evaluation: int | None, review: int | None) -> str:
    """Where a recommendation comes from, in a word. Raises NotFound for what is not the agency's."""
    if evaluation is not None:
        if not tables.Evaluation.objects.filter(agency__code=agency, pk=evaluation).exists():
            raise NotFound("Evaluasi ini tidak ditemukan.")
        return "evaluasi"
    if review is not None:
        if not tables.ReviewCase.objects.filter(agency__code=agency, pk=review).exists():
            raise NotFound("Reviu ini tidak ditemukan.")
        return "reviu"
    return "lainnya"


def free_code(agency: int, year: int, order: int) -> str:
    """The next free code of a year."""
    taken = set(Recommendation.objects.filter(agency_id=agency).values_list("code", flat=True))
    while f"REK-{year}-{order:02}" in taken:
        order += 1
    return f"REK-{year}-{order:02}"


def named(model: type[Any], agency: str, code: str, what: str) -> Any:
    """The row that a code names; None for an empty code. Raises NotFound."""
    if not code:
        return None
    row = model.objects.filter(agency__code=agency, code=code).first()
    if row is None:
        raise NotFound(f"{what} {code} tidak ditemukan pada instansi {agency}.")
    return row


def code_of_step(by: Actor, agency: str, step: int) -> str:
    """The recommendation of a step, by its code. Raises NotFound."""
    rows = RecommendationStep.objects.filter(recommendation__agency__code=agency, pk=step)
    code = rows.values_list("recommendation__code", flat=True).first()
    if code is None:
        check_somewhere(by, Act.SEE, agency)
        raise NotFound("Langkah rekomendasi ini tidak ditemukan.")
    return code


def decide_step(by: Actor, step: RecommendationStep, returned: str) -> None:
    """Mark a step as verified, or as returned with a reason."""
    step.verified_at, step.verified_by, step.returned = (None if returned else timezone.now()), by.name, returned
    step.save(update_fields=("verified_at", "verified_by", "returned"))


def refuse_begun(row: Recommendation) -> None:
    """Only what nobody has planned yet is changed. Raises Refusal."""
    if row.stage != Stage.GIVEN.value:
        raise Refusal(
            f"Rekomendasi {row.code} sudah {row.stage}.",
            Fault("sudah ditindaklanjuti", read=row.stage, expected=Stage.GIVEN),
        )


def refuse_long(text: str) -> None:
    """Raise Refusal for a text that is too long."""
    if len(text) > LONGEST:
        raise Refusal("Rencana aksi terlalu panjang.", Fault("uraian", read=f"{len(text)} huruf"))


def tell_verifiers(by: Actor, row: Recommendation, words: str, url: str) -> None:
    """Tell those who may verify."""
    people = holders_of(row.agency.code, timezone.localdate(), *VERIFIERS)
    tell(by, people, text=words, url=url, agency=row.agency.code, topic="rekomendasi")


def tell_name(by: Actor, name: str, words: str, url: str, agency: str) -> None:
    """Tell the person of that name."""
    tell(by, User.objects.filter(name=name), text=words, url=url, agency=agency, topic="rekomendasi")


def unit_of(row: Recommendation) -> str:
    """The code of the unit; empty for the agency as a whole."""
    return row.unit.code if row.unit else ""


def same_person(one: str, other: str) -> bool:
    """Whether two names are those of one person."""
    return one.casefold().strip() == other.casefold().strip()


def day_text(day: date | None) -> str:
    """A day as the history shows it."""
    return f"{day:%d-%m-%Y}" if day else ""


def words_of(text: str, what: str) -> str:
    """A text that must be there. Raises Refusal."""
    words = text.replace("\r\n", "\n").strip()
    if not words or len(words) > LONGEST:
        fault = Fault("uraian", read=f"{len(words)} huruf", expected=f"1 sampai {LONGEST} huruf")
        raise Refusal(f"{what} tidak disimpan.", fault)
    return words
