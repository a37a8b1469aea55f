"""The forms of what a register asks and how it moves: fields, states, ways between them, conditions, letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.access import Role
from selaras.core.numerals import read_amount
from selaras.core.registers.fields import FieldKind
from selaras.web.registers.filter_box import FilterBox
from selaras.web.registers.part_base import CODE_HELP, Data, PartForm, fields, lean, lines, roles, states, whole


class FieldForm(PartForm):
    """A field."""

    part = "fields"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama isian"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=[(item.value, item.value) for item in FieldKind])
    choices = forms.CharField(
        label=gettext_lazy("Pilihan"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Satu setiap baris; untuk jenis pilihan dan pilihan ganda."),
    )  # fmt: skip
    required = forms.BooleanField(label=gettext_lazy("Wajib diisi"), required=False)
    personal = forms.BooleanField(
        label=gettext_lazy("Data pribadi"), required=False,
        help_text=gettext_lazy("Disamarkan bagi yang tidak berhak, tidak pernah terbit, dan dibersihkan menurut masa simpan."),
    )  # fmt: skip
    public = forms.BooleanField(label=gettext_lazy("Ditanyakan pada laman umum"), required=False)
    open = forms.BooleanField(label=gettext_lazy("Boleh masuk data terbuka"), required=False)
    least = forms.CharField(label=gettext_lazy("Paling kecil"), required=False)
    most = forms.CharField(label=gettext_lazy("Paling besar"), required=False)
    not_before = forms.ChoiceField(label=gettext_lazy("Tidak mendahului tanggal"), required=False)
    not_above = forms.ChoiceField(label=gettext_lazy("Tidak melebihi angka"), required=False)
    of = forms.CharField(label=gettext_lazy("Kode register yang dirujuk"), required=False, max_length=40)
    help = forms.CharField(label=gettext_lazy("Petunjuk pengisian"), required=False, max_length=500)

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """Choices line by line."""
        return {**entry, "choices": "\n".join(entry.get("choices", []))}

    def offer(self) -> None:
        """Other fields of the register."""
        self.give("not_before", fields(self.register), blank=True)
        self.give("not_above", fields(self.register), blank=True)

    def made(self) -> Data:
        """The field."""
        data = dict(self.cleaned_data)
        data["choices"] = lines(data["choices"])
        for name in ("least", "most"):
            amount = read_amount(data[name]) if data[name] else None
            data[name] = "" if amount is None else whole(amount)
        return lean(data)


class StateForm(PartForm):
    """A state; a new one with the ways that lead to it and on, for without them no register is sound."""

    part = "states"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama keadaan"), max_length=200)
    closed = forms.BooleanField(label=gettext_lazy("Urusan selesai dalam keadaan ini"), required=False)
    told = forms.CharField(
        label=gettext_lazy("Kalimat untuk pemohon"), required=False, max_length=500,
        help_text=gettext_lazy("Dibaca pemohon pada tiket dan surelnya."),
    )  # fmt: skip
    sources = forms.MultipleChoiceField(
        label=gettext_lazy("Dicapai dari keadaan"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Peralihan dibuat bersama keadaan ini; namanya dapat diubah sesudahnya."),
    )  # fmt: skip
    targets = forms.MultipleChoiceField(
        label=gettext_lazy("Berlanjut ke keadaan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    movers = forms.MultipleChoiceField(
        label=gettext_lazy("Peran yang boleh memindahkan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    WAYS = ("sources", "targets", "movers")

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """A new state may be moved by who opens records."""
        return dict(entry) or {"movers": [role.value for role in self.register.opened_by if role is not Role.READER]}

    def offer(self) -> None:
        """States and roles for a new state alone; the ways of another are a part of their own."""
        if self.entry:
            for name in self.WAYS:
                del self.fields[name]
            return
        self.give("sources", states(self.register))
        self.give("targets", states(self.register))
        self.give("movers", roles())

    def made(self) -> Data:
        """The state."""
        return lean({name: value for name, value in self.cleaned_data.items() if name not in self.WAYS})

    def more(self) -> dict[str, list[Data]]:
        """The ways that lead to a new state and on."""
        given, names = self.cleaned_data, dict(states(self.register))
        code, movers = given["code"], given.get("movers", [])
        ways = [
            {"source": source, "target": code, "name": given["name"], "roles": movers}
            for source in given.get("sources", [])
        ]
        ways += [
            {"source": code, "target": target, "name": names[target], "roles": movers}
            for target in given.get("targets", [])
        ]
        return {"transitions": ways} if ways else {}


class TransitionForm(PartForm):
    """A way between two states."""

    part = "transitions"
    source = forms.ChoiceField(label=gettext_lazy("Dari keadaan"))
    target = forms.ChoiceField(label=gettext_lazy("Ke keadaan"))
    name = forms.CharField(label=gettext_lazy("Nama langkah"), max_length=200)
    roles = forms.MultipleChoiceField(label=gettext_lazy("Peran yang boleh"), widget=forms.CheckboxSelectMultiple)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Isian yang harus terisi"), required=False, widget=forms.CheckboxSelectMultiple
    )
    four_eyes = forms.BooleanField(label=gettext_lazy("Harus orang lain daripada langkah sebelumnya"), required=False)

    def offer(self) -> None:
        """States, roles and fields."""
        self.give("source", states(self.register))
        self.give("target", states(self.register))
        self.give("roles", roles())
        self.give("needs", fields(self.register))

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """When the way may be taken."""
        return [self.box("syarat", _("Syarat"), entry.get("when"), data)]

    def made(self) -> Data:
        """The way."""
        return lean({**self.cleaned_data, "when": self.boxes[0].read()})


class DemandForm(PartForm):
    """A field that must be filled where a condition holds."""

    part = "demands"
    field = forms.ChoiceField(label=gettext_lazy("Isian yang wajib"))

    def offer(self) -> None:
        """Fields."""
        self.give("field", fields(self.register))

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """When it must."""
        return [self.box("syarat", _("Wajib bila"), entry.get("when"), data)]

    def made(self) -> Data:
        """The demand."""
        return {"field": self.cleaned_data["field"], "when": self.boxes[0].read() or {"all": []}}


class LetterForm(PartForm):
    """A letter."""

    part = "letters"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama surat"), max_length=200)
    states = forms.MultipleChoiceField(
        label=gettext_lazy("Dapat dibuat dalam keadaan"), required=False, widget=forms.CheckboxSelectMultiple
    )
    signer = forms.CharField(
        label=gettext_lazy("Jabatan penanda tangan"), required=False, max_length=200,
        help_text=gettext_lazy("Tempat tanda tangannya disediakan di bawah surat."),
    )  # fmt: skip
    paragraphs = forms.CharField(
        label=gettext_lazy("Isi"), widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Satu paragraf setiap baris. {kode_isian} diganti isi rekaman; ada juga {nomor_register}, "
            "{tanggal_register}, {tenggat_kode}."
        ),
    )  # fmt: skip

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """Paragraphs line by line."""
        return {**entry, "paragraphs": "\n".join(entry.get("paragraphs", []))}

    def offer(self) -> None:
        """States."""
        self.give("states", states(self.register))

    def made(self) -> Data:
        """The letter."""
        return lean({**self.cleaned_data, "paragraphs": lines(self.cleaned_data["paragraphs"])})
