"""What happens to second factors, for the trail and for the person, who should know of it even if it was another."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver

from selaras.actions.accounts import note_sign_in
from selaras.web.accounts.adapter import actor

NAMES = {"totp": "aplikasi autentikator", "webauthn": "passkey", "recovery_codes": "kode pemulihan"}


@receiver(authenticator_added)
def added(user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """A factor was added."""
    del kwargs
    note_sign_in(actor(user), action="menambah faktor kedua", how=NAMES.get(authenticator.type, authenticator.type))


@receiver(authenticator_removed)
def removed(user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """A factor was removed by the person."""
    del kwargs
    note_sign_in(actor(user), action="menghapus faktor kedua sendiri", how=NAMES.get(authenticator.type, ""))


@receiver(authenticator_reset)
def renewed(user: Any, authenticator: Authenticator, **kwargs: Any) -> None:
    """New recovery codes were made."""
    del kwargs
    note_sign_in(actor(user), action="membuat ulang faktor kedua", how=NAMES.get(authenticator.type, ""))
