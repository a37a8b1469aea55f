"""The public form of a register, made from its fields; which of them are asked, the definition says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from selaras.core.errors import Refusal
from selaras.core.registers.fields import LONGEST, LONGEST_TEXT, NUMERIC, Field, FieldKind

PREFIX = "isi"
MOST_RADIOS = 6
YES, NO = "Ya", "Tidak"
TYPES = {FieldKind.EMAIL: "email", FieldKind.PHONE: "tel", FieldKind.LINK: "url"}
FILLED_BY = {FieldKind.EMAIL: "email", FieldKind.PHONE: "tel"}


class AskForm(forms.Form):
    """The fields of a register as a person of the public fills them in."""

    def __init__(self, fields: Sequence[Field], data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, prefix=PREFIX)
        self.asked = tuple(field for field in fields if field.kind is not FieldKind.FILE)
        for field in self.asked:
            self.fields[field.code] = _made(field)

    def texts(self) -> dict[str, str]:
        """What was typed, by field, as the verbs read it."""
        return {field.code: _text(field, self.cleaned_data.get(field.code)) for field in self.asked}

    def email(self) -> str:
        """The address given in the first field for one; empty without."""
        code = self.email_code
        return str(self.cleaned_data.get(code, "")) if code else ""

    @property
    def email_code(self) -> str:
        """Which field asks for a mail address; empty for none."""
        return next((field.code for field in self.asked if field.kind is FieldKind.EMAIL), "")

    def refuse(self, refusal: Refusal) -> None:
        """Put the faults beside their fields, those of no field above the form."""
        codes = {field.name: field.code for field in self.asked}
        for fault in refusal.faults:
            code = codes.get(fault.place.column) or (self.email_code if "surel" in fault.message else "")
            words = _capital(fault.message) + (f". {fault.remedy}" if fault.remedy else "")
            self.add_error(code or None, words if code else _capital(fault.sentence()))
        if not refusal.faults:
            self.add_error(None, refusal.message)


def _made(field: Field) -> forms.Field:
    given: dict[str, Any] = {"label": field.name, "required": field.required, "help_text": field.help}
    most = LONGEST.get(field.kind, LONGEST_TEXT)
    if field.kind is FieldKind.YES_NO:
        return forms.BooleanField(**given | {"required": False})
    if field.kind in {FieldKind.CHOICE, FieldKind.CHOICES}:
        choices = [(choice, _capital(choice)) for choice in field.choices]
        if field.kind is FieldKind.CHOICES:
            return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **given)
        if len(choices) <= MOST_RADIOS:
            return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)
        return forms.ChoiceField(choices=[("", _("Pilih salah satu")), *choices], **given)
    if field.kind is FieldKind.LONG:
        return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": 5, "maxlength": most}), **given)
    attrs: dict[str, Any] = {"maxlength": most}
    if field.kind in TYPES:
        attrs["type"] = TYPES[field.kind]
    if field.kind in FILLED_BY:
        attrs["autocomplete"] = FILLED_BY[field.kind]
    if field.kind in NUMERIC:
        attrs["inputmode"] = "decimal"
    if field.kind is FieldKind.DATE:
        attrs["type"] = "date"
    return forms.CharField(max_length=most, widget=forms.TextInput(attrs=attrs), **given)


def _text(field: Field, given: Any) -> str:
    if field.kind is FieldKind.YES_NO:
        return YES if given else NO
    if isinstance(given, list):
        return "; ".join(given)
    return str(given or "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
