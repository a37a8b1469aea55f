"""Loads who signs which kind of document in which order: data of `data/issuing/orders.toml`, read strictly."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.issuing.orders import OrderStep, SigningOrder, Signs
from selaras.rulebook.entry import Entry

FILE = "orders.toml"


@lru_cache(maxsize=1)
def load_orders() -> dict[str, SigningOrder]:
    """The orders by kind of document, in the order of the file. Raises Refusal if the file is broken."""
    return read_orders(files("selaras.rulebook") / "data" / "issuing")


def read_orders(folder: Traversable) -> dict[str, SigningOrder]:
    """The orders in `folder`; `load_orders` reads those that are shipped."""
    try:
        content = tomllib.loads((folder / FILE).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Entry(FILE, "berkas", {}).refusal("bukan TOML yang benar", error) from error
    whole = Entry(FILE, "berkas", content)
    made = [_order(entry) for entry in whole.entries("order", "kind")]
    whole.done()
    if not made or len({one.kind for one in made}) != len(made):
        raise whole.refusal("jenis kosong atau ganda", ", ".join(one.kind for one in made), "setiap jenis sekali")
    return {one.kind: one for one in made}


def _order(entry: Entry) -> SigningOrder:
    kind, title, public, needs = entry.text("kind"), entry.text("title"), entry.flag("public"), entry.text("needs")
    steps = []
    for step in entry.entries("step", "signs"):
        steps.append(OrderStep(step.choice("signs", Signs), step.flag("required", True)))
        step.done()
    made = SigningOrder(kind, title, tuple(steps), public, needs, entry.source())
    entry.done()
    if not any(step.required for step in made.steps):
        raise entry.refusal("tanpa penanda tangan yang wajib", kind)
    return made
