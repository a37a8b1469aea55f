"""Blok tanda tangan tidak lengkap atau tidak sama, atau NIP tidak mungkin.

Mengapa: laporan dan perjanjian kinerja mengikat pejabat yang menandatangani; nama, jabatan, tempat, dan tanggalnya harus pasti.
Peraturan: Permenpan-RB 53/2014, Lampiran I dan II (bentuk perjanjian dan laporan).
Salah: tempat “Bali” pada perjanjian dan “Denpasar” pada SKP bertanggal sama; NIP dengan bulan lahir 13.
Benar: tempat yang sama; NIP 18 angka dengan tanggal lahir dan TMT yang mungkin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.concordance import matches
from selaras.review.outline import is_whole_report
from selaras.review.prose import cut, quoted
from selaras.review.report import Report, Sentence

CODE = "ST12"
KINDS = ("format", "missing-element")

_NIP = re.compile(r"\bNIP\b\.?\s*:?\s*((?:\d[\s.]?){15,20})")
_MONTHS = "Januari|Februari|Pebruari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Nopember|Desember"
_SIGNED = re.compile(rf"^\s*([A-Z][a-z]+(?:\s[A-Z][a-z]+)?),\s*(?:\.+|\s*)?(\d{{1,2}}\s+(?:{_MONTHS})\s+\d{{4}})\s*$")
_SIGNED_AS = re.compile(
    rf"^\s*[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,\s*\d{{1,2}}\s+(?:{_MONTHS})\s+\d{{4}}\s+[A-Z][^.]{{3,100}}$"
)
"""Place and date read in one line with the post below them."""
_SIGNED_WHOLE = re.compile(
    rf"^\s*[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,\s*(?:\d{{1,2}}\s+)?(?:{_MONTHS})\s+\d{{4}}\s+[A-Z](?:\S*\s+){{3,}}.*\bNIP\b"
)
"""The whole block in one paragraph with line breaks: place, date, post, name, and NIP."""
_FOREWORD = re.compile(r"kata peng(?:h)?antar", re.IGNORECASE)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Numbers that cannot be a NIP; places that differ on one date; a foreword without place and date."""
    for sentence, match in matches(report, _NIP):
        digits = re.sub(r"\D", "", match[1])
        fault = _fault(digits)
        if fault:
            yield Finding(
                CODE,
                "format",
                Severity.WARNING,
                f"NIP tidak mungkin: {fault}",
                stated=cut(match[0]),
                expected="18 angka: tanggal lahir, TMT, jenis kelamin, nomor urut",
                places=(quoted(match[0], sentence.place),),
                suggestion="Periksa NIP.",
            )
    yield from _places(report)
    yield from _foreword(report)


def _fault(digits: str) -> str:
    if len(digits) != 18:
        return f"{len(digits)} angka, seharusnya 18"
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return f"tanggal lahir {digits[:8]} tidak ada"
    started, month = int(digits[8:12]), int(digits[12:14])
    if not (1 <= month <= 12 or month == 21):
        return f"bulan pengangkatan {month:02d} tidak ada"
    if started < born.year + 15:
        return f"diangkat tahun {started}, lahir tahun {born.year}"
    return "" if digits[14] in "123" else f"kode jenis kelamin {digits[14]}"


def _places(report: Report) -> Iterator[Finding]:
    signed: list[tuple[str, str, Place]] = []
    for sentence in report.sentences:
        match = _SIGNED.match(sentence.text)
        if match:
            signed.append((match[1], " ".join(match[2].lstrip("0").split()), quoted(sentence.text, sentence.place)))
    for place, day, where in signed[1:]:
        first = next((item for item in signed if item[1] == day and item[0] != place), None)
        if first is not None:
            yield Finding(
                CODE,
                "format",
                Severity.INFO,
                f"Tempat penandatanganan {day} berbeda: {first[0]} dan {place}",
                stated=place,
                expected=first[0],
                places=(where, first[2]),
                suggestion="Samakan tempat penandatanganan.",
            )
            return


def _foreword(report: Report) -> Iterator[Finding]:
    above = {part for sentence in report.sentences for part in sentence.path[:2]}
    forewords = {part for part in above if _FOREWORD.search(part)}
    inside = [sentence for sentence in report.sentences if not forewords.isdisjoint(sentence.path[:2])]
    if not inside or not is_whole_report(report):
        return
    if any(_SIGNED_WHOLE.match(sentence.text) for sentence in inside):
        return
    dated = [at for at, sentence in enumerate(inside) if _dated(sentence)]
    if dated and any(len(sentence.text) > 2 for sentence in inside[dated[-1] + 1 :]):
        return
    if dated:
        yield Finding(
            CODE,
            "missing-element",
            Severity.INFO,
            "Kata pengantar bertempat dan bertanggal, tetapi tanpa jabatan dan nama",
            stated=cut(inside[dated[-1]].text),
            expected="tempat, tanggal, jabatan, nama",
            places=(quoted(inside[dated[-1]].text, inside[dated[-1]].place),),
            suggestion="Lengkapi blok tanda tangan.",
        )
        return
    yield Finding(
        CODE,
        "missing-element",
        Severity.INFO,
        "Kata pengantar tanpa tempat, tanggal, nama, dan jabatan",
        stated="tanpa tanda tangan",
        expected="tempat, tanggal, jabatan, nama",
        places=(quoted(inside[-1].text, inside[-1].place),),
        suggestion="Lengkapi blok tanda tangan.",
    )


def _dated(sentence: Sentence) -> bool:
    return bool(
        _SIGNED.match(sentence.text)
        or _SIGNED_AS.match(sentence.text)
        or re.search(rf",\s*(?:\d{{1,2}}\s+)?(?:{_MONTHS})\s+\d{{4}}\s*$", sentence.text)
    )
