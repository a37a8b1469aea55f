"""What a sentence speaks of: the indicators and sasaran of the tables that it names, and what the tables give to them.

A name is recognised by its words standing together, whatever particles and spellings lie between. Pure text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from selaras.review.arithmetic import HUNDRED, apart, fraction
from selaras.review.likeness import fold
from selaras.review.report import Figure, Grid, IndicatorClaim, Report, Role
from selaras.review.wordlists import words

FEWEST = 3
"""Words of meaning that a name must have to be recognised inside a sentence."""
PART = 0.85
"""So much of a name must be there."""
SPREAD = 3
"""So many strange words may lie between the words of a name."""
SHARES = frozenset({Role.ACHIEVEMENT, Role.PROGRESS, Role.OTHER})


_BRACKETS = re.compile(r"\([^()]*\)")
_LETTERS = re.compile(r"\(([A-Z][A-Za-z]*[A-Z][A-Za-z]*)\)")
_CODE = re.compile(r"\b(?P<series>IKU|IKK|IKSS?|IKP|KPI|IK)\s?-?\s?(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2})*)(?![0-9%,])")
_COMMON = frozenset({
    "jumlah", "persentase", "nilai", "indeks", "tingkat", "rata-rata", "rasio", "laporan", "dokumen", "layanan", "kegiatan",
    "program", "hasil", "kinerja", "capaian", "target", "realisasi", "anggaran", "indikator", "sasaran", "kualitas", "pelayanan",
})  # fmt: skip
"""Words of which no name of two words may consist if it is to be recognised in a sentence."""
_MEASURES = frozenset({"rata", "rerata", "jumlah", "persentase", "nilai", "angka", "tingkat", "banyaknya", "cakupan"})
"""Words before the thing that is measured, which running text leaves out."""


@dataclass(slots=True)
class Subject:
    """An indicator (`key`) or a sasaran, with every claim of the tables on it; `names` are its wordings.

    `letters` are abbreviations that the tables set behind its name (`(BOR)`), `codes` the numbers of its rows where they
    mean the same in every table (`IKU 1`).
    """

    key: str
    name: str
    is_goal: bool
    names: set[tuple[str, ...]] = field(default_factory=set)
    claims: list[IndicatorClaim] = field(default_factory=list)
    letters: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)

    def units(self) -> set[str]:
        """The words of its unit as the tables write it."""
        return {word for claim in self.claims for word in fold(claim.unit).split()}

    def indicators(self) -> set[str]:
        """The keys of its indicators."""
        return {claim.key for claim in self.claims}


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """The folded words that count, in order."""
    weak = _weak()
    return tuple(word for word in fold(text).split() if word not in weak)


@lru_cache(maxsize=1)
def _weak() -> frozenset[str]:
    return frozenset(words("narrative", "particles"))


def subjects(report: Report) -> list[Subject]:
    """Every indicator and sasaran of the tables whose name can be recognised."""
    found: list[Subject] = report.once("subjects", _subjects)
    return found


def _subjects(report: Report) -> list[Subject]:
    known: dict[tuple[bool, str], Subject] = {}
    for claim in report.indicators:
        for is_goal, key, name in ((False, claim.key, claim.name), (True, fold(claim.sasaran), claim.sasaran)):
            wording, letters = tokens(name), set() if is_goal else set(_LETTERS.findall(name))
            if key and (len(wording) >= FEWEST or (not is_goal and (letters or _is_telling(wording)))):
                subject = known.setdefault((is_goal, key), Subject(key, name, is_goal))
                subject.names.add(wording)
                subject.names |= _without_unit(name)
                subject.letters |= letters
                subject.claims.append(claim)
    _with_bare_names(known)
    for code, key in _codes(report).items():
        if (False, key) in known:
            known[False, key].codes.add(code)
    return list(known.values())


def _without_unit(name: str) -> set[tuple[str, ...]]:
    """`Rata-rata lama pengujian (hari)` without its bracket, where enough is left to know it by."""
    wording = tokens(_BRACKETS.sub(" ", name))
    return {wording} if len(wording) >= FEWEST else set()


def _with_bare_names(known: dict[tuple[bool, str], Subject]) -> None:
    """`Persentase partisipasi pemilih` is also spoken of as `partisipasi pemilih`, where that names no other indicator."""
    bare: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for (is_goal, key), subject in known.items():
        for name in subject.names if not is_goal else ():
            counts = name[0] in ("jumlah", "banyaknya")  # the thing counted is also spoken of for itself
            if len(name) > FEWEST - 1 + counts and name[0] in _MEASURES:
                bare[name[2:] if name[:2] == ("rata", "rata") else name[1:]].add(key)
    for name, keys in bare.items():
        subject = known[False, min(keys)]
        if len(keys) == 1 and (len(name) >= FEWEST or _is_telling(name)):
            subject.names.add(name)


def _is_telling(wording: Sequence[str]) -> bool:
    """Whether a name of two words can be told from running text: one of them at least is no word of every report."""
    return (
        len(wording) == FEWEST - 1 and not _COMMON.issuperset(wording) and all(len(word) > FEWEST for word in wording)
    )


def _codes(report: Report) -> dict[str, str]:
    """The numbers of rows that name one indicator in every table that has them."""
    told: dict[str, set[str]] = defaultdict(set)
    for claim in report.indicators:
        if claim.role is Role.INDICATOR:
            number = claim.grid.rows[claim.row].marker.strip(" .()")
            code = _CODE.fullmatch(number)
            if code or "." in number:
                told[code["number"] if code else number].add(claim.key)
    return {number: keys.pop() for number, keys in told.items() if len(keys) == 1}


def within_reach(known: Sequence[Subject]) -> Callable[[str], list[Subject]]:
    """For many texts: those of the subjects of which a text has words enough that it may name them."""
    words_of: dict[str, list[int]] = defaultdict(list)
    fewest = [min((_fewest(name) for name in subject.names), default=0) for subject in known]
    always = {at for at, subject in enumerate(known) if subject.letters or subject.codes or not fewest[at]}
    for at, subject in enumerate(known):
        for word in set().union(*subject.names):
            words_of[word].append(at)

    def candidates(text: str) -> list[Subject]:
        hits: dict[int, int] = {}
        for word in words_of.keys() & tokens(text):
            for at in words_of[word]:
                hits[at] = hits.get(at, 0) + 1
        return [known[at] for at in sorted(always.union(at for at, count in hits.items() if count >= fewest[at]))]

    return candidates


def _fewest(name: tuple[str, ...]) -> int:
    """So many words of a name a text must have that names it."""
    return len(set(name)) if len(name) < FEWEST else _wanted(name)[1]


def named(text: str, known: Iterable[Subject]) -> list[Subject]:
    """The subjects named in a text; a name inside a longer one does not count, nor do names that cannot be told apart."""
    said = tokens(text)
    present = set(said)
    coded = {match["number"] for match in _CODE.finditer(text)}
    found: list[tuple[int, int, int, Subject]] = []
    lettered: list[Subject] = []
    for subject in known:
        spans = [span for name in subject.names if (span := _span(name, said, present))]
        if spans:
            best = max(spans, key=lambda span: span[2])
            found.append((*best, subject))
        elif (coded and coded & subject.codes) or (subject.letters and _is_lettered(text, subject)):
            lettered.append(subject)
    outer = [
        subject
        for start, end, hits, subject in found
        if not any(
            other is not subject and first < end and start < last and more > hits for first, last, more, other in found
        )
    ]
    return outer if coded and outer else [*outer, *lettered]


def _is_lettered(text: str, subject: Subject) -> bool:
    return any(re.search(rf"\b{letters}\b", text) for letters in subject.letters)


def _span(name: tuple[str, ...], said: Sequence[str], present: set[str]) -> tuple[int, int, int] | None:
    """Where the words of a name stand together: first and last position, and how many of them."""
    if len(name) < FEWEST:
        return _short_span(name, said, present)
    wanted, need = _wanted(name)
    if len(wanted & present) < need:
        return None
    width = len(name) + SPREAD
    spots = [at for at, word in enumerate(said) if word in wanted]
    best: tuple[int, int, int] | None = None
    for first, start in enumerate(spots[: len(spots) - need + 1]):
        end, hits = _reach(said, spots[first:], start + width)
        if hits < need or (best is not None and hits < best[2]):
            continue
        if best is None or hits > best[2] or end - start < best[1] - best[0]:
            best = (start, end, hits)
    return best


@lru_cache(maxsize=4096)
def _wanted(name: tuple[str, ...]) -> tuple[frozenset[str], int]:
    """The words of a name, and how many of them must be there."""
    words_ = frozenset(name)
    return words_, max(FEWEST, round(PART * len(words_)))


def _short_span(name: tuple[str, ...], said: Sequence[str], present: set[str]) -> tuple[int, int, int] | None:
    """Where a name of two words stands as it is."""
    if len(name) < FEWEST - 1 or not present.issuperset(name) or not _is_telling(name):
        return None
    starts = (at for at, word in enumerate(said) if word == name[0] and tuple(said[at : at + len(name)]) == name)
    start = next(starts, None)
    return None if start is None else (start, start + len(name), len(name))


def _reach(said: Sequence[str], spots: Sequence[int], limit: int) -> tuple[int, int]:
    """Behind the last new one of the wanted words (which stand at `spots`) before `limit`, and how many words there are."""
    seen: set[str] = set()
    end = 0
    for at in spots:
        if at >= limit:
            break
        if said[at] not in seen:
            seen.add(said[at])
            end = at + 1
    return end, len(seen)


def amounts(subject: Subject, roles: Iterable[Role], years: Iterable[int | None], report: Report) -> set[Fraction]:
    """What the tables give to an indicator in some roles, in some years."""
    wanted, when = set(roles), set(years)
    return {
        fraction(claim.value.amount)
        for claim in subject.claims
        if claim.role in wanted
        and claim.value is not None
        and claim.value.amount is not None
        and (claim.year or report.identity.year) in when
    }


def shares(subject: Subject, report: Report) -> set[Fraction]:
    """Every percentage that a table gives to the subject, or that follows from what it gives.

    For an indicator all figures of its rows and the ratios of its realisations to its targets; for a sasaran of several
    indicators the means of its rows, and what tables without indicators say of it.
    """
    found: set[Fraction] = report.once(f"shares {subject.is_goal} {subject.key}", lambda each: _shares(subject, each))
    return found


def _shares(subject: Subject, report: Report) -> set[Fraction]:
    keys = subject.indicators()
    if not subject.is_goal or len(keys) == 1:
        rows = {(id(claim.grid), claim.row): claim.grid for claim in subject.claims}
        found = {figure for (_, row), grid in rows.items() for figure in _figures(grid, row)}
        return found | _ratios(subject.claims)
    return set(_means(subject)) | set(_of_goal(subject, report))


def _figures(grid: Grid, row: int) -> Iterator[Fraction]:
    for column, cell in zip(grid.columns, grid.rows[row].cells, strict=False):
        if column.role is not Role.NUMBER:
            yield from (fraction(figure.amount) for figure in cell.figures)


def _ratios(claims: Sequence[IndicatorClaim]) -> set[Fraction]:
    amounts_of: dict[Role, set[Fraction]] = defaultdict(set)
    for claim in claims:
        if claim.value is not None and claim.value.amount:
            amounts_of[claim.role].add(fraction(claim.value.amount))
    goals = amounts_of[Role.TARGET] | amounts_of[Role.FINAL_TARGET] | amounts_of[Role.REALISATION]
    return {got / goal * HUNDRED for got in amounts_of[Role.REALISATION] for goal in goals if goal}


def _means(subject: Subject) -> Iterator[Fraction]:
    """The mean of each column of percentages over the rows of a sasaran, table by table."""
    grids: dict[int, tuple[Grid, set[int]]] = {}
    for claim in subject.claims:
        grids.setdefault(id(claim.grid), (claim.grid, set()))[1].add(claim.row)
    for grid, rows in grids.values():
        for index, column in enumerate(grid.columns):
            if column.role not in SHARES:
                continue
            cells = [grid.rows[row].cells[index] for row in sorted(rows)]
            values = [fraction(cell.figures[0].amount) for cell in cells if cell.figures and not cell.spanned]
            if values:
                yield sum(values, Fraction(0)) / len(values)


def _of_goal(subject: Subject, report: Report) -> Iterator[Fraction]:
    """The figures beside the sasaran in tables that list no indicators."""
    for grid in report.grids:
        columns = grid.columns_of(Role.SASARAN, Role.GOAL)
        if not columns or grid.columns_of(Role.INDICATOR):
            continue
        for number, row in enumerate(grid.rows):
            texts = [row.cells[column].text for column in columns if column < len(row.cells)]
            if any(text and named(text, [subject]) for text in texts):
                yield from _figures(grid, number)


def agrees(figure: Figure, values: Iterable[Fraction]) -> bool:
    """Whether a stated figure is one of the values as far as its digits tell, cut off or rounded, also as a share of one."""
    return any(
        _is_within(figure, value)
        or (value.denominator > 1 and value.numerator < 2 * value.denominator and _is_within(figure, value * HUNDRED))
        for value in values
    )


def _is_within(figure: Figure, value: Fraction) -> bool:
    distance, step = apart(figure, value)
    return distance < step
