"""Forms of one value: the value itself, its explanation, and evidence that is named instead of uploaded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.errors import Refusal
from selaras.core.law import Law
from selaras.core.measurement.entries import AMOUNTS
from selaras.core.measurement.records import Explanation, Realisation
from selaras.core.planning import Indicator
from selaras.core.value import ValueKind
from selaras.web.measurement.typed import (
    DENOMINATOR,
    NUMERATOR,
    VALUE,
    Typed,
    Unread,
    exact_number,
    exact_value,
    is_pair,
    read_typed,
)

LONG = 4


class ValueForm(forms.Form):
    """The value of an indicator in a period, as typed; after `is_valid()` it stands in `typed`."""

    def __init__(
        self, indicator: Indicator, law: Law, realisation: Realisation | None, data: Mapping[str, Any] | None = None
    ) -> None:
        self.indicator = indicator
        self.law = law
        self.typed = Typed()
        start = {
            VALUE: exact_value(realisation.value) if realisation else "",
            NUMERATOR: exact_number(realisation.numerator) if realisation else "",
            DENOMINATOR: exact_number(realisation.denominator) if realisation else "",
            "catatan": realisation.note if realisation else "",
        }
        super().__init__(data=data, initial=start)
        if indicator.value_kind in AMOUNTS:
            upper, lower = indicator.numerator, indicator.denominator
            self.fields[NUMERATOR] = forms.CharField(label=_("Pembilang"), required=False, help_text=upper)
            self.fields[DENOMINATOR] = forms.CharField(label=_("Penyebut"), required=False, help_text=lower)
        self.fields[VALUE] = self._value_field()
        self.fields["catatan"] = forms.CharField(
            label=_("Catatan"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Asal angka, hal yang perlu diketahui pemeriksa."),
        )  # fmt: skip
        self.fields["alasan"] = forms.CharField(
            label=_("Alasan perubahan"), required=False, max_length=500, help_text=_("Masuk ke riwayat nilai.")
        )

    def _value_field(self) -> forms.CharField:
        label = f"{_('Nilai')} ({self.indicator.unit})" if self.indicator.unit else _("Nilai")
        if self.indicator.value_kind is ValueKind.YES_NO:
            choices = [("", "—"), ("Ya", _("Ya")), ("Tidak", _("Tidak"))]
            return forms.CharField(label=label, required=False, widget=forms.Select(choices=choices))
        scale = self.law.grade_scales.get(self.indicator.grade_scale)
        if self.indicator.value_kind is ValueKind.GRADE and scale:
            grades = [("", "—"), *((grade, grade) for grade in reversed(scale.grades))]
            return forms.CharField(label=label, required=False, widget=forms.Select(choices=grades))
        told = _("Kosongkan bila pembilang dan penyebut diisi; nilainya dihitung.") if is_pair(self.indicator) else ""
        return forms.CharField(label=label, required=False, help_text=told)

    @property
    def is_number(self) -> bool:
        """Whether the value is typed as a number."""
        return self.indicator.value_kind in AMOUNTS

    def clean(self) -> dict[str, Any]:
        """Read what was typed; what is not clear stands beside its field, with both readings."""
        texts = {part: str(self.data.get(part, "")) for part in (VALUE, NUMERATOR, DENOMINATOR)}
        try:
            self.typed = read_typed(self.indicator, self.law, texts)
        except Unread as unread:
            question = getattr(unread.refusal, "question", "")
            faults = [fault.sentence() for fault in unread.refusal.faults] or [unread.refusal.message]
            ways = _(" Tulis %(ways)s.") % {"ways": _(" atau ").join(text for text, _label in unread.choices)}
            self.add_error(unread.part, question + ways if question and unread.choices else faults[0])
        return dict(self.cleaned_data)

    def blame(self, refusal: Refusal) -> None:
        """Put a refusal of the value beside its fields."""
        for fault in refusal.faults:
            words = fault.message.split(":")[0]
            part = next((name for name in (NUMERATOR, DENOMINATOR) if words.startswith(name)), VALUE)
            self.add_error(part if part in self.fields else None, fault.sentence())
        if not refusal.faults:
            self.add_error(None, refusal.message)


EXPLAINED: tuple[tuple[str, Any, Any], ...] = (
    ("cause", gettext_lazy("Sebab"), gettext_lazy("Mengapa tercapai, tidak tercapai, atau jauh melampaui target.")),
    ("obstacle", gettext_lazy("Hambatan"), ""),
    ("solution", gettext_lazy("Solusi yang dilakukan"), ""),
    ("next_step", gettext_lazy("Tindak lanjut"), ""),
    ("efficiency", gettext_lazy("Efisiensi sumber daya"), ""),
)


class ExplanationForm(forms.Form):
    """Why a target was met or missed; the same fields as the report prints."""

    def __init__(self, stored: Explanation | None, data: Mapping[str, Any] | None = None) -> None:
        self.stored = stored
        super().__init__(
            data=data, initial={name: getattr(stored, name) if stored else "" for name, _label, _help in EXPLAINED},
            prefix="p",
        )  # fmt: skip
        for name, label, told in EXPLAINED:
            self.fields[name] = forms.CharField(
                label=label, required=name == "cause", max_length=8000, help_text=told,
                widget=forms.Textarea(attrs={"rows": LONG if name == "cause" else 2}),
            )  # fmt: skip

    @property
    def opened(self) -> list[tuple[str, str]]:
        """Hidden fields that remember what stood in each field."""
        old: Mapping[str, Any] = self.data if self.is_bound else {}
        return [
            (f"terlihat-{name}", str(old.get(f"terlihat-{name}", getattr(self.stored, name) if self.stored else "")))
            for name, _label, _help in EXPLAINED
        ]

    @property
    def seen(self) -> dict[str, str]:
        """What the person saw before typing."""
        return {
            name: str(self.data.get(f"terlihat-{name}", "")).replace("\r\n", "\n") for name, _label, _help in EXPLAINED
        }

    def made(self, indicator: str, year: int) -> Explanation:
        """The explanation as typed; call after `is_valid()`."""
        words = {name: self.cleaned_data[name].replace("\r\n", "\n").strip() for name, _label, _help in EXPLAINED}
        return Explanation(indicator, year, **words)


class NamedEvidenceForm(forms.Form):
    """Evidence on the web or in a register."""

    jenis = forms.ChoiceField(
        label=gettext_lazy("Jenis"),
        choices=[("tautan", gettext_lazy("Tautan web")), ("register", gettext_lazy("Register, surat, atau arsip"))],
    )
    sasaran = forms.CharField(label=gettext_lazy("Alamat atau letaknya"), max_length=2000)
    judul = forms.CharField(label=gettext_lazy("Judul"), max_length=200, required=False)
    tanggal = forms.DateField(label=gettext_lazy("Tanggal bukti"), required=False, widget=forms.DateInput())

    @property
    def dated(self) -> date | None:
        """The day of the evidence."""
        found = self.cleaned_data.get("tanggal")
        return found if isinstance(found, date) else None
