"""The forms of what is counted: rules and the tables of the yearly report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.registers.definition import Basis, Tallying
from selaras.web.registers.filter_box import FilterBox
from selaras.web.registers.filter_words import date_subjects, subjects_of
from selaras.web.registers.part_base import CODE_HELP, Data, PartForm, SourcedForm, fields, lean, tally


class RuleForm(SourcedForm):
    """A counting rule."""

    part = "rules"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=300)
    unit = forms.CharField(label=gettext_lazy("Satuan (bila bukan persentase)"), required=False, max_length=60)
    basis = forms.ChoiceField(
        label=gettext_lazy("Rekaman yang dihitung"), choices=[(item.value, item.value) for item in Basis]
    )
    dated = forms.ChoiceField(label=gettext_lazy("Masuk periode menurut"))
    has_denominator = forms.BooleanField(label=gettext_lazy("Berpenyebut (hasilnya persentase)"), required=False)
    numerator_how = forms.ChoiceField(
        label=gettext_lazy("Pembilang menghitung"), choices=[(item.value, item.value) for item in Tallying]
    )
    numerator_of = forms.ChoiceField(label=gettext_lazy("dari isian"), required=False)
    denominator_how = forms.ChoiceField(
        label=gettext_lazy("Penyebut menghitung"), choices=[(item.value, item.value) for item in Tallying]
    )
    denominator_of = forms.ChoiceField(label=gettext_lazy("dari isian"), required=False)
    nothing = forms.CharField(label=gettext_lazy("Bila tidak ada yang dihitung"), required=False, max_length=200)

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """The tallies as single fields."""
        made = {"basis": Basis.WITHIN.value, "dated": "@opened", **entry, "has_denominator": "denominator" in entry}
        if not entry:
            made["has_denominator"] = True
        for name in ("numerator", "denominator"):
            given = entry.get(name) or {}
            made |= {f"{name}_how": given.get("how", Tallying.RECORDS.value), f"{name}_of": given.get("of", "")}
        return made

    def offer(self) -> None:
        """Subjects with a date, and fields."""
        self.give("dated", date_subjects(self.register))
        for name in ("numerator_of", "denominator_of"):
            self.give(name, fields(self.register), blank=True)

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """Denominator, numerator, and what is not counted yet."""
        return [
            self.box("penyebut", _("Penyebut: rekaman yang dihitung"), (entry.get("denominator") or {}).get("where"), data),
            self.box("pembilang", _("Pembilang: di antaranya yang memenuhi"), (entry.get("numerator") or {}).get("where"), data),
            self.box("tunda", _("Belum dihitung (ditampilkan tersendiri)"), entry.get("pending"), data),
        ]  # fmt: skip

    def made(self) -> Data:
        """The rule."""
        given = self.cleaned_data
        base, upper, pending = (box.read() for box in self.boxes)
        kept = {name: self.entry[name] for name in ("article", "note", "since", "until") if name in self.entry}
        plain = {
            name: given[name] for name in ("code", "name", "unit", "basis", "dated", "nothing", "source", "certainty")
        }
        made = lean({**kept, **plain, "pending": pending})
        made["numerator"] = tally(given["numerator_how"], given["numerator_of"], upper)
        if given["has_denominator"]:
            made["denominator"] = tally(given["denominator_how"], given["denominator_of"], base)
        return made


class SummaryForm(PartForm):
    """A table of the yearly report."""

    part = "summaries"
    code = forms.CharField(label=gettext_lazy("Kode"), help_text=CODE_HELP, max_length=40)
    name = forms.CharField(label=gettext_lazy("Judul"), max_length=200)
    by = forms.ChoiceField(label=gettext_lazy("Menurut"), required=False)
    dated = forms.ChoiceField(label=gettext_lazy("Masuk tahun menurut"))
    how = forms.ChoiceField(
        label=gettext_lazy("Yang dihitung"), choices=[(item.value, item.value) for item in Tallying]
    )
    of = forms.ChoiceField(label=gettext_lazy("dari isian"), required=False)

    def shown(self, entry: Mapping[str, Any]) -> Data:
        """The tally as single fields."""
        given = entry.get("tally") or {}
        return {"dated": "@opened", **entry, "how": given.get("how", Tallying.RECORDS.value), "of": given.get("of", "")}

    def offer(self) -> None:
        """Subjects."""
        self.give("by", ((item.key, item.name) for item in subjects_of(self.register)), blank=True)
        self.give("dated", date_subjects(self.register))
        self.give("of", fields(self.register), blank=True)

    def filters(self, entry: Mapping[str, Any], data: Mapping[str, Any] | None) -> list[FilterBox]:
        """Which records."""
        return [self.box("syarat", _("Rekaman"), (entry.get("tally") or {}).get("where"), data)]

    def made(self) -> Data:
        """The table."""
        given = self.cleaned_data
        data = {name: given[name] for name in ("code", "name", "by", "dated")}
        return lean(data | {"tally": tally(given["how"], given["of"], self.boxes[0].read())})
