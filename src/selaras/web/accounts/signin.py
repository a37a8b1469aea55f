"""The forms of sign-in in our own words: what allauth asks, with labels that people here know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCode
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, tuple[str | Promise, str | Promise]]
LONG = _("Paling sedikit 12 karakter; kalimat pendek lebih mudah diingat.")
SIX = _("Enam angka dari aplikasi autentikator, atau satu kode pemulihan.")


class Worded:
    """Gives the fields of a form our labels and helps, and takes the words out of the boxes."""

    words: ClassVar[Words] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            field = self.fields.get(name)  # type: ignore[attr-defined]
            if field is not None:
                field.label, field.help_text = label, help_text
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)


class SignIn(Worded, LoginForm):  # type: ignore[misc]
    """Sign in."""

    words: ClassVar[Words] = {"login": (_("Nama pengguna atau surel"), ""), "password": (_("Kata sandi"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username webauthn", "autocapitalize": "none", "spellcheck": "false", "autofocus": True,
        }  # fmt: skip


class ChangePassword(Worded, ChangePasswordForm):  # type: ignore[misc]
    """A new password instead of the old one."""

    words: ClassVar[Words] = {
        "oldpassword": (_("Kata sandi sekarang"), ""), "password1": (_("Kata sandi baru"), LONG),
        "password2": (_("Kata sandi baru sekali lagi"), ""),
    }  # fmt: skip


class SetPassword(Worded, SetPasswordForm):  # type: ignore[misc]
    """A first password."""

    words: ClassVar[Words] = {
        "password1": (_("Kata sandi baru"), LONG),
        "password2": (_("Kata sandi baru sekali lagi"), ""),
    }


class ResetPassword(Worded, ResetPasswordForm):  # type: ignore[misc]
    """Where to send the link."""

    words: ClassVar[Words] = {"email": (_("Surel"), _("Alamat yang tersimpan pada akun Anda."))}


class ResetPasswordKey(Worded, ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password by a link."""

    words: ClassVar[Words] = {
        "password1": (_("Kata sandi baru"), LONG),
        "password2": (_("Kata sandi baru sekali lagi"), ""),
    }


class Reauthenticate(Worded, ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    words: ClassVar[Words] = {"password": (_("Kata sandi"), "")}


class SecondFactor(Worded, AuthenticateForm):  # type: ignore[misc]
    """The second step of a sign-in."""

    words: ClassVar[Words] = {"code": (_("Kode"), SIX)}


class SecondFactorAgain(Worded, ReauthenticateByCode):  # type: ignore[misc]
    """The second factor once more, before something that matters."""

    words: ClassVar[Words] = {"code": (_("Kode"), SIX)}


class ActivateApp(Worded, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator app."""

    words: ClassVar[Words] = {"code": (_("Kode dari aplikasi"), _("Enam angka yang sekarang ditampilkan aplikasi."))}


class AddPasskey(Worded, AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey or security key; one that signs in without a password, unless the person says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "passwordless" in self.fields:
            self.fields["passwordless"].initial = True

    words: ClassVar[Words] = {
        "name": (_("Nama"), _("Supaya Anda mengenalinya nanti, misalnya “Laptop kantor”.")),
        "passwordless": (
            _("Pakai untuk masuk tanpa kata sandi"),
            _("Perangkat akan meminta sidik jari, wajah, atau PIN setiap kali."),
        ),
    }


class RenamePasskey(Worded, EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    words: ClassVar[Words] = {"name": (_("Nama"), "")}
