"""How findings are told to people: the kinds of the catalogue in Indonesian, and several places in few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from selaras.core.finding import Finding
from selaras.core.place import Place

KINDS: dict[str, str] = {
    "arithmetic": "hitungan keliru", "rounding": "pembulatan", "sum": "penjumlahan",
    "text-vs-table": "kalimat berbeda dari tabel", "terbilang": "terbilang", "progress-figure": "tingkat kemajuan",
    "count-mismatch": "jumlah yang disebut", "headcount": "jumlah pegawai", "cross-table": "angka berbeda antartabel",
    "swapped-labels": "nama tertukar", "indicator-mismatch": "indikator berbeda", "unit-mismatch": "satuan berbeda",
    "mislabelled-column": "judul kolom keliru", "narrative-contradiction": "narasi bertentangan dengan angka",
    "missing-evidence": "penjelasan atau bukti kurang", "suspicious-pattern": "pola mencurigakan",
    "wrong-agency": "nama instansi lain", "wrong-period": "tahun atau periode keliru", "legal-basis": "dasar hukum",
    "naming": "penamaan", "toc-mismatch": "daftar isi", "list-of-tables": "daftar tabel",
    "broken-reference": "rujukan terputus", "duplicate-numbering": "nomor ganda",
    "broken-numbering": "nomor meloncat", "missing-element": "bagian yang kurang",
    "misplaced-content": "isi salah tempat", "scale-gap": "celah skala", "duplicate-content": "isi berulang",
    "incomplete-text": "kalimat tidak selesai", "format": "penulisan angka", "typo": "ejaan",
    "extraction-artefact": "sisa pengubahan berkas",
}  # fmt: skip
"""The words of the catalogue of rules, as people say them; machines get the words of the catalogue themselves."""

MOST_PLACES = 4


def kind_word(kind: str) -> str:
    """The kind in Indonesian; a kind that nobody has translated stands for itself."""
    return KINDS.get(kind, kind)


def where(places: Iterable[Place], *, own: str = "", most: int = MOST_PLACES) -> str:
    """Several places in few words, `hlm. 24, Tabel 10, baris 7, 8; hlm. 29, Tabel 11`; the file only if it is not `own`.

    Rows of one table on one page are named together. What exceeds `most` is counted.
    """
    spots: dict[str, list[Place]] = {}
    for place in places:
        spots.setdefault(_page_of(place, own), []).append(place)
    told = [_spot(head, inside) for head, inside in spots.items()]
    shown = [spot for spot in told if spot]
    rest = len(shown) - most
    return "; ".join(shown[:most]) + (f"; dan {rest} tempat lain" if rest > 0 else "")


def all_places(finding: Finding) -> tuple[Place, ...]:
    """The places of a finding and of what follows from it, each once."""
    found = dict.fromkeys(finding.places)
    for each in finding.consequences:
        found |= dict.fromkeys(all_places(each))
    return tuple(found)


def told(finding: Finding) -> list[str]:
    """What a finding says besides its message, in sentences: the arithmetic, if the message lacks it, and consequences."""
    parts = [finding.arithmetic] if finding.arithmetic and finding.arithmetic not in finding.message else []
    return parts + [f"Akibatnya juga: {each.message}" for each in finding.consequences]


def _page_of(place: Place, own: str) -> str:
    parts = [place.source if place.source != own else ""]
    parts += [f"lembar {place.sheet}" if place.sheet else ""]
    parts += [f"hlm. {place.page}" if place.page is not None else ""]
    parts += [f"baris teks {place.line}" if place.line is not None and place.page is None else ""]
    parts += [place.table if place.table != place.sheet else "", place.record]
    return ", ".join(part for part in parts if part)


def _spot(head: str, inside: Sequence[Place]) -> str:
    cells = list(dict.fromkeys(place.cell for place in inside if place.cell))
    rows = list(dict.fromkeys(place.row for place in inside if place.row is not None))
    tail = ""
    if cells:
        tail = f"sel {', '.join(cells)}"
    elif len(rows) == 1 and len({place.column for place in inside}) == 1:
        tail = replace(inside[0], source="", sheet="", page=None, line=None, table="", record="").sentence()
    elif rows:
        tail = f"baris {', '.join(str(row) for row in sorted(rows))}"
    return ", ".join(part for part in (head, tail) if part)
