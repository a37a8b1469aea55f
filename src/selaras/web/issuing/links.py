"""The page of the record that a document was made of."""

from __future__ import annotations

from django.urls import reverse

_PAGES = {
    "pk": "agreements:case", "skp": "people:plan", "lkjip": "reporting:edition", "lhe": "evaluation:letter",
    "pernyataan-reviu": "review:desk", "berita-acara": "issuing:minutes-edit",
}  # fmt: skip
_BY_KEY = frozenset({"pk", "skp"})


def record_address(agency: str, year: int, kind: str, key: str, record: int) -> str:
    """The address of a record by its kind."""
    return reverse(_PAGES[kind], args=(agency, year, key if kind in _BY_KEY else record))
