"""Budget realised, month by month, and why little of it was: written one amount at a time."""

from __future__ import annotations

from decimal import Decimal

from selaras.actions._loading import Loading
from selaras.actions._naming import header_of, history_key, name_of
from selaras.actions._sheet_loading import SheetLoading
from selaras.actions.audit import traced
from selaras.actions.records import remove_record, save_record
from selaras.core.access import Act, Actor
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.measurement.records import Spending
from selaras.core.snapshot import Narrative
from selaras.store import models as tables
from selaras.store.rows import all_tables, shown, tidy
from selaras.store.snapshot import find_agency, records_of
from selaras.store.units import owner_of

LOW = "penyerapan_rendah"


def record_spending(
    by: Actor,
    *,
    agency: str,
    node: str,
    year: int,
    month: int,
    amount: Decimal | None,
    seen: str | None = None,
    reason: str = "",
) -> Spending | None:
    """Write down what was spent on a leaf of the tree in one month, in rupiah; None takes the amount back.

    `seen` is what the person saw in its place (`store.rows.shown` of the amount, empty for nothing). Raises
    Conflict, Refusal for a month that does not exist or a node with others below, NotAllowed and NotFound.
    """
    if amount is None:
        _erase(by, agency, node, year, month, seen, reason)
        return None
    _check_leaf(agency, node, year, month)
    given = Spending(node, year, month, amount)
    save_record(by, agency=agency, record=given, seen=None if seen is None else {"amount": seen}, reason=reason)
    return given


def explain_absorption(by: Actor, *, agency: str, year: int, node: str, text: str, reason: str = "") -> Narrative:
    """Add a paragraph that says why little of a line was spent; the report prints it beside the figures.

    It is kept as the narrative `penyerapan_rendah` and begins with the title of the line. Raises Refusal for an
    empty text, NotAllowed and NotFound.
    """
    unit = owner_of(agency, node)
    with traced(by, action="menjelaskan penyerapan", agency=agency, act=Act.EXPLAIN, unit=unit) as trace:
        pk, _ = find_agency(agency)
        title = tables.Node.objects.filter(agency_id=pk, code=node).values_list("title", flat=True).first()
        if title is None:
            raise NotFound(f"Rincian {node} tidak ditemukan pada instansi {agency}.")
        if not text.strip():
            raise Refusal("Penjelasan belum diisi.", Fault("sebab penyerapan rendah kosong", expected="satu kalimat"))
        table = all_tables()[Narrative]
        orders = [item.order for item in records_of(table, pk, year) if item.section == LOW]
        words = text.strip() if title.casefold() in text.casefold() else f"{title}: {text.strip()}"
        given = Narrative(year, LOW, max(orders, default=0) + 1, words)
        load = Loading(pk, history=trace.changed, reason=reason)
        sheet = SheetLoading(load, table)
        sheet.write(list(sheet.sound([given])))
        if load.faults:
            raise Refusal("Penjelasan tidak disimpan.", *load.faults)
        trace.changed(*history_key(table, given), "", "", "baru", reason)
        trace["record"] = name_of(table, given)
    return given


def _erase(by: Actor, agency: str, node: str, year: int, month: int, seen: str | None, reason: str) -> None:
    table = all_tables()[Spending]
    row = tables.Spending.objects.filter(agency__code=agency, node__code=node, year=year, month=month).first()
    if row is None:
        if seen:
            raise Conflict("Angka ini sudah dihapus orang lain.", Clash(header_of(table, "amount"), seen, "", ""))
        return
    stands = shown(tidy(row.amount))
    if seen is not None and seen != stands:
        raise Conflict(
            "Angka ini sudah diubah orang lain sejak Anda membukanya.",
            Clash(header_of(table, "amount"), seen, stands, ""),
        )
    remove_record(by, agency=agency, record=Spending(node, year, month, row.amount), reason=reason)


def _check_leaf(agency: str, node: str, year: int, month: int) -> None:
    """Money is booked at the lowest level only, so that sums upward count it once."""
    if not 1 <= month <= 12:
        raise Refusal(f"Bulan {month} tidak ada.", Fault("bulan tidak ada", read=str(month), expected="1 sampai 12"))
    below = tables.Node.objects.filter(agency__code=agency, parent__code=node)
    if below.exists():
        raise Refusal(
            f"Realisasi anggaran {node} tidak dicatat.",
            Fault(
                "rincian ini masih mempunyai rincian di bawahnya", read=node, expected="tingkat terendah",
                remedy=f"Isi pada rincian di bawahnya; jumlah tahun {year} dihitung ke atas.",
            ),
        )  # fmt: skip
