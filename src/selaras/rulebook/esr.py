"""Loads what is known of the ministry's e-SAKIP Reviu: data of `data/esr/esr.toml`, read strictly."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.reporting.esr import DocumentType, Format
from selaras.rulebook.entry import Entry

FILE = "esr.toml"


@lru_cache(maxsize=32)
def load_esr(day: date) -> Format:
    """The format as it stood on `day`. Raises Refusal if the file is broken or holds none for the day."""
    return read_esr(files("selaras.rulebook") / "data" / "esr", day)


def read_esr(folder: Traversable, day: date) -> Format:
    """The format in `folder` as it stood on `day`; `load_esr` reads the one that is shipped."""
    try:
        content = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Entry(FILE, "berkas", {}).refusal("bukan TOML yang benar", error) from error
    whole = Entry(FILE, "berkas", content)
    forms = [_format(entry) for entry in whole.entries("format", "code")]
    types = [_type(entry) for entry in whole.entries("document", "code")]
    whole.done()
    chosen = [made for made in forms if made.source.holds_on(day)]
    kept = tuple(made for made in types if made.source.holds_on(day))
    if len(chosen) != 1:
        raise whole.refusal("format pada satu hari harus tepat satu", len(chosen), "satu isian [[format]]")
    kinds = [kind for made in kept for kind in made.kinds]
    if len(set(kinds)) != len(kinds) or len({made.code for made in kept}) != len(kept):
        raise whole.refusal("jenis dokumen ganda", ", ".join(kinds), "setiap jenis hanya sekali")
    return Format(chosen[0].fields, kept, chosen[0].source)


def _format(entry: Entry) -> Format:
    entry.text("code")
    made = Format(entry.labels("fields"), (), entry.source())
    entry.done()
    return made


def _type(entry: Entry) -> DocumentType:
    made = DocumentType(entry.text("code"), entry.text("name"), entry.labels("kinds"), entry.source())
    entry.done()
    return made
