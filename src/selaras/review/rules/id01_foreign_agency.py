"""Nama instansi lain berdiri di tempat laporan berbicara tentang instansinya sendiri.

Mengapa: nama instansi lain menandakan kalimat (dan mungkin angkanya) disalin dari laporan lain.
Peraturan: Permenpan-RB 53/2014, Lampiran III (reviu: keandalan informasi).
Salah: “Pagu anggaran KPU Kota Melati …” dalam laporan KPU Kota Mawar.
Benar: “Pagu anggaran KPU Kota Mawar …”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.citations import cited
from selaras.review.namesakes import strangers
from selaras.review.offices import Office, own_office, registered
from selaras.review.prose import any_of, around, cut, everything, fold, quoted
from selaras.review.report import Report

CODE = "ID01"
KINDS = ("wrong-agency",)
_NAME = r"(?:Kota|Kabupaten|Kab\.|Provinsi|Prov\.)\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2}"
_COMPARED = any_of(["dibanding(?:kan)?", "perbandingan"])
_BESIDE = any_of(
    [
        "studi",
        "kunjungan",
        "kerja ?sama",
        "bersama",
        "koordinasi",
        "peringkat",
        "contoh",
        "replikasi",
        "dengan KPU",
        "menghadiri",
        "tamu",
        "antarkota",
        "dikutip",
        "se-\\w+",
    ]
)
_ABOVE = r"Pemerintah(?: Daerah)?|Sekretariat Daerah|Setda|Pemprov|Pemkab|Pemkot"
_HEADS = ("Pemerintah", "Sekretariat Daerah", "Setda", "Pemprov", "Pemkab", "Pemkot")
"""With one of these a name above us begins."""
_RANK = {
    "Pergub": "Provinsi",
    "Kepgub": "Provinsi",
    "Perbup": "Kabupaten",
    "Kepbup": "Kabupaten",
    "Perwali": "Kota",
    "Kepwali": "Kota",
}
_LOCAL = frozenset({"Perda", *_RANK})
_REGION = re.compile(r"\b(Kota|Kabupaten|Provinsi)\s+([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Offices of our own kind and level, the offices above them, and the titles of local regulations, of another region."""
    office = own_office(report)
    if office is None:
        return
    for sentence, match in strangers(report):
        spot = quoted(around(sentence.text, *match.span()), sentence.place_at(match.start()))
        message = f"Nama instansi lain: “{cut(match[0])}”; laporan ini milik {office.name}"
        yield _finding(message, cut(match[0]), office.name, spot, Severity.WARNING)
    if not office.region:
        return
    own = re.compile(rf"\b(?i:{'|'.join(map(re.escape, office.stems))})\s+({_NAME})")
    above = re.compile(rf"\b(?:{_ABOVE})\s+({_NAME})")
    heads = [*(stem.casefold() for stem in office.stems), *(name.casefold() for name in _HEADS)]
    for text, place in _texts(report):
        folded = text.casefold()
        if any(map(folded.__contains__, heads)) and not _BESIDE.search(text):
            yield from _named(text, place, own, office, Severity.ERROR)
            if office.region.casefold() not in text.casefold():
                yield from _named(text, place, above, office, Severity.WARNING)
    yield from _titles(report, office)


def _texts(report: Report) -> Iterator[tuple[str, Place]]:
    """Every sentence, and the running headers and footers."""
    yield from ((sentence.text, sentence.place) for sentence in everything(report))
    yield from ((text, Place(source=report.reading.source)) for text in report.reading.margins)


def _named(text: str, place: Place, names: re.Pattern[str], office: Office, severity: Severity) -> Iterator[Finding]:
    """The foreign names in one text that are not there to be compared with."""
    for match in names.finditer(text):
        if _is_foreign(match[1], office, at_end=match.end() == len(text)) and not _COMPARED.search(
            text[: match.start()]
        ):
            yield _finding(
                f"Nama instansi lain: “{cut(match[0])}”; laporan ini milik {office.name}",
                cut(match[0]),
                office.name,
                quoted(around(text, *match.span()), place),
                severity,
            )


def _titles(report: Report, office: Office) -> Iterator[Finding]:
    """A regulation of one region whose title speaks of another region of the same rank."""
    for item in cited(report):
        whose = re.split(r"\bNomor\b|\bNo\b", item.text, maxsplit=1)[0]
        for match in _REGION.finditer(item.title) if item.kind in _LOCAL else ():
            rank = _RANK.get(item.kind, match[1])
            issuer = whose if len(whose.split()) > 2 else f"{whose} {office.region}"
            named = _REGION.search(issuer)
            if match[1] == rank and (named is None or named[1] == rank) and not _belongs(match[2], issuer):
                yield _finding(
                    f"Judul {item.shown} menyebut {cut(match[0])}, padahal peraturan itu dari {issuer.strip()}",
                    cut(match[0]),
                    issuer.strip(),
                    quoted(item.text, item.place),
                    Severity.WARNING,
                )


def _belongs(region: str, issuer: str) -> bool:
    """Whether a region, of which more words may have been taken than are its own, is the one of the issuer."""
    return fold(region.split(maxsplit=1)[0]) in fold(issuer).split()


def _finding(message: str, stated: str, expected: str, place: Place, severity: Severity) -> Finding:
    return Finding(
        CODE,
        "wrong-agency",
        severity,
        message,
        stated=stated,
        expected=expected,
        places=(place,),
        regulation="Permenpan-RB 53/2014, Lampiran III",
        suggestion="Ganti namanya, lalu periksa apakah kalimat dan angkanya milik instansi sendiri.",
    )


def _is_foreign(region: str, office: Office, *, at_end: bool) -> bool:
    """Whether a region is another one of our level. At the end of a line the last words of its name may be missing."""
    level, _, name = region.partition(" ")
    level = {"Kab.": "Kabupaten", "Prov.": "Provinsi"}.get(level, level)
    if level not in office.peers or name.split()[0] in {"Tahun", "Nomor", "Kota", "Se"}:
        return False
    known, ours = registered(level, name), registered(office.level, office.place_name)
    if known and ours and level == office.level and not at_end:
        return known != ours
    own = office.place_name.casefold()
    return not name.casefold().startswith(own) and not (at_end and own.startswith(f"{name.casefold()} "))
