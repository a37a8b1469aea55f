"""Evaluations from opening to the final decision: the team, the answers of four columns, the way from one to the next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from selaras.actions._evaluating import (
    KIND,
    evaluation_of,
    refuse_evaluator,
    refuse_final,
    tell_team,
    tell_unit,
)
from selaras.actions._evaluation_steps import (
    adopted,
    announce,
    compare,
    differences,
    home_and_instrument,
    kept,
    move,
    name_of,
    opened,
    refuse_team,
    refuse_wrong,
)
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check, may
from selaras.core.errors import Fault, Refusal
from selaras.core.evaluation.scoring import score
from selaras.core.evaluation.stages import BEFORE, Column, State, TeamRole, refuse_moving, refuse_writing
from selaras.core.evaluation.template import Effort, Mode
from selaras.core.numerals import format_number
from selaras.store.evaluation_facts import ADOPT, ANSWER
from selaras.store.evaluations import team_of, unit_of
from selaras.store.models import Evaluation, EvaluationAnswer, EvaluationMember
from selaras.store.users import find_user

LONGEST = 4000


def open_evaluation(
    by: Actor, *, agency: str, year: int, unit: str = "", template: str = "", due: date | None = None, url: str = ""
) -> Evaluation:
    """Open the evaluation of a unit (empty: the agency as a whole) over a year of performance.

    Without a template the national one of the year is taken, as it stands now. `due` is the day for the
    self-assessment. Raises Refusal where it is open already or no template covers the year, NotAllowed, NotFound.
    """
    with traced(by, action="membuka evaluasi", agency=agency) as trace:
        if not may(by, Act.EVALUATE, agency, unit):
            check(by, Act.ASSESS, agency, unit)
        home, instrument = home_and_instrument(agency, year, template)
        row = opened(by, trace, home, year, unit, instrument, due)
        if row is None:
            raise Refusal(f"Evaluasi {unit or agency} tahun {year} sudah dibuka.")
        announce(by, row, due, url)
    return row


def open_many(
    by: Actor,
    *,
    agency: str,
    year: int,
    units: Sequence[str],
    template: str = "",
    due: date | None = None,
    url: str = "",
) -> tuple[Evaluation, ...]:
    """Open the evaluations of several units at once; those that are open already stay as they are. Raises as above."""
    with traced(by, action="membuka evaluasi", agency=agency) as trace:
        home, instrument = home_and_instrument(agency, year, template)
        made = []
        for unit in dict.fromkeys(units):
            check(by, Act.EVALUATE, agency, unit)
            row = opened(by, trace, home, year, unit, instrument, due)
            if row is not None:
                made.append(row)
        if not made:
            raise Refusal("Tidak ada evaluasi yang dibuka: semua sudah terbuka atau belum ada yang dipilih.")
        announce(by, made[0], due, url)
        trace |= {"year": year, "count": len(made)}
    return tuple(made)


def set_team(
    by: Actor, *, agency: str, evaluation: int, members: Mapping[str, TeamRole], url: str = ""
) -> tuple[EvaluationMember, ...]:
    """Name the whole team, by login; who is left out leaves it. New members are told.

    Raises Refusal for a person who may not evaluate here or fills in the unit's self-assessment, NotAllowed, NotFound.
    """
    with evaluation_of(by, agency, evaluation, "menyusun tim evaluasi") as (trace, held):
        refuse_evaluator(by, held)
        refuse_final(held)
        refuse_team(agency, unit_of(held.row), members)
        before = team_of(held.row)
        for login in before.keys() - members.keys():
            EvaluationMember.objects.filter(evaluation=held.row, user__username=login).delete()
            trace.changed(KIND, held.key, f"Tim {login}", before[login].value, "")
        for login, role in members.items():
            if before.get(login) is not role:
                EvaluationMember.objects.update_or_create(
                    evaluation=held.row, user=find_user(login), defaults={"role": role.value}
                )
                trace.changed(
                    KIND, held.key, f"Tim {login}", before[login].value if login in before else "", role.value
                )
        trace["count"] = len(members)
        new = frozenset(role for login, role in members.items() if login not in before)
        if new:
            tell_team(by, held, f"Anda masuk tim evaluasi {name_of(held.row)} tahun {held.row.year}.", url, *new)
    return tuple(EvaluationMember.objects.filter(evaluation=held.row).select_related("user"))


def answer(
    by: Actor,
    *,
    agency: str,
    evaluation: int,
    column: Column,
    item: str,
    answer: str = "",
    reason: str = "",
    effort: Effort = Effort.NONE,
    years: int = 0,
    points: Decimal | None = None,
    seen: str | None = None,
) -> EvaluationAnswer | None:
    """Write one answer of a column: a letter (or points) of a sub-component, or whether a criterion is met.

    `effort` and `years` are what an answer above the proposal rests on. An empty answer without reason is taken back
    (None). `seen` is the answer that the person saw. Raises Conflict if somebody else wrote another one meanwhile;
    Refusal for an answer that the instrument does not know, that criteria or records contradict, or at another time;
    NotAllowed, NotFound.
    """
    with evaluation_of(by, agency, evaluation, ANSWER) as (trace, held):
        refuse_writing(column, held.state, held.roles)
        if len(reason) > LONGEST or not 0 <= years <= 100:
            raise Refusal("Jawaban tidak disimpan.", Fault("alasan terlalu panjang atau tahun di luar 0 sampai 100"))
        old = EvaluationAnswer.objects.filter(evaluation=held.row, column=column.value, item=item).first()
        compare(old, seen, answer, item)
        made = EvaluationAnswer(
            evaluation=held.row, column=column.value, item=item, answer=answer, points=points, years=years,
            effort="" if effort is Effort.NONE else effort.value, reason=reason.strip(), by=by.name,
        )  # fmt: skip
        refuse_wrong(held, column, made)
        for name, was, now in differences(old, made):
            trace.changed(KIND, held.key, f"{column.value}, {item}{name}", was, now, made.reason)
        trace |= {"column": column.value, "item": item}
        return kept(held, old, made)


def adopt_answers(
    by: Actor,
    *,
    agency: str,
    evaluation: int,
    column: Column,
    only: Collection[str] | None = None,
    criteria: bool = False,
) -> int:
    """Take over from the column before whatever has no answer yet in this one; returns how many answers.

    `only` narrows it to some sub-components and criteria; `criteria` to probes, so that each scored answer is still
    given by the person. Raises Refusal for the self-assessment, at another time or where nothing is left to take over,
    NotAllowed, NotFound.
    """
    with evaluation_of(by, agency, evaluation, ADOPT) as (trace, held):
        refuse_writing(column, held.state, held.roles)
        if column not in BEFORE:
            raise Refusal("Penilaian mandiri tidak mempunyai kolom sebelumnya.")
        if criteria and held.template.mode is Mode.CRITERIA:
            raise Refusal("Instrumen ini menilai setiap kriteria, sehingga jawabannya diisi satu per satu.")
        count = adopted(by, trace, held, column, only, criteria=criteria)
        if not count:
            raise Refusal(f"Tidak ada jawaban {BEFORE[column]} yang masih dapat diambil alih.")
        trace |= {"column": column.value, "from": BEFORE[column].value, "count": count}
    return count


def submit(by: Actor, *, agency: str, evaluation: int, url: str = "") -> Evaluation:
    """Hand in the self-assessment. Raises Refusal while answers are missing or contradicted, NotAllowed, NotFound."""
    with evaluation_of(by, agency, evaluation, "mengajukan penilaian mandiri") as (trace, held):
        move(trace, held, State.SUBMITTED)
        tell_team(by, held, f"Penilaian mandiri {name_of(held.row)} tahun {held.row.year} diajukan.", url)
    return held.row


def return_to_unit(by: Actor, *, agency: str, evaluation: int, note: str, url: str = "") -> Evaluation:
    """Give the self-assessment back to its unit with a note. Raises Refusal without one, NotAllowed, NotFound."""
    with evaluation_of(by, agency, evaluation, "mengembalikan penilaian mandiri") as (trace, held):
        move(trace, held, State.DRAFT, note)
        tell_unit(by, held, f"Penilaian mandiri {name_of(held.row)} dikembalikan: {note.strip()}", url)
    return held.row


def evaluate_done(by: Actor, *, agency: str, evaluation: int, url: str = "") -> Evaluation:
    """Finish the evaluators' column: every question answered, every difference explained. Raises as `submit` does."""
    with evaluation_of(by, agency, evaluation, "menyelesaikan penilaian evaluator") as (trace, held):
        move(trace, held, State.EVALUATED)
        tell_team(by, held, f"{name_of(held.row)} menunggu pengendalian mutu.", url, TeamRole.CONTROLLER)
    return held.row


