"""Findings that somebody has waived with a reason and a name: still visible, no longer counted.

The file stands beside the report, `LKJIP.pdf.pengecualian.toml`:

    [[pengecualian]]
    code = "AR01"
    quote = "92,48"          # or line = 630, page = 12; at least one of them
    reason = "Pembulatan sudah dijelaskan di catatan kaki."
    name = "Ketua tim reviu"
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from selaras.core.errors import Fault, Refusal
from selaras.core.finding import Finding
from selaras.core.place import Place

SUFFIX = ".pengecualian.toml"
TABLE = "pengecualian"
_TEXTS = ("code", "quote", "reason", "name")
_NUMBERS = ("line", "page")


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver: the rule's code, where (quotation, line or page), why, and who says so.

    `source` is the file for which it holds, where a report has several; empty means any.
    """

    code: str
    reason: str
    name: str
    quote: str = ""
    line: int | None = None
    page: int | None = None
    source: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is of this rule and stands at this place."""
        return finding.code == self.code and any(self._at(place) for place in finding.places)

    def where(self) -> str:
        """Its place as the file gives it: `“92,48”, halaman 12`."""
        spots = (
            self.quote and f"“{self.quote}”",
            self.line and f"baris {self.line}",
            self.page and f"halaman {self.page}",
        )
        return ", ".join(spot for spot in spots if spot)

    def _at(self, place: Place) -> bool:
        wanted = " ".join(self.quote.casefold().split())
        return (
            (not wanted or wanted in " ".join(place.quote.casefold().split()))
            and (self.line is None or self.line == place.line)
            and (self.page is None or self.page == place.page)
            and (not self.source or place.source in ("", self.source))
        )


def waivers(content: str, source: str) -> tuple[Waiver, ...]:
    """The waivers in the text of a file. Raises Refusal naming every entry that lacks code, place, reason or name.

    A part under another name is refused too: what is misspelt would otherwise waive nothing without a word.
    """
    try:
        read = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        fault = Fault("bukan TOML yang benar", Place(source=source), read=str(error))
        raise Refusal("Berkas pengecualian tidak dapat dibaca.", fault) from error
    entries = read.get(TABLE, [])
    faults = [
        Fault("bagian tidak dikenal", Place(source=source), read=key, expected=f"[[{TABLE}]]")
        for key in read
        if key != TABLE
    ]
    if not isinstance(entries, list):
        raise Refusal(
            "Berkas pengecualian ditolak.",
            Fault(f"{TABLE} bukan daftar", Place(source=source), expected=f"[[{TABLE}]]"),
        )
    faults += [fault for number, entry in enumerate(entries, 1) for fault in _faults(entry, source, number)]
    if faults:
        raise Refusal("Berkas pengecualian ditolak.", *faults)
    return tuple(Waiver(**entry) for entry in entries)


def divided(
    findings: Sequence[Finding], given: Sequence[Waiver]
) -> tuple[tuple[Finding, ...], tuple[tuple[Finding, Waiver], ...], tuple[Waiver, ...]]:
    """Findings that stand, findings that are waived with their waiver, and waivers that cover nothing any more."""
    stand, waived = [], []
    for finding in findings:
        waiver = next((item for item in given if item.covers(finding)), None)
        if waiver is None:
            stand.append(finding)
        else:
            waived.append((finding, waiver))
    used = {id(waiver) for _, waiver in waived}
    return (
        tuple(stand),
        tuple(waived),
        tuple(item for item in given if id(item) not in used and not any(item.covers(finding) for finding in findings)),
    )


def _faults(entry: Any, source: str, number: int) -> list[Fault]:
    place = Place(source=source, record=f"{TABLE} {number}")
    if not isinstance(entry, dict):
        return [Fault("isian bukan tabel", place)]
    faults = [
        Fault(f"{key} kosong", place, expected="teks", remedy="Isi dengan kata-kata.")
        for key in ("code", "reason", "name")
        if not str(entry.get(key, "")).strip()
    ]
    if not any(entry.get(key) for key in ("quote", *_NUMBERS)):
        faults.append(Fault("tempat tidak disebut", place, expected="quote, line, atau page"))
    faults += [Fault("isian tidak dikenal", place, read=key) for key in entry if key not in (*_TEXTS, *_NUMBERS)]
    faults += [
        Fault(f"{key} bukan teks", place, read=str(entry[key]))
        for key in _TEXTS
        if key in entry and not isinstance(entry[key], str)
    ]
    faults += [
        Fault(f"{key} bukan bilangan bulat", place, read=str(entry[key]))
        for key in _NUMBERS
        if key in entry and type(entry[key]) is not int
    ]
    return faults
