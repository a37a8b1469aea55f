"""Forms of the survey, its follow-up, the service standards and the service reports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from selaras.core.registers.standards import StandardComponent
from selaras.core.registers.survey import ServiceSurvey

DAY = {"type": "date"}


class RoundForm(forms.Form):
    """One time of asking."""

    code = forms.CharField(
        label=gettext_lazy("Kode"), max_length=80,
        help_text=gettext_lazy("Dipakai dalam alamat, misalnya SKM-2026-1. Tidak dapat diubah."),
    )  # fmt: skip
    title = forms.CharField(label=gettext_lazy("Judul"), max_length=300)
    survey = forms.ChoiceField(label=gettext_lazy("Kuesioner"))
    since = forms.DateField(label=gettext_lazy("Dibuka"), widget=forms.DateInput(attrs=DAY))
    until = forms.DateField(label=gettext_lazy("Ditutup"), widget=forms.DateInput(attrs=DAY))
    services = forms.CharField(
        label=gettext_lazy("Layanan yang dinilai"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Satu layanan pada setiap baris."),
    )  # fmt: skip
    population = forms.IntegerField(
        label=gettext_lazy("Penerima layanan dalam masa itu"), min_value=1, required=False,
        help_text=gettext_lazy("Untuk menghitung responden paling sedikit menurut rumus."),
    )  # fmt: skip

    def __init__(self, surveys: dict[str, ServiceSurvey], *, has_code: bool, **given: Any) -> None:
        super().__init__(**given)
        self.fields["survey"].choices = [(code, item.name) for code, item in surveys.items()]  # type: ignore[attr-defined]
        if has_code:
            del self.fields["code"]

    def services_given(self) -> list[str]:
        """One service from each line."""
        return [line.strip() for line in str(self.cleaned_data["services"]).splitlines() if line.strip()]


class ActionForm(forms.Form):
    """One line of the follow-up plan; an empty one is left out."""

    element = forms.ChoiceField(label=gettext_lazy("Unsur"), required=False)
    action = forms.CharField(label=gettext_lazy("Tindakan"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    responsible = forms.CharField(label=gettext_lazy("Penanggung jawab"), required=False)
    due = forms.DateField(label=gettext_lazy("Sampai"), required=False, widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, survey: ServiceSurvey, **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [("", _("Pilih unsur")), *((item.code, item.name) for item in survey.elements)]
        self.fields["element"].choices = choices  # type: ignore[attr-defined]


class NormForm(forms.Form):
    """The standard of one service: a text for each component, and which register shows whether it is kept."""

    service = forms.CharField(label=gettext_lazy("Kode layanan"), max_length=80)
    name = forms.CharField(label=gettext_lazy("Nama layanan"), max_length=300)
    announced = forms.BooleanField(label=gettext_lazy("Sudah diumumkan"), required=False)
    held_by = forms.ChoiceField(
        label=gettext_lazy("Tenggat yang membuktikannya"), required=False,
        help_text=gettext_lazy("Ketepatan waktunya dihitung dari rekaman register."),
    )  # fmt: skip

    def __init__(
        self,
        components: tuple[StandardComponent, ...],
        deadlines: list[tuple[str, str]],
        *,
        has_code: bool,
        **given: Any,
    ) -> None:
        super().__init__(**given)
        self.fields["held_by"].choices = [("", _("Tidak dihubungkan")), *deadlines]  # type: ignore[attr-defined]
        if has_code:
            del self.fields["service"]
        for item in components:
            self.fields[f"c_{item.code}"] = forms.CharField(
                label=item.name, required=False, widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("Tampil pada laman umum.") if item.published else "",
            )  # fmt: skip

    def statements(self) -> dict[str, str]:
        """What is stated, by component."""
        return {name[2:]: text for name, text in self.cleaned_data.items() if name.startswith("c_")}

    def register_and_deadline(self) -> tuple[str, str]:
        """The register and the deadline that were chosen; both empty for none."""
        register, _bar, deadline = str(self.cleaned_data["held_by"]).partition("|")
        return register, deadline
