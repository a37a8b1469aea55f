"""Versions of the year's budget side by side, node by node, with differences and reasons; the last one to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from selaras.actions.planning import copy_budget, key_of, save_budget
from selaras.core.access import Act
from selaras.core.errors import Conflict, Fault, Refusal
from selaras.core.numerals import format_number, format_rupiah
from selaras.core.planning import BudgetLine, BudgetVersion, FundSource, Node
from selaras.core.planning.tree import DEPTH
from selaras.core.planning.versions import differences
from selaras.core.reporting.figures import Figures
from selaras.core.snapshot import ReportSettings
from selaras.core.spelling import level_name
from selaras.documents.workbook.schema import BY_RECORD
from selaras.documents.workbook.typed import read_typed, texts_of
from selaras.store.reasons import reasons_of
from selaras.store.rows import shown
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.cells import SheetCell
from selaras.web.planning.frame import address, exported, facts, tabs, wants_xlsx

KINDS = (ReportSettings, Node, BudgetVersion, BudgetLine)
SHEET = BY_RECORD[BudgetLine]
VERSION_SHEET = BY_RECORD[BudgetVersion]


@dataclass(frozen=True, slots=True)
class Line:
    """One node (or one source of its budget) in the table."""

    node: Node
    level: str
    depth: int
    source: str
    amounts: list[str]
    cell: SheetCell | None
    change: str
    direction: str
    reason: str


@dataclass(slots=True)
class TypedBudget:
    """What the form says about the version that is filled in."""

    given: list[BudgetLine] = field(default_factory=list)
    removed: list[BudgetLine] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@inside(methods=("GET", "POST"))
def page(request: InsideRequest) -> HttpResponse:
    """All versions; `versi` is the one to fill in, the one in force unless chosen."""
    figures = facts(request, KINDS)
    version = _chosen(request, figures)
    typed: TypedBudget | None = None
    conflict: Conflict | None = None
    status = 200
    if request.method == "POST" and version:
        typed, conflict, status = _save(request, figures, version)
        if status == 200:
            changed = typed.given or typed.removed
            messages.success(request, _("Anggaran tersimpan.") if changed else _("Tidak ada yang berubah."))
            return redirect(request.get_full_path())
    versions = _versions(figures)
    lines = _lines(request, figures, versions, version, typed)
    if wants_xlsx(request):
        heads = ["Jenjang", "Kode", "Uraian", "Sumber", *(item.name for item in versions), "Selisih", "Alasan"]
        rows = [
            [line.level, line.node.code, line.node.title, line.source, *line.amounts, line.change, line.reason]
            for line in lines
        ]  # fmt: skip
        return exported(request, f"Anggaran {request.place.year}", heads, rows)
    before = _before(versions, version)
    return render(request, "planning/budget.html", tabs(request, "budget") | {
        "versions": versions, "version": version, "before": before, "lines": lines, "typed": typed,
        "conflict": conflict, "in_force": figures.budget_version,
        "total": _("Jumlah %(sum)s") % {"sum": format_rupiah(figures.total_budget)} if figures.programmes else "",
        "may_edit": request.place.can[Act.EDIT_BUDGET.name], "begins": "baru" in request.GET,
        "edit_at": versions.index(version) if version else -1, "next_order": max((item.order for item in versions), default=-1) + 1,
    }, status=status)  # fmt: skip


@inside(Act.EDIT_BUDGET, methods=("POST",))
def version(request: InsideRequest) -> HttpResponse:
    """Begin a new version with the amounts of another."""
    texts = {name: request.POST.get(name, "") for name in ("code", "name", "order", "dated", "reason")}
    row = read_typed(VERSION_SHEET, texts | {"year": str(request.place.year)}, {})
    if row.record is None:
        raise Refusal(_("Versi anggaran tidak dibuat."), *row.faults)
    made = copy_budget(
        request.actor, agency=request.place.code, source=request.POST.get("sumber", ""), version=row.record
    )
    messages.success(request, _("Versi %(name)s dibuat.") % {"name": made.name})
    return redirect(address(request, "budget"))


def _versions(figures: Figures) -> list[BudgetVersion]:
    return sorted(figures.snapshot.budget_versions, key=lambda item: item.order)


def _chosen(request: InsideRequest, figures: Figures) -> BudgetVersion | None:
    wanted = request.GET.get("versi", "")
    found = next((item for item in figures.snapshot.budget_versions if item.code == wanted), None)
    return found or figures.budget_version


def _before(versions: list[BudgetVersion], version: BudgetVersion | None) -> BudgetVersion | None:
    """The version before the chosen one."""
    earlier = [item for item in versions if version and item.order < version.order]
    return earlier[-1] if earlier else None


def _rows(figures: Figures) -> list[tuple[Node, str]]:
    """The nodes from the programmes down, each leaf once for every source that it has in any version."""
    sources: dict[str, list[str]] = {}
    for item in figures.snapshot.budget_lines:
        held = sources.setdefault(item.node, [])
        if item.source.value not in held:
            held.append(item.source.value)
    common = [source for held in sources.values() for source in held]
    usual = max(set(common), key=common.count) if common else FundSource.APBD.value
    rows: list[tuple[Node, str]] = []
    for node in figures.walk():
        if DEPTH[node.level] >= DEPTH[_PROGRAM]:
            leaf = node.code in sources or not figures.children[node.code]
            rows += [(node, source) for source in sources.get(node.code, [usual])] if leaf else [(node, "")]
    return rows


def _lines(
    request: InsideRequest, figures: Figures, versions: list[BudgetVersion], version: BudgetVersion | None,
    typed: TypedBudget | None,
) -> list[Line]:  # fmt: skip
    sums = {item.code: figures.budget_of(item) for item in versions}
    held = {key_of(item): item for item in figures.snapshot.budget_lines}
    before = _before(versions, version)
    known = differences(sums[before.code], sums[version.code]) if before and version else {}
    rows = _rows(figures)
    keys = [_key(node, source, version) for node, source in rows if version and source]
    reasons = reasons_of(request.place.code, BudgetLine.__name__, keys)
    lines = []
    seen: set[str] = set()
    for node, source in rows:
        change = known.get(node.code) if node.code not in seen else None
        seen.add(node.code)
        lines.append(
            Line(
                node=node,
                level=level_name(node.level).capitalize(),
                depth=DEPTH[node.level] - DEPTH[_PROGRAM],
                source=source,
                amounts=[_amount(node, source, item, sums[item.code], held) for item in versions],
                cell=_cell(node, source, version, held, typed) if version and source else None,
                change=format_rupiah(change.change) if change else "",
                direction=("naik" if change.change > 0 else "turun" if change.change < 0 else "tetap")
                if change
                else "",
                reason=reasons.get(_key(node, source, version), "") if version and source else "",
            )
        )
    return lines


def _amount(
    node: Node, source: str, version: BudgetVersion, sums: Mapping[str, Any], held: Mapping[str, BudgetLine]
) -> str:
    if source:
        line = held.get(_key(node, source, version))
        return format_rupiah(line.amount) if line else "–"
    return format_rupiah(sums[node.code]) if node.code in sums else "–"


def _cell(
    node: Node, source: str, version: BudgetVersion, held: Mapping[str, BudgetLine], typed: TypedBudget | None
) -> SheetCell:
    name = f"a:{source}:{node.code}"
    line = held.get(_key(node, source, version))
    text = format_number(line.amount) if line else ""
    seen = shown(line.amount) if line else ""
    label = f"{node.title}, {version.name}"
    if typed is not None and name in typed.texts:
        fault = typed.wrong.get(name, "")
        state = "cell-wrong" if fault else "cell-dirty" if typed.texts[name] != text else ""
        return SheetCell(
            name, label, typed.texts[name], typed.seen.get(_key(node, source, version), seen), fault, state
        )
    return SheetCell(name, label, text, seen)


def _save(request: InsideRequest, figures: Figures, version: BudgetVersion) -> tuple[TypedBudget, Conflict | None, int]:
    typed = _read(request, figures, version)
    if typed.faults:
        return typed, None, 422
    names = {_key(node, source, version): f"a:{source}:{node.code}" for node, source in _rows(figures) if source}
    try:
        save_budget(
            request.actor, agency=request.place.code, given=typed.given, removed=typed.removed, seen=typed.seen,
            reason=request.POST.get("reason", "").strip(),
        )  # fmt: skip
    except Conflict as refusal:
        for clash in refusal.clashes:
            key = next((key for key in names if clash.field.endswith(key)), "")
            typed.seen[key] = clash.stands
            typed.wrong[names.get(key, "")] = clash.stands
        return typed, refusal, 409
    except Refusal as refusal:
        if not refusal.faults:
            raise
        for fault in refusal.faults:
            typed.wrong[names.get(fault.place.record, "")] = fault.message
        typed.faults += refusal.faults
        return typed, None, 422
    return typed, None, 200


def _read(request: InsideRequest, figures: Figures, version: BudgetVersion) -> TypedBudget:
    typed = TypedBudget()
    for node, source in _rows(figures):
        name = f"a:{source}:{node.code}"
        if not source or name not in request.POST:
            continue
        text, seen = request.POST[name].strip(), request.POST.get(f"s-{name}", "")
        typed.texts[name] = text
        typed.seen[_key(node, source, version)] = seen
        blank = BudgetLine(version.code, version.year, node.code, _NONE, FundSource(source))
        if not text:
            typed.removed += [blank] if seen else []
            continue
        row = read_typed(SHEET, texts_of(blank, {}) | {"amount": text}, {})
        if row.record is None:
            typed.wrong[name] = "; ".join(fault.message for fault in row.faults)
            typed.faults += row.faults
        elif shown(row.record.amount) != seen:
            typed.given.append(row.record)
    return typed


def _key(node: Node, source: str, version: BudgetVersion | None) -> str:
    assert version is not None
    return key_of(BudgetLine(version.code, version.year, node.code, _NONE, FundSource(source))) if source else ""


_NONE: Any = None
_PROGRAM = next(level for level in DEPTH if level.value == "program")
