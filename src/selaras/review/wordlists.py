"""Word lists that the rules of text and narrative read: data files of the rulebook, loaded once.

A list holds words of the official language and of reports in general; a word of one single report has no place in it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any


@lru_cache(maxsize=32)
def table(name: str) -> dict[str, Any]:
    """The data file `name` of the review rules, for example `narrative`."""
    path = files("selaras.rulebook") / "data" / "review" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=128)
def words(name: str, key: str) -> tuple[str, ...]:
    """The list `key` of the data file `name`."""
    return tuple(str(word) for word in table(name)[key])


@dataclass(frozen=True, slots=True)
class Element:
    """Something that a report must hold: how it is recognised, where it belongs, how much it matters."""

    code: str
    name: str
    severity: str
    found_by: tuple[str, ...]
    belongs: tuple[str, ...]
    regulation: str
    suggestion: str
    scope: str
    said_by: tuple[str, ...] = ()
    belongs_in: str = "any"


@lru_cache(maxsize=1)
def elements() -> tuple[Element, ...]:
    """The mandatory elements of a performance report."""
    return tuple(
        Element(
            item["code"],
            item["name"],
            item["severity"],
            tuple(item["found_by"]),
            tuple(item.get("belongs", ())),
            item.get("regulation", ""),
            item.get("suggestion", ""),
            item.get("scope", "text"),
            tuple(item.get("said_by", ())),
            item.get("belongs_in", "any"),
        )
        for item in table("elements")["element"]
    )
