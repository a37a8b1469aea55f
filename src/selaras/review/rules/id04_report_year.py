"""Tahun pada nama dokumen atau pembanding bukan tahun laporan.

Mengapa: tahun yang tertinggal dari laporan sebelumnya membuat pembaca tidak tahu tahun mana yang dilaporkan.
Peraturan: Permenpan-RB 53/2014, Lampiran II (laporan kinerja tahunan).
Salah: “Pengukuran kinerja tahun 2022” dalam laporan kinerja tahun 2024.
Benar: “Pengukuran kinerja tahun 2024”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.dated import Dated, captions_of_other_years, openings_of_other_years
from selaras.review.prose import SPAN, any_of, around, everything, fold, pattern, quoted
from selaras.review.report import Report, Sentence, SentenceKind

CODE = "ID04"
KINDS = ("wrong-period",)

_DOCUMENT = (
    r"laporan (?:akuntabilitas )?kinerja(?: instansi pemerintah)?|LKj(?:IP)?|LKIP|LAKIP|perjanjian kinerja|penetapan kinerja|"
    r"rencana kinerja(?: tahunan)?|"
    r"rencana kerja tahunan|RKT|pengukuran kinerja|perencanaan kinerja|akuntabilitas kinerja|indikator kinerja utama|IKU"
)
_DATED = re.compile(
    rf"\b(?:{_DOCUMENT})\b([^.;:0-9]{{0,90}}?)\b(?:tahun|TA|tahun anggaran)\s+((?:19|20)\d\d)\b"
    r"(?!\s*(?:[-–—/]|s\s?[./]?\s?d|sampai|hingga))",
    re.IGNORECASE,
)
_TARGET_YEAR = re.compile(r"\btarget(?: \w+){0,5} (?:pada|untuk) tahun ((?:19|20)\d\d)\b(?!\s*[-–—])", re.IGNORECASE)
_DONE = re.compile(
    r"\bkegiatan yang (?:telah )?dilaksanakan (?:pada )?tahun ((?:19|20)\d\d)\b(?!\s*[-–—])", re.IGNORECASE
)
_COMPARED = re.compile(
    r"\b(?:pada )?tahun ((?:19|20)\d\d)\s+(?:dibandingkan |dibanding )?"
    r"dengan (?:beberapa )?tahun(?:-tahun)? (?:sebelumnya|lalu|terdahulu)",
    re.IGNORECASE,
)
_ELSEWHERE = any_of(
    [
        "peraturan",
        "keputusan",
        "undang-undang",
        "nomor",
        "diharapkan",
        "mendatang",
        "akan datang",
        "berikutnya",
        "rekomendasi",
        "evaluasi (?:atas )?AKIP",
        "hasil evaluasi",
        "LHE",
        "laporan hasil",
        "mengacu",
        "menindaklanjuti",
        "penyusunan (?:rencana|anggaran)",
        "rencana (?:aksi )?tahun",
    ]
)
_A_YEAR = re.compile(r"(?:19|20)\d\d")


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Years beside the names of the report's own documents, in captions and opening words, and those compared with years before."""
    year = report.identity.year
    if year is None:
        return
    told: set[str] = set()
    for sentence in everything(report):
        if sentence.kind is SentenceKind.CELL or not _A_YEAR.search(sentence.text):
            continue
        for match, stated in _stated(sentence, year):
            told.add(fold(sentence.text))
            severity = Severity.ERROR if abs(stated - year) <= 3 else Severity.WARNING
            yield Finding(
                CODE,
                "wrong-period",
                severity,
                f"Tertulis tahun {stated}, laporan ini untuk tahun {year}",
                stated=str(stated),
                expected=str(year),
                places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                regulation="Permenpan-RB 53/2014, Lampiran II",
                suggestion=f"Ganti dengan {year}, atau sebutkan bahwa yang dimaksud tahun lain.",
            )
    for what, found in (("Judul tabel", captions_of_other_years(report)), ("Kalimat", openings_of_other_years(report))):
        yield from (_dated(what, item, year) for item in found if fold(item.place.quote) not in told)


def _dated(what: str, item: Dated, year: int) -> Finding:
    """A caption or an opening that may still be meant: at most a warning."""
    return Finding(
        CODE,
        "wrong-period",
        Severity.WARNING if item.sure else Severity.INFO,
        f"{what} menyebut tahun {item.year}, laporan ini untuk tahun {year}",
        stated=str(item.year),
        expected=str(year),
        places=(item.place,),
        regulation="Permenpan-RB 53/2014, Lampiran II",
        suggestion=f"Ganti dengan {year}, atau jelaskan bahwa yang disajikan memang tahun {item.year}.",
    )


def _stated(sentence: Sentence, year: int) -> Iterator[tuple[re.Match[str], int]]:
    text = sentence.text
    for match in _COMPARED.finditer(text):
        if int(match[1]) != year:
            yield match, int(match[1])
            return
    if _excused(text) or (year - 1 and _names_both(text, year)):
        return
    for match in _DATED.finditer(text):
        if int(match[2]) != year and not _excused(match[1]):
            yield match, int(match[2])
            return
    for expression in (_TARGET_YEAR, _DONE):
        for match in expression.finditer(text):
            if int(match[1]) < year:
                yield match, int(match[1])
                return


def _excused(text: str) -> bool:
    return bool(
        _ELSEWHERE.search(text)
        or pattern("narrative", "earlier").search(text)
        or re.search(r"dibanding|perbandingan|antara tahun", text, re.IGNORECASE)
    )


def _names_both(text: str, year: int) -> bool:
    """Whether the sentence sets years beside each other on purpose: the report's year stands there as a year of its own kind."""
    bare = SPAN.sub(" ", text)
    return (
        len(set(re.findall(r"\b(?:19|20)\d\d\b", bare))) > 1
        and bool(re.search(rf"tahun {year}\b", bare, re.IGNORECASE))
        and "adalah sebagai" not in bare
    )
