"""Whose report it is, taken apart: what kind of office, of which region, and what its names have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from selaras.review.report import Report
from selaras.rulebook.review_words import review_words

_REGION = re.compile(r"\b(Kota|Kabupaten|Kab\.|Provinsi|Prov\.)\s+([A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+){0,2})")
_PEERS = {"Kota": ("Kota", "Kabupaten"), "Kabupaten": ("Kota", "Kabupaten"), "Provinsi": ("Provinsi",)}
_HEADS = re.compile(r"^(?:Sekretariat|Sekretaris|Pemerintah)\s+(?!Daerah|KOTA|Kota)(?=\w{2,})", re.IGNORECASE)
_LONG = {"KPU": "Komisi Pemilihan Umum", "Bappeda": "Badan Perencanaan Pembangunan Daerah", "Dinkes": "Dinas Kesehatan"}


@dataclass(frozen=True, slots=True)
class Office:
    """An office by its parts: `stems` stand before the region (`KPU`, `Sekretariat KPU`), `peers` are the levels of equals."""

    name: str
    stems: tuple[str, ...]
    region: str
    place_name: str
    level: str
    peers: tuple[str, ...]


def own_office(report: Report) -> Office | None:
    """The office of the report; None if its name is not known."""
    names = [name for name in (report.identity.name, *report.identity.aliases) if name]
    for name in names:
        title = _titled(name)
        match = _REGION.search(title)
        if match:
            level = {"Kab.": "Kabupaten", "Prov.": "Provinsi"}.get(match[1], match[1])
            stems = tuple(dict.fromkeys(stem for each in names for stem in _stems(each)))
            return Office(title, stems, f"{level} {match[2]}", match[2], level, _PEERS[level])
    return (
        Office(names[0], tuple(dict.fromkeys(stem for each in names for stem in _stems(each))), "", "", "", ())
        if names
        else None
    )


@lru_cache(maxsize=4096)
def registered(level: str, text: str) -> str:
    """The longest name of a region of that level with which `text` begins, in small letters; empty if the register has none."""
    said = f"{text.casefold()} "
    return max((name for name in _regions(level) if said.startswith(f"{name} ")), key=len, default="")


@lru_cache(maxsize=4)
def _regions(level: str) -> tuple[str, ...]:
    provinces = review_words().provinces
    names = {
        "Provinsi": [province.name for province in provinces],
        "Kabupaten": [name for province in provinces for name in province.kabupaten],
        "Kota": [name for province in provinces for name in province.kota],
    }
    return tuple(name.casefold() for name in names.get(level, ()))


def _stems(name: str) -> list[str]:
    title = _titled(name)
    match = _REGION.search(title)
    head = (title[: match.start()] if match else title).strip()
    found = [head]
    shorter = _HEADS.sub("", head)
    if shorter and shorter != head:
        found.append(shorter)
    for short, long in _LONG.items():
        found += [stem.replace(long, short) for stem in list(found) if long in stem]
        found += [stem.replace(short, long) for stem in list(found) if re.search(rf"\b{short}\b", stem)]
    return [
        stem
        for stem in dict.fromkeys(found)
        if stem and stem not in {"Sekretariat", "Sekretariat Daerah", "Pemerintah"}
    ]


def _titled(name: str) -> str:
    """A name in capitals as title; abbreviations keep theirs."""
    if not name.isupper():
        return name
    short = {"KPU", "BPBD", "DPRD", "RSUD", "BKD", "BPKAD", "DPMPTSP"}
    return " ".join(word if word in short else word.capitalize() for word in name.split())
