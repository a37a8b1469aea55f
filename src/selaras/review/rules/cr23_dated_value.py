"""Angka suatu tahun yang disebut kalimat tentang satu indikator harus sama dengan tabel tahun itu.

Mengapa: “dibandingkan tahun 2023 sebesar 8,14” di atas tabel yang memuat 8,41 membuat perbandingannya tidak dapat dipercaya.
Peraturan: Permenpan-RB 53/2014, Lampiran II, Bab III (perbandingan dengan tahun lalu).

Salah: “dibandingkan tahun 2023 sebesar 8,14”, padahal tabel memuat 8,41.
Benar: “dibandingkan tahun 2023 sebesar 8,41”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from selaras.core.finding import Finding, Severity
from selaras.core.law import Law
from selaras.core.place import Place
from selaras.core.value import ValueKind
from selaras.review.arithmetic import fraction
from selaras.review.prose import around, quoted, running
from selaras.review.report import Grid, IndicatorClaim, Report, Role, Sentence
from selaras.review.spoken import Spoken, spoken
from selaras.review.subjects import Subject, agrees, amounts
from selaras.review.topics import topics
from selaras.review.wording import amount, places, short

CODE = "CR23"
KINDS = ("text-vs-table",)
REGULATION = "Permenpan-RB 53/2014, Lampiran II, Bab III"
_YEAR_OF = re.compile(
    r"\btahun\s+(?P<year>20[0-9]{2}),?\s+(?:yang\s+)?(?:hanya\s+|baru\s+)?(?:sebesar|mencapai|adalah|sebanyak|berada pada)\s+$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:nasional|provinsi lain|rata-?\s?rata|rerata|triwulan|semester|bulan|anggaran|pagu|belanja|serap\w*|akhir|renstra|"
    r"rpjm\w*|tertinggi|terendah|naik|turun|selisih|data)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\b(?:ini|itu|tersebut|dibanding\w*)\b", re.IGNORECASE)
_GRADE = re.compile(
    r"\b(?:adalah|memperoleh|mendapat(?:kan)?|meraih|predikat|dengan nilai|kategori|opini)\s+"
    r"(?:predikat\s+|kategori\s+|nilai\s+|opini\s+)?"
    r"(?P<grade>AA|BB|CC|[ABCD]|WTP|WDP)\b(?![.\w]*\d)"
)
_PARTS = re.compile(r"\b(?:program|kegiatan|sub\s?kegiatan|belanja)\b", re.IGNORECASE)
FEWEST = 2
_CHANGE = re.compile(r"\b(?:peningkatan|pertumbuhan|penurunan|kenaikan)\b", re.IGNORECASE)
"""An indicator that is a change: sentences give both the change and what changed."""
_VALUES = (Role.TARGET, Role.REALISATION, Role.ACHIEVEMENT, Role.PROGRESS, Role.FINAL_TARGET, Role.OTHER)


def check(report: Report, law: Law) -> Iterator[Finding]:
    """Every figure behind `tahun 2023 sebesar` in a sentence on one indicator whose realisation of that year is known."""
    for sentence, about in topics(report):
        if len(about.subjects) != 1 or about.subjects[0].is_goal or _ELSEWHERE.search(sentence.text):
            continue
        if (about.carried and not _GOES_ON.search(sentence.text)) or _CHANGE.search(about.subjects[0].name):
            continue
        yield from _graded(report, sentence, about.subjects[0])
        for item in spoken(sentence):
            match = None if item.figure.money else _YEAR_OF.search(sentence.text[: item.start])
            if match:
                yield from _against(report, sentence, item, about.subjects[0], int(match["year"]))
    yield from _yearly_money(report)


def _graded(report: Report, sentence: Sentence, subject: Subject) -> Iterator[Finding]:
    """`NAME adalah BB` against the grade that the tables give to it."""
    match = _GRADE.search(sentence.text)
    if match is None or len(_GRADE.findall(sentence.text)) > 1:
        return
    told = [
        claim
        for claim in subject.claims
        if claim.role in (Role.REALISATION, Role.TARGET) and claim.value is not None and claim.value.grade
    ]
    mine = [
        claim
        for claim in told
        if claim.role is Role.REALISATION and (claim.year or report.identity.year) == report.identity.year
    ]
    if not mine or any(
        claim.value is not None and claim.value.grade.casefold() == match["grade"].casefold() for claim in told
    ):
        return
    yield _finding(sentence, subject.name, match["grade"], mine[0].text, (match.start(), match.end()), mine[0].place)


def _yearly_money(report: Report) -> Iterator[Finding]:
    """`dana tahun 2025 sebesar Rp…` against a table of the same section with one column of amounts for each year."""
    for grid in report.grids:
        columns = {column.year: at for at, column in enumerate(grid.columns) if column.money and column.year}
        last = grid.rows[-1] if grid.rows else None
        if len(columns) < FEWEST or last is None or not last.total:
            continue
        for sentence in running(report):
            if sentence.path != grid.path or _PARTS.search(sentence.text):
                continue
            for item in spoken(sentence):
                match = _YEAR_OF.search(sentence.text[: item.start]) if item.figure.money else None
                at = columns.get(int(match["year"])) if match else None
                if at is not None and item.figure.decimals >= 0:
                    yield from _against_column(sentence, item, grid, at)


def _against_column(sentence: Sentence, item: Spoken, grid: Grid, at: int) -> Iterator[Finding]:
    told = [row.cells[at].figure for row in grid.rows]
    total, cell = told[-1], grid.rows[-1].cells[at]
    if total is not None and item.figure.amount not in {figure.amount for figure in told if figure is not None}:
        yield _finding(sentence, "Jumlah", amount(item.figure), amount(total), (item.start, item.end), cell.place)


def _against(report: Report, sentence: Sentence, item: Spoken, subject: Subject, year: int) -> Iterator[Finding]:
    realised = amounts(subject, {Role.REALISATION}, {year}, report)
    percent = {claim.value.kind is ValueKind.PERCENT for claim in subject.claims if claim.value is not None}
    if (
        len(realised) != 1
        or item.figure.percent not in percent
        or agrees(item.figure, amounts(subject, set(_VALUES), {year}, report))
    ):
        return
    right = next(claim for claim in subject.claims if _is(claim, year, next(iter(realised)), report))
    span = (item.start, item.end)
    yield _finding(sentence, f"{subject.name}, tahun {year}", amount(item.figure), right.text, span, right.place)


def _finding(sentence: Sentence, name: str, stated: str, right: str, span: tuple[int, int], place: Place) -> Finding:
    return Finding(
        CODE,
        "text-vs-table",
        Severity.ERROR,
        f"“{short(name)}” disebut {stated}, sedangkan tabel memuat {right}.",
        stated=stated,
        expected=right,
        places=places([quoted(around(sentence.text, *span), sentence.place_at(span[0])), place]),
        regulation=REGULATION,
        suggestion="Samakan kalimat dengan tabel, atau sebaliknya, menurut data dukungnya.",
    )


def _is(claim: IndicatorClaim, year: int, value: Fraction, report: Report) -> bool:
    return (
        claim.role is Role.REALISATION
        and (claim.year or report.identity.year) == year
        and claim.value is not None
        and claim.value.amount is not None
        and fraction(claim.value.amount) == value
    )
