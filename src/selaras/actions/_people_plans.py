"""The steps inside the verbs on whole SKPs: head of a plan checked, overlap refused, what is unfit refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from selaras.actions._people import Held, named
from selaras.core.errors import Fault, NotAllowed, Refusal
from selaras.core.finding import Severity
from selaras.core.org import Capacity
from selaras.core.people.checks import check_plan
from selaras.core.people.skp import CYCLES, Method, SkpForm, SkpPlan, SkpState
from selaras.core.period import Span
from selaras.store import models as tables
from selaras.store.people import Standing, rules_of
from selaras.store.rows import shown


def planned(
    code: str, year: int, position: str, form: SkpForm, method: Method, since: date, until: date, cycle: Span,
    employee: str, assessor: str, capacity: Capacity, agreement: str, unit: str,
) -> SkpPlan:  # fmt: skip
    """The record of a plan. Raises Refusal for days outside the year or a period that is none."""
    faults = []
    if until < since or not since.year == until.year == year:
        faults.append(Fault("masa SKP", read=f"{shown(since)} s.d. {shown(until)}", expected=f"di dalam tahun {year}"))
    if cycle not in CYCLES:
        faults.append(Fault("periode penilaian", read=cycle, expected=" atau ".join(sorted(CYCLES))))
    if faults:
        raise Refusal("SKP tidak disimpan.", *faults)
    return SkpPlan(
        code, year, position, form, method, since, until, employee=employee, assessor=assessor, capacity=capacity,
        cycle=cycle, agreement=agreement, unit=unit,
    )  # fmt: skip


def checked(row: tables.SkpPlan) -> SkpPlan:
    """The record of a row that was changed and not saved yet. Raises Refusal as `planned`."""
    made = planned(
        row.code, row.year, row.position.code, SkpForm(row.form), Method(row.method), row.since, row.until, Span(row.cycle),
        row.employee.code if row.employee else "", row.assessor.code if row.assessor else "", Capacity(row.capacity),
        row.agreement.code if row.agreement else "", row.unit,
    )  # fmt: skip
    return replace(made, signed_at=row.signed_at, signed_on=row.signed_on, state=SkpState(row.state))


def agreement_for(agency: int, year: int, position: str, code: str) -> tables.Agreement | None:
    """The agreement that is named, else the latest of the year that the position promised."""
    if code:
        found: tables.Agreement = named(tables.Agreement, agency, code, "Perjanjian kinerja")
        return found
    rows = tables.Agreement.objects.filter(agency=agency, year=year, promiser__code=position)
    return rows.order_by("-version").first()


def free_code(agency: int, year: int, position: str, employee: str) -> str:
    """A code for a new plan that no other of the year has."""
    taken = set(tables.SkpPlan.objects.filter(agency=agency, year=year).values_list("code", flat=True))
    stem = f"SKP-{year}-{employee or position}"
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}-{number}", number + 1
    return code


def refuse_overlap(agency: int, plan: SkpPlan) -> None:
    """One person has one plan for each day, besides those as acting official; so has a position without a person."""
    rows = tables.SkpPlan.objects.filter(agency=agency, since__lte=plan.until, until__gte=plan.since).exclude(
        code=plan.code
    )
    rows = rows.filter(capacity=plan.capacity.value)
    if plan.employee:
        rows = rows.filter(employee__code=plan.employee)
        if plan.capacity is not Capacity.DEFINITIVE:
            rows = rows.filter(position__code=plan.position)
    else:
        rows = rows.filter(employee__isnull=True, position__code=plan.position)
    other = rows.values_list("code", "since", "until").first()
    if other is not None:
        fault = Fault(
            "masa yang sama sudah mempunyai SKP", read=f"{other[0]}, {shown(other[1])} s.d. {shown(other[2])}"
        )
        raise Refusal("SKP tidak disimpan.", fault)


def refuse_unfit(held: Held) -> None:
    """Refuse a plan with an error of the check, or without an assessor."""
    parts = held.parts("rows", "behaviours", "annexes")
    found = check_plan(
        held.plan, parts.rows, rules_of(held.plan.year).skp, behaviours=parts.behaviours, annexes=parts.annexes
    )
    faults = [
        Fault(item.message.rstrip("."), item.places[0] if item.places else held.plan.place, item.stated, item.expected)
        for item in found
        if item.severity is Severity.ERROR
    ]
    if not held.plan.assessor:
        faults.append(Fault("pejabat penilai belum ditetapkan", held.plan.place, expected="jabatan atasan langsung"))
    if faults:
        raise Refusal(f"SKP {held.plan.code} belum dapat disepakati.", *faults)


def refuse_self(held: Held) -> None:
    """Nobody decides on the own plan, also not as acting holder of the superior's position."""
    if Standing.OWN in held.standing:
        raise NotAllowed("SKP sendiri tidak diputus sendiri; yang memutus adalah pejabat penilai yang lain.")
