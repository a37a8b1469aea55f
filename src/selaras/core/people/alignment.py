"""Whether PK, SKP and Renstra say the same: every line of the PK has its owner, every row of an SKP its parent.

The chain of documents is that of Permenpan-RB 53/2014 and 6/2022. The report is a table of all lines with findings
beside it; `chain.descend` is the same as a picture down to the person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from selaras.core.agreements import Agreement, AgreementLine, fitness
from selaras.core.agreements.wording import Likeness, compare
from selaras.core.finding import Finding, Severity
from selaras.core.org import Agency
from selaras.core.people.skp import Section, SkpForm, SkpPlan, SkpRow
from selaras.core.period import Span
from selaras.core.place import NOWHERE, Place
from selaras.core.planning import PlanDocument, Target
from selaras.core.spelling import quoted
from selaras.core.value import Value, ValueKind

REGULATION = "Permenpan-RB 6/2022; Permenpan-RB 53/2014, Lampiran I"


class AlignCode(StrEnum):
    """What the chain can lack."""

    OWNER = "SELARAS-OWNER"  # a line of the PK that no SKP takes up
    NO_PLAN = "SELARAS-NO-SKP"  # a PK whose promiser has no SKP
    CARRIED = "SELARAS-CARRIED"  # a line of the PK that nobody below supports
    PARENT = "SELARAS-PARENT"  # a row without the superior's row, or with one that is not there
    TARGET = "SELARAS-TARGET"
    UNIT = "SELARAS-UNIT"
    WORDING = "SELARAS-WORDING"
    RENSTRA = "SELARAS-RENSTRA"  # another target than the Renstra's for the year


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """One line of the report: the PK's line and the SKP's row beside each other, and the Renstra's target."""

    line: AgreementLine | None
    row: SkpRow | None
    strategic: Target | None
    below: int
    findings: tuple[Finding, ...]


def align(
    *,
    agreements: Iterable[Agreement],
    lines: Iterable[AgreementLine],
    plans: Iterable[SkpPlan],
    rows: Iterable[SkpRow],
    targets: Iterable[Target] = (),
    agency: Agency | None = None,
    shown: Collection[str] | None = None,
    supported: Mapping[tuple[str, int], int] | None = None,
) -> tuple[AlignedRow, ...]:
    """Every line of every PK with the row that takes it up, then every row of an SKP that no PK stands behind.

    Only the latest version of each PK counts; a promiser with two plans in the year (change of position) is held to it
    with each. Rows of all plans are expected, because a parent may stand in any. For a part of the report, `shown` names
    the plans (by code) that stand in it: then the plans of their positions and the rows of their parents are enough, and
    `supported` says how many rows support each of theirs.
    """
    latest: dict[tuple[int, str], Agreement] = {}
    for agreement in sorted(agreements, key=lambda item: item.version):
        latest[agreement.year, agreement.promiser] = agreement
    plan_of = {plan.code: plan for plan in plans}
    every = {row.key: row for row in rows if row.plan in plan_of}
    carried: Mapping[tuple[str, int], int] = (
        Counter(row.parent for row in every.values() if row.parent is not None) if supported is None else supported
    )
    strategic = _strategic(targets)
    table: list[AlignedRow] = []
    taken: set[tuple[str, int]] = set()
    for agreement, promised, own in _promises(agreements, lines, plan_of.values(), every.values(), shown):
        for line in promised:
            row = _row_of(line, own or [], agency)
            goal = strategic.get((line.indicator, agreement.year))
            below = carried.get(row.key, 0) if row else 0
            found = (*_owned(agreement, line, row, below, own is not None), *_kept(line, row, goal, agency))
            table.append(AlignedRow(line, row, goal, below, found))
            taken |= {row.key} if row else set()
    for row in sorted(every.values(), key=lambda row: row.key):
        if row.key not in taken and (shown is None or row.plan in shown):
            plan = plan_of[row.plan]
            goal = strategic.get((row.indicator, plan.year))
            table.append(
                AlignedRow(None, row, goal, carried.get(row.key, 0), tuple(_parented(plan, row, every, plan_of)))
            )
    return tuple(table)


