"""Banyaknya hal yang disebut harus sama dengan daftar yang mengikutinya, atau dengan tabel yang dirujuk kalimatnya.

Mengapa: “sepuluh permasalahan utama:” di atas sebelas butir, atau “empat jabatan” di atas tabel berisi lima, berarti ada yang
ditambah atau dihapus tanpa membaca kalimatnya.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi).

Salah: “mencatat tiga permasalahan utama:”, diikuti butir 1 sampai 4.
Benar: “mencatat empat permasalahan utama:”, diikuti butir 1 sampai 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.inventory import LEVELS, denied_rows, rows_counted, supporting_rows, unexplained, vacant_rows
from selaras.review.numbered import WORDS, Numbered, numbered, value
from selaras.review.referred import shown_in, table_referred
from selaras.review.report import Grid, Report, Sentence, SentenceKind, TableKind
from selaras.review.wording import places, table_name

CODE = "NU05"
KINDS = ("count-mismatch",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi)"
FEWEST = 2
"""A list has so many items."""
_F = re.IGNORECASE
_ANNOUNCES = re.compile(
    r"(?:\s+(?!dengan\b|masing|tugas|fungsi|yang\b|untuk\b|dalam\b|pada\b|di\b|antara\b|beserta\b|rincian|uraian|dan\b)[\w-]+){0,2}"
    r"(?:\s*,)?(?:\s+(?:yaitu|yakni|adalah|meliputi|sebagai|berikut|ini|di bawah ini|terdiri (?:atas|dari)))*\s*[:.]?\s*",
    _F,
)
_FOLLOWING = re.compile(r"(?:\s+\w+)?\s+(?:berikut|di bawah ini)\b", _F)
_FOLLOWS = re.compile(r"\b(?:berikut(?:\s+ini)?|di bawah ini|yaitu|yakni|adalah|meliputi)\s*[:.]?\s*$|:\s*$", _F)
_MARK = re.compile(r"^\s*\(?(?P<mark>[0-9]{1,2}|[a-z]|[-•–●▪*✓➢])(?:[.)]|(?<=[-•–●▪*✓➢]))\s+", _F)
_STAFF = re.compile(r"^(?:orang|pegawai|pns|asn|pppk|ppnpn|personel|personil|tenaga|karyawan|aparatur)$")
_PARTLY = re.compile(
    r"^\s*(?:\w+\s+){0,2}?(?:yang|tidak|belum|mencapai|tercapai|berhasil|memenuhi|lainnya|lain|di ?antara\w*|dengan|telah|"
    r"sudah|masih|dari)\b",
    _F,
)
_ONLY = re.compile(r"\b(?:hanya|baru|salah|antara|masih|sisa|beberapa|sebagian)\s*$", _F)
_DETAILS = re.compile(r"^\s*(?:rincian\w*|daftar\w*|selengkapnya|selanjutnya|uraian\w*|hal (?:ini|tersebut))\b", _F)
_RECORDED = re.compile(
    r"\b(?:tercatat|mencatat|terdapat|ditemukan|menemukan|dihadapi|menghadapi|teridentifikasi|ada|sebanyak)\s*$", _F
)
_EVIDENCE = re.compile(
    r"\b(?:melampirkan|melengkapi|mengunggah|menyertakan|menambahkan|mengumpulkan)\b[^.;]{0,20}\bbukti\b[^.;]{0,24}$",
    _F,
)
_CAUSES = re.compile(
    r"\b(?:mengisi|melengkapi|menyusun|menambahkan)\b[^.;]{0,24}\b(?:penyebab|solusi)\b[^.;]{0,24}$", _F
)
_VACANT = re.compile(rf"\b(?P<count>[0-9]{{1,3}}|{WORDS})\s+di ?antaranya\s+(?:masih\s+)?(?P<word>lowong|kosong)\b", _F)
_PROBLEMS = frozenset({"hambatan", "kendala"})


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Counts against the list below them, the table they refer to, and the tables of obstacles and evidence."""
    said = [sentence for sentence in report.sentences if sentence.kind is not SentenceKind.CELL]
    for at, sentence in enumerate(said):
        if sentence.kind not in (SentenceKind.TEXT, SentenceKind.ITEM):
            continue
        counts = [item for item in numbered(sentence) if not _STAFF.match(item.noun)]
        if not counts:
            continue
        if sentence.kind is SentenceKind.TEXT:
            yield from _listed(sentence, counts, said[at + 1 :])
        following = said[at + 1] if at + 1 < len(said) else None
        yield from _tabled(report, sentence, counts, following)
        yield from _vacant(report, sentence)


