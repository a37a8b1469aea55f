"""Versions of the year's budget side by side, node by node, with differences and reasons; the last one to be filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
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
from selaras.web.exporting import exported, wants_xlsx
from selaras.web.gate import InsideRequest, inside
from selaras.web.planning.cells import SheetCell
from selaras.web.planning.frame import address, facts, tabs

KINDS = (ReportSettings, Node, BudgetVersion, BudgetLine)
SHEET = BY_RECORD[BudgetLine]
VERSION_SHEET = BY_RECORD[BudgetVersion]
VERSION_PARTS = ("code", "name", "order", "dated", "reason")


@dataclass(frozen=True, slots=True)
class Line:
    """One node (or one source of its budget) in the table."""

    node: Node
    level: str
    depth: int
    source: str
    figures: list[Decimal | None]
    cell: SheetCell | None
    difference: Decimal | None
    reason: str

    @property
    def amounts(self) -> list[str]:
        """The amounts of all versions as the page shows them."""
        return ["–" if figure is None else format_rupiah(figure) for figure in self.figures]

    @property
    def change(self) -> str:
        """The difference from the version before, in rupiah."""
        return "" if self.difference is None else format_rupiah(self.difference)

    @property
    def direction(self) -> str:
        """Which way it went."""
        if self.difference is None:
            return ""
        return "naik" if self.difference > 0 else "turun" if self.difference < 0 else "tetap"


@dataclass(slots=True)
class TypedBudget:
    """What the form says about the version that is filled in."""

    given: list[BudgetLine] = field(default_factory=list)
    removed: list[BudgetLine] = field(default_factory=list)
    seen: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version about to begin: what stands in its form, which version it is copied from, and why it was refused."""

    texts: Mapping[str, str]
    source: str
    refusal: Refusal | None = None


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
    if wants_xlsx(request):
        return _exported(request, figures, version)
    return _shown(request, figures, version, typed=typed, conflict=conflict, status=status)


def _begin(request: InsideRequest, texts: Mapping[str, str], source: str) -> BudgetVersion:
    row = read_typed(VERSION_SHEET, {**texts, "year": str(request.place.year)}, {})
    if row.record is None:
        raise Refusal(_("Versi anggaran tidak dibuat."), *row.faults)
    return copy_budget(request.actor, agency=request.place.code, source=source, version=row.record)


def _exported(request: InsideRequest, figures: Figures, version: BudgetVersion | None) -> HttpResponse:
    versions = _versions(figures)
    amounts = [f"{item.name} (Rp)" for item in versions]
    heads = ["Jenjang", "Kode", "Uraian", "Sumber", *amounts, "Selisih (Rp)", "Alasan"]
    rows = [
        [line.level, line.node.code, line.node.title, line.source, *line.figures, line.difference, line.reason]
        for line in _lines(request, figures, versions, version, None)
    ]
    return exported(request, f"Anggaran {request.place.year}", heads, rows)


def _shown(
    request: InsideRequest, figures: Figures, version: BudgetVersion | None, *, typed: TypedBudget | None = None,
    conflict: Conflict | None = None, begun: NewVersion | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    versions = _versions(figures)
    lines = _lines(request, figures, versions, version, typed)
    before = _before(versions, version)
    return render(request, "planning/budget.html", tabs(request, "budget") | {
        "versions": versions, "version": version, "before": before, "lines": lines, "typed": typed,
        "conflict": conflict,
        "total": _("Jumlah %(sum)s") % {"sum": format_rupiah(figures.total_budget)} if figures.programmes else "",
        "may_edit": request.place.can[Act.EDIT_BUDGET.name], "begins": begun is not None or "baru" in request.GET,
        "edit_at": versions.index(version) if version else -1, "begun": begun or _blank(versions, figures.budget_version),
    }, status=status)  # fmt: skip


@inside(Act.EDIT_BUDGET, methods=("POST",))
def version(request: InsideRequest) -> HttpResponse:
    """Begin a new version with the amounts of another; what a refusal meets stays typed."""
    texts = {name: request.POST.get(name, "") for name in VERSION_PARTS}
    source = request.POST.get("sumber", "")
    try:
        made = _begin(request, texts, source)
    except Refusal as refusal:
        if not refusal.faults:
            raise
        figures = facts(request, KINDS)
        begun = NewVersion(texts, source, refusal)
        return _shown(request, figures, figures.budget_version, begun=begun, status=422)
    messages.success(request, _("Versi %(name)s dibuat.") % {"name": made.name})
    return redirect(address(request, "budget"))


def _blank(versions: list[BudgetVersion], source: BudgetVersion | None) -> NewVersion:
    order = max((item.order for item in versions), default=-1) + 1
    return NewVersion({"order": str(order)}, source.code if source else "")


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
                figures=[_amount(node, source, item, sums[item.code], held) for item in versions],
                cell=_cell(node, source, version, held, typed) if version and source else None,
                difference=change.change if change else None,
                reason=reasons.get(_key(node, source, version), "") if version and source else "",
            )
        )
    return lines


def _amount(
    node: Node, source: str, version: BudgetVersion, sums: Mapping[str, Any], held: Mapping[str, BudgetLine]
) -> Decimal | None:
    if source:
        line = held.get(_key(node, source, version))
        return line.amount if line else None
    return sums.get(node.code)


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
