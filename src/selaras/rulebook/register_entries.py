"""One register out of an entry of a file, read strictly and checked: fields, states, deadlines, rules, letters."""

from __future__ import annotations

from decimal import Decimal

from selaras.core.access import Role
from selaras.core.calendar import DayKind
from selaras.core.errors import Refusal
from selaras.core.place import Place
from selaras.core.registers.clock import Deadline, FirstDay, Term
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


def read_register(entry: Entry) -> Register:
    """The sound register that an entry of a file defines. Raises Refusal with every fault."""
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
    made = Letter(
        item.text("code"), item.text("name"), _labels(item, "states"), _labels(item, "paragraphs"),
        item.text("signer", ""),
    )  # fmt: skip
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
