"""The steps inside the verbs of an evaluation: opening, comparing, refusing, keeping an answer, moving on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.utils import timezone

from selaras.actions._evaluating import KIND, UNIT_ROLES, Held, found_against
from selaras.actions._notices import tell
from selaras.actions.audit import Trace
from selaras.core.access import Actor
from selaras.core.calendar import format_date
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.evaluation.contradicting import refuse_errors
from selaras.core.evaluation.proposing import unprobed
from selaras.core.evaluation.rights import EVALUATORS, roles_of
from selaras.core.evaluation.scoring import Answers, Met, refuse_unknown, score
from selaras.core.evaluation.stages import (
    BEFORE,
    COLUMN_OF,
    Column,
    State,
    TeamRole,
    is_return,
    refuse_mixed_team,
    refuse_moving,
    refuse_unexplained,
)
from selaras.core.evaluation.template import Mode, Template
from selaras.core.numerals import format_number
from selaras.core.place import Place
from selaras.store.evaluations import filled_from, key_of, known_template, packed, usual_template
from selaras.store.models import Agency, Evaluation, EvaluationAnswer, Unit
from selaras.store.users import actor_of, find_user, holders_of

FIRST_YEAR, LAST_YEAR = 1990, 2200
COPIED = ("answer", "points", "effort", "years")


def home_and_instrument(agency: str, year: int, code: str) -> tuple[Agency, Template]:
    """The agency and the instrument that was chosen, or the usual one. Raises NotFound and Refusal."""
    home = Agency.objects.filter(code=agency).first()
    if home is None:
        raise NotFound(f"Instansi {agency} tidak ditemukan.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal(f"Tahun {year} tidak dapat dievaluasi.")
    return home, known_template(agency, code) if code else usual_template(home, year)


def opened(
    by: Actor, trace: Trace, home: Agency, year: int, unit: str, instrument: Template, due: date | None
) -> Evaluation | None:
    """A new evaluation; None where there is one already. Raises NotFound for an unknown unit."""
    place = Unit.objects.filter(agency=home, code=unit).first() if unit else None
    if unit and place is None:
        raise NotFound(f"Unit {unit} tidak ditemukan pada instansi {home.code}.")
    if Evaluation.objects.filter(agency=home, unit=place, year=year).exists():
        return None
    row = Evaluation.objects.create(
        agency=home, unit=place, year=year, template=instrument.code, content=packed(instrument),
        state=State.DRAFT.value, opened_by=by.name, due=due,
    )  # fmt: skip
    trace |= {"evaluation": row.pk, "record": key_of(row), "template": instrument.code}
    trace.changed(KIND, key_of(row), "", "", "baru")
    return row


def announce(by: Actor, row: Evaluation, due: date | None, url: str) -> None:
    """Tell those who fill in self-assessments that one is open."""
    until = f" sampai {format_date(due)}" if due else ""
    words = f"Penilaian mandiri AKIP tahun {row.year} dibuka{until}."
    people = holders_of(row.agency.code, timezone.localdate(), *UNIT_ROLES)
    tell(by, people, text=words, url=url, agency=row.agency.code, topic="evaluasi")


def refuse_team(agency: str, unit: str, members: Mapping[str, TeamRole]) -> None:
    """Refuse people who may not evaluate the unit, or who are of it. Raises NotFound for an unknown login."""
    today = timezone.localdate()
    held = {}
    for login, role in members.items():
        person = actor_of(find_user(login), today)
        own = roles_of(person, agency, unit, {})
        held[f"{person.name} ({login})"] = own | {role}
        if role in EVALUATORS and not roles_of(person, agency, unit, {login: role}):
            raise Refusal(
                f"{person.name} tidak dapat menjadi {role}.",
                Fault("bukan evaluator", read=login, remedy="Beri peran evaluator atau pereviu dahulu."),
            )
    refuse_mixed_team(held)


def compare(old: EvaluationAnswer | None, seen: str | None, given: str, item: str) -> None:
    """Raise Conflict where somebody else answered otherwise since the person looked."""
    stands = old.answer if old else ""
    if seen is not None and stands not in {seen, given}:
        raise Conflict(
            f"Jawaban {item} sudah diubah oleh {old.by if old else 'orang lain'}.", Clash(item, seen, stands, given),
            by=old.by if old else "", at=old.at.isoformat() if old else "",
        )  # fmt: skip


def refuse_wrong(held: Held, column: Column, made: EvaluationAnswer) -> None:
    """Refuse an answer that the instrument does not know, or that criteria, records or lacking evidence contradict."""
    subs = {sub.code for sub in held.template.subcomponents}
    known = subs | {item.code for item in held.template.criteria}
    if made.item not in known:
        raise NotFound(f"Sub-komponen atau kriteria {made.item} tidak ada dalam instrumen {held.template.code}.")
    refuse_unknown(held.template, filled_from(held.template, [made]).answers)
    if made.item not in subs and made.points is not None:
        raise Refusal("Nilai hanya diisi pada sub-komponen.")
    if made.answer in {"", Met.NO.value} or held.template.mode is not Mode.ANSWER:
        return
    sheet = held.sheet()
    rows = dict(sheet.answers)
    rows[column, made.item] = made
    after = type(sheet)(sheet.evaluation, sheet.template, rows, sheet.proofs, sheet.requests, sheet.team)
    refuse_errors(found_against(after, column), "Jawaban bertentangan dengan kriteria atau data.", made.item)


def differences(old: EvaluationAnswer | None, made: EvaluationAnswer) -> Iterator[tuple[str, str, str]]:
    """What an answer changes: suffix of the field, before, after."""
    for name, suffix in (("answer", ""), ("points", ", nilai"), ("effort", ", upaya"), ("years", ", tahun")):
        was, now = (_shown(getattr(row, name)) if row else "" for row in (old, made))
        if was != now:
            yield suffix, was, now
    if (old.reason if old else "") != made.reason:
        yield ", alasan", old.reason if old else "", made.reason


def kept(held: Held, old: EvaluationAnswer | None, made: EvaluationAnswer) -> EvaluationAnswer | None:
    """Store an answer, or take it away where nothing is left of it."""
    if not made.answer and made.points is None and not made.reason:
        if old is not None:
            EvaluationAnswer.objects.filter(pk=old.pk).delete()
        return None
    made.pk = old.pk if old else None
    made.save()
    Evaluation.objects.filter(pk=held.row.pk).update(changed_at=timezone.now())
    return made


def adopted(
    by: Actor, trace: Trace, held: Held, column: Column, only: Collection[str] | None = None, *, criteria: bool = False
) -> int:
    """Copy what has no answer yet from the column before; how many. `criteria` leaves the scored answers out."""
    sheet, new = held.sheet(), []
    for row in sheet.adoptable(column, only, criteria=criteria):
        own = sheet.answers.get((column, row.item))
        made = EvaluationAnswer(
            pk=own.pk if own else None, evaluation=held.row, column=column.value, item=row.item, by=by.name,
            reason=own.reason if own else "", **{name: getattr(row, name) for name in COPIED},
        )  # fmt: skip
        now = row.answer or _shown(row.points)
        trace.changed(KIND, held.key, f"{column.value}, {row.item}", "", now, f"diambil alih dari {BEFORE[column]}")
        new.append(made)
    for made in new:
        made.save()
    return len(new)


def move(trace: Trace, held: Held, after: State, note: str = "") -> None:
    """Take the evaluation to another state; forward only with a column that is complete and explained.

    Raises NotAllowed and Refusal.
    """
    refuse_moving(held.state, after, held.roles, note)
    if not is_return(held.state, after):
        _refuse_unready(held)
    trace.changed(KIND, held.key, "Status", held.row.state, after.value, note.strip())
    held.row.state = after.value
    held.row.save()


def name_of(row: Evaluation) -> str:
    """Who is evaluated, in words."""
    return row.unit.name if row.unit else row.agency.short_name or row.agency.name


def _refuse_unready(held: Held) -> None:
    column = COLUMN_OF[held.state]
    sheet = held.sheet()
    missing = score(held.template, sheet.given(column)).missing
    if missing:
        raise Refusal(
            f"Kolom {column} belum lengkap.",
            Fault("belum dijawab", read=", ".join(missing), expected="semua pertanyaan terjawab"),
        )
    refuse_errors(found_against(sheet, column), f"Kolom {column} memuat jawaban yang bertentangan.")
    if column is not Column.SELF:
        refuse_unexplained(sheet.beside)
    _refuse_unprobed(held.template, sheet.given(column), column)


def _refuse_unprobed(template: Template, answers: Answers, column: Column) -> None:
    """What evaluators judge and what is decided rests on criteria; the unit may leave them to be asked."""
    if column not in {Column.EVALUATOR, Column.FINAL}:
        return
    faults = [
        Fault(
            "tidak satu pun kriterianya dijawab", Place(record=f"{sub.code} {sub.title}"), expected=f"{len(sub.criteria)} kriteria",
            remedy="Jawab kriterianya, atau ambil alih dari kolom sebelumnya.",
        )
        for sub in unprobed(template, answers)
    ]  # fmt: skip
    if faults:
        raise Refusal(f"Jawaban kolom {column} belum bersandar pada kriteria.", *faults)


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return format_number(value)
    return "" if value in (None, "", 0) else str(value)