def return_to_evaluators(by: Actor, *, agency: str, evaluation: int, note: str, url: str = "") -> Evaluation:
    """Give the sheet back to its evaluators with a note. Raises Refusal without one, NotAllowed, NotFound."""
    with evaluation_of(by, agency, evaluation, "mengembalikan kepada evaluator") as (trace, held):
        move(trace, held, State.SUBMITTED, note)
        words = f"Penilaian {name_of(held.row)} dikembalikan: {note.strip()}"
        tell_team(by, held, words, url, TeamRole.MEMBER, TeamRole.CHIEF)
    return held.row


def control_done(by: Actor, *, agency: str, evaluation: int, url: str = "") -> Evaluation:
    """Finish quality control; what the controller left empty is agreed to. Raises as `submit` does."""
    with evaluation_of(by, agency, evaluation, "menyelesaikan pengendalian mutu") as (trace, held):
        refuse_moving(held.state, State.CONTROLLED, held.roles)
        adopted(by, trace, held, Column.CONTROL)
        move(trace, held, State.CONTROLLED)
        tell_team(by, held, f"{name_of(held.row)} menunggu keputusan akhir.", url, TeamRole.LEAD)
    return held.row


def return_to_control(by: Actor, *, agency: str, evaluation: int, note: str, url: str = "") -> Evaluation:
    """Give the sheet back to quality control with a note. Raises Refusal without one, NotAllowed, NotFound."""
    with evaluation_of(by, agency, evaluation, "mengembalikan kepada pengendali mutu") as (trace, held):
        move(trace, held, State.EVALUATED, note)
        words = f"Penilaian {name_of(held.row)} dikembalikan: {note.strip()}"
        tell_team(by, held, words, url, TeamRole.CONTROLLER)
    return held.row