def _listed(sentence: Sentence, counts: Sequence[Numbered], following: Sequence[Sentence]) -> Iterator[Finding]:
    """The last count of a sentence that announces a list, against the items of the list."""
    last = counts[-1]
    rest = sentence.text[last.after :]
    announced = bool(_ANNOUNCES.fullmatch(rest) and _FOLLOWS.search(sentence.text)) or bool(_FOLLOWING.match(rest))
    if not announced or len(counts) > 1 or _ONLY.search(sentence.text[: last.start]):
        return
    items = _items(sentence, following)
    if items is not None and len(items) >= FEWEST and len(items) != last.number:
        yield _finding(sentence, last, len(items), "daftar di bawahnya", [items[0].place, items[-1].place])


def _items(sentence: Sentence, following: Sequence[Sentence]) -> list[Sentence] | None:
    """The items right below, of the sort of the first one; None where the list cannot be told apart from what is below it."""
    found: list[Sentence] = []
    marks: list[str] = []
    for item in following:
        if item.kind is SentenceKind.CAPTION:
            continue
        if item.kind is SentenceKind.HEADING or item.path != sentence.path:
            break
        mark = _MARK.match(item.text) if item.kind is SentenceKind.ITEM else None
        if mark is None and not found:
            return None
        if mark is None or (marks and not _goes_on(marks[-1], mark["mark"])):
            if mark is not None and not marks[-1].isdigit() and not marks[-1].isalpha():
                return None
            continue
        found.append(item)
        marks.append(mark["mark"].casefold())
    if not marks or (marks[0].isalnum() and marks[0] not in ("1", "a")):
        return None
    alike = all(_goes_on(one, other) for one, other in pairwise(marks))
    return found if alike else None


def _goes_on(before: str, mark: str) -> bool:
    mark = mark.casefold()
    if before.isdigit():
        return mark.isdigit() and int(mark) == int(before) + 1
    if before.isalpha():
        return mark.isalpha() and ord(mark) == ord(before) + 1
    return mark == before


def _vacant(report: Report, sentence: Sentence) -> Iterator[Finding]:
    """`dua di antaranya lowong` against the posts of the table that the sentence names."""
    match = _VACANT.search(sentence.text)
    grids = shown_in(report, sentence, match.end()) if match else []
    number = value(match["count"]) if match else None
    if match is None or number is None or not grids:
        return
    found = vacant_rows(grids, match["word"].casefold())
    if found and number not in found:
        item = Numbered(number, match["word"].casefold(), match.start(), match.end())
        yield _finding(sentence, item, max(found), table_name(grids[0]), [grids[0].place])


def _tabled(
    report: Report, sentence: Sentence, counts: Sequence[Numbered], following: Sentence | None
) -> Iterator[Finding]:
    for item in counts:
        before, after = sentence.text[: item.start], sentence.text[item.after :]
        if _ONLY.search(before):
            continue
        grids = _referred(report, sentence, item, following)
        alone = item.noun in _PROBLEMS and _RECORDED.search(before) and not _FOLLOWS.search(sentence.text)
        if not grids and alone and not _PARTLY.match(after):
            grids = report.grids_of(TableKind.OBSTACLES)
        found, where, place = _inventory(report, grids, item.noun, before)
        if not found or place is None or item.number in found:
            continue
        part = _PARTLY.match(after) or sum(other.noun == item.noun for other in counts) > 1
        if not part or item.number > max(found):
            yield _finding(sentence, item, max(found), where, [place])


def _inventory(report: Report, grids: Sequence[Grid], noun: str, before: str) -> tuple[set[int], str, Place | None]:
    """How many there can be, in which part of the report, and where that stands."""
    if noun == "indikator" and _CAUSES.search(before):
        found, place = unexplained(report)
        return found, "uraian yang belum lengkap", place
    if noun == "indikator" and _EVIDENCE.search(before):
        found, grid = denied_rows(report)
    elif noun in LEVELS and grids and grids[0].kind is TableKind.SUPPORT:
        found, grid = supporting_rows(report, grids[0], noun)
    else:
        found, grid = rows_counted(grids, noun)
    return found, table_name(grid) if grid else "", grid.place if grid else None


def _referred(report: Report, sentence: Sentence, item: Numbered, following: Sentence | None) -> list[Grid]:
    """The table that the sentence names after the count, or that the next sentence says holds the details."""
    if table_referred(sentence):
        return shown_in(report, sentence, item.after)
    if following is not None and following.path == sentence.path and _DETAILS.match(following.text):
        return shown_in(report, following, 0)
    return []


def _finding(sentence: Sentence, item: Numbered, counted: int, where: str, spots: Sequence[Place]) -> Finding:
    noun = item.noun
    return Finding(
        CODE,
        "count-mismatch",
        Severity.ERROR,
        f"Disebut {item.number} {noun}, sedangkan {where} memuat {counted}.",
        stated=f"{item.number} {noun}",
        expected=f"{counted} {noun}",
        places=places([sentence.place_at(item.start, sentence.text[item.start : item.after]), *spots]),
        regulation=REGULATION,
        suggestion="Hitung ulang daftarnya, lalu samakan kalimat dan daftar.",
    )
