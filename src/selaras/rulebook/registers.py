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

from selaras.core.access import Role
from selaras.core.calendar import DayKind
from selaras.core.errors import Fault, Refusal
from selaras.core.place import Place
from selaras.core.registers.clock import Deadline, FirstDay, Term
from selaras.core.registers.copying import as_data
from selaras.core.registers.definition import (
    NOTHING,
    OPENED,
    Basis,
    Clearing,
    CountingRule,
    Demand,
    Letter,
    Numbering,
    Register,
    Restart,
    Retention,
    State,
    Summary,
    Tally,
    Tallying,
    Transition,
)
from selaras.core.registers.fields import Field, FieldKind
from selaras.core.registers.filters import ALWAYS, Filter, filter_from
from selaras.core.registers.soundness import checked
from selaras.rulebook.entry import Entry

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
            register = _register(entry)
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
    return _register(Entry(name, str(data.get("code") or name), data))


def to_toml(register: Register) -> str:
    """The register as a file. `from_toml` gives an equal one."""
    return HEAD + tomli_w.dumps({TABLE: [as_data(register)]}, multiline_strings=False)


def from_toml(text: str, name: str) -> Register:
    """The register in a file called `name`. Raises Refusal with every fault if it is no TOML, or not sound."""
    entries = _entries(text.encode(), name)
    if len(entries) != 1:
        fault = Fault("isi berkas", Place(source=name), str(len(entries)), f"satu tabel [[{TABLE}]]")
        raise Refusal(f"Berkas {name} bukan satu register.", fault)
    return _register(entries[0])


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


def _register(entry: Entry) -> Register:
    made = Register(
        code=entry.text("code"),
        name=entry.text("name"),
        source=entry.source(),
        fields=tuple(_field(item) for item in entry.entries("fields", "code")),
        states=tuple(_state(item) for item in entry.entries("states", "code")),
        transitions=tuple(_transition(item) for item in entry.entries("transitions", "name")),
        demands=tuple(_demand(item) for item in entry.entries("demands", "field")),
        deadlines=tuple(_deadline(item) for item in entry.entries("deadlines", "code")),
        rules=tuple(_rule(item) for item in entry.entries("rules", "code")),
        summaries=tuple(_summary(item) for item in entry.entries("summaries", "code")),
        letters=tuple(_letter(item) for item in entry.entries("letters", "code")),
        columns=_labels(entry, "columns"),
        numbering=_numbering(entry),
        retention=_retention(entry),
        opened_by=_roles(entry, "opened_by"),
        readers=_roles(entry, "readers"),
        about=entry.text("about", ""),
        restricted=entry.flag("restricted"),
        open_to_public=entry.flag("open_to_public"),
    )
    entry.done()
    try:
        return checked(made)
    except Refusal as refusal:
        raise Refusal(f"{entry.file}: {refusal.message}", *refusal.faults) from None


def _field(item: Entry) -> Field:
    made = Field(
        item.text("code"), item.text("name"), item.choice("kind", FieldKind), item.flag("required"),
        item.flag("personal"), item.flag("public"), item.flag("open"), _labels(item, "choices"),
        _bound(item, "least"), _bound(item, "most"), item.text("not_before", ""), item.text("not_above", ""), item.text("of", ""),
        item.text("help", ""),
    )  # fmt: skip
    item.done()
    return made


def _state(item: Entry) -> State:
    made = State(item.text("code"), item.text("name"), item.flag("closed"), item.text("told", ""))
    item.done()
    return made


def _transition(item: Entry) -> Transition:
    made = Transition(
        item.text("source"), item.text("target"), item.text("name"), _roles(item, "roles"), _labels(item, "needs"),
        _filter(item, "when"), item.flag("four_eyes"),
    )  # fmt: skip
    item.done()
    return made


def _demand(item: Entry) -> Demand:
    made = Demand(item.text("field"), _filter(item, "when"))
    item.done()
    return made


