"""The filter builder: subject, comparison and value line by line; a nested filter is kept as text of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
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
from selaras.core.registers.filters import ALWAYS, All, AnyOf, Comparison, Filter, Op, filter_data, plain
from selaras.store.registers import subject_name
from selaras.web.registers.forms import typed_text

SPARE = 2
MOST_ROWS = 12
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


class FilterBox:
    """One filter in a form: as it stands, and read from what was sent."""

    def __init__(
        self, register: Register, prefix: str, label: str, filter_: Filter | None, sent: Mapping[str, Any] | None = None
    ) -> None:
        self.register, self.prefix, self.label = register, prefix, label
        self.subjects = subjects_of(register)
        self.ops = list(OPS.items())
        self.mode, self.rows, self.raw = _taken_apart(register, filter_ or ALWAYS)
        if sent is not None:
            self.mode = "any" if sent.get(f"{prefix}-cara") == "any" else "all"
            self.rows = list(self._sent(sent))
            self.raw = str(sent.get(f"{prefix}-json", ""))
        self.rows += [{"subject": "", "op": Op.IS.value, "value": ""} for _spare in range(SPARE)]

    def _sent(self, sent: Mapping[str, Any]) -> Iterator[dict[str, str]]:
        for at in range(MOST_ROWS):
            subject = str(sent.get(f"{self.prefix}-{at}-perihal", ""))
            if subject:
                yield {
                    "subject": subject, "op": str(sent.get(f"{self.prefix}-{at}-banding", Op.IS.value)),
                    "value": str(sent.get(f"{self.prefix}-{at}-nilai", "")).strip(),
                }  # fmt: skip

    def read(self) -> dict[str, Any] | None:
        """The filter as data, None for one that lets everything through. Raises Refusal with the line at fault."""
        if self.raw.strip():
            try:
                made = json.loads(self.raw, parse_float=Decimal, object_hook=_dates)
            except (ValueError, RecursionError) as error:
                fault = Fault("penyaring bukan JSON yang benar", read=str(error)[:120])
                raise Refusal(_("%(label)s tidak dapat dibaca.") % {"label": self.label}, fault) from error
            return made if isinstance(made, dict) else {"all": [made]}
        parts = [self._comparison(row) for row in self.rows if row["subject"]]
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else {self.mode: parts}

    def _comparison(self, row: Mapping[str, str]) -> dict[str, Any]:
        subject, op, text = row["subject"], row["op"], row["value"]
        data: dict[str, Any] = {"field": subject, "op": op}
        if op in {Op.FILLED.value, Op.EMPTY.value}:
            return data
        known = kind_of(self.register, subject)
        name = subject_name(self.register, subject)
        if not text:
            fault = Fault(f"{self.label}, {name}: nilai pembanding belum diisi", expected="nilai pembanding")
            raise Refusal(_("%(label)s belum lengkap.") % {"label": self.label}, fault)
        try:
            value = self._value(subject, op, text, known[0] if known else FieldKind.TEXT)
        except Refusal as refusal:
            faults = (Fault(f"{self.label}, {name}: {fault.message}", read=fault.read, expected=fault.expected)
                      for fault in refusal.faults)  # fmt: skip
            raise Refusal(refusal.message, *faults) from refusal
        data["value"] = list(value) if isinstance(value, tuple) else plain(value)
        return data

    def _value(self, subject: str, op: str, text: str, kind: FieldKind) -> Content:
        if op == Op.IN.value:
            return tuple(self._word(subject, part.strip()) for part in text.split(";") if part.strip())
        if kind in NUMERIC:
            amount = read_amount(text)
            return amount if amount is not None else Decimal(0)
        if kind is FieldKind.DATE:
            return parse_date(text)
        if kind is FieldKind.YES_NO:
            return text.casefold() in {"ya", "y", "true", "1"}
        return self._word(subject, text)

    def _word(self, subject: str, text: str) -> str:
        """A choice as the register writes it; a state by its name or code."""
        if subject == STATE:
            found = (item.code for item in self.register.states if text.casefold() in {item.code, item.name.casefold()})
            return next(found, text)
        return next((one for one in _choices(self.register, subject) if one.casefold() == text.casefold()), text)


def told(register: Register, filter_: Filter) -> str:
    """A filter in words: `Keadaan sama dengan Ditolak dan Biaya terisi`."""
    if filter_ == ALWAYS:
        return _("semua rekaman")
    if isinstance(filter_, Comparison):
        value = "" if filter_.value is None else _shown(register, filter_)
        return f"{subject_name(register, filter_.subject)} {OPS[filter_.op.value]} {value}".strip()
    if isinstance(filter_, All | AnyOf):
        mark = _(" dan ") if isinstance(filter_, All) else _(" atau ")
        return mark.join(f"({told(register, part)})" if isinstance(part, All | AnyOf) else told(register, part)
                         for part in filter_.parts)  # fmt: skip
    return _("bukan (%(part)s)") % {"part": told(register, filter_.part)}


def _taken_apart(register: Register, filter_: Filter) -> tuple[str, list[dict[str, str]], str]:
    """How the parts are joined, the lines, and the text of a filter that has deeper parts."""
    parts = (filter_,) if isinstance(filter_, Comparison) else getattr(filter_, "parts", (filter_,))
    lines = [part for part in parts if isinstance(part, Comparison)]
    if len(lines) < len(parts) or len(lines) > MOST_ROWS - SPARE:
        return "all", [], json.dumps(filter_data(filter_), ensure_ascii=False, indent=1, default=_plain)
    rows = [
        {"subject": line.subject, "op": line.op.value, "value": "" if line.value is None else _typed(register, line)}
        for line in lines
    ]
    return "any" if isinstance(filter_, AnyOf) else "all", rows, ""


def _typed(register: Register, line: Comparison) -> str:
    return _shown(register, line) if line.subject == STATE or isinstance(line.value, tuple) else typed_text(line.value)


def _shown(register: Register, line: Comparison) -> str:
    if line.subject != STATE:
        return shown(line.value)
    codes = line.value if isinstance(line.value, tuple) else (str(line.value),)
    names = {state.code: state.name for state in register.states}
    return "; ".join(names.get(code, code) for code in codes)


def _choices(register: Register, subject: str) -> list[str]:
    if subject == STATE:
        return [state.name for state in register.states]
    if subject.startswith(VERDICT):
        return [item.value for item in Verdict]
    known = kind_of(register, subject)
    if known is not None and known[0] is FieldKind.YES_NO:
        return ["Ya", "Tidak"]
    return list(known[1]) if known is not None else []


def _plain(value: object) -> object:
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return float(value) if isinstance(value, Decimal) else str(value)


def _dates(data: dict[str, Any]) -> Any:
    return date.fromisoformat(data["date"]) if set(data) == {"date"} else data
