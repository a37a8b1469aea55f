"""Whose report it is and of which year: from cover, running headers, title headings, and what is said most often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from selaras.core.document import Cover
from selaras.core.place import Place
from selaras.core.source import Reading
from selaras.review.claims.agencies import agencies_in, key_of
from selaras.review.report import AgencyMention, Identity, PeriodMention, Sentence, SentenceKind

_FRONT = 25
_TITLE = re.compile(r"\b(?:laporan|lkj\w*|lakip|lkip|perjanjian kinerja|rencana kerja|rencana aksi)\b", re.IGNORECASE)
_TITLE_YEAR = re.compile(
    r"\b(?:tahun|t\.?a\.?|laporan|anggaran|triwulan\s+\w+)\s+(?:anggaran\s+)?(?P<year>20[0-9]{2})\b(?!\s*[-–/])",
    re.IGNORECASE,
)
_KINDS = (
    ("LKjIP", re.compile(r"\b(?:lkjip|laporan kinerja instansi pemerintah)\b", re.IGNORECASE)),
    ("LKj", re.compile(r"\b(?:lkj|laporan kinerja|lakip|lkip|laporan akuntabilitas kinerja)\b", re.IGNORECASE)),
    ("PK", re.compile(r"\b(?:perjanjian kinerja|penetapan kinerja)\b", re.IGNORECASE)),
    ("Renja", re.compile(r"\b(?:evaluasi.*renja|rencana kerja|rkpd)\b", re.IGNORECASE)),
    ("Renstra", re.compile(r"\b(?:rencana strategis|renstra)\b", re.IGNORECASE)),
    ("SKP", re.compile(r"\b(?:sasaran kinerja pegawai|skp)\b", re.IGNORECASE)),
)
_PARENT_SHARE = 3
_PLAN_TITLE = re.compile(
    r"^\W*(?:rancangan\s+(?:akhir\s+)?)?(?:rencana strategis|renstra|rencana pembangunan)\b.*\b20[0-9]{2}\s*[-–—]\s*20[0-9]{2}",
    re.IGNORECASE,
)
"""The title of a plan of several years, which is of no single one."""


def identity_of(
    reading: Reading, sentences: Sequence[Sentence], agencies: Sequence[AgencyMention], periods: Iterable[PeriodMention]
) -> Identity:
    """The identity of the report. What cannot be told stays empty."""
    front = sentences[:_FRONT]
    name, key = _name(reading, front, agencies)
    parents, aliases = _relatives(key, name, agencies)
    first, last = _plan(periods)
    return Identity(name, aliases, _kind(reading, front), _year(reading, sentences), first, last, parents, key)


def _name(reading: Reading, front: Sequence[Sentence], agencies: Sequence[AgencyMention]) -> tuple[str, str]:
    """The office with the most votes: one for each mention, more for cover, running headers and titles."""
    votes: Counter[str] = Counter()
    names: dict[str, Counter[str]] = {}
    weights = {id(item.sentence): 4 for item in agencies if item.sentence is not None and item.sentence in front}
    for item in [*agencies, *_announced(reading)]:
        weight = 6 if item.sentence is None or not item.sentence.place.source else weights.get(id(item.sentence), 1)
        if (
            item.sentence is not None
            and item.sentence.kind is SentenceKind.HEADING
            and _TITLE.search(item.sentence.text)
        ):
            weight = 4
        if item.office in {"", "pemerintah", "dinas", "badan"} or item.office.startswith("pemerintah"):
            weight = 0
        votes[item.key] += weight * (2 if item.region else 1)
        names.setdefault(item.key, Counter())[item.name] += 1
    if not votes or not max(votes.values()):
        return "", ""
    best = max(votes, key=lambda key: (votes[key], len(key)))
    longer = [key for key in votes if key.endswith(best) and key != best and votes[key] * 3 >= votes[best]]
    best = max(longer, key=lambda key: votes[key]) if longer else best
    fuller = [
        key
        for key in votes
        if key.startswith(f"{best} ") and key.split()[-1] in _last_words(agencies) and votes[key] * 4 >= votes[best]
    ]
    best = max(fuller, key=lambda key: votes[key]) if fuller else best
    return names[best].most_common(1)[0][0], best


def _last_words(agencies: Sequence[AgencyMention]) -> frozenset[str]:
    """Words with which regions end."""
    return frozenset(item.region.split()[-1] for item in agencies if item.region)


def _announced(reading: Reading) -> list[AgencyMention]:
    """What the cover, the running headers and the document's own data say."""
    texts = [reading.document.agency, *reading.margins]
    texts += [block.agency for block in reading.document.blocks if isinstance(block, Cover)]
    return [found for text in texts if text for found in agencies_in(Sentence(text, Place()))]