def findings(table: Iterable[AlignedRow]) -> tuple[Finding, ...]:
    """All findings of the report, in its order."""
    return tuple(finding for line in table for finding in line.findings)


def _strategic(targets: Iterable[Target]) -> dict[tuple[str, int], Target]:
    """The Renstra's targets of years by indicator and year."""
    return {
        (target.indicator, target.period.year): target
        for target in targets
        if target.indicator and target.document is PlanDocument.RENSTRA and target.period.span is Span.YEAR
    }


def _promises(
    agreements: Iterable[Agreement], lines: Iterable[AgreementLine], plans: Iterable[SkpPlan], rows: Iterable[SkpRow],
    shown: Collection[str] | None,
) -> Iterator[tuple[Agreement, list[AgreementLine], list[SkpRow] | None]]:  # fmt: skip
    """Each latest agreement with its lines and the rows of a plan of its promiser, once for each such plan that is shown.

    A plan that names another agreement (that of a predecessor) is not held against this one. None where there is no
    plan at all.
    """
    latest: dict[tuple[int, str], Agreement] = {}
    for agreement in sorted(agreements, key=lambda item: item.version):
        latest[agreement.year, agreement.promiser] = agreement
    lines_of: dict[str, list[AgreementLine]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: line.order):
        lines_of[line.agreement].append(line)
    rows_of: dict[str, list[SkpRow]] = defaultdict(list)
    for row in rows:
        rows_of[row.plan].append(row)
    held: dict[tuple[int, str], list[SkpPlan]] = defaultdict(list)
    for plan in sorted(plans, key=lambda plan: plan.since):
        held[plan.year, plan.position].append(plan)
    for key, agreement in latest.items():
        own = held.get(key, [])
        chosen = [plan for plan in own if plan.agreement in {"", agreement.code}] or own[-1:]
        for plan in (plan for plan in chosen if shown is None or plan.code in shown):
            yield agreement, lines_of[agreement.code], rows_of[plan.code]
        if not chosen:
            yield agreement, lines_of[agreement.code], None


def _row_of(line: AgreementLine, rows: list[SkpRow], agency: Agency | None) -> SkpRow | None:
    """The row that takes a line up: by indicator, else by wording."""
    if line.indicator:
        meant = next((row for row in rows if row.indicator == line.indicator), None)
        if meant is not None:
            return meant
    alike = (row for row in rows if not (row.indicator and line.indicator))
    return next((row for row in alike if compare(row.measure, line.wording, agency) is not Likeness.OTHER), None)


def _owned(
    agreement: Agreement, line: AgreementLine, row: SkpRow | None, below: int, has_plan: bool
) -> Iterator[Finding]:
    """Whether a line of the PK has its owner, and whether anybody below carries it."""
    name = quoted(line.wording)
    if row is None:
        lacking = "tidak ada dalam SKP-nya" if has_plan else "belum ada SKP yang memuatnya"
        yield _finding(
            AlignCode.OWNER if has_plan else AlignCode.NO_PLAN, Severity.ERROR,
            f"{name} diperjanjikan oleh {agreement.promiser}, tetapi {lacking}.", "tidak ada pemilik",
            _target(line), (line.place,), "Tarik hasil kerja dari PK.",
        )  # fmt: skip
    elif not below:
        yield _finding(
            AlignCode.CARRIED, Severity.INFO, f"{name} belum didukung hasil kerja pegawai mana pun.", "",
            "hasil kerja bawahan yang mendukung", (row.place,), "Isi matriks peran hasil.",
        )  # fmt: skip


def _kept(line: AgreementLine, row: SkpRow | None, goal: Target | None, agency: Agency | None) -> Iterator[Finding]:
    """Whether target, unit and wording of the PK stand in the SKP too, and the target in the Renstra."""
    name = quoted(line.wording)
    if row is not None and row.target is not None:
        yield from _same_target(line, row, row.target)
    if row is not None and compare(row.measure, line.wording, agency) is not Likeness.SAME:
        yield _finding(
            AlignCode.WORDING, Severity.WARNING, f"{name}: rumusan dalam SKP berbeda, yaitu {quoted(row.measure)}.",
            row.measure, line.wording, (row.place, line.place),
        )  # fmt: skip
    if goal is not None and not fitness.same_target(line.target, line.unit, goal.value, line.unit):
        yield _finding(
            AlignCode.RENSTRA, Severity.WARNING,
            f"{name}: target dalam PK {line.target.shown()}, sedangkan dalam Renstra {goal.value.shown()}.",
            line.target.shown(), goal.value.shown(), (line.place, goal.place),
        )  # fmt: skip


