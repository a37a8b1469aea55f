"""The forms of the head of a definition: what a register of one's own begins with, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.law import Certainty
from selaras.core.registers.copying import as_data
from selaras.core.registers.definition import Clearing, Register, Restart
from selaras.rulebook.registers import register_from
from selaras.web.registers.filter_words import date_subjects
from selaras.web.registers.part_base import certainties, roles


class NewForm(forms.Form):
    """What a register of one's own begins with."""

    code = forms.CharField(
        label=gettext_lazy("Kode"), max_length=40,
        help_text=gettext_lazy("Huruf kecil, angka, dan garis bawah, misalnya peminjaman_aula; tidak dapat diganti."),
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Nama register"), max_length=200)
    about = forms.CharField(
        label=gettext_lazy("Untuk apa"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    source = forms.CharField(label=gettext_lazy("Dasar"), max_length=500)
    opened_by = forms.MultipleChoiceField(
        label=gettext_lazy("Dibuka oleh"), widget=forms.CheckboxSelectMultiple, choices=roles
    )
    restricted = forms.BooleanField(
        label=gettext_lazy("Terbatas: hanya cacahnya yang keluar"), required=False,
        help_text=gettext_lazy("Untuk disiplin dan netralitas; rekamannya hanya terbuka bagi peran pembaca."),
    )  # fmt: skip


class GeneralForm(NewForm):
    """The head of a definition."""

    code = None  # type: ignore[assignment]
    certainty = forms.ChoiceField(label=gettext_lazy("Status dasar"), choices=certainties)
    readers = forms.MultipleChoiceField(
        label=gettext_lazy("Pembaca data pribadi (dan rekaman register terbatas)"),
        widget=forms.CheckboxSelectMultiple, choices=roles,
    )  # fmt: skip
    open_to_public = forms.BooleanField(label=gettext_lazy("Dibuka pada laman umum"), required=False)
    pattern = forms.CharField(
        label=gettext_lazy("Pola nomor"), max_length=100,
        help_text=gettext_lazy("Misalnya {urut:04}/PI/{bulan_romawi}/{tahun}."),
    )  # fmt: skip
    restart = forms.ChoiceField(
        label=gettext_lazy("Nomor urut mulai lagi setiap"), choices=[(item.value, item.value) for item in Restart]
    )
    months = forms.IntegerField(label=gettext_lazy("Masa simpan (bulan)"), required=False, min_value=1, max_value=1200)
    after = forms.ChoiceField(label=gettext_lazy("Sejak"), required=False)
    clearing = forms.ChoiceField(
        label=gettext_lazy("Sesudahnya rekaman"),
        choices=[(item.value, item.value) for item in Clearing],
        required=False,
    )
    retention_source = forms.CharField(label=gettext_lazy("Dasar masa simpan"), required=False, max_length=500)
    field_order = ("name", "about", "source", "certainty", "opened_by", "readers", "open_to_public", "restricted")

    def __init__(self, register: Register, data: Mapping[str, Any] | None = None) -> None:
        whole = as_data(register)
        kept = whole.get("retention", {})
        super().__init__(data, initial={
            **{name: whole.get(name) for name in ("name", "about", "source", "certainty", "opened_by", "readers",
                                                  "open_to_public", "restricted")},
            "pattern": whole["numbering"]["pattern"], "restart": whole["numbering"]["restart"],
            "months": kept.get("months"), "after": kept.get("after"), "clearing": kept.get("clearing"),
            "retention_source": kept.get("source"),
        }, label_suffix="")  # fmt: skip
        opened: Any = self.fields["opened_by"]
        opened.choices = roles(public=True)
        after: Any = self.fields["after"]
        after.choices = date_subjects(register)

    def made(self, register: Register) -> Register:
        """The register with this head."""
        given = self.cleaned_data
        whole = as_data(register)
        names = ("name", "about", "source", "certainty", "opened_by", "readers", "open_to_public", "restricted")
        whole |= {name: given[name] for name in names}
        whole["numbering"] = {"pattern": given["pattern"], "restart": given["restart"]}
        before = whole.pop("retention", {})
        if given["months"]:
            whole["retention"] = {
                "certainty": Certainty.INFERRED.value, **before, "months": given["months"], "after": given["after"],
                "clearing": given["clearing"], "source": given["retention_source"] or _("Ketentuan instansi."),
            }  # fmt: skip
        return register_from(whole, register.code)
