"""How sign-in behaves: nobody signs up alone, an agency's own sign-on reaches only accounts that exist, and the

trail knows who came in and how.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from selaras.actions.accounts import note_sign_in
from selaras.core.access import Actor
from selaras.core.errors import CannotRun, NotFound
from selaras.store.models import User
from selaras.store.users import find_user
from selaras.web.accounts.language import remember

WAYS = {
    "password": "kata sandi",
    "mfa": "faktor kedua",
    "socialaccount": "akun instansi",
    "password_reset": "kata sandi baru",
    "webauthn": "passkey",
    "totp": "aplikasi autentikator",
    "recovery_codes": "kode pemulihan",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation or by the operator, never by signing up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Akun ini sedang nonaktif."),
        "incorrect_code": _("Kodenya salah."),
        "incorrect_password": _("Kata sandinya salah."),
        "enter_current_password": _("Kata sandi yang sekarang salah."),
        "invalid_or_expired_key": _("Tautan ini tidak berlaku lagi."),
        "invalid_login": _("Nama pengguna atau kata sandi salah."),
        "username_password_mismatch": _("Nama pengguna atau kata sandi salah."),
        "email_password_mismatch": _("Alamat surel atau kata sandi salah."),
        "invalid_password_reset": _("Tautan ini tidak berlaku lagi."),
        "too_many_login_attempts": _("Terlalu banyak percobaan yang gagal. Coba lagi beberapa menit lagi."),
        "rate_limited": _("Terlalu banyak permintaan. Coba lagi sebentar lagi."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """No."""
        del request
        return False

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Note the sign-in, and bring the person's language along."""
        records = get_authentication_records(request, user)
        ways = [WAYS.get(item.get("type") or item["method"], item["method"]) for item in records]
        note_sign_in(actor(user), action="masuk", how=", ".join(dict.fromkeys(ways)))
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember(response, user.language)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Note who leaves."""
        if isinstance(request.user, User):
            note_sign_in(actor(request.user), action="keluar")
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a refused attempt, with the login only where it is one of ours: people type passwords there."""
        given = str(credentials.get("username") or credentials.get("email") or "")
        try:
            name = find_user(given).username
        except NotFound:
            name = "Pengunjung"
        note_sign_in(Actor(name), action="gagal masuk", address=self.get_client_ip(request))
        super().authentication_failed(request, **credentials)

    def set_password(self, user: User, password: str) -> None:
        """Set a password and note that it was set."""
        super().set_password(user, password)
        note_sign_in(actor(user), action="mengganti kata sandi sendiri")


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The agency's own sign-on opens accounts that exist; it makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """No."""
        del request, sociallogin
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Link a first sign-in to the one account that it belongs to, or say that there is none."""
        if sociallogin.is_existing:
            return
        user = request.user if isinstance(request.user, User) else _owner(sociallogin)
        if user is None:
            note_sign_in(Actor("Pengunjung"), action="gagal masuk", how="akun instansi tidak dikenal")
            raise ImmediateHttpResponse(render(request, "socialaccount/unknown.html", status=403))
        sociallogin.connect(request, user)
        note_sign_in(actor(user), action="menautkan akun instansi")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of authenticator apps lie encrypted with the key of the installation."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Kodenya salah."),
        "cannot_delete_authenticator": _("Faktor kedua ini tidak dapat dihapus."),
        "cannot_generate_recovery_codes": _("Kode pemulihan memerlukan passkey atau aplikasi autentikator."),
    }

    def encrypt(self, text: str) -> str:
        """The text as only this installation reads it."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text again; raises CannotRun where the secret key is another one than at the time."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            raise CannotRun(
                "Faktor kedua akun ini dibuat dengan kunci rahasia yang lain. Mintalah administrator menghapusnya."
            ) from error

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 (the name is allauth's)
        """A first name for a passkey; the person may change it."""
        from allauth.mfa.models import Authenticator

        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}"


def actor(user: User) -> Actor:
    """An account as the trail names it at the door, where roles do not matter."""
    return Actor(str(user), login=user.username)


def _owner(sociallogin: Any) -> User | None:
    """The active account that a person of the agency's sign-on has here: by a claim with the login, or by mail.

    The address must be verified on both sides: by the sign-on, and here by the administrator who set it. One that
    people wrote into their own profile could be somebody else's.
    """
    claims = sociallogin.account.extra_data
    if settings.OIDC_USERNAME_CLAIM:
        told = {**claims.get("id_token", {}), **claims.get("userinfo", {})}.get(settings.OIDC_USERNAME_CLAIM)
        return User.objects.filter(is_active=True, username=str(told)).first() if told else None
    verified = {item.email.lower() for item in sociallogin.email_addresses if item.verified is True}
    rows = EmailAddress.objects.filter(verified=True, user__is_active=True, email__in=verified).select_related("user")
    found = {row.user for row in rows if row.user.email.lower() == row.email.lower()}
    return found.pop() if len(found) == 1 else None


def _fernet() -> Fernet:
    digest = hashlib.sha256(b"selaras second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
