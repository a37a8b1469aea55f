"""Whether a certificate is that of the person who is expected: by NIP where both tell one, else by the name."""

from __future__ import annotations

import re
from unicodedata import normalize

_PREFIXES = frozenset({
    "dr", "drs", "dra", "ir", "prof", "h", "hj", "kh", "tgk", "r", "rr", "drg", "drh", "apt", "ns", "kompol", "akbp",
})  # fmt: skip
"""Titles that stand before a name; those after it follow a comma."""


def bare(name: str) -> tuple[str, ...]:
    """The words of a name without titles, degrees, dots and case: `Dr. Ani Contoh, S.Sos.` becomes `ani`, `contoh`."""
    plain = normalize("NFKD", name.partition(",")[0]).encode("ascii", "ignore").decode().casefold()
    words = [word for word in re.split(r"[^a-z0-9']+", plain) if word]
    while len(words) > 1 and words[0] in _PREFIXES:
        words.pop(0)
    return tuple(words)


def agree(expected: str, subject: str, *, identity: str = "", identifiers: tuple[str, ...] = ()) -> bool:
    """Whether a certificate's subject is the expected person.

    `identity` is the NIP that the document knows, `identifiers` are the numbers that the certificate tells (NIP, NIK):
    where one of them has the form of a NIP, the numbers decide, otherwise the names must have the same words.
    """
    nips = {digits for text in identifiers if len(digits := re.sub(r"\D", "", text)) == 18}
    known = re.sub(r"\D", "", identity)
    if len(known) == 18 and nips:
        return known in nips
    wanted, given = bare(expected), bare(subject)
    return bool(wanted) and wanted == given