def close(by: Actor, *, agency: str, evaluation: int, url: str = "") -> Evaluation:
    """Decide: what the lead left empty is agreed to; score and predicate are written, and the unit is told.

    Raises as `submit` does.
    """
    with evaluation_of(by, agency, evaluation, "menetapkan hasil evaluasi") as (trace, held):
        refuse_moving(held.state, State.FINAL, held.roles)
        adopted(by, trace, held, Column.FINAL)
        result = score(held.template, held.sheet().given(Column.FINAL))
        held.row.score, held.row.predicate = result.total, result.predicate.letter
        held.row.closed_at, held.row.closed_by = timezone.now(), by.name
        move(trace, held, State.FINAL)
        shown = format_number(result.total, places=held.template.rounding.places)
        trace.changed(KIND, held.key, "Nilai", "", f"{shown} ({result.predicate.letter})")
        tell_unit(by, held, f"Hasil evaluasi {name_of(held.row)} tahun {held.row.year}: {shown}.", url)
    return held.row


def reopen(by: Actor, *, agency: str, evaluation: int, reason: str) -> Evaluation:
    """Take a final decision back for a reason; its score is empty again. Only the lead may.

    Raises Refusal without a reason or for an evaluation that is not final, NotAllowed, NotFound.
    """
    with evaluation_of(by, agency, evaluation, "membuka lagi evaluasi") as (trace, held):
        refuse_moving(State.CONTROLLED, State.FINAL, held.roles)
        if held.state is not State.FINAL:
            raise Refusal("Evaluasi ini belum final.")
        if not reason.strip():
            raise Refusal("Alasan belum ditulis.", Fault("alasan kosong", remedy="Tulis mengapa evaluasi dibuka lagi."))
        row = held.row
        trace.changed(KIND, held.key, "Status", row.state, State.CONTROLLED.value, reason.strip())
        row.state, row.score, row.predicate = State.CONTROLLED.value, None, ""
        row.closed_at, row.closed_by = None, ""
        row.save()
    return row


def discard(by: Actor, *, agency: str, evaluation: int, reason: str) -> None:
    """Remove an evaluation that was opened by mistake, as long as nobody has handed anything in.

    Raises Refusal without a reason or once it was handed in, NotAllowed, NotFound.
    """
    with evaluation_of(by, agency, evaluation, "menghapus evaluasi") as (trace, held):
        refuse_evaluator(by, held)
        if held.state is not State.DRAFT or not reason.strip():
            raise Refusal(
                "Evaluasi tidak dihapus.",
                Fault(
                    "hanya draf yang dapat dihapus, dengan alasan", read=held.state.value, expected=State.DRAFT.value
                ),
            )
        trace.changed(KIND, held.key, "", held.row.template, "", reason.strip())
        held.row.delete()
