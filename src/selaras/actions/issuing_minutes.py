"""Minutes of meetings (berita acara): written and changed until they are signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from selaras.actions.audit import traced
from selaras.core.access import Act, Actor
from selaras.core.calendar import format_date
from selaras.core.errors import Clash, Conflict, Fault, NotFound, Refusal
from selaras.core.issuing.minutes import KIND
from selaras.core.issuing.stages import STANDING
from selaras.store.models import IssuedDocument, Minutes, Position
from selaras.store.snapshot import find_agency

LONGEST_TEXT = 20_000
LONGEST_LINE = 300
MOST_SIGNERS = 12
LONGEST_NUMBER = 120


def write_minutes(
    by: Actor,
    *,
    agency: str,
    number: str,
    title: str,
    held_on: date,
    place: str,
    text: str,
    signers: Sequence[str],
    minutes: int | None = None,
    seen: str | None = None,
) -> Minutes:
    """Write new minutes, or change those of row `minutes` as long as no version of them stands.

    `signers` are codes of positions in their order; `seen` the text that the person saw. Raises Refusal, Conflict if
    another text stands there now, NotAllowed, NotFound.
    """
    with traced(by, action="menulis berita acara", agency=agency, act=Act.ISSUE_DOCUMENT) as trace:
        pk, _ = find_agency(agency)
        words = text.replace("\r\n", "\n").strip()
        codes = tuple(dict.fromkeys(signers))
        faults = _faults(number, title, place, words, codes)
        known = set(Position.objects.filter(agency_id=pk, code__in=codes).values_list("code", flat=True))
        faults += [Fault("jabatan tidak dikenal", read=code) for code in codes if code not in known]
        if Minutes.objects.filter(agency_id=pk, number=number.strip()).exclude(pk=minutes or 0).exists():
            faults.append(Fault("nomor sudah dipakai", read=number.strip()))
        if faults:
            raise Refusal("Berita acara tidak disimpan.", *faults)
        row = _row(pk, minutes)
        if seen is not None and row.text not in {seen, words}:
            raise Conflict("Berita acara ini sudah diubah orang lain.", Clash("Isi", seen, row.text, words))
        _refuse_issued(pk, row)
        new: dict[str, Any] = {
            "number": number.strip(), "title": title.strip(), "held_on": held_on, "place": place.strip(),
            "signers": list(codes), "text": words, "year": held_on.year,
        }  # fmt: skip
        for field, label in (("number", "Nomor"), ("title", "Judul"), ("held_on", "Tanggal"), ("place", "Tempat"),
                             ("signers", "Penanda tangan"), ("text", "Isi")):  # fmt: skip
            before, after = _shown(getattr(row, field, "")) if row.pk else "", _shown(new[field])
            if before != after:
                trace.changed("Minutes", new["number"], label, before, after)
        for field, value in new.items():
            setattr(row, field, value)
        row.made_by = row.made_by or by.name
        row.save()
        trace["minutes"] = row.pk
    return row


def _row(agency: int, minutes: int | None) -> Minutes:
    if minutes is None:
        return Minutes(agency_id=agency)
    row = Minutes.objects.select_for_update().filter(agency_id=agency, pk=minutes).first()
    if row is None:
        raise NotFound("Berita acara ini tidak ditemukan.")
    return row


def _refuse_issued(agency: int, row: Minutes) -> None:
    standing = [state.value for state in STANDING]
    if (
        row.pk
        and IssuedDocument.objects.filter(agency_id=agency, kind=KIND, record=row.pk, state__in=standing).exists()
    ):
        raise Refusal(
            "Berita acara ini sudah diterbitkan.",
            Fault("isi terkunci", remedy="Tarik dokumennya dahulu, lalu ubah isinya."),
        )


def _faults(number: str, title: str, place: str, words: str, codes: tuple[str, ...]) -> list[Fault]:
    faults = []
    for label, value, longest in (("nomor", number, LONGEST_NUMBER), ("judul", title, LONGEST_LINE)):
        if not 0 < len(value.strip()) <= longest:
            faults.append(Fault(label, read=f"{len(value.strip())} huruf", expected=f"1 sampai {longest} huruf"))
    if len(place) > LONGEST_LINE:
        faults.append(Fault("tempat", read=f"{len(place)} huruf", expected=f"paling banyak {LONGEST_LINE} huruf"))
    if not 0 < len(words) <= LONGEST_TEXT:
        faults.append(Fault("isi", read=f"{len(words)} huruf", expected=f"1 sampai {LONGEST_TEXT} huruf"))
    if not 0 < len(codes) <= MOST_SIGNERS:
        faults.append(Fault("penanda tangan", read=str(len(codes)), expected=f"1 sampai {MOST_SIGNERS} jabatan"))
    return faults


def _shown(value: object) -> str:
    if isinstance(value, date):
        return format_date(value)
    return ", ".join(value) if isinstance(value, list) else str(value)
