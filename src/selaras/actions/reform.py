"""The reform: the score sheet with its adjustment, action plans with progress by quarter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from selaras.actions._people import evidence_list, named, words
from selaras.actions._reform import refuse_digits, tidied
from selaras.actions.audit import Trace, traced
from selaras.actions.records import save_record
from selaras.core.access import Act, Actor, check
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.numerals import format_number
from selaras.core.org import AgencyKind
from selaras.core.reform.actions import ActionProgress, ReformAction
from selaras.core.reform.scheme import Adjustment
from selaras.core.reform.score import ReformScore
from selaras.store import models as tables
from selaras.store.reform import rules_of
from selaras.store.reform_rows import action_record
from selaras.store.rows import all_tables, shown
from selaras.store.snapshot import find_agency

ACTION = "Rencana aksi RB"


def save_score(
    by: Actor, *, agency: str, score: ReformScore, seen: Mapping[str, str] | None = None, reason: str = ""
) -> None:
    """Store the score sheet of a year, as any record (`records.save_record`), with its reading and printed predicate.

    Raises Conflict, Refusal (a predicate that the scheme of the year does not have), NotAllowed, NotFound.
    """
    if score.predicate:
        home = tables.Agency.objects.filter(code=agency).values_list("kind", flat=True).first()
        scheme = rules_of(score.year).scheme_for(score.year, AgencyKind(home) if home else None)
        if scheme.rank(score.predicate) is None:
            expected = " | ".join(band.label for band in scheme.bands)
            raise Refusal(
                "Indeks RB tidak disimpan.", Fault("predikat tidak dikenal", read=score.predicate, expected=expected)
            )
    save_record(by, agency=agency, record=score, seen=seen, reason=reason)


def confirm_adjustment(by: Actor, *, agency: str, year: int, adjustment: Adjustment | None, reason: str = "") -> None:
    """Say which reading of the adjusted weight is that of the evaluator's sheet; None opens the question again.

    Raises Refusal, NotAllowed, NotFound.
    """
    pk, _ = find_agency(agency)
    table = all_tables()[ReformScore]
    row = table.rows.filter(agency_id=pk, year=year).values_list(*table.paths).first()
    if row is None:
        check(by, Act.SEE, agency)
        raise NotFound(f"Lembar Indeks RB {year} belum dicatat.")
    save_record(by, agency=agency, record=replace(table.record_of(row), adjustment=adjustment), reason=reason)


def save_action(
    by: Actor, *, agency: str, action: ReformAction, seen: Mapping[str, str] | None = None, reason: str = ""
) -> ReformAction:
    """Store one action of the plan; an empty code makes a new one. `seen` holds what the person saw, by field.

    Raises Conflict, Refusal with every fault (no root of the problem, unknown area or theme, no target, falling
    targets), NotAllowed, NotFound.
    """
    with traced(by, action="menyimpan rencana aksi RB", agency=agency, act=Act.PLAN_REFORM, unit=action.unit) as trace:
        pk, _ = find_agency(agency)
        _refuse_action(action)
        made = replace(action, code=action.code or _free_code(pk, action.year))
        old = _action(pk, made.year, made.code) if action.code else None
        if action.code and old is None:
            raise NotFound(f"Rencana aksi {action.code} tidak ditemukan.")
        before = action_record(old) if old else None
        if before is not None and before.unit != made.unit:
            check(by, Act.PLAN_REFORM, agency, before.unit)
        _refuse_clash(before, made, seen)
        first, second, third, fourth = made.targets
        tables.ReformAction.objects.update_or_create(
            agency_id=pk, year=made.year, code=made.code,
            defaults={
                "unit": named(tables.Unit, pk, made.unit, "Unit"), "title": words(made.title, "Rencana aksi"),
                "output": words(made.output, "Keluaran", empty=True), "measure": words(made.measure, "Satuan", empty=True),
                "first": first, "second": second, "third": third, "fourth": fourth, "area": made.area, "theme": made.theme,
                "root_cause": words(made.root_cause, "Akar masalah"), "order": made.order,
                "responsible": named(tables.Position, pk, made.responsible, "Jabatan"),
            },
        )  # fmt: skip
        _remember(trace, before, made, reason)
    return made


def remove_action(by: Actor, *, agency: str, year: int, code: str, reason: str = "") -> None:
    """Delete an action of which nothing was reported yet. Raises Refusal, NotAllowed, NotFound."""
    pk, _ = find_agency(agency)
    row = _action(pk, year, code)
    unit = row.unit.code if row and row.unit else ""
    with traced(by, action="menghapus rencana aksi RB", agency=agency, act=Act.PLAN_REFORM, unit=unit) as trace:
        if row is None:
            raise NotFound(f"Rencana aksi {code} tidak ditemukan.")
        if row.progress.exists():
            raise Refusal(f"Rencana aksi {code} sudah dilaporkan.", Fault("kemajuan sudah ada", read=code))
        row.delete()
        trace.changed(ACTION, f"{year} {code}", "", row.title, "", reason)


def report_action(
    by: Actor, *, agency: str, year: int, code: str, quarter: int, realised: Decimal | None,
    evidence: Iterable[str] = (), note: str = "", seen: str | None = None,
) -> ActionProgress | None:  # fmt: skip
    """Report what was done of an action through the end of a quarter (cumulative), with evidence; None takes it back.

    Progress without evidence is refused, and progress that falls. `seen` is the value that stood there
    (`store.rows.shown`). Raises Conflict, Refusal, NotAllowed, NotFound.
    """
    pk, _ = find_agency(agency)
    row = _action(pk, year, code)
    unit = row.unit.code if row and row.unit else ""
    with traced(by, action="melaporkan rencana aksi RB", agency=agency, act=Act.PLAN_REFORM, unit=unit) as trace:
        if row is None:
            raise NotFound(f"Rencana aksi {code} tidak ditemukan.")
        if quarter not in {1, 2, 3, 4}:
            raise Refusal("Kemajuan tidak disimpan.", Fault("triwulan tidak ada", read=str(quarter), expected="1–4"))
        stands = {item.quarter: item for item in row.progress.all()}
        before = shown(tidied(stands[quarter].realised)) if quarter in stands else ""
        after = "" if realised is None else shown(realised)
        if seen is not None and before not in {seen, after}:
            raise Conflict(
                "Kemajuan ini sudah diubah orang lain.",
                Clash(f"Triwulan {quarter}", seen, before, after),
                by=stands[quarter].by if quarter in stands else "",
            )
        trace.changed(ACTION, f"{year} {code}", f"Triwulan {quarter}", before, after)
        if realised is None:
            tables.ReformProgress.objects.filter(action=row, quarter=quarter).delete()
            return None
        proofs = evidence_list(evidence)
        _refuse_progress(code, quarter, realised, proofs, {number: item.realised for number, item in stands.items()})
        columns = {"realised": realised, "evidence": proofs, "note": words(note, "Catatan", empty=True), "by": by.name}
        tables.ReformProgress.objects.update_or_create(action=row, quarter=quarter, defaults=columns)
    return ActionProgress(code, quarter, realised, tuple(proofs), note.strip())


def _action(agency: int, year: int, code: str) -> tables.ReformAction | None:
    rows = tables.ReformAction.objects.select_related("unit", "responsible")
    return rows.filter(agency=agency, year=year, code=code).first()


def _refuse_action(action: ReformAction) -> None:
    """Refuse what would be an empty formality: without root of the problem, place in the scheme or target."""
    rules = rules_of(action.year)
    faults = []
    if not action.root_cause.strip():
        faults.append(Fault("akar masalah belum diisi", action.place, expected="akar masalah yang dijawab aksi ini"))
    known = {"area perubahan": [item.code for item in rules.areas], "tema": [item.code for item in rules.themes]}
    for name, code in (("area perubahan", action.area), ("tema", action.theme)):
        if code and code not in known[name]:
            faults.append(Fault(f"{name} tidak dikenal", action.place, code, " | ".join(known[name])))
    due = [target for target in action.targets if target is not None]
    for target in due:
        refuse_digits(target)
    if not due:
        faults.append(Fault("target triwulan belum diisi", action.place, expected="target kumulatif"))
    elif any(target < 0 for target in due) or due != sorted(due):
        faults.append(Fault("target kumulatif menurun", action.place, "; ".join(map(format_number, due))))
    if faults:
        raise Refusal("Rencana aksi tidak disimpan.", *faults)


def _refuse_progress(
    code: str, quarter: int, realised: Decimal, proofs: list[str], stands: Mapping[int, Decimal]
) -> None:
    refuse_digits(realised)
    faults = []
    if realised < 0:
        faults.append(Fault("kemajuan di bawah nol", read=format_number(realised)))
    if realised > 0 and not proofs:
        faults.append(Fault("kemajuan tanpa bukti", expected="sekurang-kurangnya satu bukti dukung"))
    lower = [number for number, value in stands.items() if number < quarter and value > realised]
    higher = [number for number, value in stands.items() if number > quarter and value < realised]
    if lower or higher:
        rest = ", ".join(
            f"triwulan {number}: {format_number(tidied(stands[number]))}" for number in sorted([*lower, *higher])
        )
        faults.append(Fault("kemajuan kumulatif menurun", read=format_number(realised), expected=rest))
    if faults:
        raise Refusal(f"Kemajuan rencana aksi {code} tidak disimpan.", *faults)


def _refuse_clash(before: ReformAction | None, made: ReformAction, seen: Mapping[str, str] | None) -> None:
    clashes = []
    for name, was in (seen or {}).items():
        stands, given = (shown(getattr(item, name)) if item else "" for item in (before, made))
        if stands not in {was, given}:
            clashes.append(Clash(name, was, stands, given))
    if clashes:
        raise Conflict("Rencana aksi ini sudah diubah orang lain sejak Anda membukanya.", *clashes)


def _remember(trace: Trace, before: ReformAction | None, made: ReformAction, reason: str) -> None:
    labels = {
        "title": "Rencana aksi", "output": "Keluaran", "measure": "Satuan", "area": "Area perubahan", "theme": "Tema",
        "root_cause": "Akar masalah", "responsible": "Penanggung jawab", "unit": "Unit",
    }  # fmt: skip
    for name, label in labels.items():
        was, now = getattr(before, name) if before else "", getattr(made, name)
        if was != now:
            trace.changed(ACTION, f"{made.year} {made.code}", label, was, now, reason)
    for number, now in enumerate(made.targets, 1):
        old = before.targets[number - 1] if before else None
        if old != now:
            told = (format_number(old) if old is not None else "", format_number(now) if now is not None else "")
            trace.changed(ACTION, f"{made.year} {made.code}", f"Target triwulan {number}", *told, reason)


def _free_code(agency: int, year: int) -> str:
    taken = set(tables.ReformAction.objects.filter(agency=agency, year=year).values_list("code", flat=True))
    number = len(taken) + 1
    while f"RB-{number:02}" in taken:
        number += 1
    return f"RB-{number:02}"
