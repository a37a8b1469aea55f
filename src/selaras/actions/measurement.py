"""Realisations on their way: recorded, submitted, verified or returned, locked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from selaras.actions._bound import refuse_bound
from selaras.actions._notices import tell
from selaras.actions._row_faults import faults_of_digits
from selaras.actions.audit import Trace, traced
from selaras.core.access import Act, Actor, may_by_position
from selaras.core.errors import Clash, Conflict, Fault, NotAllowed, NotFound, Refusal
from selaras.core.measurement.aggregate import faults_of
from selaras.core.measurement.records import TRANSITIONS, Progress, Realisation
from selaras.core.period import Period
from selaras.core.place import Place
from selaras.core.planning import Indicator
from selaras.core.reporting.entry import Entry
from selaras.core.value import Value
from selaras.store.measuring import figures_of, limits_of, load_indicators
from selaras.store.models import User
from selaras.store.rows import Table, all_tables, key_text, pack_value
from selaras.store.snapshot import find_agency
from selaras.store.units import of_indicator


def record_realisation(
    by: Actor,
    *,
    agency: str,
    indicator: str,
    period: Period,
    value: Value | None = None,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
    note: str = "",
    seen: str | None = None,
    reason: str = "",
) -> Realisation:
    """Write down the realised value of an indicator in a period, as a draft; a draft may be written anew.

    Give the value, or numerator and denominator. `seen` is what the person saw in its place (`Realisation.told`); if somebody
    else wrote another value meanwhile, nothing is changed. Raises Conflict then, Refusal with every fault of the
    entry (a typed percentage that is not the quotient, another kind of value), NotAllowed, NotFound.
    """
    given = Realisation(indicator, period, value, numerator, denominator, entered_by=by.name, note=note)
    with _traced(by, Act.MEASURE, "mencatat realisasi", agency, indicator) as details:
        refuse_bound(agency, indicator, period)
        agency_pk, indicator_pk, definition = _find_indicator(agency, indicator)
        faults = [*faults_of_digits(_realisations(), given), *faults_of(definition, given)]
        if value is None and numerator is None and denominator is None:
            faults.append(
                Fault("tidak ada nilai yang diisi", given.place, remedy="Isi nilai atau pembilang dan penyebut.")
            )
        if faults:
            raise Refusal(f"Realisasi {indicator} {period.name} tidak dicatat.", *faults)
        table = _realisations()
        key = {"indicator_id": indicator_pk, **dict(zip(("year", "span", "index"), _packed(period), strict=True))}
        old = table.rows.filter(agency_id=agency_pk, **key).select_for_update(of=("self",)).first()
        if old is not None and old.status != Progress.DRAFT.value:
            raise Refusal(f"Realisasi {indicator} {period.name} sudah {old.status}; kembalikan dahulu menjadi draf.")
        stands = _stored(agency, indicator, period).told() if old is not None else ""
        if seen is not None and seen != stands and stands != given.told():
            raise Conflict(
                f"Realisasi {indicator} {period.name} sudah diubah oleh {old.entered_by if old else 'orang lain'}.",
                Clash("Realisasi", seen, stands, given.told()),
                by=old.entered_by if old else "",
            )
        columns = dict(zip(_value_columns(), pack_value(value), strict=True))
        columns |= {"numerator": numerator, "denominator": denominator, "note": note, "entered_by": by.name}
        columns |= {"status": Progress.DRAFT.value, "verified_by": ""}
        note_before = old.note if old is not None else ""
        table.rows.update_or_create(agency_id=agency_pk, **key, defaults=columns)
        details |= {"indicator": indicator, "period": period.name, "before": stands, "after": given.told()}
        _remember(details, given, "Realisasi", stands, given.told(), reason)
        _remember(details, given, "Catatan", note_before, note, reason)
    return _stored(agency, indicator, period)


def erase_realisation(
    by: Actor, *, agency: str, indicator: str, period: Period, seen: str | None = None, reason: str = ""
) -> None:
    """Take back what was entered for a period, as long as it is a draft; its history stays.

    `seen` as for `record_realisation`. Raises Conflict, Refusal, NotAllowed, NotFound.
    """
    with _traced(by, Act.MEASURE, "menghapus realisasi", agency, indicator) as details:
        refuse_bound(agency, indicator, period)
        old = _stored(agency, indicator, period)
        if old.status is not Progress.DRAFT:
            raise Refusal(f"Realisasi {indicator} {period.name} sudah {old.status}; kembalikan dahulu menjadi draf.")
        if seen is not None and seen != old.told():
            raise Conflict(
                f"Realisasi {indicator} {period.name} sudah diubah oleh {old.entered_by or 'orang lain'}.",
                Clash("Realisasi", seen, old.told(), ""),
                by=old.entered_by,
            )
        _rows_at(agency, indicator, period).delete()
        details |= {"indicator": indicator, "period": period.name, "before": old.told(), "after": ""}
        _remember(details, old, "Realisasi", old.told(), "", reason)
        _remember(details, old, "Catatan", old.note, "", reason)


def submit_realisation(by: Actor, *, agency: str, indicator: str, period: Period) -> Realisation:
    """Submit a draft for verification; a missed or far exceeded target must be explained first.

    Raises Refusal if it is no draft or an explanation is missing, NotAllowed, NotFound.
    """
    with _traced(by, Act.MEASURE, "mengajukan realisasi", agency, indicator) as details:
        moved = _move(agency, indicator, period, Progress.SUBMITTED, details)
        _demand_explanation(agency, indicator, period)
        return moved


def verify_realisation(by: Actor, *, agency: str, indicator: str, period: Period) -> Realisation:
    """Verify a submitted realisation; who entered it may not. Raises Refusal, NotAllowed, NotFound."""
    with _traced(by, Act.VERIFY, "memverifikasi realisasi", agency, indicator) as details:
        if _stored(agency, indicator, period).entered_by.casefold().strip() == by.name.casefold().strip():
            raise NotAllowed(f"{by.name} mengisi nilai ini sendiri; verifikasi harus dilakukan orang lain.")
        return _move(agency, indicator, period, Progress.VERIFIED, details, verified_by=by.name)


def return_realisation(by: Actor, *, agency: str, indicator: str, period: Period, note: str) -> Realisation:
    """Give a submitted or verified realisation back as a draft, with a note that says why.

    Raises Refusal if the note is empty or the state does not allow it, NotAllowed, NotFound.
    """
    if not note.strip():
        raise Refusal("Pengembalian memerlukan catatan: tuliskan apa yang harus diperbaiki.")
    with _traced(by, Act.VERIFY, "mengembalikan realisasi", agency, indicator) as details:
        details["note"] = note
        before = _stored(agency, indicator, period).note
        moved = _move(agency, indicator, period, Progress.DRAFT, details, verified_by="", note=note)
        _remember(details, moved, "Catatan", before, note, "")
        people = User.objects.filter(name=moved.entered_by) if moved.entered_by else ()
        told = f"Realisasi {indicator} {period.name} dikembalikan oleh {by.name}: {note}"
        tell(by, people, text=told, url=_page_of(agency, moved), agency=agency, topic="pengukuran")
        return moved


def lock_realisation(by: Actor, *, agency: str, indicator: str, period: Period) -> Realisation:
    """Lock a verified realisation; from then on it cannot change. Raises Refusal, NotAllowed, NotFound."""
    with _traced(by, Act.VERIFY, "mengunci realisasi", agency, indicator) as details:
        return _move(agency, indicator, period, Progress.LOCKED, details)


def _demand_explanation(agency: str, indicator: str, period: Period) -> None:
    """Refuse a value whose target is missed or far exceeded as long as nobody has written why."""
    figures = figures_of(load_indicators(agency, period.year, {indicator}))
    entry = Entry(figures, figures.indicators[indicator], period, limits_of(period.year))
    if entry.need is None or entry.is_explained:
        return
    raise Refusal(
        f"Realisasi {indicator} {period.name} belum diajukan: {entry.need} ({entry.achievement.shown()}), penjelasannya belum ada.",
        Fault(
            "penjelasan capaian belum diisi", Place(record=key_text((indicator, period))),
            expected="sebab yang ditulis dalam penjelasan" + ("" if entry.is_year else " atau catatan"),
            remedy="Tuliskan sebabnya, lalu ajukan kembali.",
        ),
    )  # fmt: skip


def _page_of(agency: str, realisation: Realisation) -> str:
    """The address of the page of one realisation."""
    period = realisation.period
    return (
        f"/i/{_part(agency)}/{period.year}/pengukuran/{_part(realisation.indicator)}/"
        f"{period.span.value}/{period.index}/"
    )


def _part(code: str) -> str:
    """A code as it stands in an address of ours (`web.gate.CodeConverter`)."""
    text = quote(code, safe="").replace("~", "%7E")
    return (text if text.strip(".") else text.replace(".", "%2E")).replace("%", "~")


@contextmanager
def _traced(by: Actor, act: Act, action: str, agency: str, indicator: str) -> Iterator[Trace]:
    """The act on one indicator: allowed by role, or, for entering, to the holder of the responsible position."""
    unit, responsible = of_indicator(agency, indicator)
    is_duty = may_by_position(by, act, agency, responsible)
    with traced(by, action=action, agency=agency, act=None if is_duty else act, unit=unit) as trace:
        yield trace


def _move(agency: str, indicator: str, period: Period, to: Progress, details: Trace, **columns: str) -> Realisation:
    """Take a realisation to another state, if that is one of the next; call inside a transaction."""
    row = _rows_at(agency, indicator, period).select_for_update(of=("self",)).values_list("pk", "status").first()
    if row is None:
        raise _unknown(agency, indicator, period)
    before = Progress(row[1])
    if to not in TRANSITIONS[before]:
        allowed = ", ".join(sorted(TRANSITIONS[before])) or "tidak ada"
        raise Refusal(
            f"Realisasi {indicator} {period.name} berstatus {before}, tidak dapat menjadi {to}. "
            f"Status berikutnya yang dapat dipilih: {allowed}."
        )
    _realisations().rows.filter(pk=row[0]).update(status=to.value, **columns)
    moved = Realisation(indicator, period)
    _remember(details, moved, "Status", before.value, to.value, columns.get("note", ""))
    details |= {"indicator": indicator, "period": period.name, "before": before.value, "after": to.value}
    return _stored(agency, indicator, period)


def _remember(trace: Trace, given: Realisation, field: str, before: str, after: str, reason: str) -> None:
    """Put one field of a realisation into its history, if it changed."""
    if before != after:
        trace.changed("Realisation", key_text((given.indicator, given.period)), field, before, after, reason)


def _stored(agency: str, indicator: str, period: Period) -> Realisation:
    """The realisation as it stands in the table. Raises NotFound."""
    table = _realisations()
    row = _rows_at(agency, indicator, period).values_list(*table.paths).first()
    if row is None:
        raise _unknown(agency, indicator, period)
    record: Realisation = table.record_of(row)
    return record


def _rows_at(agency: str, indicator: str, period: Period) -> Any:
    """The row of one indicator and period."""
    year, span, index = _packed(period)
    return _realisations().rows.filter(
        agency__code=agency, indicator__code=indicator, year=year, span=span, index=index
    )


def _find_indicator(agency: str, indicator: str) -> tuple[int, int, Indicator]:
    """The keys of an agency and its indicator, and the indicator. Raises NotFound."""
    agency_pk, _ = find_agency(agency)
    table = all_tables()[Indicator]
    row = table.rows.filter(agency_id=agency_pk, code=indicator).values_list("pk", *table.paths).first()
    if row is None:
        raise NotFound(f"Indikator {indicator} tidak ditemukan pada instansi {agency}.")
    return agency_pk, row[0], table.record_of(row[1:])


def _unknown(agency: str, indicator: str, period: Period) -> NotFound:
    """The refusal for a realisation that nobody entered."""
    return NotFound(f"Realisasi {indicator} {period.name} belum diisi pada instansi {agency}.")


def _realisations() -> Table:
    """The table of realisations."""
    return all_tables()[Realisation]


def _packed(period: Period) -> tuple[int, str, int]:
    """A period as its columns."""
    return period.year, period.span.value, period.index


def _value_columns() -> tuple[str, ...]:
    """The columns of the value."""
    return next(part.columns for part in _realisations().fields if part.name == "value")
