"""Loads the registers that are shipped: files of `data/registers`, read strictly and checked; and carries them as TOML."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import tomli_w

from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.core.registers.copying import as_data
from selaras.core.registers.definition import (
    Register,
)
from selaras.rulebook.entry import Entry
from selaras.rulebook.register_entries import read_register

TABLE = "register"
HEAD = "# Register Selaras.\n\n"


@lru_cache(maxsize=1)
def presets() -> dict[str, Register]:
    """Every register that is shipped, by code, sound ones only. Raises Refusal if any file is broken."""
    return read_presets(files("selaras.rulebook") / "data" / "registers")


def preset(code: str) -> Register:
    """One register that is shipped. Raises Refusal for a code there is none of."""
    known = presets()
    if code not in known:
        raise Refusal(
            f"Tidak ada register bawaan {code}.", Fault("register tidak dikenal", read=code, expected=", ".join(known))
        )
    return known[code]


def read_presets(folder: Traversable) -> dict[str, Register]:
    """The registers in `folder` by code; a field that refers to another register must find it there."""
    made: dict[str, Register] = {}
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if not path.name.endswith(".toml"):
            continue
        for entry in _entries(path.read_bytes(), path.name):
            register = read_register(entry)
            if register.code in made:
                raise entry.refusal("kode register ganda", register.code)
            made[register.code] = register
    for register in made.values():
        for field in register.fields:
            if field.of and field.of not in made:
                place = Place(record=f"{register.code} / {field.code}")
                fault = Fault("register yang dirujuk tidak ada", place, field.of, ", ".join(made))
                raise Refusal(f"Register {register.code} tidak dapat dipakai.", fault)
    return made


def register_from(data: Mapping[str, Any], name: str = "register") -> Register:
    """The register that `core.registers.copying.as_data` wrote, or that a person changed. Raises Refusal."""
    return read_register(Entry(name, str(data.get("code") or name), data))


def to_toml(register: Register) -> str:
    """The register as a file. `from_toml` gives an equal one."""
    return HEAD + tomli_w.dumps({TABLE: [as_data(register)]}, multiline_strings=False)


def from_toml(text: str, name: str) -> Register:
    """The register in a file called `name`. Raises Refusal with every fault if it is no TOML, or not sound."""
    entries = _entries(text.encode(), name)
    if len(entries) != 1:
        fault = Fault("isi berkas", Place(source=name), str(len(entries)), f"satu tabel [[{TABLE}]]")
        raise Refusal(f"Berkas {name} bukan satu register.", fault)
    return read_register(entries[0])


def to_json(register: Register) -> str:
    """The register as JSON with the same contents; a date is `{"date": "2024-12-31"}`, so that it is no text."""

    def plain(value: object) -> object:
        return {"date": value.isoformat()} if isinstance(value, date) else str(value)

    data = json.dumps({TABLE: [_numbers(as_data(register))]}, ensure_ascii=False, indent=2, default=plain)
    return data + "\n"


def from_json(text: str, name: str) -> Register:
    """The register in a JSON file called `name`. Raises Refusal with every fault if it is no JSON, or not sound."""
    file = Entry(name, "berkas", {})
    try:
        read = json.loads(text, parse_float=Decimal, object_hook=_dates)
    except (ValueError, RecursionError) as error:
        raise file.refusal("bukan JSON yang benar", str(error)[:200]) from error
    found = read.get(TABLE) if isinstance(read, dict) else None
    if not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], dict):
        fault = Fault("isi berkas", Place(source=name), expected=f"satu register dalam daftar {TABLE}")
        raise Refusal(f"Berkas {name} bukan satu register.", fault)
    return register_from(found[0], name)


def _dates(data: dict[str, Any]) -> Any:
    return date.fromisoformat(data["date"]) if set(data) == {"date"} else data


def _numbers(value: Any) -> Any:
    """Numbers with decimals as JSON numbers."""
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def _entries(content: bytes, name: str) -> list[Entry]:
    file = Entry(name, "berkas", {})
    try:
        read = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise file.refusal("bukan TOML yang benar", str(error)[:200]) from error
    whole = Entry(name, "berkas", read)
    found = list(whole.entries(TABLE, "code"))
    whole.done()
    return found
