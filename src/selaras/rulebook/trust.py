"""Loads the roots of certificates that a verification trusts: data of `data/trust/roots.toml`, read strictly."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.law import Source
from selaras.rulebook.entry import Entry

FILE = "roots.toml"


@dataclass(frozen=True, slots=True)
class KnownRoot:
    """A root by its name; `pem` is empty where nobody has compared its certificate yet."""

    name: str
    owner: str
    looks_like: tuple[str, ...]
    source: Source
    pem: str = ""


@lru_cache(maxsize=1)
def load_roots() -> tuple[KnownRoot, ...]:
    """Every root that is shipped, with or without its certificate. Raises Refusal if the file is broken."""
    return read_roots(files("selaras.rulebook") / "data" / "trust")


def read_roots(folder: Traversable) -> tuple[KnownRoot, ...]:
    """The roots in `folder`; `load_roots` reads the ones that are shipped."""
    try:
        content = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Entry(FILE, "berkas", {}).refusal("bukan TOML yang benar", error) from error
    whole = Entry(FILE, "berkas", content)
    made = tuple(_root(entry) for entry in whole.entries("root", "name"))
    whole.done()
    return made


def _root(entry: Entry) -> KnownRoot:
    made = KnownRoot(
        entry.text("name"), entry.text("owner"), entry.labels("looks_like"), entry.source(), entry.text("pem", "")
    )  # fmt: skip
    entry.done()
    if made.pem and "-----BEGIN CERTIFICATE-----" not in made.pem:
        raise entry.refusal("pem bukan sertifikat", made.pem[:40], "-----BEGIN CERTIFICATE-----")
    return made
