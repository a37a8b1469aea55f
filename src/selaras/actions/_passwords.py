"""Passwords: whether one is good enough, and the key by which somebody sets a new one."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from selaras.core.errors import Fault
from selaras.store.models import User


def faults_of(password: str, user: User) -> list[Fault]:
    """Everything that is wrong with a password, by the validators of the settings."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        told = (str(message).rstrip(".") for message in error.messages)
        return [Fault(text[:1].lower() + text[1:]) for text in told]
    return []


def reset_key(user: User) -> str:
    """The key that the page for a forgotten password takes; it dies with the next change of the password."""
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str

    return f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
