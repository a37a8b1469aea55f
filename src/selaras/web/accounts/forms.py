"""Forms about accounts: what is typed, not what is allowed; the verbs decide that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from selaras.core.access import Role
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.web.core_words import word

CHOOSE = [("", _("Pilih peran"))]
ROLES = tuple(role for role in Role if role is not Role.READER)


def role_choices() -> list[tuple[str, str]]:
    """Every role that can be given, in the language of the page."""
    words = ((role.value, word(role.value)) for role in ROLES)
    return [(value, told[:1].upper() + told[1:]) for value, told in words]


def refuse(form: forms.BaseForm, refusal: Refusal) -> None:
    """Show a refusal on the form that caused it; who may not or finds nothing gets the page for that."""
    if isinstance(refusal, NotAllowed | NotFound):
        raise refusal
    for fault in refusal.faults:
        sentence = fault.sentence()
        form.add_error(None, f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.")
    if not refusal.faults:
        form.add_error(None, refusal.message)


class PasswordPair(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("Kata sandi"), strip=False, help_text=_("Paling sedikit 12 karakter; kalimat pendek lebih mudah diingat."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Kata sandi sekali lagi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("Kedua kata sandi berbeda."))
        return data


class NewAccount(PasswordPair):
    """Somebody's own new account."""

    name = forms.CharField(
        label=_("Nama lengkap"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    username = forms.CharField(
        label=_("Nama pengguna"), max_length=62, help_text=_("Huruf kecil, angka, atau titik; misalnya perencana.biro."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Surel"), required=False, help_text=_("Untuk pemberitahuan dan kata sandi yang terlupa."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    field_order: tuple[str, ...] = ("name", "username", "email", "password", "again")


class Profile(forms.Form):
    """What somebody sets about the own account."""

    email = forms.EmailField(label=_("Surel"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    mail_duties = forms.BooleanField(label=_("Kirim ringkasan tugas lewat surel"), required=False)
    language = forms.ChoiceField(
        label=_("Bahasa"), choices=[("id", "Bahasa Indonesia"), ("en", "English")],
        help_text=_(
            "Bahasa halaman. Isi data, dokumen, bantuan buku kerja, kalimat temuan, dan rincian jejak audit dapat tetap "
            "berbahasa Indonesia."
        ),
    )  # fmt: skip


class _Placed(forms.Form):
    """A role and its reach in an agency; units that the person may grant for."""

    role = forms.ChoiceField(label=_("Peran"), choices=lambda: [*CHOOSE, *role_choices()])
    unit = forms.ChoiceField(
        label=_("Berlaku untuk"), required=False, help_text=_("Sebuah unit mencakup semua unit di bawahnya.")
    )

    def __init__(self, *args: Any, units: Iterable[tuple[str, str]], whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("Seluruh instansi"))] if whole else []
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*everything, *units]
        field.required = not whole


class NewRole(_Placed):
    """A role for somebody who has an account."""

    since = forms.DateField(label=_("Sejak"), required=False)
    until = forms.DateField(label=_("Sampai dan termasuk"), required=False)


class PositionRole(NewRole):
    """A role for whoever holds a position."""

    position = forms.ChoiceField(label=_("Jabatan"))
    field_order = ("position", "role", "unit", "since", "until")

    def __init__(self, *args: Any, positions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["position"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(positions)


class NewInvitation(_Placed):
    """Somebody to be invited."""

    name = forms.CharField(label=_("Nama orangnya"), max_length=200)
    email = forms.EmailField(label=_("Surel"), required=False)
    days = forms.IntegerField(label=_("Berlaku selama (hari)"), min_value=1, max_value=60, initial=14)
    field_order = ("name", "email", "role", "unit", "days")


class FirstAccount(NewAccount):
    """The first administrator, with the code of the terminal."""

    code = forms.CharField(
        label=_("Kode penyiapan"), max_length=40, help_text=_("Tertulis pada terminal tempat Selaras dijalankan."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    field_order = ("code", "name", "username", "email", "password", "again")
