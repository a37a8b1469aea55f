"""Taking one amount of an old report over: of which programme it is, the budget line or spending it becomes.

What the report prints for a whole year becomes one amount: a budget line of the version in force, or spending booked on
December. Where finer amounts are stored they stand, and the printed one is only held against their sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from selaras.actions._many import key_of, store_many
from selaras.actions.audit import Trace
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.measurement.records import Spending
from selaras.core.numerals import NumberHint, format_number, read_amount
from selaras.core.planning import BudgetLine, BudgetVersion, FundSource
from selaras.review.likeness import bare
from selaras.store import models as tables
from selaras.store.models import HistoryReading
from selaras.store.old_budgets import BUDGET, Line, stored_in

DECEMBER = 12
FROM_REPORT = "LAPORAN"
"""The code of the budget version that is made for a year of which none is stored."""


def bare_names(names: Mapping[int, Sequence[str]]) -> dict[int, list[str]]:
    """Names without the word of their level in front, as wordings of reports are compared with them."""
    return {pk: [bare(name) for name in each] for pk, each in names.items()}


def amount_for(text: str) -> Decimal:
    """A figure as an amount of rupiah. Raises Refusal, UnreadableNumber and AmbiguousNumber."""
    amount = read_amount(text, hint=NumberHint.RUPIAH)
    if amount is None:
        raise Refusal(
            "Angkanya kosong.", Fault("tidak ada angka", read=text, remedy="Isi angkanya, atau tolak bacaan ini.")
        )
    return amount


def node_of(reading: HistoryReading, code: str) -> str:
    """The code of the node that an amount is of; the choice is kept with the reading. Raises NotFound and Refusal."""
    rows = tables.Node.objects.filter(agency_id=reading.case.agency_id)
    found = (rows.filter(code=code) if code else rows.filter(pk=reading.node_id or 0)).values_list("pk", "code").first()
    if found is None and code:
        raise NotFound(f"Rincian {code} tidak ditemukan pada instansi {reading.case.agency.code}.")
    if found is None:
        raise Refusal(
            "Program atau kegiatannya belum dipilih.",
            Fault("rincian kosong", read=reading.wording, remedy="Pilih program, kegiatan, atau subkegiatannya."),
        )
    reading.node_id = found[0]
    return str(found[1])


def amount_taken_over(
    trace: Trace, reading: HistoryReading, node: str, amount: Decimal, source: str, *, fund: str, overwrite: bool
) -> None:
    """Write the amount as budget or spending of its year; `fund` is the source of a new budget line.

    Raises Conflict where another amount stands, Refusal where finer amounts stand or the line cannot be told. Call
    inside a transaction.
    """
    agency, year = reading.case.agency, reading.year
    stored = stored_in(agency.pk, [year])[year]
    held = stored.of(reading.role, reading.node_id or 0)
    total = sum((line.amount for line in held), Decimal(0))
    if held and total == amount:
        return
    told = f"{_capital(reading.role)} {node} tahun {year}"
    if len(held) > 1 or tables.Node.objects.filter(agency_id=agency.pk, parent=reading.node_id).exists():
        _refuse_finer(told, amount, held, total)
    if held and not overwrite:
        raise Conflict(
            f"{told} sudah tercatat {format_number(total)}. Pilih mana yang benar; tidak ada yang ditimpa.",
            Clash(told, "", format_number(total), format_number(amount)),
        )
    given: Any
    if reading.role == BUDGET:
        version = held[0].version if held else _version(trace, reading, source)
        given = BudgetLine(version, year, node, amount, FundSource(held[0].source if held else _fund(reading, fund)))
    else:
        given = Spending(node, year, held[0].month if held else DECEMBER, amount)
    reasons = {key_of(given): f"Dari {source}."}
    store_many(trace, agency.pk, agency.code, type(given), given=[given], field="amount", reasons=reasons)


def _refuse_finer(told: str, amount: Decimal, held: Sequence[Line], total: Decimal) -> None:
    """The printed amount is a sum of finer ones, which a report does not tell."""
    raise Refusal(
        f"{told} tidak dapat ditetapkan dari sini.",
        Fault(
            "jumlah rincian di bawahnya berbeda" if held else "rincian ini masih mempunyai rincian di bawahnya",
            read=format_number(amount), expected=format_number(total) if held else "tingkat terendah",
            remedy="Tetapkan angka rincian di bawahnya, atau tolak bacaan ini; jumlah ke atas dihitung.",
        ),
    )  # fmt: skip


def _version(trace: Trace, reading: HistoryReading, source: str) -> str:
    """The version of the year's budget in force; one is made where the year has none."""
    agency, year = reading.case.agency, reading.year
    rows = tables.BudgetVersion.objects.filter(agency_id=agency.pk, year=year)
    code = rows.order_by("-order", "-code").values_list("code", flat=True).first()
    if code is not None:
        return str(code)
    made = BudgetVersion(FROM_REPORT, year, f"Anggaran menurut laporan {year}", reason=f"Dari {source}.")
    store_many(trace, agency.pk, agency.code, BudgetVersion, given=[made], reasons={key_of(made): made.reason})
    return FROM_REPORT


def _fund(reading: HistoryReading, fund: str) -> str:
    """The source of a budget: as chosen, else the only one that the agency's budgets have."""
    known = {source.value for source in FundSource}
    if fund:
        if fund not in known:
            raise NotFound(f"Sumber dana {fund} tidak ada.")
        return fund
    rows = tables.BudgetLine.objects.filter(agency_id=reading.case.agency_id)
    used = set(rows.order_by().values_list("source", flat=True).distinct())
    if len(used) != 1:
        raise Refusal(
            "Sumber dananya belum dipilih.",
            Fault("sumber dana kosong", read=reading.wording, expected=", ".join(sorted(known)),
                  remedy="Pilih sumber dananya."),
        )  # fmt: skip
    return str(used.pop())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
