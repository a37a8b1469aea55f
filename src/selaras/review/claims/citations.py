"""Regulations cited: kind, number, year, title, gazettes; nested citations are found too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from selaras.review.claims.names import fold
from selaras.review.report import Citation, Sentence
from selaras.rulebook.review_words import review_words

_HINT = re.compile(r"\b(?:nomor|no\b|tahun\s+(?:19|20)[0-9]{2})", re.IGNORECASE)
_NUMBER = r"(?P<number>[0-9]{1,4}[A-Z]?(?:[./][A-Za-z0-9][\w.\-/()]*)?|[A-Z]{1,3}/[\w.\-/]+)"
_ABOUT = re.compile(r"\s*,?\s*\(?(?:tentang|perihal)\s+", re.IGNORECASE)
_YEAR = re.compile(r"\s*,?\s*tahun\s+(?P<year>(?:19|20)[0-9]{2})", re.IGNORECASE)
_LAWS = frozenset(
    {"atas", "pengganti", "menjadi", "penetapan", "pelaksanaan", "perubahan", "kedua", "ketiga", "pencabutan"}
)
_SLASH_YEAR = re.compile(r"/(?P<year>(?:19|20)[0-9]{2})$")
_TITLE_MAX = 400


@dataclass(frozen=True, slots=True)
class _Words:
    head: re.Pattern[str]
    codes: dict[str, str]
    ends: re.Pattern[str]
    gazette: re.Pattern[str]
    gazettes: dict[str, str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    words = review_words()
    codes = {fold(word): code for code, wordings in words.regulations for word in wordings}
    spelled = sorted({word for _, wordings in words.regulations for word in wordings}, key=len, reverse=True)
    kinds = "|".join(re.escape(word).replace(r"\ ", r"\s+").replace(r"\-", r"[\s-]?") for word in spelled)
    head = re.compile(
        rf"\b(?P<kind>{kinds})\b(?P<whose>(?:\s+(?!Nomor|No\b|Tahun|tentang|nomor|no\b|tahun)[\w./&-]+){{0,9}}?)"
        rf"\s*(?:Nomor|No\b)\.?\s*:?\s*{_NUMBER}",
        re.IGNORECASE,
    )
    heads = "|".join(
        re.escape(word) for word in words.offices.heads if word not in {"Badan", "Lembaga", "Bagian", "Pemerintah"}
    )
    ends = re.compile(
        r"\s[(]|;|\s(?:"
        + "|".join(re.escape(word) for word in words.title_ends)
        + r")\b|,\s+(?:dengan|yang|sebagaimana|terakhir|maka|telah|struktur|saat ini|setiap|dalam|pada|perangkat daerah|"
        + heads
        + r")\b|[.,:]?\s*$|\)\s|(?<!prov)(?<!kab)\.\s+[A-Z]",
        re.IGNORECASE,
    )
    gazette = re.compile(
        r"(?P<name>" + "|".join(map(re.escape, words.gazettes.values())) + r")(?P<rest>[^,;()]*?)"
        r"(?:Tahun\s+(?P<year>[0-9]{4})\s*,?\s*)?(?:Nomor|No)\.?\s*(?P<number>[0-9]+)",
        re.IGNORECASE,
    )
    return _Words(head, codes, ends, gazette, {fold(name): code for code, name in words.gazettes.items()})


def citations_in(sentence: Sentence) -> Iterator[Citation]:
    """The regulations that a sentence names by number. A year or title that is missing stays empty."""
    text = sentence.text
    if not _HINT.search(text):
        return
    heads = list(_heads(text))
    listed = any(name in fold(" ".join(sentence.path)) for name in review_words().language.legal_lists)
    for index, found in enumerate(heads):
        following = next(
            (other.start() for other in heads[index + 1 :] if not _is_nested(text, other.start())), len(text)
        )
        yield _citation(sentence, found, following, listed)


def _heads(text: str) -> Iterator[re.Match[str]]:
    """Where regulations are named. `menjadi Undang-Undang sebagaimana diubah dengan Undang-Undang Nomor 1` names the last."""
    head, at = _words().head, 0
    while found := head.search(text, at):
        named = not found["whose"] or _is_whose(found["whose"])
        at = found.end() if named else found.end("kind")
        if named:
            yield found


def _is_whose(words: str) -> bool:
    """`Daerah Provinsi Bali` belongs to the kind; words of a sentence do not."""
    return all(word[:1].isupper() or word.casefold() in {"dan", "republik", "negara"} for word in words.split())


def _is_nested(text: str, start: int) -> bool:
    """A regulation named inside the title of another: `Perubahan Atas Peraturan …`."""
    before = text[:start].split()
    return bool(before) and before[-1].casefold().strip("(,") in _LAWS


def _citation(sentence: Sentence, found: re.Match[str], following: int, listed: bool) -> Citation:
    text, words = sentence.text, _words()
    year, end = 0, found.end()
    number = found["number"].rstrip(".-(")
    after = _YEAR.match(text, end)
    if after:
        year, end = int(after["year"]), after.end()
    else:
        slash = _SLASH_YEAR.search(number)
        year = int(slash["year"]) if slash else 0
    title = ""
    about = _ABOUT.match(text, end)
    if about:
        stop = words.ends.search(text, about.end())
        cut = min(following, stop.start() if stop else len(text), about.end() + _TITLE_MAX)
        title = re.sub(r"[\s,]+(?:dan|serta)?\s*$", "", text[about.end() : cut]).strip(" ,.;:")
        end = max(end, about.end() + len(title))
    gazettes = tuple(_gazettes(text[end:following]))
    kind = words.codes.get(fold(found["kind"]), found["kind"])
    return Citation(
        text[found.start() : end].strip(" ,;"), sentence.place_at(found.start(), text[found.start() : end].strip(" ,;")), sentence,
        _kind(kind, found["whose"] or ""), number, year, title, gazettes, listed,
    )  # fmt: skip


def _kind(code: str, whose: str) -> str:
    """A ministry that has no short name of its own stays in the kind: `Permen Ketenagakerjaan`."""
    rest = re.sub(r"\b(?:republik indonesia|r\.?i\.?)\b", "", whose, flags=re.IGNORECASE).strip(" .,")
    return f"{code} {' '.join(rest.split())}".strip() if code in {"Permen", "Kepmen"} else code


def _gazettes(text: str) -> Iterator[tuple[str, int, str]]:
    words = _words()
    for found in words.gazette.finditer(text):
        year = re.search(r"(?:19|20)[0-9]{2}", found["year"] or found["rest"] or "")
        yield words.gazettes[fold(found["name"])], int(year[0]) if year else 0, found["number"]
