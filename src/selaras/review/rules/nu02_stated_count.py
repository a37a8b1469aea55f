"""Jumlah program, kegiatan, sasaran, atau indikator yang disebut harus sama dengan tabelnya.

Mengapa: “4 (empat) program” dihitung ulang oleh pembaca; bila tabel memuat jumlah lain, daftarnya tidak lengkap atau
kalimatnya tersalin dari tahun lain.
Peraturan: Permenpan-RB 53/2014, Lampiran III (keandalan informasi).

Salah: “2 (dua) sasaran strategis”, padahal Perjanjian Kinerja memuat satu sasaran.
Benar: “1 (satu) sasaran strategis”.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.review.budgets import Master, master
from selaras.review.inventory import rows_counted
from selaras.review.likeness import fold
from selaras.review.prose import running
from selaras.review.referred import shown_in
from selaras.review.report import CountMention, GridRow, Report, SentenceKind, TableKind
from selaras.review.rowsets import side_by_side
from selaras.review.wording import places, table_name

CODE = "NU02"
KINDS = ("count-mismatch",)
REGULATION = "Permenpan-RB 53/2014, Lampiran III (keandalan informasi)"
PROMISED = (TableKind.AGREEMENT, TableKind.IKU, TableKind.RKT, TableKind.RENSTRA)
TOGETHER = "gabungannya"
"""All tables as one list; where the report states what one of them holds, this is not what it means."""
MARKER = 5
"""So many letters can be a number (`XVIII`)."""
_ANNOUNCES = re.compile(r"\b(?:berikut|di bawah ini)(?:\s+ini)?\s*[:.]?\s*$", re.IGNORECASE)
_PROGRAMME = re.compile(r"\W*(?:(?:[IVXL]+|[0-9]+|[A-Z])[.)]?\s+)?program\b", re.IGNORECASE)
LEVELS = ("program", "kegiatan", "sub kegiatan")
_SUBSET = re.compile(
    r"\b(?:yang|tidak|belum|mel\w+|tercapai|berhasil|dicapai|lainnya|lain|tersebut|pada|di|telah|sudah|men\w+|memenuhi|masing|"
    r"baru|prioritas|dengan capaian|dari|per)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:terdiri|mengacu|didukung|memiliki|mempunyai|menetapkan|ditetapkan|melaksanakan|menyelenggarakan|memuat|meliputi|"
    r"mencakup|mengukur|diukur|sebanyak|melalui|dengan|dari|yaitu|atas|pada|oleh|menjalankan|dilaksanakan|diperjanjikan|memperjanjikan|untuk|terdapat|ada)\W*$",
    re.IGNORECASE,
)
_ONE_OF_THEM = re.compile(
    r"\b(?:gagal|kegagalan|tidak tercapai|belum tercapai|efisiensi|SS\s?[0-9]|"
    r"(?:sasaran|program|indikator|tujuan)(?: strategis| kinerja)? "
    r"(?:ini|tersebut|pertama|kedua|ketiga|keempat|kelima|keenam|ke-?\s?[0-9]+))\b",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"^dari\s+\w+(?:\s+(?:belas|puluh))?(?:\s+\w+)?\s+(?:sasaran|tujuan|program|misi)\b", re.IGNORECASE
)
_STUDIES = re.compile(
    r"(?:studi|sarjana|magister|doktor|diploma|vokasi|profesi|keahlian|pelatihan|diklat|siaran|televisi|radio|aplikasi)\b",
    re.IGNORECASE,
)
"""Programmes that no budget lists."""
_OF_ALL = re.compile(
    r"\byang (?:diperjanjikan|ditetapkan|dimuat|disepakati)\b(?! (?:tidak|belum|telah|sudah|mel\w+|mencapai))",
    re.IGNORECASE,
)
"""What is promised is the whole."""
_ALL = re.compile(
    r"\bseluruh\s+(?:(indikator|sasaran)\s*\(([0-9]{1,3})\)|\(([0-9]{1,3})\)\s*(indikator|sasaran))", re.IGNORECASE
)
_PARTIAL = re.compile(r"(?:salah|hanya|antara|masih|sisa|terhadap)\s*$", re.IGNORECASE)


_LISTED = re.compile(
    r"\b(?:program|kegiatan|sasaran|indikator|tujuan)(?:\s+\w+)?\s*(?:,|dan|serta|,\s*dan)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many a table lists, where."""

    number: int
    where: str
    place: Place


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Counts stated of the whole against the tables that list it, the same statement once."""
    stated: dict[tuple[str, int], list[CountMention]] = defaultdict(list)
    for mention in _of_all(report):
        stated[mention.noun, mention.number].append(mention)
    for mention in report.counts:
        noun = _noun(mention)
        if noun and mention.number > 0 and _speaks_of_all(mention) and not _told_of_table(report, mention, noun):
            stated[noun, mention.number].append(mention)
    for (noun, number), mentions in stated.items():
        counted = _counted(report, noun) or _announced(report, noun, mentions)
        others = {each for word, each in stated if word == noun and each != number}
        if any(each.number in others and each.where != TOGETHER for each in counted):
            counted = [each for each in counted if each.where != TOGETHER]
        wrong = [each for each in counted if each.number != number]
        if wrong and (noun in LEVELS or len(wrong) == len(counted)):
            yield _finding(noun, number, mentions, counted, wrong)


def _noun(mention: CountMention) -> str:
    noun = fold(mention.noun).replace("subkegiatan", "sub kegiatan")
    if _STUDIES.match(mention.qualifier.strip()):
        return ""
    if noun.startswith("sasaran"):
        return "sasaran"
    return noun if noun in LEVELS else ("indikator" if noun.startswith("indikator") else "")


def _of_all(report: Report) -> Iterator[CountMention]:
    """`seluruh indikator (13)`, `seluruh (13) indikator`: the whole by its own word."""
    for sentence in running(report):
        for match in _ALL.finditer(sentence.text):
            noun, number = (match[1], match[2]) if match[1] else (match[4], match[3])
            place = sentence.place_at(match.start(), match[0])
            yield CountMention(match[0], place, sentence, int(number), "", noun.casefold())


def _told_of_table(report: Report, mention: CountMention, noun: str) -> bool:
    """Whether the sentence says in which table they are, so that this table alone decides (another rule asks it)."""
    sentence = mention.sentence
    if sentence is None or noun in LEVELS:
        return False
    start = sentence.text.find(mention.text) + len(mention.text)
    return bool(rows_counted(shown_in(report, sentence, start), noun)[0])


def _speaks_of_all(mention: CountMention) -> bool:
    """Not a part of them (`2 indikator yang tidak tercapai`), and not a cell of a table."""
    sentence = mention.sentence
    if sentence is None or sentence.kind not in (SentenceKind.TEXT, SentenceKind.ITEM):
        return False
    at = sentence.text.find(mention.text)
    before = sentence.text[max(0, at - 24) : at] if at > 0 else ""
    words = _OF_ALL.sub(" ", _OF_OTHERS.sub("", mention.qualifier)).split()[:4]
    if _SUBSET.search(" ".join(words)) or _PARTIAL.search(before) or _ONE_OF_THEM.search(sentence.text):
        return False
    return bool(_WHOLE.search(before)) or _LISTED.search(before) is not None


def _counted(report: Report, noun: str) -> list[_Counted]:
    if noun in LEVELS:
        return _rows(report, LEVELS.index(noun))
    found: list[_Counted] = []
    together: set[str] = set()
    for grid in report.grids_of(*PROMISED):
        claims = [claim for claim in report.indicators if claim.grid is grid]
        goals = {fold(claim.sasaran) for claim in claims if claim.sasaran.strip()}
        names = {claim.key for claim in claims} if noun == "indikator" else goals
        together |= names
        if names:
            found.append(_Counted(len(names), table_name(grid), grid.place))
    if len({each.number for each in found} | {len(together)}) > 1:
        found.append(_Counted(len(together), TOGETHER, found[0].place))
    return found


def _rows(report: Report, level: int) -> list[_Counted]:
    """Rows of a level in the budget table, then in the analysis: what it misses taken off, what it adds put on."""
    found = master(report)
    if found is None or found.grid.kind is not TableKind.BUDGET or not _is_levelled(found):
        return _headed(report, LEVELS[level])
    mine = [claim for claim in found.claims if claim.level == level]
    if not mine:
        return []
    counted = [_Counted(len(mine), table_name(found.grid), found.grid.place)]
    for grid in report.grids_of(TableKind.SUPPORT):
        sets = side_by_side(grid, found)
        deepest = level == max(claim.level for claim in found.claims)
        if sets is not None:
            gone = sum(claim.level == level for claim in sets.missing)
            extra = len(sets.extra) if deepest else 0
            counted.append(_Counted(len(mine) - gone + extra, table_name(grid), grid.place))
    return counted


def _headed(report: Report, noun: str) -> list[_Counted]:
    """The rows of tables of money whose names stand under that noun alone (`Kegiatan`), where no table has levels."""
    found = []
    for grid in report.grids:
        heads = [at for at, column in enumerate(grid.columns) if fold(column.header) == noun]
        if len(heads) != 1 or not any(column.money for column in grid.columns):
            continue
        rows = [row for row in grid.rows if not (row.total or row.mean or row.section)]
        names = [row.cells[heads[0]].text for row in rows if row.cells[heads[0]].text.strip()]
        if len({row.level for row in rows}) == 1 and len(names) == len({fold(name) for name in names}) > 1:
            found.append(_Counted(len(names), table_name(grid), grid.place))
    return found if len({each.number for each in found}) == 1 else []


def _announced(report: Report, noun: str, mentions: Sequence[CountMention]) -> list[_Counted]:
    """Rows of the list that a sentence announces (`… sebagai berikut:`), where its rows are programmes and activities."""
    if noun not in LEVELS:
        return []
    for mention in mentions:
        sentence = mention.sentence
        if sentence is None or not _ANNOUNCES.search(sentence.text):
            continue
        for grid in report.grids:
            rows = [row for row in grid.rows if not (row.total or row.mean or row.section)]
            depth = len({row.level for row in rows})
            if grid.path != sentence.path or not _follows(grid.place, sentence.place) or depth < LEVELS.index(noun) + 1:
                continue
            tops = [_words(row) for row in rows if row.level == 0]
            if depth > 1 and 2 * sum(_PROGRAMME.match(name) is not None for name in tops) >= len(tops):
                number = sum(row.level == LEVELS.index(noun) for row in rows)
                return [_Counted(number, table_name(grid), grid.place)]
    return []


def _follows(place: Place, sentence: Place) -> bool:
    """Whether a table begins after a sentence, on the same page or the next."""
    if place.line is not None and sentence.line is not None:
        return place.line >= sentence.line
    return 0 <= (place.page or 0) - (sentence.page or 0) <= 1


def _words(row: GridRow) -> str:
    return next((cell.text for cell in row.cells if sum(map(str.isalpha, cell.text)) > MARKER), "")


def _is_levelled(found: Master) -> bool:
    """Whether the levels are known to be programme, activity and sub-activity: three of them, or named so."""
    depth = len({claim.level for claim in found.claims})
    tops = [fold(claim.name) for claim in found.claims if claim.level == 0]
    return depth == len(LEVELS) or (bool(tops) and 2 * sum(name.startswith("program") for name in tops) >= len(tops))


def _finding(
    noun: str, number: int, mentions: Sequence[CountMention], counted: Sequence[_Counted], wrong: Sequence[_Counted]
) -> Finding:
    listed = ", ".join(dict.fromkeys(f"{each.number} dalam {each.where}" for each in counted))
    return Finding(
        CODE,
        "count-mismatch",
        Severity.ERROR if len(wrong) == len(counted) else Severity.WARNING,
        f"Disebut {number} {noun}, sedangkan tabel memuat {listed}.",
        stated=f"{number} {noun}",
        expected=f"{wrong[0].number} {noun}" if len(wrong) == len(counted) else "jumlah yang sama di semua tabel",
        places=places([*(mention.place for mention in mentions), *(each.place for each in wrong)]),
        regulation=REGULATION,
        suggestion="Hitung ulang daftarnya, lalu samakan kalimat dan tabel.",
    )
