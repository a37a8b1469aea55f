"""The forms of a deadline and of its terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.calendar import DayKind, parse_date
from selaras.core.registers.clock import FirstDay
from selaras.core.registers.definition import Register
from selaras.core.registers.fields import FieldKind
from selaras.web.registers.filter_box import FilterBox
from selaras.web.registers.filter_words import date_subjects
from selaras.web.registers.part_base import CODE_HELP, Data, PartForm, SourcedForm, lean, roles, states

SPARE_TERMS = 1
MOST_TERMS = 8


class DeadlineForm(PartForm):
    """A deadline with its terms."""

    part = "deadlines"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama tenggat"), max_length=200)
    start = forms.ChoiceField(label=gettext_lazy("Mulai dihitung sejak"))
    stops = forms.MultipleChoiceField(
        label=gettext_lazy("Berhenti pada (yang paling awal)"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(label=gettext_lazy("Hari"), choices=[(item.value, item.value) for item in DayKind])
    first = forms.ChoiceField(label=gettext_lazy("Hari ke-1"), choices=[(item.value, item.value) for item in FirstDay])
    leave = forms.BooleanField(label=gettext_lazy("Cuti bersama bukan hari kerja"), required=False)
    roll = forms.BooleanField(
        label=gettext_lazy("Hari terakhir yang libur bergeser ke hari kerja berikutnya"), required=False
    )
    pauses = forms.MultipleChoiceField(
        label=gettext_lazy("Hitungan berhenti selama keadaan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    remind = forms.CharField(
        label=gettext_lazy("Ingatkan sebelum batas (hari)"), required=False, help_text=gettext_lazy("Misalnya 3, 1.")
    )
    escalate = forms.ChoiceField(label=gettext_lazy("Beri tahu bila lewat"), required=False)

    def __init__(self, register: Register, entry: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(register, {"leave": True, **entry}, data)
        self.terms = [
            TermForm(register, term, data, f"batas{at}")
            for at, term in enumerate([*entry.get("terms", []), *({} for _spare in range(SPARE_TERMS))][:MOST_TERMS])
        ]
        if data is not None:
            sent = sum(1 for at in range(MOST_TERMS) if f"batas{at}-code" in data)
            given = list(entry.get("terms", []))
            self.terms = [
                TermForm(register, given[at] if at < len(given) else {}, data, f"batas{at}") for at in range(sent)
            ]

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """Reminders as one text."""
        return {**entry, "remind": ", ".join(map(str, entry.get("remind", [])))}

    def offer(self) -> None:
        """Subjects with a date, states, roles."""
        self.give("start", date_subjects(self.register))
        self.give("stops", date_subjects(self.register))
        self.give("pauses", states(self.register))
        self.give("escalate", roles(), blank=True)

    def is_valid(self) -> bool:
        """The deadline and all its terms."""
        return all([super().is_valid(), *(term.is_valid() for term in self.terms)])

    def made(self) -> Data:
        """The deadline."""
        data = dict(self.cleaned_data)
        data["remind"] = [int(part) for part in re.findall(r"\d{1,4}", data["remind"])]
        data["terms"] = [term.made() for term in self.terms if term.is_filled]
        return lean(data) | {"leave": data["leave"]}


class TermForm(SourcedForm):
    """One term of a deadline; one without code is none."""

    code = forms.CharField(label=gettext_lazy("Kode batas"), required=False, max_length=40)
    days = forms.IntegerField(label=gettext_lazy("Banyak hari"), required=False, min_value=0, max_value=3660)
    promised = forms.ChoiceField(label=gettext_lazy("Atau tanggal pada isian"), required=False)
    extension = forms.IntegerField(label=gettext_lazy("Perpanjangan (hari)"), required=False, min_value=0)
    times = forms.IntegerField(label=gettext_lazy("Paling banyak diperpanjang"), required=False, min_value=1)
    since = forms.CharField(label=gettext_lazy("Berlaku sejak"), required=False)
    until = forms.CharField(label=gettext_lazy("Berlaku sampai"), required=False)
    source = forms.CharField(label=gettext_lazy("Dasar"), required=False, max_length=500)

    def __init__(
        self, register: Register, entry: Mapping[str, Any], data: Mapping[str, Any] | None, prefix: str
    ) -> None:
        self.own_prefix = prefix
        super().__init__(register, entry, data)

    def add_prefix(self, field_name: str) -> str:
        """Names of the term's own."""
        return f"{self.own_prefix}-{field_name}"

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """Days as people write them."""
        days = {name: entry[name].isoformat() for name in ("since", "until") if name in entry}
        return {**entry, **days}

    def offer(self) -> None:
        """Fields with a date."""
        made = [(item.code, item.name) for item in self.register.fields if item.kind is FieldKind.DATE]
        self.give("promised", made, blank=True)

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """In which case the term holds."""
        return [self.box(f"{self.own_prefix}-bila", _("Berlaku bila"), entry.get("when"), data)]

    @property
    def is_filled(self) -> bool:
        """Whether it is a term at all."""
        return bool(self.cleaned_data.get("code"))

    def made(self) -> Data:
        """The term."""
        data = dict(self.cleaned_data)
        kept = {name: self.entry[name] for name in ("article", "note") if name in self.entry}
        for name in ("since", "until"):
            data[name] = parse_date(data[name]) if data[name] else ""
        if not data.get("extension"):
            data |= {"extension": None, "times": None}
        elif not data.get("times"):
            data["times"] = 1
        days = data.pop("days")
        made = lean({**kept, **data, "when": self.boxes[0].read()})
        return made | ({"days": days} if days is not None else {})
