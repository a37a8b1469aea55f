"""Bidang tugas atau jabatan yang disebut sebagai milik sendiri biasanya milik unit lain.

Mengapa: uraian tugas unit lain yang tertinggal dari laporan contoh membuat isi laporan tidak dapat dipercaya.
Peraturan: peraturan tentang organisasi dan tata kerja unit yang bersangkutan; register bidang tugas menurut kebiasaan.
Salah: “Kepala Bagian Kerja Sama” dalam struktur organisasi Biro Organisasi.
Benar: “Kepala Bagian Kelembagaan dan Analisis Jabatan”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.review.offices import own_office
from selaras.review.prose import any_of, around, cut, fold, quoted, running
from selaras.review.report import Report, Sentence
from selaras.review.wordlists import table

CODE = "ID02"
KINDS = ("wrong-agency",)

_TASKS = re.compile(r"\b(?:tugas|fungsi)\b|di bidang|bidang", re.IGNORECASE)
_POST = re.compile(
    r"\b(?:Kepala|Kasub|Kabag)\s+(?:Sub\s?)?(?:Bagian|Bidang|Seksi)\s+([A-Z][\w]+(?:\s+(?:dan\s+)?[A-Z][\w]+){0,5})"
)
_UNDER_FIELD = re.compile(r"\bbidang\s+(?:(?!\b(?:me\w+|ber\w+|bidang|yang|untuk|dalam)\b)[^.;]){0,90}$", re.IGNORECASE)
_OWN_WORK = re.compile(
    r"\b(?:kinerja utama|tugas pokok|tugas dan fungsi|mempunyai tugas|melaksanakan tugas|mencakup|menyelenggarakan fungsi)\b",
    re.IGNORECASE,
)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Fields of work that the register gives to other offices only, in sentences on our own work."""
    offices: list[dict[str, Any]] = table("offices")["office"]
    own = _own(report, offices)
    if own is None:
        return
    sentences = list(running(report))
    foreign = {
        field: office["name"]
        for office in offices
        if office is not own
        for field in office["fields"]
        if not _ours(field, own, offices)
    }
    told = any_of(field.replace(" ", r"\s*") for field in sorted(foreign, key=len, reverse=True))
    for sentence in sentences:
        for match in told.finditer(sentence.text):
            if _claims_as_own(sentence.text, match, report) and not _told_elsewhere(match[0], sentence, sentences):
                yield Finding(
                    CODE,
                    "wrong-agency",
                    Severity.WARNING,
                    f"Bidang “{cut(match[0])}” biasanya milik {foreign[_key(match[0], foreign)]}, bukan {own['name']}",
                    stated=cut(match[0]),
                    expected=f"bidang tugas {own['name']}: {', '.join(own['fields'][:4])}",
                    places=(quoted(around(sentence.text, *match.span()), sentence.place),),
                    suggestion="Cocokkan dengan peraturan organisasi dan tata kerja; hapus uraian yang tersalin dari unit lain.",
                )
                break


def _own(report: Report, offices: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    office = own_office(report)
    name = fold(office.name) if office else ""
    return next((item for item in offices if any(fold(known) in name for known in (item["name"], *item["also"]))), None)


def _ours(field: str, own: dict[str, Any], offices: Sequence[dict[str, Any]]) -> bool:
    return field in own["fields"] or sum(field in office["fields"] for office in offices) > 1


def _claims_as_own(text: str, match: re.Match[str], report: Report) -> bool:
    post = next((found for found in _POST.finditer(text) if found.start() <= match.start() < found.end()), None)
    if post is not None:
        return True
    named = any(fold(name) in fold(text) for name in (report.identity.name, *report.identity.aliases) if name)
    before = text[: match.start()]
    return named and bool(_OWN_WORK.search(before)) and bool(_UNDER_FIELD.search(before))


def _told_elsewhere(field: str, sentence: Sentence, sentences: Sequence[Sentence]) -> bool:
    """Whether the report gives itself this field in a list of tasks as well: then the register is wrong, not the report."""
    return any(
        other is not sentence
        and _joined(field) in _joined(other.text)
        and re.match(r"\s*[-–•]?\s*(?:[a-z0-9]{1,2}[.)])", other.text)
        and _TASKS.search(other.text)
        for other in sentences
    )


def _key(found: str, foreign: dict[str, str]) -> str:
    return next(field for field in foreign if _joined(field) == _joined(found))


def _joined(text: str) -> str:
    """The letters of a text: `kerja sama` and `kerjasama` are one."""
    return fold(text).replace(" ", "")
