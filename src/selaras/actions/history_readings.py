"""Figures of old reports: gathered from what was read, then confirmed, corrected or refused by a person, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils import timezone

from selaras.actions._old_budgets import amount_for, amount_taken_over, node_of
from selaras.actions._old_figures import gathered, source_of, taken_over, value_for
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.numerals import format_number
from selaras.core.planning import Indicator
from selaras.store.models import HistoryReading, ReviewCase
from selaras.store.models.work import ReadingState
from selaras.store.old_budgets import MONEY
from selaras.store.reviews import foreign_name
from selaras.store.rows import all_tables

SETTLED = frozenset({ReadingState.CONFIRMED.value, ReadingState.CORRECTED.value})


def gather_figures(by: Actor, *, agency: str, case: int) -> int:
    """Lay out the figures that were read from a report, to be confirmed; returns how many. A second time adds none.

    Raises Refusal while the report is not read, NotAllowed and NotFound.
    """
    with traced(by, action="mengumpulkan angka laporan lama", agency=agency, act=Act.CONFIRM_HISTORY) as trace:
        rows = ReviewCase.objects.select_related("agency").select_for_update(of=("self",))
        row = rows.filter(agency__code=agency, pk=case).first()
        if row is None:
            raise NotFound("Laporan ini tidak ditemukan.")
        if "claims" not in row.result:
            raise Refusal("Laporan ini belum selesai dibaca.", Fault("laporan belum dibaca", read=row.state))
        made = [] if row.readings.exists() else gathered(row, row.result["claims"])
        HistoryReading.objects.bulk_create(made)
        trace |= {"case": case, "figures": len(made)}
    return len(made)


def take_figure(
    by: Actor,
    *,
    agency: str,
    reading: int,
    indicator: str = "",
    node: str = "",
    fund: str = "",
    value: str = "",
    overwrite: bool = False,
    seen: str | None = None,
) -> HistoryReading:
    """Take one figure over as target, realisation, budget or spending of its year: as it was read, or as `value` says.

    `indicator` is the code of the indicator that it is of, `node` that of the programme, activity or sub-activity of an
    amount; without it, the suggested one. `fund` is the source of a budget, where the agency has several. Another value
    that stands there is a Conflict unless `overwrite`; so is a figure that somebody else settled since the person saw it
    (`seen`, its state). Raises Refusal for a value that does not fit, NotAllowed and NotFound.
    """
    with _reading(by, agency, reading, "menetapkan angka laporan lama") as (trace, row):
        _refuse_foreign(row.case)
        _compare(row, seen)
        if row.role in MONEY:
            _take_amount(by, trace, row, node=node, fund=fund, value=value, overwrite=overwrite)
        else:
            _take(by, trace, row, indicator=indicator, value=value, overwrite=overwrite)
    return row


def take_figures(by: Actor, *, agency: str, case: int, readings: Sequence[int]) -> tuple[int, tuple[Fault, ...]]:
    """Take several figures over as they were read, each for its suggested indicator; how many, and what was left and why.

    A figure that is settled, has no suggestion, is printed with several values, or meets another stored value is left
    for a person to look at. Raises NotAllowed and NotFound.
    """
    left: list[Fault] = []
    count = 0
    with traced(
        by, action="menetapkan angka laporan lama bersama-sama", agency=agency, act=Act.CONFIRM_HISTORY
    ) as trace:
        rows = HistoryReading.objects.select_related("case__agency", "suggested").filter(
            case__agency__code=agency, case=case, pk__in=list(readings)
        )
        if not rows:
            raise NotFound("Bacaan ini tidak ditemukan.")
        _refuse_foreign(rows[0].case)
        for row in rows.select_for_update(of=("self",)):
            problem = _why_alone(row)
            if not problem:
                try:
                    if row.role in MONEY:
                        _take_amount(by, trace, row, node="", fund="", value="", overwrite=False)
                    else:
                        _take(by, trace, row, indicator="", value="", overwrite=False)
                except Refusal as refusal:
                    problem = refusal.message
            if problem:
                left.append(Fault(f"{row.wording}, {row.role} {row.year}: {problem}", read=row.read))
            else:
                count += 1
        trace |= {"case": case, "taken": count, "left": len(left)}
    return count, tuple(left)


def accept_origin(by: Actor, *, agency: str, case: int, reason: str) -> ReviewCase:
    """Say that a report that names another agency is ours all the same: an older name, or the agency above.

    Before that none of its figures is taken over. Raises Refusal without a reason, NotAllowed and NotFound.
    """
    with traced(by, action="mengakui laporan lama", agency=agency, act=Act.CONFIRM_HISTORY) as trace:
        row = ReviewCase.objects.select_for_update().filter(agency__code=agency, pk=case).first()
        if row is None:
            raise NotFound("Laporan ini tidak ditemukan.")
        if not reason.strip():
            fault = Fault("alasan kosong", remedy="Tulis mengapa angka laporan ini milik instansi Anda.")
            raise Refusal("Alasan belum ditulis.", fault)
        foreign = foreign_name(row)
        if foreign:
            row.result = row.result | {"accepted": {"by": by.name, "reason": reason.strip()}}
            row.save(update_fields=("result",))
            trace.changed("ReviewCase", str(row.pk), "Instansi laporan", foreign, "diakui", reason.strip())
        trace["case"] = row.pk
    return row


def refuse_figure(by: Actor, *, agency: str, reading: int, reason: str = "", seen: str | None = None) -> HistoryReading:
    """Say that a figure is not to be taken over: misread, of no indicator of ours, or wrong in the report.

    Raises Conflict as `take_figure` does, Refusal for a figure that was taken over, NotAllowed and NotFound.
    """
    with _reading(by, agency, reading, "menolak angka laporan lama") as (trace, row):
        _compare(row, seen)
        if row.state in SETTLED:
            raise Refusal(f"Angka ini sudah {row.state}; ubah nilainya pada pengukuran atau perencanaan.")
        _settle(by, trace, row, ReadingState.REFUSED, "", reason.strip())
    return row


def reconsider_figure(by: Actor, *, agency: str, reading: int) -> HistoryReading:
    """Let a refused figure wait again. Raises Refusal for one that was not refused, NotAllowed and NotFound."""
    with _reading(by, agency, reading, "mempertimbangkan lagi angka laporan lama") as (trace, row):
        if row.state != ReadingState.REFUSED.value:
            raise Refusal("Hanya angka yang ditolak dapat dipertimbangkan lagi.")
        _settle(by, trace, row, ReadingState.WAITING, "", "")
    return row


def _refuse_foreign(row: ReviewCase) -> None:
    """Refuse to take over what another agency reported."""
    foreign = foreign_name(row)
    if foreign:
        fault = Fault(
            "laporan instansi lain", read=foreign, expected=row.agency.name,
            remedy="Periksa berkasnya. Bila memang laporan instansi Anda, nyatakan dahulu dengan alasannya.",
        )  # fmt: skip
        raise Refusal("Laporan ini menyebut instansi lain; angkanya tidak diambil.", fault)


@contextmanager
def _reading(by: Actor, agency: str, reading: int, action: str) -> Iterator[tuple[Trace, HistoryReading]]:
    with traced(by, action=action, agency=agency, act=Act.CONFIRM_HISTORY) as trace:
        rows = HistoryReading.objects.select_related("case__agency", "suggested").select_for_update(of=("self",))
        row = rows.filter(case__agency__code=agency, pk=reading).first()
        if row is None:
            raise NotFound("Bacaan ini tidak ditemukan.")
        yield trace, row


def _take(by: Actor, trace: Trace, row: HistoryReading, *, indicator: str, value: str, overwrite: bool) -> None:
    if row.state in SETTLED:
        raise Refusal(f"Angka ini sudah {row.state} oleh {row.by}.")
    definition = _indicator(row, indicator)
    shown = str(row.place.get("shown") or row.read)
    read = value_for(definition, value or shown, printed=not value)
    is_same = not value or value.strip() in {shown, row.read.strip()} or _same(definition, shown, read)
    taken_over(by, trace, row, definition, read, overwrite=overwrite)
    state = ReadingState.CONFIRMED if is_same else ReadingState.CORRECTED
    _settle(by, trace, row, state, read.shown(), f"Dari {source_of(row)}.")
    trace |= {"indicator": definition.code, "value": read.shown()}


def _take_amount(
    by: Actor, trace: Trace, row: HistoryReading, *, node: str, fund: str, value: str, overwrite: bool
) -> None:
    if row.state in SETTLED:
        raise Refusal(f"Angka ini sudah {row.state} oleh {row.by}.")
    code = node_of(row, node)
    shown = str(row.place.get("shown") or row.read)
    read, given = amount_for(shown), amount_for(value or shown)
    source = source_of(row)
    amount_taken_over(trace, row, code, given, source, fund=fund, overwrite=overwrite)
    state = ReadingState.CONFIRMED if given == read else ReadingState.CORRECTED
    _settle(by, trace, row, state, format_number(given), f"Dari {source}.")
    trace |= {"node": code, "value": format_number(given)}


def _same(definition: Indicator, shown: str, given: object) -> bool:
    try:
        return value_for(definition, shown, printed=True) == given
    except Refusal:
        return False


def _indicator(row: HistoryReading, code: str) -> Indicator:
    """The indicator that a figure is of; the choice is kept with the figure. Raises NotFound and Refusal."""
    table = all_tables()[Indicator]
    rows = table.rows.filter(agency_id=row.case.agency_id)
    rows = rows.filter(code=code) if code else rows.filter(pk=row.suggested_id)
    found = rows.values_list("pk", *table.paths).first()
    if found is None and code:
        raise NotFound(f"Indikator {code} tidak ditemukan pada instansi {row.case.agency.code}.")
    if found is None:
        raise Refusal(
            "Indikatornya belum dipilih.", Fault("indikator kosong", read=row.wording, remedy="Pilih indikatornya.")
        )
    row.suggested_id = found[0]
    definition: Indicator = table.record_of(found[1:])
    return definition


def _settle(by: Actor, trace: Trace, row: HistoryReading, state: ReadingState, settled: str, reason: str) -> None:
    trace.changed("HistoryReading", f"{row.case_id} bacaan {row.pk}", "Keadaan", row.state, state.value, reason)
    row.state, row.settled, row.by, row.at = state.value, settled, by.name, timezone.now()
    row.save(update_fields=("state", "settled", "by", "at", "suggested", "node"))
    trace |= {"case": row.case_id, "reading": row.pk, "state": state.value}


def _compare(row: HistoryReading, seen: str | None) -> None:
    if seen is not None and row.state != seen:
        raise Conflict(
            f"Angka ini sudah {row.state} oleh {row.by}.", Clash("Keadaan", seen, row.state, ""), by=row.by,
            at=row.at.isoformat() if row.at else "",
        )  # fmt: skip


def _why_alone(row: HistoryReading) -> str:
    if row.state != ReadingState.WAITING.value:
        return f"sudah {row.state}"
    if row.role in MONEY and row.node_id is None:
        return "program atau kegiatannya belum dikenali"
    if row.role not in MONEY and row.suggested_id is None:
        return "indikatornya belum dikenali"
    return "" if row.place.get("agrees") else "laporan memuat angka yang berbeda-beda"