def _deadline(item: Entry) -> Deadline:
    escalate = item.choice("escalate", Role) if "escalate" in item.fields else None
    made = Deadline(
        item.text("code"), item.text("name"), item.text("start"), _labels(item, "stops"),
        tuple(_term(term) for term in item.entries("terms", "code")), item.choice("days", DayKind, DayKind.WORKING),
        item.choice("first", FirstDay, FirstDay.NEXT), item.flag("leave", default=True), item.flag("roll"),
        _labels(item, "pauses"), _wholes(item, "remind"), escalate,
    )  # fmt: skip
    item.done()
    return made


def _term(item: Entry) -> Term:
    made = Term(
        item.text("code"),
        item.source(),
        item.whole("days") if "days" in item.fields else None,
        item.text("promised", ""),
        item.whole("extension") if "extension" in item.fields else 0,
        item.whole("times") if "times" in item.fields else 1,
        _filter(item, "when"),
    )
    item.done()
    return made


def _rule(item: Entry) -> CountingRule:
    made = CountingRule(
        item.text("code"), item.text("name"), _tally(_below(item, "numerator")), item.source(),
        _tally(_below(item, "denominator")) if "denominator" in item.fields else None,
        item.choice("basis", Basis, Basis.WITHIN), item.text("dated", OPENED),
        _filter(item, "pending") if "pending" in item.fields else None,
        item.text("nothing", NOTHING), item.text("unit", ""),
    )  # fmt: skip
    item.done()
    return made


def _summary(item: Entry) -> Summary:
    made = Summary(
        item.text("code"),
        item.text("name"),
        _tally(_below(item, "tally")) if "tally" in item.fields else Tally(),
        item.text("by", ""),
        item.text("dated", OPENED),
    )
    item.done()
    return made


def _tally(item: Entry) -> Tally:
    made = Tally(_filter(item, "where"), item.choice("how", Tallying, Tallying.RECORDS), item.text("of", ""))
    item.done()
    return made


def _letter(item: Entry) -> Letter:
    made = Letter(item.text("code"), item.text("name"), _labels(item, "states"), _labels(item, "paragraphs"))
    item.done()
    return made


def _numbering(entry: Entry) -> Numbering:
    if "numbering" not in entry.fields:
        return Numbering("{urut:04}/{tahun}")
    item = _below(entry, "numbering")
    made = Numbering(item.text("pattern"), item.choice("restart", Restart, Restart.YEAR))
    item.done()
    return made


def _retention(entry: Entry) -> Retention | None:
    if "retention" not in entry.fields:
        return None
    item = _below(entry, "retention")
    made = Retention(item.whole("months"), item.text("after"), item.choice("clearing", Clearing), item.source())
    item.done()
    return made


def _below(entry: Entry, key: str) -> Entry:
    fields = entry.fields.pop(key)
    if not isinstance(fields, dict):
        raise entry.refusal(f"{key} salah jenis", fields, "tabel")
    return Entry(entry.file, f"{entry.name} / {key}", fields)


def _filter(entry: Entry, key: str) -> Filter:
    if key not in entry.fields:
        return ALWAYS
    return filter_from(entry.fields.pop(key), Place(source=entry.file, record=f"{entry.name} / {key}"))


def _labels(entry: Entry, key: str) -> tuple[str, ...]:
    return entry.labels(key) if key in entry.fields else ()


def _wholes(entry: Entry, key: str) -> tuple[int, ...]:
    values = entry.fields.pop(key, [])
    if not isinstance(values, list) or any(not isinstance(item, int) or isinstance(item, bool) for item in values):
        raise entry.refusal(f"{key} harus berupa daftar bilangan bulat", values, "misalnya [3, 1]")
    return tuple(values)


def _bound(entry: Entry, key: str) -> Decimal | None:
    value = entry.number(key)
    if value is not None and not value.is_finite():
        raise entry.refusal(f"{key} bukan angka", value, "angka")
    return value


def _roles(entry: Entry, key: str) -> tuple[Role, ...]:
    made = []
    for text in entry.labels(key):
        if text not in {role.value for role in Role}:
            raise entry.refusal(f"{key} memuat peran yang tidak dikenal", text, " | ".join(Role))
        made.append(Role(text))
    return tuple(made)
