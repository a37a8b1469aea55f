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
from selaras.review.offices import Office, own_office
from selaras.review.prose import any_of, around, cut, everything, quoted
from selaras.review.report import Report

CODE = "ID01"
KINDS = ("wrong-agency",)
_NAME = r"(?:Kota|Kabupaten|Kab\.|Provinsi|Prov\.)\s+[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2}"
_BESIDE = any_of(
    [
        "dibanding(?:kan)?",
        "perbandingan",
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
        "se-\\w+",
    ]
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Offices of our own kind and level, but of another region."""
    office = own_office(report)
    if office is None or not office.region:
        return
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, office.stems))})\s+({_NAME})")
    for sentence in everything(report):
        for match in named.finditer(sentence.text):
            if _is_foreign(match[1], office) and not _BESIDE.search(sentence.text):
                yield Finding(
                    CODE,
                    "wrong-agency",
                    Severity.ERROR,
                    f"Nama instansi lain: “{cut(match[0])}”; laporan ini milik {office.name}",
                    stated=cut(match[0]),
                    expected=office.name,
                    places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                    regulation="Permenpan-RB 53/2014, Lampiran III",
                    suggestion="Ganti namanya, lalu periksa apakah kalimat dan angkanya milik instansi sendiri.",
                )


def _is_foreign(region: str, office: Office) -> bool:
    level, _, name = region.partition(" ")
    level = {"Kab.": "Kabupaten", "Prov.": "Provinsi"}.get(level, level)
    return (
        level in office.peers
        and not name.casefold().startswith(office.place_name.casefold())
        and name.split()[0] not in {"Tahun", "Nomor", "Kota", "Se"}
    )
