"""Many records of one kind in one act: every check of a workbook's row, conflicts shown, one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import ProtectedError

from selaras.actions._loading import Loading
from selaras.actions._naming import header_of, history_key, name_of
from selaras.actions._sheet_loading import SheetLoading
from selaras.actions.audit import Trace
from selaras.actions.results import Change
from selaras.core.access import Act, Actor, check, may
from selaras.core.errors import Clash, Conflict, Refusal
from selaras.documents.workbook.check import Checker
from selaras.store import models as tables
from selaras.store.models import FieldChange
from selaras.store.rows import Table, all_tables, key_text, shown
from selaras.store.units import nearest_owner

Seen = Mapping[str, str]
"""What the person saw of each record before typing, by the record's key in words."""


def key_of(record: Any) -> str:
    """The natural key of a record in words: what `seen` and `reasons` are sorted by."""
    table = all_tables()[type(record)]
    return key_text(getattr(record, name) for name in table.key)


def check_units(by: Actor, act: Act, agency: str, pk: int, records: Sequence[Any]) -> None:
    """Refuse unless the actor may do `act` for the unit that answers for each record. Raises NotFound and NotAllowed."""
    if may(by, act, agency) or not records:
        check(by, act, agency)
        return
    rows = tables.Node.objects.filter(agency_id=pk).values_list("code", "parent__code", "owner__code")
    nodes = {code: (parent or "", owner or "") for code, parent, owner in rows}
    names = {item.indicator for item in records if hasattr(item, "indicator")}
    found = tables.Indicator.objects.filter(agency_id=pk, code__in=names).values_list("code", "node__code")
    homes = dict(found)
    for item in records:
        node = getattr(item, "node", "") or homes.get(getattr(item, "indicator", ""), "")
        check(by, act, agency, nearest_owner(node, nodes))


def stored_by_key(pk: int, table: Table, records: Iterable[Any]) -> dict[str, Any]:
    """The records that are stored under the keys of others, by key in words."""
    keys = {key_of(item) for item in records}
    years = {item.period.year if hasattr(item, "period") else getattr(item, "year", None) for item in records}
    rows = table.rows.filter(agency_id=pk)
    if table.is_yearly:
        rows = rows.filter(year__in=years)
    found = map(table.record_of, rows.values_list(*table.paths))
    return {key: item for item in found if (key := key_of(item)) in keys}


def store_many(
    trace: Trace, pk: int, agency: str, kind: type[Any], *,
    given: Sequence[Any] = (), removed: Sequence[Any] = (), field: str = "", seen: Seen | None = None,
    reasons: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:  # fmt: skip
    """Store `given` and delete `removed`, all of one kind; records that are as before are left alone.

    With `seen`, the value of `field` that another person changed meanwhile is a Conflict. `reasons` stand beside the
    changes of a record, by its key. Raises Refusal with every fault, and Conflict; call inside a trace.
    """
    table = all_tables()[kind]
    old = stored_by_key(pk, table, [*given, *removed])
    if seen is not None:
        _compare(agency, table, field, [(item, item) for item in given] + [(item, None) for item in removed], old, seen)
    load = Loading(pk, history=trace.changed)
    load.checker = _taught(load, table, given)
    sheet = SheetLoading(load, table)
    for item in sheet.sound(given):
        load.reason = (reasons or {}).get(key_of(item.record), "")
        # A stored row keeps its rank; a new one comes after all others.
        sheet.last = 0 if key_of(item.record) in old else sheet.top
        created = sheet.count.created
        sheet.write([item])
        if sheet.count.created > created:
            sheet.top = max(sheet.top, sheet.last)
            trace.changed(*history_key(table, item.record), header_of(table, field) if field else "", "",
                          shown(getattr(item.record, field)) if field else "baru", load.reason)  # fmt: skip
    if load.faults:
        raise Refusal("Tidak ada yang disimpan.", *load.faults)
    for item in removed:
        if key_of(item) in old:
            _remove(trace, pk, table, old[key_of(item)], (reasons or {}).get(key_of(item), ""), field)
    trace |= {"new": sheet.count.created, "changed": sheet.count.changed, "removed": len(removed)}
    return tuple(load.changes)


def _remove(trace: Trace, pk: int, table: Table, item: Any, reason: str, field: str) -> None:
    wanted: dict[str, Any] = {"agency_id": pk}
    for part in table.key_fields:
        value = getattr(item, part.name)
        if part.refers_to is not None:
            wanted[part.paths[0]] = value
        else:
            wanted |= dict(zip(part.columns, part.pack(value), strict=True))
    try:
        table.rows.filter(**wanted).delete()
    except ProtectedError as error:
        users = ", ".join(sorted({str(one) for one in error.protected_objects})[:5])
        raise Refusal(f"{name_of(table, item)} masih dipakai oleh: {users}.") from error
    before = shown(getattr(item, field)) if field else name_of(table, item)
    trace.changed(*history_key(table, item), header_of(table, field) if field else "", before, "", reason)


def _compare(
    agency: str, table: Table, field: str, wanted: Sequence[tuple[Any, Any]], old: Mapping[str, Any], seen: Seen
) -> None:
    clashes = []
    for item, mine in wanted:
        key = key_of(item)
        now = shown(getattr(old[key], field)) if key in old else ""
        typed = shown(getattr(mine, field)) if mine is not None else ""
        if now not in {seen.get(key, ""), typed}:
            clashes.append((Clash(name_of(table, item), seen.get(key, ""), now, typed), item))
    if clashes:
        last = FieldChange.objects.of(agency, *history_key(table, clashes[0][1])).first()
        who = last.actor if last else ""
        raise Conflict(
            f"{len(clashes)} isian sudah diubah oleh {who or 'orang lain'} sejak Anda membukanya.",
            *(clash for clash, _ in clashes), by=who, at=last.at.isoformat() if last else "",
        )  # fmt: skip


def _taught(load: Loading, table: Table, given: Sequence[Any]) -> Checker:
    """A checker that knows the codes that the records name, and no others; the load learns their keys."""
    checker = Checker({})
    assert table.kind is not None
    for target in dict.fromkeys(target for _, target in table.kind.references):
        other = all_tables()[target]
        codes = {getattr(item, name) for item in given for name, kind in table.kind.references if kind is target}
        load.codes[target] = {}
        for pk, *values in other.rows.filter(agency_id=load.agency, code__in=codes).values_list("pk", *other.paths):
            item = other.record_of(values)
            checker.learn(item)
            load.codes[target][(item.year, item.code) if SheetLoading.is_named_by_year(other) else item.code] = pk
    return checker
