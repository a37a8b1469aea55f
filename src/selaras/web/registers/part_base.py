"""What the forms of the parts of a definition share: the base, choices, and how typed things become data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy

from selaras.core.access import Role
from selaras.core.law import Certainty
from selaras.core.registers.definition import Register, Tallying
from selaras.core.registers.filters import filter_from
from selaras.web.core_words import word
from selaras.web.registers.filter_box import FilterBox, is_change
from selaras.web.templatetags.rule_status import SHOWN

CODE_HELP = gettext_lazy("Huruf kecil, angka, dan garis bawah; tidak dapat diganti kalau sudah dipakai rekaman.")
Data = dict[str, Any]


def states(register: Register) -> list[tuple[str, str]]:
    """The states to choose from."""
    return [(item.code, item.name) for item in register.states]


def fields(register: Register) -> list[tuple[str, str]]:
    """The fields to choose from."""
    return [(item.code, item.name) for item in register.fields]


def roles(*, public: bool = False) -> list[tuple[str, str]]:
    """The roles to choose from; the public opens requests alone."""
    return [(role.value, first_upper(word(role.value))) for role in Role if public or role is not Role.READER]


def first_upper(text: str) -> str:
    """A text with a capital at its beginning and everything else as it is."""
    return text[:1].upper() + text[1:]


def certainties() -> list[tuple[str, Any]]:
    """How sure a rule may be, as pages say it."""
    return [(item.value, SHOWN[item][0]) for item in Certainty]


class PartForm(forms.Form):
    """One entry of a part. `boxes` are its filters, `extra` what stands below its fields."""

    part = ""

    def __init__(self, register: Register, entry: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        self.register, self.entry = register, entry
        super().__init__(data, initial=self.shown(entry), label_suffix="")
        self.offer()
        self.boxes = self.filters(entry, data)

    def full_clean(self) -> None:
        """Say nothing of faults while only a filter is being built."""
        if self.data is not None and is_change(self.data):
            self._errors = ErrorDict()
            return
        super().full_clean()

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """The entry as the form holds it."""
        return dict(entry)

    def offer(self) -> None:
        """Fill the choices that depend on the register."""

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:  # noqa: ARG002 - for the forms that have some
        """The filters of the entry."""
        return []

    def made(self) -> Data:
        """The entry as data. Raises Refusal."""
        return lean(self.cleaned_data)

    def more(self) -> dict[str, list[Data]]:
        """Entries of other parts that come with a new one."""
        return {}

    def box(self, prefix: str, label: str, entry: Any, data: Mapping[str, Any] | None) -> FilterBox:
        """A filter of the form."""
        return FilterBox(self.register, prefix, label, filter_from(entry) if entry else None, data)

    def give(self, name: str, choices: Iterable[tuple[str, Any]], *, blank: bool = False) -> None:
        """Offer choices for a field."""
        field: Any = self.fields[name]
        field.choices = [*([("", "–")] if blank else []), *choices]


class SourcedForm(PartForm):
    """An entry that says where it comes from."""

    source = forms.CharField(label=gettext_lazy("Dasar"), max_length=500)
    certainty = forms.ChoiceField(
        label=gettext_lazy("Status dasar"), choices=certainties,
        initial=Certainty.INFERRED.value,
    )  # fmt: skip


def lines(text: str) -> list[str]:
    """The filled lines of a text."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def whole(amount: Decimal) -> Decimal | int:
    """A number as a definition file keeps it."""
    return int(amount) if amount == amount.to_integral_value() else amount


def lean(data: Mapping[str, Any]) -> Data:
    """Without what is empty or false, as a definition file leaves it out."""
    return {name: value for name, value in data.items() if value is not False and value not in ("", None, [], {})}


def tally(how: str, of: str, where: Any) -> Data:
    """A tally as data; the plain one of records is left out."""
    made: Data = {"where": where} if where else {}
    return made | ({"how": how, "of": of} if of or how != Tallying.RECORDS.value else {})
