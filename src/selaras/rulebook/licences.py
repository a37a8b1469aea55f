"""Loads the terms under which open data may be published: data of `data/entry/licences.toml`, read strictly."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.reporting.licence import Licence
from selaras.rulebook.entry import Entry

FILE = "licences.toml"


@lru_cache(maxsize=1)
def load_licences() -> tuple[Licence, ...]:
    """Every known set of terms, the proposed one first. Raises Refusal if the file is broken."""
    return read_licences(files("selaras.rulebook") / "data" / "entry")


def read_licences(folder: Traversable) -> tuple[Licence, ...]:
    """The terms in `folder`; `load_licences` reads the ones that are shipped."""
    try:
        content = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Entry(FILE, "berkas", {}).refusal("bukan TOML yang benar", error) from error
    whole = Entry(FILE, "berkas", content)
    made = tuple(_licence(entry) for entry in whole.entries("licence", "code"))
    whole.done()
    if not made or len({one.code for one in made}) != len(made):
        raise whole.refusal("lisensi kosong atau ganda", ", ".join(one.code for one in made), "setiap kode sekali")
    return made


def _licence(entry: Entry) -> Licence:
    made = Licence(entry.text("code"), entry.text("name"), entry.text("url"), entry.text("terms"), entry.source())
    entry.done()
    if not made.url.startswith("https://"):
        raise entry.refusal("alamat lisensi bukan https", made.url, "https://…")
    return made
