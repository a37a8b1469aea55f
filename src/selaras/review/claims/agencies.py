"""Names of offices in running text: a word with which offices begin, its capitalised words, and its region."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selaras.review.claims.names import fold
from selaras.review.report import AgencyMention, Sentence
from selaras.rulebook.review_words import review_words

_KIND = r"(?:Provinsi|Propinsi|Prov\.?|Kabupaten|Kab\.?|Kota|PROVINSI|PROPINSI|PROV\.?|KABUPATEN|KAB\.?|KOTA)"
_WORD = re.compile(r"\s+(?P<word>(?:[A-Z&][\w.&'/\-]*|dan|serta|RI|(?:dr|drg)\.(?=\s*[A-Z])))(?P<comma>,?)")
_SPECIAL = ("DKI Jakarta", "DI Yogyakarta", "D.I. Yogyakarta", "Daerah Istimewa Yogyakarta", "Daerah Khusus Jakarta")
_BETWEEN = re.compile(r"(?<=\w) pemerintah(?: daerah)? (?=provinsi |kabupaten |kota )")
_LONGEST = 12
_SHORT = frozenset({"pemprov", "pemkab", "pemkot"})
_GENERIC = frozenset(
    {
        "provinsi",
        "kabupaten",
        "kota",
        "kab",
        "prov",
        "daerah",
        "pusat",
        "indonesia",
        "republik",
        "ri",
        "setempat",
        "dan",
    }
)


@dataclass(frozen=True, slots=True)
class _Words:
    heads: re.Pattern[str]
    region: re.Pattern[str]
    names: re.Pattern[str]
    register: frozenset[str]
    alone: frozenset[str]
    stop: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]
    same: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    words, offices = review_words(), review_words().offices
    names = {name for province in words.provinces for name in (province.name, *province.kabupaten, *province.kota)}
    spelled = sorted({*names, *_SPECIAL}, key=len, reverse=True)
    known = {f"provinsi {fold(province.name)}" for province in words.provinces}
    known |= {f"kabupaten {fold(name)}" for province in words.provinces for name in province.kabupaten}
    known |= {f"kota {fold(name)}" for province in words.provinces for name in province.kota}
    heads = sorted({form for head in offices.heads for form in (head, head.upper())}, key=len, reverse=True)
    return _Words(
        re.compile(r"(?<![\w/])(?:" + "|".join(map(re.escape, heads)) + r")(?![\w/])"),
        re.compile(
            rf"{_KIND}\s+(?:(?P<name>(?i:{'|'.join(re.escape(name) for name in spelled)}))(?!\w)|(?P<unknown>[A-Z][\w'-]{{2,}}))"
        ),
        re.compile(rf"(?i:{'|'.join(re.escape(name) for name in spelled)})(?!\w)"),
        frozenset(known),
        frozenset(map(str.casefold, offices.alone)),
        frozenset(offices.stop),
        frozenset(offices.not_before),
        frozenset(offices.not_after),
        tuple((re.compile(rf"\b{re.escape(short)}\b"), long) for short, long in offices.same.items()),
    )


def key_of(name: str) -> str:
    """The name folded: lower case, abbreviations of offices and regions written one way."""
    key = fold(name.replace("/", " "))
    for pattern, whole in _words().same:
        key = pattern.sub(whole, key)
    return _BETWEEN.sub(" ", key)


def agencies_in(sentence: Sentence) -> Iterator[AgencyMention]:
    """The offices that a sentence names, the longest name from the first word of an office on."""
    words, text, after = _words(), sentence.text, 0
    heads = list(words.heads.finditer(text))
    starts = {head.start() for head in heads}
    for head in heads:
        if head.start() < after or _last_word(text[: head.start()]) in words.not_before:
            continue
        if head[0].casefold() == "pemerintah" and head.end() + 1 in starts:
            continue
        end = _end(text, head.start(), head.end())
        name = text[head.start() : end].strip(" ,.;:-")
        if not _is_name(name, head[0]):
            continue
        after = end
        yield mention(name, sentence)


def mention(name: str, sentence: Sentence) -> AgencyMention:
    """A name as a mention with its key, cut into office and region."""
    words, key = _words(), key_of(name)
    found = list(words.region.finditer(name))
    region = key_of(found[-1][0]) if found else ""
    office = key[: -len(region)].strip() if region and key.endswith(region) else key
    if key.startswith("pemerintah ") and not region:
        region = key.removeprefix("pemerintah ") if key.split()[1] in {"kota", "kabupaten", "provinsi"} else ""
    known = not region or region in words.register or any(fold(item) in region for item in _SPECIAL)
    return AgencyMention(
        name,
        sentence.place_at(max(sentence.text.find(name), 0), name),
        sentence,
        name,
        key,
        office,
        region,
        known=known,
    )


def _end(text: str, start: int, end: int) -> int:
    """Where the name ends: behind its region, or before the first word that cannot belong to it."""
    words, taken, limit = _words(), 0, end
    short = words.names.match(text, _skip(text, end)) if text[start:end].casefold() in _SHORT else None
    if short:
        return short.end()
    while taken < _LONGEST:
        region = words.region.match(text, _skip(text, limit))
        if region and (region["name"] or not region["unknown"] or region["unknown"].casefold() not in words.stop):
            return region.end()
        word = _WORD.match(text, limit)
        if not word or word["word"].casefold().strip(".") in words.stop:
            break
        if word["word"] in {"dan", "serta"} and (
            not _goes_on(text, word.end()) or words.heads.match(text, _skip(text, word.end()))
        ):
            break
        limit = word.end("word")
        taken += 1
        if word["comma"] and not _goes_on(text, word.end()):
            break
        if word["comma"]:
            if not _ends_in_region(text, word.end()):
                break
            limit = word.end()
    return _without_joint(text, start, limit)


def _skip(text: str, position: int) -> int:
    while position < len(text) and text[position] == " ":
        position += 1
    return position


def _goes_on(text: str, position: int) -> bool:
    word = _WORD.match(text, position)
    return bool(word) and word["word"] not in {"dan", "serta"} and word["word"].casefold() not in _words().stop  # type: ignore[index]


def _ends_in_region(text: str, position: int) -> bool:
    """A list of capitalised words goes on over a comma only if it ends in a region: `Dinas Pemuda, Olahraga … Kota X`."""
    stretch = re.match(r"(?:\s*,?\s+(?:[A-Z][\w.'/-]*|dan))+", text[position:])
    return bool(stretch) and bool(_words().region.search(stretch[0])) and not _words().heads.search(stretch[0])  # type: ignore[index]


def _without_joint(text: str, start: int, end: int) -> int:
    name = re.sub(r"(?:\s+(?:dan|serta))+$", "", text[start:end])
    return start + len(name)


def _is_name(name: str, head: str) -> bool:
    words = _words()
    if head.casefold() in words.alone:
        return True
    rest = name[len(head) :].split()
    if not rest:
        return False
    if not words.region.search(name) and set(re.findall("[a-z]+", " ".join(rest).casefold())) <= _GENERIC:
        return False
    if re.search(r"(?:provinsi|kabupaten|kota|kab|prov)\.?$", name, re.IGNORECASE) and not words.region.search(name):
        return False
    first = rest[0].casefold()
    return not (first in words.not_after and not words.region.search(name) and len(rest) == 1)


def _last_word(text: str) -> str:
    words = text.rstrip().rsplit(None, 1)
    return words[-1].casefold() if words else ""
