"""Offices of the report's own sort that are told apart by a name of their own, not by a region: `Kecamatan X`, `RSUD X`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.review.likeness import fold
from selaras.review.prose import running
from selaras.review.report import Report, Sentence

_SORTS = (
    "Kecamatan", "Kelurahan", "Puskesmas", "RSUD", "RSU", "RSJ", "Rumah Sakit Umum Daerah", "Rumah Sakit", "Universitas", "Institut",  # noqa: E501
    "Politeknik", "Balai Besar", "Balai", "Loka", "UPTD", "UPT", "Taman Nasional", "Lembaga Pemasyarakatan",
)  # fmt: skip
_SORT = re.compile(rf"\b(?:{'|'.join(_SORTS)})\b", re.IGNORECASE)
_NAME = r"(?P<name>(?:(?:dr|Dr|Prof|H|Ir)\.\s*(?:H\.\s*)?)?[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,4})"
_OWNED = re.compile(
    r"(?:^|[.;]\s|\b(?:kinerja|anggaran|pagu|pegawai|lkjip|lkj|lakip|laporan kinerja|indikator|renstra|rencana strategis|capaian|realisasi|"  # noqa: E501
    r"direktur|camat|lurah|rektor|kepala|visi|misi|tugas|fungsi|perjanjian kinerja|pencapaian|belanja|sasaran|organisasi|struktur)\s+)$",  # noqa: E501
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\s*(?:Tahun\s+\d{4}\s+)?(?:akan|telah|berhasil|mencapai|melaksanakan|memiliki|menyusun|menetapkan|berkomitmen|merealisasikan|memperjanjikan|"
    r"mengelola|didukung|tahun|disusun|pada\s+tahun|berjalan|tercapai)\b"
)
_BESIDE = re.compile(
    r"\b(?:dibanding\w*|daripada|antara|bersama|kerja\s?sama|studi|kunjungan|rujukan|tetangga|berbatasan|misalnya|contoh|peringkat|dikutip)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    {"negeri", "islam", "daerah", "umum", "kabupaten", "kota", "provinsi", "se", "republik", "besar", "tahun"}
)


def strangers(report: Report) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Sentences that speak of another office of the own sort as if it were the own one."""
    own = _own(report)
    if own is None:
        return
    sort, names = own
    wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, sort))})\s+{_NAME}")
    for sentence in running(report):
        for match in wanted.finditer(sentence.text):
            if _telling(match["name"]) & names or not _telling(match["name"]):
                continue
            first = match.start() == 0
            owned = _OWNED.search(sentence.text[: match.start()]) and (
                not first or _ACTS.match(sentence.text, match.end())
            )
            if owned and not _BESIDE.search(sentence.text):
                yield sentence, match


def _own(report: Report) -> tuple[list[str], frozenset[str]] | None:
    """The ways in which the sort of the own office is written, and the words of its name that tell it apart."""
    names = [name for name in (report.identity.name, *report.identity.aliases) if name]
    sorts = [match for name in names if (match := _SORT.match(name))]
    if not sorts:
        return None
    words = {word for name in names if (match := _SORT.match(name)) for word in _telling(name[match.end() :])}
    spelled = dict.fromkeys(form for match in sorts for form in (match[0], match[0].title(), match[0].upper()))
    return list(spelled), frozenset(words)


def _telling(name: str) -> set[str]:
    return {word for word in fold(name).split() if word not in _GENERIC and not word.isdigit() and len(word) > 1}
