"""Regulations cited, in the form in which rules compare them: one short name per kind, titles as words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from selaras.core.law import Certainty, Law, Regulation
from selaras.core.place import Place
from selaras.review.prose import fold
from selaras.review.report import Citation, Report

_KINDS = (
    ("Perppu", r"peraturan pemerintah pengganti|perp+u\b"),
    ("UU", r"undang|^uu$"),
    ("Permenpan-RB", r"pendayagunaan aparatur|pan ?-?rb|menpan|panrb"),
    ("Permendagri", r"dalam negeri|mendagri"),
    ("PMK", r"menteri keuangan|^pmk$"),
    ("Perpres", r"peraturan presiden|^perpres$"),
    ("Keppres", r"keputusan presiden|^keppres$"),
    ("Inpres", r"instruksi presiden|^inpres$"),
    ("Pergub", r"peraturan gubernur|^pergub$"),
    ("Perbup", r"peraturan bupati|^perbup$"),
    ("Perwali", r"peraturan wali ?kota|^perwali$"),
    ("Perda", r"peraturan daerah|^perda$"),
    ("PP", r"peraturan pemerintah|^pp$"),
)
_SPELLINGS = {
    "review": "reviu",
    "didalam": "dalam",
    "ri": "",
    "sakip": "sistem akuntabilitas kinerja instansi pemerintah",
    "akip": "akuntabilitas kinerja instansi pemerintah",
    "lkjip": "laporan kinerja instansi pemerintah",
    "lakip": "laporan akuntabilitas kinerja instansi pemerintah",
    "rpjmn": "rencana pembangunan jangka menengah nasional",
    "asn": "aparatur sipil negara",
    "apbd": "anggaran pendapatan belanja daerah",
    "apbn": "anggaran pendapatan belanja negara",
}
_TAIL = re.compile(
    r"\s*(?:\(|;|,?\s*(?:sebagaimana|yang (?:telah|menjadi|mewajibkan|merupakan|terakhir)|"
    r"dan peraturan pelaksana|serta peraturan|untuk menyelenggarakan|mengamanatkan|menyebutkan|disebutkan)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_CHANGING = re.compile(
    r"(?:perubahan(?: \w+)? atas|penetapan|pencabutan(?: atas)?|pelaksanaan(?: atas)?)\s*$", re.IGNORECASE
)
_MORE = re.compile(
    r",?\s+(?:dan|serta)(?:,?\s+(?:(?:dan|serta|atas|di|dalam|untuk|bagi)\s+)*(?!Peraturan|Undang|Keputusan|Instruksi|UU\b|PP\b|Per(?:men|pres|da|gub))[A-Z][\w/-]*)+"
)
_WEAK = frozenset({"dan", "di", "tentang", "republik", "indonesia", "atas", "negara", "yang", "the"})


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation: short kind, number, year, title without what follows it."""

    kind: str
    number: str
    year: int
    title: str
    text: str
    place: Place
    gazettes: tuple[tuple[str, int, str], ...]
    listed: bool
    region: str = ""
    nested: bool = False  # stands in the title of another one: `Perubahan atas Perda 3/2019`

    @property
    def key(self) -> tuple[str, str, int]:
        """By which citations of one regulation meet."""
        return self.kind, self.number, self.year

    @property
    def shown(self) -> str:
        """`UU 23/2014`."""
        return f"{kind_name(self.kind)} {self.number}/{self.year}"


def cited(report: Report) -> list[Cited]:
    """The citations of a report in reading order."""
    found: list[Cited] = report.once("cited", lambda each: [_taken(citation) for citation in each.citations])
    return [*found]


@lru_cache(maxsize=1024)
def short_kind(kind: str) -> str:
    """The short name of a kind of regulation; an unknown kind stays as it is."""
    folded = " ".join(kind.casefold().replace("–", "-").split())
    return next((name for name, words in _KINDS if re.search(words, folded)), kind.strip())


def kind_name(kind: str) -> str:
    """The kind as it is printed in findings."""
    return kind or "peraturan"


@lru_cache(maxsize=4096)
def title_words(title: str) -> tuple[str, ...]:
    """The words of a title for comparing: folded, without particles, spellings of one word made one."""
    return tuple(
        word for said in fold(title).split() for word in _SPELLINGS.get(said, said).split() if word not in _WEAK
    )


def register(law: Law) -> dict[tuple[str, str, int], Regulation]:
    """The register of regulations by kind, number and year."""
    return {(short_kind(entry.kind), entry.number, entry.year): entry for entry in law.regulations.values()}


def is_certain(entry: Regulation) -> bool:
    """Whether somebody has looked the entry up."""
    return entry.source.certainty is Certainty.CONFIRMED


def texts(items: Sequence[Cited]) -> list[str]:
    """The citations in short form, each once."""
    return list(dict.fromkeys(item.shown for item in items))


def _taken(citation: Citation) -> Cited:
    kind = short_kind(citation.kind)
    region = re.search(r"\b(?:Provinsi|Kabupaten|Kota)\s+[A-Z]\w+", citation.text)
    before, after = _around(citation)
    title = _TAIL.sub("", citation.title).strip(" .,;:") + _rest(after)
    return Cited(
        kind,
        citation.number.strip(),
        citation.year,
        title,
        citation.text,
        citation.place,
        citation.gazettes,
        citation.listed,
        region[0] if region else "",
        bool(_CHANGING.search(before)),
    )


def _around(citation: Citation) -> tuple[str, str]:
    """What stands before and after the citation in its sentence; the last place of it where it stands twice."""
    text = citation.sentence.text if citation.sentence else ""
    at = text.rfind(citation.text)
    return (text[:at], text[at + len(citation.text) :]) if at >= 0 else ("", "")


def _rest(after: str) -> str:
    """What belongs to the title although it stands behind `, dan`: words with capital letters."""
    match = _MORE.match(after)
    return match[0].rstrip(" ,") if match else ""
