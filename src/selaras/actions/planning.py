"""The plan: nodes put in their place, targets and budgets by the sheet, weights, what supports what, and copies."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from selaras.actions._many import Seen, check_units, key_of, store_many, stored_by_key
from selaras.actions.audit import traced
from selaras.actions.records import save_record
from selaras.actions.results import Change
from selaras.core.access import Act, Actor
from selaras.core.errors import Fault, NotFound, Refusal
from selaras.core.measurement.planned import deviates
from selaras.core.numerals import format_number
from selaras.core.period import Period
from selaras.core.place import Place
from selaras.core.planning import BudgetLine, BudgetVersion, Node, PlanDocument, Support, Target, WeightedPart
from selaras.store import models as tables
from selaras.store.rows import all_tables
from selaras.store.snapshot import find_agency, records_of

__all__ = [
    "copy_budget",
    "copy_targets",
    "key_of",
    "move_node",
    "save_budget",
    "save_node",
    "save_supports",
    "save_targets",
    "save_weights",
]

HUNDRED = Decimal(100)


def save_node(
    by: Actor, *, agency: str, node: Node, seen: Mapping[str, str] | None = None, reason: str = ""
) -> tuple[Change, ...]:
    """Store a node of the performance tree where its level fits: below a higher level, above lower ones, in no circle.

    `seen` holds, by field, what the person saw. Raises Refusal, Conflict, NotAllowed and NotFound.
    """
    return save_record(by, agency=agency, record=node, seen=seen, reason=reason)


def move_node(
    by: Actor, *, agency: str, node: str, parent: str, seen: str | None = None, reason: str = ""
) -> tuple[Change, ...]:
    """Put a node with all below it under another parent; an empty `parent` makes it a top.

    `seen` is the parent that the person saw. Both the unit that it leaves and the unit that it joins must allow it.
    Raises Refusal where the level does not fit or a circle would close, Conflict, NotAllowed and NotFound.
    """
    nodes = _nodes(agency)
    if node not in nodes or (parent and parent not in nodes):
        with traced(by, action="memindahkan simpul", agency=agency, act=Act.EDIT_PLAN):
            raise NotFound(f"Simpul {node if node not in nodes else parent} tidak ditemukan.")
    if seen is None:
        seen = nodes[node].parent
    return save_node(by, agency=agency, node=replace(nodes[node], parent=parent), seen={"parent": seen}, reason=reason)


def save_targets(
    by: Actor, *, agency: str, given: Sequence[Target] = (), removed: Sequence[Target] = (),
    seen: Seen | None = None, reasons: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:  # fmt: skip
    """Store and delete targets of any indicators, periods and plan documents, all or none.

    `seen` and `reasons` go by the key of a target (`_many.key_of`). A target of the RKT that departs from the Renstra
    needs a reason. Raises Refusal with every fault, Conflict with every field, NotAllowed and NotFound.
    """
    with traced(by, action="menyimpan target", agency=agency) as trace:
        pk = _open(by, Act.EDIT_PLAN, agency, [*given, *removed])
        _refuse_silent(pk, given, reasons or {})
        held = stored_by_key(pk, all_tables()[Target], given)
        changes = store_many(
            trace, pk, agency, Target, given=given, removed=removed, field="value", seen=seen, reasons=reasons
        )
        for item in given:
            key = key_of(item)
            if key in held and held[key].value == item.value and (reasons or {}).get(key):
                # A reason given afterwards for a value that stays.
                trace.changed(
                    Target.__name__, key, "Target", item.value.shown(), item.value.shown(), (reasons or {})[key]
                )
    return changes


def copy_targets(
    by: Actor, *, agency: str, year: int, indicators: Collection[str] | None = None, overwrite: bool = False
) -> tuple[Change, ...]:
    """Take the Renstra's targets of a year over into the RKT, of all indicators or of some.

    Targets that the RKT already has stay, unless `overwrite`. Raises Refusal if there is nothing to take over,
    NotAllowed and NotFound.
    """
    with traced(by, action="menyalin target Renstra ke RKT", agency=agency) as trace:
        pk, _ = find_agency(agency)
        stored = [item for item in records_of(all_tables()[Target], pk, year) if item.period == Period(year)]
        held = {item.indicator for item in stored if item.document is PlanDocument.RKT}
        given = [
            Target(item.indicator, item.period, PlanDocument.RKT, item.value)
            for item in stored
            if item.document is PlanDocument.RENSTRA
            and (indicators is None or item.indicator in indicators)
            and (overwrite or item.indicator not in held)
        ]
        check_units(by, Act.EDIT_PLAN, agency, pk, given)
        if not given:
            raise Refusal(f"Tidak ada target Renstra tahun {year} yang dapat disalin ke RKT.")
        reasons = {key_of(item): "disalin dari Renstra" for item in given}
        changes = store_many(trace, pk, agency, Target, given=given, field="value", reasons=reasons)
        trace |= {"year": year, "copied": len(given)}
    return changes


def save_weights(
    by: Actor, *, agency: str, indicator: str, weights: Mapping[str, Decimal], reason: str = ""
) -> tuple[Change, ...]:
    """Make the weighted parts of an indicator exactly these, by the part's code; together they weigh 100 percent.

    No weights at all leave the indicator without parts. Raises Refusal, NotAllowed and NotFound.
    """
    given = [WeightedPart(indicator, part, weight) for part, weight in weights.items()]
    with traced(by, action="menyimpan bobot indikator", agency=agency) as trace:
        pk = _open(by, Act.EDIT_PLAN, agency, given or [WeightedPart(indicator, indicator, HUNDRED)])
        if not tables.Indicator.objects.filter(agency=pk, code=indicator).exists():
            raise NotFound(f"Indikator {indicator} tidak ditemukan pada instansi {agency}.")
        faults = _faults_of_weights(indicator, weights)
        if faults:
            raise Refusal("Bobot tidak disimpan.", *faults)
        table = all_tables()[WeightedPart]
        held = [item for item in records_of(table, pk) if item.indicator == indicator]
        removed = [item for item in held if item.part not in weights]
        reasons = {key_of(item): reason for item in [*given, *removed]}
        return store_many(
            trace, pk, agency, WeightedPart, given=given, removed=removed, field="weight", reasons=reasons
        )


def save_budget(
    by: Actor, *, agency: str, given: Sequence[BudgetLine] = (), removed: Sequence[BudgetLine] = (),
    seen: Seen | None = None, reason: str = "",
) -> tuple[Change, ...]:  # fmt: skip
    """Store and delete amounts of leaves of the tree in any versions of the budget, all or none.

    Amounts stand on the lowest nodes: a new line above or below another one of its version is refused. `seen` goes by
    the key of a line. Raises Refusal, Conflict, NotAllowed and NotFound.
    """
    with traced(by, action="menyimpan anggaran", agency=agency) as trace:
        pk = _open(by, Act.EDIT_BUDGET, agency, [*given, *removed])
        _refuse_doubled(pk, given)
        reasons = {key_of(item): reason for item in [*given, *removed]}
        return store_many(
            trace, pk, agency, BudgetLine, given=given, removed=removed, field="amount", seen=seen, reasons=reasons
        )


def copy_budget(by: Actor, *, agency: str, source: str, version: BudgetVersion) -> BudgetVersion:
    """Begin a new version of a year's budget with the amounts of another one of the same year (`source`, by code).

    Raises Refusal if the new code is taken, NotAllowed and NotFound.
    """
    with traced(by, action="membuat versi anggaran", agency=agency, act=Act.EDIT_BUDGET) as trace:
        pk, _ = find_agency(agency)
        known = {item.code for item in records_of(all_tables()[BudgetVersion], pk, version.year)}
        if source not in known:
            raise NotFound(f"Versi anggaran {source} tahun {version.year} tidak ditemukan.")
        if version.code in known:
            fault = Fault("Kode ini sudah dipakai", Place(column="Kode"), version.code, "kode yang belum ada")
            raise Refusal("Versi anggaran tidak dibuat.", fault)
        store_many(trace, pk, agency, BudgetVersion, given=[version])
        lines = [item for item in records_of(all_tables()[BudgetLine], pk, version.year) if item.version == source]
        reason = f"disalin dari {source}"
        given = [replace(item, version=version.code) for item in lines]
        reasons = {key_of(item): reason for item in given}
        store_many(trace, pk, agency, BudgetLine, given=given, field="amount", reasons=reasons)
        trace |= {"version": version.code, "source": source, "lines": len(given)}
    return version


def save_supports(
    by: Actor, *, agency: str, shown: Collection[tuple[str, str]], chosen: Collection[tuple[str, str]]
) -> tuple[int, int]:
    """Make the support of indicators by nodes what was ticked: `chosen` among the (indicator, node) that were `shown`.

    Gives how many links were added and removed; links that stay keep their verdict and reason. Raises Refusal,
    NotAllowed and NotFound.
    """
    with traced(by, action="memetakan program penunjang", agency=agency) as trace:
        pk, _ = find_agency(agency)
        held = {(item.indicator, item.node) for item in records_of(all_tables()[Support], pk)}
        given = [Support(indicator, node) for indicator, node in sorted(set(chosen) - held)]
        removed = [Support(indicator, node) for indicator, node in sorted((set(shown) & held) - set(chosen))]
        check_units(by, Act.EDIT_PLAN, agency, pk, [*given, *removed])
        store_many(trace, pk, agency, Support, given=given, removed=removed)
    return len(given), len(removed)


def _open(by: Actor, act: Act, agency: str, records: Sequence[object]) -> int:
    """The key of the agency, after a look whether the actor may do `act` for every record."""
    pk, _ = find_agency(agency)
    check_units(by, act, agency, pk, records)
    return pk


def _nodes(agency: str) -> dict[str, Node]:
    pk, _ = find_agency(agency)
    return {item.code: item for item in records_of(all_tables()[Node], pk)}


def _refuse_silent(pk: int, given: Sequence[Target], reasons: Mapping[str, str]) -> None:
    """Refuse targets of the RKT that newly depart from the Renstra without a word why."""
    annual = [item for item in given if item.document is PlanDocument.RKT]
    table = all_tables()[Target]
    strategic = stored_by_key(pk, table, [replace(item, document=PlanDocument.RENSTRA) for item in annual])
    held = stored_by_key(pk, table, annual)
    faults = []
    for item in annual:
        plan = strategic.get(key_of(replace(item, document=PlanDocument.RENSTRA)))
        old = held.get(key_of(item))
        same = old is not None and old.value == item.value
        if plan and deviates(item.value, plan.value) and not same and not reasons.get(key_of(item), "").strip():
            faults.append(
                Fault(
                    "Target RKT berbeda dari Renstra tanpa alasan",
                    Place(sheet="Target", record=key_of(item)),
                    item.value.shown(),
                    plan.value.shown(),
                    "Isi alasan perbedaannya, atau samakan dengan Renstra.",
                )
            )
    if faults:
        raise Refusal("Target tidak disimpan.", *faults)


def _faults_of_weights(indicator: str, weights: Mapping[str, Decimal]) -> list[Fault]:
    found = []
    if indicator in weights:
        found.append(Fault("Indikator tidak dapat menjadi bagian dari dirinya sendiri", read=indicator))
    for part, weight in weights.items():
        if not 0 < weight <= HUNDRED:
            found.append(
                Fault(f"Bobot {part} di luar batas", read=format_number(weight), expected="lebih dari 0 sampai 100")
            )
    total = sum(weights.values(), Decimal(0))
    if weights and total != HUNDRED:
        found.append(
            Fault("Jumlah bobot bukan 100", read=format_number(total), expected="100", remedy="Betulkan bobotnya.")
        )
    return found


def _refuse_doubled(pk: int, given: Sequence[BudgetLine]) -> None:
    """Refuse new lines above or below a node that has an amount of its own in the same version."""
    nodes = {item.code: item for item in records_of(all_tables()[Node], pk)}
    held = [item for year in {item.year for item in given} for item in records_of(all_tables()[BudgetLine], pk, year)]
    known = {key_of(item) for item in held}
    faults = []
    for line in given:
        beside = [item for item in (*held, *given) if (item.version, item.year) == (line.version, line.year)]
        other = next((item.node for item in beside if _in_line(item.node, line.node, nodes)), "")
        if other and key_of(line) not in known:
            faults.append(
                Fault(
                    f"Simpul {line.node} segaris dengan {other}, yang sudah mempunyai anggaran",
                    Place(sheet="Anggaran", record=key_of(line)),
                    remedy="Isi anggaran pada simpul terbawah saja; jumlah ke atas dihitung.",
                )
            )
    if faults:
        raise Refusal("Anggaran tidak disimpan.", *faults)


def _in_line(one: str, other: str, nodes: Mapping[str, Node]) -> bool:
    return _is_below(one, other, nodes) or _is_below(other, one, nodes)


def _is_below(code: str, top: str, nodes: Mapping[str, Node]) -> bool:
    seen = set()
    while code in nodes and code not in seen:
        seen.add(code)
        code = nodes[code].parent
        if code == top:
            return True
    return False