def _relatives(key: str, name: str, agencies: Sequence[AgencyMention]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the offices above, and the names by which the agency itself goes.

    A name that ends the own name (`Setda Provinsi Bali`) is that of a parent, unless the report says it as often as
    its own: the secretariat of an election office writes `KPU Kota X` of both.
    """
    if not key:
        return (), ()
    counts = Counter(item.key for item in agencies)
    parents: dict[str, None] = {}
    aliases: dict[str, None] = {name: None}
    for item in agencies:
        if item.key == key:
            aliases.setdefault(item.name)
        elif key.endswith(f" {item.key}"):
            parents.setdefault(item.name)
            if counts[item.key] * _PARENT_SHARE >= counts[key]:
                aliases.setdefault(item.name)
        elif _is_short(item, key, counts):
            aliases.setdefault(item.name)
    return tuple(parents), tuple(aliases)


def _is_short(item: AgencyMention, key: str, counts: Counter[str]) -> bool:
    """The own name shortened at its end (`Biro Organisasi`), or with the same words in a fuller wording."""
    if key.startswith(f"{item.key} ") and len(item.key.split()) > 1:
        return True
    mine, other = set(key.split()), set(item.key.split())
    return (
        bool(item.region)
        and key.endswith(item.region)
        and counts[item.key] > 1
        and mine < other
        and len(other - mine) < 4
    )


def own_keys(identity: Identity) -> frozenset[str]:
    """The keys of all names by which the agency goes."""
    return frozenset(key_of(name) for name in (identity.name, *identity.aliases) if name)


def _kind(reading: Reading, front: Sequence[Sentence]) -> str:
    for text in [reading.document.title, *(item.text for item in front)]:
        found = next((kind for kind, pattern in _KINDS if pattern.search(text)), "")
        if found:
            return found
    return ""


def _year(reading: Reading, sentences: Sequence[Sentence]) -> int | None:
    """The year with the most votes: cover and titles count more than running text. A plan of several years has none."""
    if _PLAN_TITLE.match(reading.document.title) or any(_PLAN_TITLE.match(each.text) for each in sentences[:1]):
        return None
    votes: Counter[int] = Counter()
    cover = [str(block.year) for block in reading.document.blocks if isinstance(block, Cover)]
    for text in (*reading.margins, *(f"tahun {year}" for year in cover), reading.document.title):
        votes.update({int(found["year"]): 8 for found in _TITLE_YEAR.finditer(text)})
    for position, sentence in enumerate(sentences):
        weight = 8 if position < 10 else 3 if sentence.kind is SentenceKind.HEADING else 1
        for found in _TITLE_YEAR.finditer(sentence.text):
            votes[int(found["year"])] += weight
    if reading.document.year:
        votes[reading.document.year] += 8
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _plan(periods: Iterable[PeriodMention]) -> tuple[int | None, int | None]:
    """The period that most mentions of the Renstra give; without any, that of the mid-term plan of the region."""
    votes = Counter(
        (item.first, item.last) for item in periods if item.plan == "renstra" and 2 <= item.last - item.first <= 6
    )
    if not votes:
        return None, None
    return max(votes, key=lambda pair: votes[pair])
