"""The words of the filter builder: what a line may ask about, how it compares, and its value as it is typed and read."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.calendar import parse_date
from selaras.core.errors import Fault, Refusal
from selaras.core.numerals import read_amount
from selaras.core.registers.clock import Verdict
from selaras.core.registers.definition import (
    CLOSED,
    DUE,
    NUMBER,
    OPENED,
    REACHED,
    STATE,
    UNIT,
    USED,
    VERDICT,
    Register,
    kind_of,
)
from selaras.core.registers.fields import NUMERIC, Content, FieldKind, shown
from selaras.core.registers.filters import BARE, Comparison, Op, plain
from selaras.store.registers import subject_name
from selaras.web.registers.forms import typed_text

OPS: dict[str, Any] = {
    Op.IS.value: gettext_lazy("sama dengan"), Op.IS_NOT.value: gettext_lazy("tidak sama dengan"),
    Op.BELOW.value: gettext_lazy("kurang dari (sebelum)"), Op.UP_TO.value: gettext_lazy("paling banyak (sampai)"),
    Op.ABOVE.value: gettext_lazy("lebih dari (sesudah)"), Op.FROM.value: gettext_lazy("paling sedikit (sejak)"),
    Op.IN.value: gettext_lazy("salah satu dari"), Op.HOLDS.value: gettext_lazy("memuat"),
    Op.FILLED.value: gettext_lazy("terisi"), Op.EMPTY.value: gettext_lazy("kosong"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """What a line may ask about: its key, its name, the words that may stand as value."""

    key: str
    name: str
    choices: str


def subjects_of(register: Register) -> list[Subject]:
    """Every field and every fact of a register."""
    keys = [item.code for item in register.fields]
    keys += [STATE, OPENED, CLOSED, UNIT, NUMBER, *(REACHED + state.code for state in register.states)]
    keys += [head + item.code for item in register.deadlines for head in (VERDICT, DUE, USED)]
    return [Subject(key, subject_name(register, key), "|".join(_choices(register, key))) for key in keys]


def date_subjects(register: Register) -> list[tuple[str, str]]:
    """The subjects that hold a date, with their names."""
    made = []
    for item in subjects_of(register):
        known = kind_of(register, item.key)
        if known is not None and known[0] is FieldKind.DATE:
            made.append((item.key, item.name))
    return made


def comparison_of(register: Register, label: str, subject: str, op: str, text: str) -> dict[str, Any]:
    """A line as data. Raises Refusal that names the filter by its `label` and the subject."""
    data: dict[str, Any] = {"field": subject, "op": op}
    if op in {item.value for item in BARE}:
        return data
    known = kind_of(register, subject)
    name = subject_name(register, subject)
    if not text:
        fault = Fault(f"{label}, {name}: nilai pembanding belum diisi", expected="nilai pembanding")
        raise Refusal(_("%(label)s belum lengkap.") % {"label": label}, fault)
    try:
        value = _value(register, subject, op, text, known[0] if known else FieldKind.TEXT)
    except Refusal as refusal:
        faults = (Fault(f"{label}, {name}: {fault.message}", read=fault.read, expected=fault.expected)
                  for fault in refusal.faults)  # fmt: skip
        raise Refusal(refusal.message, *faults) from refusal
    data["value"] = list(value) if isinstance(value, tuple) else plain(value)
    return data


def typed(register: Register, line: Comparison) -> str:
    """The value of a comparison as a text that is read back as the same value."""
    if line.subject == STATE or isinstance(line.value, tuple):
        return shown_value(register, line)
    return typed_text(line.value)


def shown_value(register: Register, line: Comparison) -> str:
    """The value of a comparison as people read it."""
    if line.subject != STATE:
        return shown(line.value)
    codes = line.value if isinstance(line.value, tuple) else (str(line.value),)
    names = {state.code: state.name for state in register.states}
    return "; ".join(names.get(code, code) for code in codes)


def _value(register: Register, subject: str, op: str, text: str, kind: FieldKind) -> Content:
    if op == Op.IN.value:
        return tuple(_word(register, subject, part.strip()) for part in text.split(";") if part.strip())
    if kind in NUMERIC:
        amount = read_amount(text)
        return amount if amount is not None else Decimal(0)
    if kind is FieldKind.DATE:
        return parse_date(text)
    if kind is FieldKind.YES_NO:
        return text.casefold() in {"ya", "y", "true", "1"}
    return _word(register, subject, text)


def _word(register: Register, subject: str, text: str) -> str:
    """A choice as the register writes it; a state by its name or code."""
    if subject == STATE:
        found = (item.code for item in register.states if text.casefold() in {item.code, item.name.casefold()})
        return next(found, text)
    return next((one for one in _choices(register, subject) if one.casefold() == text.casefold()), text)


def _choices(register: Register, subject: str) -> list[str]:
    if subject == STATE:
        return [state.name for state in register.states]
    if subject.startswith(VERDICT):
        return [item.value for item in Verdict]
    known = kind_of(register, subject)
    if known is not None and known[0] is FieldKind.YES_NO:
        return ["Ya", "Tidak"]
    return list(known[1]) if known is not None else []
