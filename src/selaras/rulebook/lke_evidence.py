"""Loads which facts of the system speak for which criteria of the LKE: files of `data/lke/evidence`, read strictly."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.evaluation.facts import FACTS, Clue, Condition
from selaras.core.evaluation.template import Template
from selaras.core.law import Source
from selaras.rulebook.entry import Entry

COMPARING = frozenset({Condition.AT_LEAST, Condition.AT_MOST, Condition.ABOVE})


def clues_for(template: Template) -> tuple[Clue, ...]:
    """The clues for the criteria of a template: those of the template itself, else of the one it was made from.

    A criterion keeps its code when a variant moves it, so that its clues stay with it.
    """
    known = {criterion.code for criterion in template.criteria}
    shipped = load_clues()
    found = shipped.get(template.code) or shipped.get(template.base) or ()
    return tuple(clue for clue in found if clue.criterion in known)


@lru_cache(maxsize=1)
def load_clues() -> dict[str, tuple[Clue, ...]]:
    """All clues that are shipped, by the code of their template. Raises Refusal if a file is broken."""
    return read_clues(files("selaras.rulebook") / "data" / "lke" / "evidence")


def read_clues(folder: Traversable) -> dict[str, tuple[Clue, ...]]:
    """The clues in `folder` by template; a template may have only one file."""
    found: dict[str, tuple[Clue, ...]] = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            entry = _entry(path)
            template = entry.text("template")
            if template in found:
                raise entry.refusal("instrumen sudah mempunyai berkas bukti", template)
            source = entry.source()
            found[template] = tuple(_clue(item, source) for item in entry.entries("clues", "criterion"))
            entry.done()
    return found


def _entry(path: Traversable) -> Entry:
    file = Entry(path.name, "berkas", {})
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise file.refusal("bukan TOML yang benar", error) from error
    fields = content.get("evidence")
    if not isinstance(fields, dict) or len(content) != 1:
        raise file.refusal("tabel tidak dikenal", ", ".join(content), "[evidence]")
    return Entry(path.name, "evidence", fields)


def _clue(item: Entry, source: Source) -> Clue:
    made = Clue(
        item.text("criterion"), item.text("fact"), item.choice("condition", Condition), item.number("limit"),
        item.text("than", ""), item.flag("decisive"), source,
    )  # fmt: skip
    item.done()
    for name in filter(None, (made.fact, made.than)):
        if name not in FACTS:
            raise item.refusal("fakta tidak dikenal", name, " | ".join(FACTS))
    if (made.condition in COMPARING) != (made.limit is not None):
        raise item.refusal(
            "limit tidak sesuai dengan condition", made.condition, "limit hanya untuk perbandingan angka"
        )
    if (made.condition is Condition.BY) != bool(made.than):
        raise item.refusal(
            "than tidak sesuai dengan condition", made.condition, "than hanya untuk “paling lambat pada”"
        )
    return made
