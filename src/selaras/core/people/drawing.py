"""Rows of an SKP drawn from the PK and the role-result matrix, never typed again; and drawn anew when they change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from selaras.core.agreements import AgreementLine
from selaras.core.errors import Fault, Refusal
from selaras.core.people.matrix import Matrix, rows_for
from selaras.core.people.rules import SkpRules, StandardRow
from selaras.core.people.skp import Origin, Section, SkpForm, SkpPlan, SkpRow
from selaras.core.planning import Indicator

DRAWN = ("section", "result", "measure", "target", "unit", "supports", "parent_plan", "parent_order", "indicator")
"""What the origin of a row decides; the rest (perspective, aspect) is chosen by people and stays."""


class ChangeKind(StrEnum):
    """What drawing again would do to a row."""

    NEW = "baru"
    CHANGED = "berubah"
    GONE = "tidak ada lagi pada sumbernya"
    SAME = "sama"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after drawing again, and which of its fields differ."""

    kind: ChangeKind
    before: SkpRow | None
    after: SkpRow | None
    fields: tuple[str, ...] = ()


def draw_head(
    plan: SkpPlan, lines: Iterable[AgreementLine], rules: SkpRules, *, indicators: Iterable[Indicator] = ()
) -> tuple[SkpRow, ...]:
    """The main rows of a promiser's SKP: one for each line of the PK that the plan names.

    The perspective is proposed by the kind of the indicator and left open where the kind says nothing. Raises Refusal
    for a plan without a PK.
    """
    if not plan.agreement:
        raise Refusal(
            "Hasil kerja tidak dapat ditarik dari PK.",
            Fault("SKP ini tidak menunjuk perjanjian kinerja", plan.place, expected="kode PK"),
        )
    known = {indicator.code: indicator for indicator in indicators}
    chosen = sorted((line for line in lines if line.agreement == plan.agreement), key=lambda line: line.order)
    head = plan.form is SkpForm.HEAD
    return tuple(
        SkpRow(
            plan.code, number, Section.MAIN, line.sasaran, line.wording, line.target, line.unit,
            perspective=_perspective(known.get(line.indicator), rules) if head else "",
            line=line.order, indicator=line.indicator, origin=Origin.AGREEMENT, place=line.place,
        )
        for number, line in enumerate(chosen, 1)
    )  # fmt: skip


def draw_staff(plan: SkpPlan, matrix: Matrix) -> tuple[SkpRow, ...]:
    """The main rows of a member's SKP out of the matrix. Raises Refusal if the employee is not in the team."""
    if plan.employee not in {member.employee for member in matrix.members}:
        raise Refusal(
            "Hasil kerja tidak dapat ditarik dari matriks.",
            Fault("Pegawai bukan anggota tim", plan.place, read=plan.employee),
        )
    return rows_for(matrix, plan)


def draw_standard(plan: SkpPlan, offered: StandardRow, order: int) -> SkpRow:
    """One of the rows that many heads carry (directives, strategic initiatives), once a person has chosen it."""
    return SkpRow(
        plan.code, order, offered.section, offered.result, offered.measure, offered.target, offered.unit,
        perspective=offered.perspective, origin=Origin.STANDARD,
    )  # fmt: skip


def draw_acting(
    plan: SkpPlan, acting: SkpPlan, rows: Iterable[SkpRow], rules: SkpRules, start: int
) -> tuple[SkpRow, ...]:
    """The results of a position held as acting official, as rows of the holder's own SKP numbered from `start`.

    In which section they stand, and whether a capacity brings any, is data (from memory).
    """
    section = rules.acting.get(acting.capacity)
    if section is None:
        return ()
    taken = sorted((row for row in rows if row.plan == acting.code), key=lambda row: row.order)
    return tuple(
        replace(row, plan=plan.code, order=number, section=section, line=None)
        for number, row in enumerate(taken, start)
    )  # fmt: skip


def refresh(existing: Sequence[SkpRow], drawn: Sequence[SkpRow]) -> tuple[RowChange, ...]:
    """What drawing again would change: rows of the same origin found again by their source, choices of people kept.

    Rows that people wrote themselves are never touched. Nothing is applied here.
    """
    origins = {row.origin for row in drawn}
    mine = {_source(row): row for row in existing if row.origin in origins}
    changes = []
    for fresh in drawn:
        before = mine.pop(_source(fresh), None)
        if before is None:
            changes.append(RowChange(ChangeKind.NEW, None, fresh))
            continue
        after = replace(before, **{name: getattr(fresh, name) for name in DRAWN}, line=fresh.line, place=fresh.place)
        differing = tuple(name for name in DRAWN if getattr(before, name) != getattr(after, name))
        changes.append(RowChange(ChangeKind.CHANGED if differing else ChangeKind.SAME, before, after, differing))
    return (*changes, *(RowChange(ChangeKind.GONE, row, None) for row in mine.values()))


def applied(existing: Sequence[SkpRow], changes: Iterable[RowChange]) -> tuple[SkpRow, ...]:
    """The rows after the changes, numbered from 1: new and changed ones come in, those without a source go out."""
    listed = tuple(changes)
    gone = {change.before.key for change in listed if change.before is not None}
    kept = [row for row in existing if row.key not in gone]
    come = [change.after for change in listed if change.after is not None]
    ordered = sorted([*come, *kept], key=lambda row: (row.section is Section.EXTRA, row.origin is Origin.OWN))
    return tuple(replace(row, order=number) for number, row in enumerate(ordered, 1))


def _perspective(indicator: Indicator | None, rules: SkpRules) -> str:
    return rules.perspective_of.get(indicator.kind, "") if indicator is not None else ""


def _source(row: SkpRow) -> tuple[object, ...]:
    """By what a drawn row is found again: its line of the PK, or the superior's row and its own words."""
    if row.origin is Origin.AGREEMENT:
        return row.origin, row.indicator or row.line
    return row.origin, row.parent, row.result


assert set(DRAWN) <= {field.name for field in fields(SkpRow)}
