"""What the workbook says of its sheets, as a page says it: people on a page choose from lists and know no sheets."""

from __future__ import annotations

import re

from django.utils.translation import get_language

from selaras.documents.workbook.sheets import SHEETS
from selaras.store.rows import all_tables
from selaras.web.core_words import SOURCE

CODE_OF = re.compile(r"^Kode dari lembar (\w+)(?=[;.])")
BESIDE = re.compile(r" \(lembar \w+\)")
NAMED = re.compile(r"\b(pada |di |dari )?lembar (\w+)")


def on_page(text: str) -> str:
    """A help text or a fault of the workbook without its sheets; a text that names none comes back as it is.

    In another language it is left alone: `core_words` knows it again by the words of the workbook.
    """
    if not (get_language() or SOURCE).startswith(SOURCE):
        return text
    text = CODE_OF.sub(lambda found: f"Dipilih dari daftar {_list(found[1])}", text)
    return NAMED.sub(_named, BESIDE.sub("", text))


def _named(found: re.Match[str]) -> str:
    name = _list(found[2])
    return f"{found[1] or ''}daftar {name}" if name else found[0]


def _list(sheet: str) -> str:
    """What the list of a sheet's records is called; empty for a word that is no sheet."""
    record = next((item.record for item in SHEETS if item.name == sheet), None)
    return _in_a_sentence(all_tables()[record].label) if record is not None else ""


def _in_a_sentence(label: str) -> str:
    """A name within a sentence: with a small letter, unless it begins with an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
