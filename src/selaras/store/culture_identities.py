"""Who informants are: sealed by the key of the installation, opened only by a verb that leaves a record of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from selaras.store.models import InformantIdentity
from selaras.store.sealing import seal, unseal

PURPOSE = "informan"
FIELDS = ("name", "contact", "nip")
LEAST_LETTERS = 4
TITLES = frozenset({"bapak", "ibu", "pak", "bu", "drs", "dra", "prof", "kepala", "staf"})


def seal_identity(identity: Mapping[str, str]) -> str:
    """A name, a contact and an NIP as text that only this installation opens."""
    return seal(json.dumps({field: identity.get(field, "") for field in FIELDS}).encode(), PURPOSE)


def open_identity(sealed: str) -> dict[str, str]:
    """What was sealed. Raises CannotRun where the key of the installation is another one."""
    held: dict[str, str] = json.loads(unseal(sealed, PURPOSE))
    return held


def named_in(study: int, texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Which texts, by their keys, name an informant of a study: pairs of key and pseudonym.

    A text names a person who stands in it by the whole name, by any part of it of four letters or more as a word of
    its own with a capital letter, or by NIP or contact. One query.
    """
    rows = InformantIdentity.objects.filter(informant__study=study).values_list("informant__code", "sealed")
    found = []
    for code, sealed in rows:
        patterns = list(_patterns(open_identity(sealed)))
        found += [(key, code) for key, text in texts.items() if any(item.search(text) for item in patterns)]
    return tuple(found)


def _patterns(identity: Mapping[str, str]) -> Iterable[re.Pattern[str]]:
    for part in re.findall(r"[^\W\d_]+", identity.get("name", "")):
        if len(part) >= LEAST_LETTERS and part.lower() not in TITLES:
            yield re.compile(rf"\b(?:{re.escape(part.capitalize())}|{re.escape(part.upper())})\b")
    if name := identity.get("name", "").strip():
        yield re.compile(re.escape(name), re.IGNORECASE)
    if digits := re.sub(r"\D", "", identity.get("nip", "")):
        yield re.compile(r"[\s.]*".join(digits))
    if contact := identity.get("contact", "").strip():
        yield re.compile(re.escape(contact), re.IGNORECASE)
