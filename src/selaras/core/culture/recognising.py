"""Words in a text that may point at a person: told before the text is locked, because afterwards it never changes.

A hint and no verdict: addresses of persons, numbers, mail addresses, and roles that only one informant holds. Names of
informants that the installation knows are looked for apart, where their sealed identities are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from selaras.core.culture.sources import Informant, recognisable


class Pointing(StrEnum):
    """In which way words may point at somebody."""

    ADDRESSED = "sebutan orang"
    NUMBER = "nomor panjang"
    MAIL = "alamat surel"
    ROLE = "peran dengan pemegang tunggal"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words of a text that may point at a person, and how often they stand there."""

    how: Pointing
    words: str
    count: int


PATTERNS = {
    Pointing.ADDRESSED: re.compile(
        r"\b(?:Bapak|Pak|Ibu|Bu|Saudara|Saudari|Sdr\.|Sdri\.|Drs\.|Dra\.|Dr\.|Ir\.|H\.|Hj\.)"
        r"(?:\s+[A-Z](?:\.|[\w’'-]+)){1,3}"
    ),
    Pointing.NUMBER: re.compile(r"(?<![\w.])\+?\d(?:[\s.-]?\d){8,17}(?![\w])"),
    Pointing.MAIL: re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
}


def pointers(text: str, informants: Iterable[Informant] = ()) -> tuple[Pointer, ...]:
    """What in a text may point at a person, in the order of `Pointing` and then of the text."""
    people = list(informants)
    made = []
    for how, pattern in PATTERNS.items():
        found = Counter(" ".join(match.group().split()) for match in pattern.finditer(text))
        made += [Pointer(how, words, count) for words, count in found.items()]
    known = set(recognisable(people))
    for role in dict.fromkeys(person.role for person in people if person.code in known):
        count = len(re.findall(rf"\b{re.escape(role)}\b", text, re.IGNORECASE)) if role else 0
        if count:
            made.append(Pointer(Pointing.ROLE, role, count))
    return tuple(made)
