"""Realisations on their way: recorded, submitted, verified or returned, locked."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from selaras.actions._loading import faults_of_digits
from selaras.actions.audit import traced
from selaras.core.access import Actor, check_may_measure, check_may_verify
from selaras.core.errors import Fault, NotAllowed, NotFound, Refusal
from selaras.core.measurement.aggregate import faults_of
from selaras.core.measurement.records import TRANSITIONS, Progress, Realisation
from selaras.core.period import Period
from selaras.core.planning import Indicator
from selaras.core.value import Value
from selaras.store.rows import Table, all_tables, pack_value
from selaras.store.snapshot import find_agency


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
) -> Realisation:
    """Write down the realised value of an indicator in a period, as a draft; a draft may be written anew.

    Give the value, or numerator and denominator. Raises Refusal with every fault of the entry (a typed percentage
    that is not the quotient, another kind of value), NotAllowed, NotFound.
    """
    check_may_measure(by, agency)
    given = Realisation(indicator, period, value, numerator, denominator, entered_by=by.name, note=note)
    with traced(by, action="mencatat realisasi", agency=agency) as details:
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
        columns = dict(zip(_value_columns(), pack_value(value), strict=True))
        columns |= {"numerator": numerator, "denominator": denominator, "note": note, "entered_by": by.name}
        columns |= {"status": Progress.DRAFT.value, "verified_by": ""}
        before = "" if old is None else str(old.value.shown() if old.value else "")
        table.rows.update_or_create(agency_id=agency_pk, **key, defaults=columns)
        details |= {"indicator": indicator, "period": period.name, "before": before, "after": _told(given)}
    return _stored(agency, indicator, period)


def submit_realisation(by: Actor, *, agency: str, indicator: str, period: Period) -> Realisation:
    """Submit a draft for verification. Raises Refusal if it is no draft, NotAllowed, NotFound."""
    check_may_measure(by, agency)
    with traced(by, action="mengajukan realisasi", agency=agency) as details:
        return _move(agency, indicator, period, Progress.SUBMITTED, details)


def verify_realisation(by: Actor, *, agency: str, indicator: str, period: Period) -> Realisation:
    """Verify a submitted realisation; who entered it may not. Raises Refusal, NotAllowed, NotFound."""
    check_may_verify(by, agency)
    with traced(by, action="memverifikasi realisasi", agency=agency) as details:
        if _stored(agency, indicator, period).entered_by.casefold().strip() == by.name.casefold().strip():
            raise NotAllowed(f"{by.name} mengisi nilai ini sendiri; verifikasi harus dilakukan orang lain.")
        return _move(agency, indicator, period, Progress.VERIFIED, details, verified_by=by.name)


def return_realisation(by: Actor, *, agency: str, indicator: str, period: Period, note: str) -> Realisation:
    """Give a submitted or verified realisation back as a draft, with a note that says why.

    Raises Refusal if the note is empty or the state does not allow it, NotAllowed, NotFound.
    """
    check_may_verify(by, agency)
    if not note.strip():
        raise Refusal("Pengembalian memerlukan catatan: tuliskan apa yang harus diperbaiki.")
    with traced(by, action="mengembalikan realisasi", agency=agency) as details:
        details["note"] = note
        return _move(agency, indicator, period, Progress.DRAFT, details, verified_by="", note=note)


def lock_realisation(by: Actor, *, agency: str, indicator: str, period: Period) -> Realisation:
    """Lock a verified realisation; from then on it cannot change. Raises Refusal, NotAllowed, NotFound."""
    check_may_verify(by, agency)
    with traced(by, action="mengunci realisasi", agency=agency) as details:
        return _move(agency, indicator, period, Progress.LOCKED, details)


def _move(
    agency: str, indicator: str, period: Period, to: Progress, details: dict[str, Any], **columns: str
) -> Realisation:
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
    details |= {"indicator": indicator, "period": period.name, "before": before.value, "after": to.value}
    return _stored(agency, indicator, period)


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


def _told(given: Realisation) -> str:
    """What was entered, for the trail."""
    parts = [given.value.shown()] if given.value else []
    if given.numerator is not None:
        parts.append(f"{given.numerator} dari {given.denominator}")
    return "; ".join(parts)