def _same_target(line: AgreementLine, row: SkpRow, target: Value) -> Iterator[Finding]:
    """At most one finding: another target, or the same number in another unit."""
    name, places = quoted(line.wording), (row.place, line.place)
    same_number = (line.target.amount, line.target.upper, line.target.grade, line.target.flag) == (
        target.amount, target.upper, target.grade, target.flag,
    )  # fmt: skip
    if not same_number:
        yield _finding(
            AlignCode.TARGET, Severity.ERROR,
            f"{name}: target dalam PK {line.target.shown()}, sedangkan dalam SKP {target.shown()}.",
            row.target_text(), _target(line), places, "Tarik ulang hasil kerja dari PK.",
        )  # fmt: skip
    elif _differ(_unit(line.target, line.unit), _unit(target, row.unit)):
        yield _finding(
            AlignCode.UNIT, Severity.ERROR, f"{name}: satuan dalam PK berbeda dari satuan dalam SKP.",
            row.target_text(), _target(line), places, "Samakan satuannya.",
        )  # fmt: skip


def _parented(
    plan: SkpPlan, row: SkpRow, every: Mapping[tuple[str, int], SkpRow], plans: Mapping[str, SkpPlan]
) -> Iterator[Finding]:
    """Whether a row that stands behind no PK supports a row of the assessor; additional rows and heads need not."""
    if row.section is Section.EXTRA or (plan.form is SkpForm.HEAD and row.parent is None):
        return
    parent = every.get(row.parent) if row.parent is not None else None
    name = f"Hasil kerja {quoted(row.result)} ({plan.code})"
    if parent is None:
        stated = f"{row.parent_plan} nomor {row.parent_order}" if row.parent else ""
        yield _finding(
            AlignCode.PARENT, Severity.WARNING, f"{name} tidak mempunyai induk pada SKP atasan.", stated,
            "hasil kerja atasan yang didukung", (row.place,), "Tempatkan pada matriks peran hasil.",
        )  # fmt: skip
        return
    above = plans[parent.plan]
    if plan.assessor and above.position != plan.assessor:
        yield _finding(
            AlignCode.PARENT, Severity.INFO, f"{name} mendukung SKP {above.code}, bukan SKP pejabat penilainya.",
            above.position, plan.assessor, (row.place, parent.place),
        )  # fmt: skip
    if not row.indicator or row.indicator != parent.indicator or row.target is None or parent.target is None:
        return
    if not fitness.same_target(row.target, row.unit, parent.target, parent.unit):
        yield _finding(
            AlignCode.TARGET, Severity.INFO,
            f"{quoted(row.measure)}: target pegawai {row.target_text()}, sedangkan target atasan {parent.target_text()}.",
            row.target_text(), parent.target_text(), (row.place, parent.place),
        )  # fmt: skip


def _differ(first: str, second: str) -> bool:
    """Whether two units differ; one that was left out differs only from percent."""
    return first != second and (bool(first and second) or "%" in {first, second})


def _unit(target: Value, unit: str) -> str:
    """The unit of a target, `%` wherever the percent sign stands; a grade or yes/no has none."""
    if target.amount is None:
        return ""
    return "%" if target.kind is ValueKind.PERCENT else fitness.same_unit(unit)


def _target(line: AgreementLine) -> str:
    shown = line.target.shown()
    return shown if not line.unit or "%" in shown else f"{shown} {line.unit}"


def _finding(
    code: AlignCode, severity: Severity, message: str, stated: str, expected: str, places: Iterable[Place],
    suggestion: str = "",
) -> Finding:  # fmt: skip
    return Finding(
        code, "cross-table", severity, message, stated=stated, expected=expected, regulation=REGULATION,
        places=tuple(place for place in places if place != NOWHERE), suggestion=suggestion,
    )  # fmt: skip
