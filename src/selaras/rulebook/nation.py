"""Loads the limits of the signs over a whole nation: data of `data/nation/nation.toml`, read strictly."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from selaras.core.nation.limits import NationRules, SignRule
from selaras.rulebook.entry import Entry

FILE = "nation.toml"


@lru_cache(maxsize=1)
def load_nation() -> NationRules:
    """The rules that are shipped. Raises Refusal if the file is broken."""
    return read_nation(files("selaras.rulebook") / "data" / "nation")


def read_nation(folder: Traversable) -> NationRules:
    """The rules in `folder`; `load_nation` reads the ones that are shipped."""
    try:
        content = tomllib.loads((folder / FILE).read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Entry(FILE, "berkas", {}).refusal("bukan TOML yang benar", error) from error
    alarms = _part(content, "falsealarms")
    rate = alarms.number("rate")
    if rate is None or not 0 < rate < 1:
        raise alarms.refusal("rate harus di antara 0 dan 1", rate or "")
    source = alarms.source()
    alarms.done()
    whole = Entry(FILE, "berkas", {"sign": content.pop("sign", [])} | content)
    signs = {rule.code: rule for rule in (_sign(entry) for entry in whole.entries("sign", "code"))}
    whole.done()
    return NationRules(signs, rate, source)


def _part(content: dict[str, object], name: str) -> Entry:
    part = content.pop(name, None)
    if not isinstance(part, dict):
        raise Entry(FILE, name, {}).refusal(f"bagian [{name}] tidak ada", expected="tabel")
    return Entry(FILE, name, part)


def _sign(entry: Entry) -> SignRule:
    limits = {name: _number(entry, name, text) for name, text in entry.texts("limits").items()}
    made = SignRule(
        entry.text("code"), entry.text("name"), entry.text("question"), entry.text("how"), entry.text("harmless"),
        limits, entry.source(),
    )  # fmt: skip
    entry.done()
    return made


def _number(entry: Entry, name: str, text: str) -> Decimal:
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise entry.refusal(f"limits.{name} bukan angka", text, "angka dengan titik desimal") from None
    if number <= 0:
        raise entry.refusal(f"limits.{name} harus lebih dari nol", text)
    return number
