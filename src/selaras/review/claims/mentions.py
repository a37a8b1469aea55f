"""Periods, years, ordinal years, counts, spelled numbers and references to tables in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from selaras.core.errors import UnreadableNumber
from selaras.core.place import Place
from selaras.core.terbilang import unspell
from selaras.review.claims.figures import figures_in
from selaras.review.report import (
    Citation,
    CountMention,
    OrdinalMention,
    PeriodMention,
    Sentence,
    SentenceKind,
    SpelledNumber,
    TableMention,
    YearMention,
)
from selaras.rulebook.review_words import Named, review_words

_PERIOD = re.compile(
    r"(?<![0-9/.])(?P<first>(?:19|20)[0-9]{2})\s*(?:-|–|—|−|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|hingga)"
    r"\s*(?:tahun\s+)?(?P<last>(?:19|20)[0-9]{2})(?![0-9/])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\w.,/-])(?P<year>(?:19|20)[0-9]{2})(?![\w/]|[.,][0-9])")
_REFERENCE = re.compile(
    r"\b(?P<series>tabel|gambar|grafik|bagan|diagram|lampiran)\s+(?P<number>(?:[0-9]+|[IVX]+)(?:[.\-][0-9]+)*[a-z]?)\b",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"\btahun\s+(?:ke\s?-?\s?(?P<number>[0-9]{1,2}|[ivx]{1,4})\b|(?P<word>{words}))".replace(
        "{words}", "pertama|kedua|ketiga|keempat|kelima|keenam|terakhir"
    ),
    re.IGNORECASE,
)
_SPELLED = re.compile(
    r"(?P<number>(?:Rp\.?\s*)?[0-9][0-9.,]*(?:\s?[,.]?\s?[-–=]+)?(?:\s*%|\s*persen)?)\s*\((?P<words>[^()0-9]{3,220})\)",
    re.IGNORECASE,
)
_BUDGET_LAW = re.compile(
    r"(?:\bapbd\b|\bapbn\b|anggaran pendapatan dan belanja|\bdpa\b|\bdipa\b)[^.;]{0,90}$", re.IGNORECASE
)
_REPORT = re.compile(
    r"(?:laporan\b|\blkj\w*|\blakip\b|\blkip\b|\bpk\b|rencana (?:kinerja|kerja)|\brkt\b|tahun anggaran"
    r"|\bt\.?a\.?\b|realisasi anggaran|kinerja\b[^.;]{0,40})[^.;]{0,80}$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"dibanding|tahun(?:-tahun)? sebelumnya|tahun lalu|\b(?:perbandingan|meningkat|menurun|naik|turun|semula)\b|antara tahun",
    re.IGNORECASE,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_UNITS = frozenset({"buah", "macam", "jenis", "poin", "unsur"})


@dataclass(frozen=True, slots=True)
class _Words:
    plans: re.Pattern[str]
    plan_codes: dict[str, str]
    counts: re.Pattern[str]
    date: re.Pattern[str]
    nouns: dict[str, str]
    numbers: frozenset[str]
    ordinals: tuple[str, ...]


def _pattern(named: Named) -> str:
    spelled = sorted({word for _, words in named for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in spelled)


@lru_cache(maxsize=1)
def _words() -> _Words:
    words = review_words()
    ones = "satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
    small = (
        rf"(?:{ones})\s+puluh(?:\s+(?:{ones}))?|(?:{ones})\s+belas|{ones}|sepuluh|sebelas|kedua|ketiga|keempat|kelima"
    )
    counts = re.compile(
        rf"(?<![\w.,/%-])(?P<count>[0-9]{{1,3}}(?:\.[0-9]{{3}})*|\b(?:{small}))\s*(?:\((?P<words>[^()0-9]{{3,60}})\)\s*)?"
        rf"(?:(?:{'|'.join(_UNITS)})\s+)?(?P<noun>{_pattern(words.nouns)})\b",
        re.IGNORECASE,
    )
    return _Words(
        re.compile(rf"\b(?:{_pattern(words.plans)})\b", re.IGNORECASE),
        {" ".join(word.split()): code for code, wordings in words.plans for word in wordings},
        counts,
        re.compile(rf"(?:{'|'.join(words.language.months)}|[0-9]{{1,2}}[/.\-][0-9]{{1,2}}[/.\-])\s*$", re.IGNORECASE),
        {" ".join(word.split()): name for name, wordings in words.nouns for word in wordings},
        frozenset(words.language.numbers),
        words.language.ordinals,
    )


def _at(sentence: Sentence, found: re.Match[str]) -> Place:
    return sentence.place_at(found.start(), found[0])


def periods_in(sentence: Sentence) -> Iterator[PeriodMention]:
    """Spans of years with the plan that the nearest words before them, else behind them, else the heading name."""
    for found in _PERIOD.finditer(sentence.text):
        first, last = int(found["first"]), int(found["last"])
        if first < last <= first + 30:
            plan = _plan(
                sentence.text[max(0, found.start() - 160) : found.start()],
                sentence.text[found.end() : found.end() + 60],
            )
            yield PeriodMention(found[0], _at(sentence, found), sentence, first, last, plan)


def _plan(before: str, behind: str) -> str:
    words = _words()
    strong = list(words.plans.finditer(before))
    named = [found for found in strong if _code(found[0]) not in {"tujuan", "visi", "perbandingan"}]
    if named:
        return _code(named[-1][0])
    after = words.plans.search(behind)
    if after and _code(after[0]) not in {"tujuan", "visi", "perbandingan"}:
        return _code(after[0])
    return _code(strong[-1][0]) if strong else ""


def _code(word: str) -> str:
    return _words().plan_codes.get(" ".join(word.casefold().split()), "")


def years_in(sentence: Sentence, taken: Sequence[tuple[int, int]]) -> Iterator[YearMention]:
    """Single years, each with what it is about. `taken` are the stretches of periods and citations."""
    kinds = list(_kinds(sentence, taken))
    for found in _YEAR.finditer(sentence.text):
        inside = next((kind for start, end, kind in kinds if start <= found.start() < end), None)
        if inside == "period":
            continue
        year = int(found["year"])
        about = inside or _about(sentence, found.start(), found.end())
        start = max(sentence.text.rfind("ahun ", max(0, found.start() - 14), found.start()) - 1, 0) or found.start()
        quote = sentence.text[start : found.end()] if sentence.text[start:].casefold().startswith("tahun") else found[0]
        yield YearMention(quote, sentence.place_at(found.start(), quote), sentence, year, about)


def _kinds(sentence: Sentence, citations: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    for found in _PERIOD.finditer(sentence.text):
        yield found.start(), found.end(), "period"
    for start, end in citations:
        yield start, end, "regulation"


def _about(sentence: Sentence, start: int, end: int) -> str:
    before = sentence.text[max(0, start - 120) : start]
    if _words().date.search(before):
        return "date"
    if _BUDGET_LAW.search(before):
        return "budget law"
    if re.match(r"\s*(?:nomor|no\.?)\s+[0-9]", sentence.text[end : end + 14], re.IGNORECASE):
        return "regulation"
    if re.search(r"\b(?:nomor|no)\b[^,;]{0,40}tahun\s*$", before, re.IGNORECASE):
        return "regulation"
    if _COMPARES.search(sentence.text):
        return "comparison"
    plans = [
        found
        for found in _words().plans.finditer(before[-60:])
        if _code(found[0]) in {"renstra", "rpjmd", "rpjmn", "rpjp", "rpd", "road map", "grand design"}
    ]
    if plans:
        return "plan"
    if _REPORT.search(before) or sentence.kind in {SentenceKind.HEADING, SentenceKind.CAPTION}:
        return "report"
    return "plan" if re.match(r"\s*\)?\s*(?:renstra|rpjmd)", sentence.text[end : end + 12], re.IGNORECASE) else ""


def ordinals_in(sentence: Sentence) -> Iterator[OrdinalMention]:
    """`tahun kedua dari periode Renstra 2020–2024`; without a period its ends are 0."""
    found = list(_ORDINAL.finditer(sentence.text))
    if not found:
        return
    period = next(periods_in(sentence), None)
    if period is None and not _words().plans.search(sentence.text):
        return
    for item in found:
        number = _ordinal(item)
        if number:
            text = item[0]
            yield OrdinalMention(
                text, _at(sentence, item), sentence, number, period.first if period else 0, period.last if period else 0
            )


def _ordinal(found: re.Match[str]) -> int:
    if found["number"]:
        return int(found["number"]) if found["number"].isdigit() else _ROMAN.get(found["number"].casefold(), 0)
    words = _words().ordinals
    word = found["word"].casefold()
    return words.index(word) + 1 if word in words else 0


def counts_in(sentence: Sentence) -> Iterator[CountMention]:
    """Stated counts of things that the vocabulary knows."""
    words = _words()
    for found in words.counts.finditer(sentence.text):
        number = _count(found["count"])
        before = sentence.text[: found.start()].rstrip()[-8:].casefold()
        if number is None or before.endswith(
            ("tahun", "nomor", "ke", "pasal", "rp", "rp.", "tabel", "no.", "bab", "ayat")
        ):
            continue
        noun = words.nouns[" ".join(found["noun"].casefold().split())]
        qualifier = re.split(
            r"[,;.:()]|\s(?:dan|serta|dengan|yang terdiri)\s", sentence.text[found.end() :], maxsplit=1
        )[0]
        text = found[0]
        yield CountMention(
            text, _at(sentence, found), sentence, number, (found["words"] or "").strip(), noun, " ".join(qualifier.split()[:8])
        )  # fmt: skip


def _count(text: str) -> int | None:
    folded = text.casefold()
    if folded[0].isdigit():
        return int(folded.replace(".", ""))
    if folded in _words().ordinals:
        return _words().ordinals.index(folded) + 1
    try:
        return int(unspell(folded))
    except UnreadableNumber:
        return None


def spelled_in(sentence: Sentence) -> Iterator[SpelledNumber]:
    """Numbers with their words in brackets, if most of these are words of numbers."""
    if "(" not in sentence.text:
        return
    for found in _SPELLED.finditer(sentence.text):
        if not _are_numbers(found["words"]):
            continue
        figures = figures_in(found["number"]).figures
        if figures:
            place = _at(sentence, found)
            yield SpelledNumber(found[0], place, sentence, replace(figures[0], place=place), found["words"].strip())


def _are_numbers(text: str) -> bool:
    known, words = _words().numbers, re.findall("[a-z]+", text.casefold())
    hits = sum(word in known or any(word.startswith(number) and len(number) > 3 for number in known) for word in words)
    return bool(words) and hits * 2 >= len(words)


def references_in(sentence: Sentence) -> Iterator[TableMention]:
    """Tables, pictures and annexes that running text refers to; captions and headings refer to nothing."""
    if sentence.kind in {SentenceKind.CAPTION, SentenceKind.HEADING}:
        return
    for found in _REFERENCE.finditer(sentence.text):
        yield TableMention(found[0], _at(sentence, found), sentence, found["number"], found["series"].casefold())


def citation_spans(sentence: Sentence, citations: Sequence[Citation]) -> list[tuple[int, int]]:
    """Where the citations of a sentence stand in it, their gazettes included."""
    spans: list[tuple[int, int]] = []
    for citation in citations:
        start = sentence.text.find(citation.text)
        if start >= 0:
            close = re.compile(r"\s*\([^)]*(?:Lembaran|Berita)[^)]*\)", re.IGNORECASE).match(
                sentence.text, start + len(citation.text)
            )
            spans.append((start, close.end() if close else start + len(citation.text)))
    return spans
