"""What is wrong with a password, each in one sentence of ours; Django's own are two, and one names a field in English."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation as django_ones
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Length(django_ones.MinimumLengthValidator):
    """Long enough."""

    def get_error_message(self) -> str:
        """How long it has to be."""
        return _("Kata sandi terlalu pendek; paling sedikit %(length)s karakter.") % {"length": self.min_length}


class Likeness(django_ones.UserAttributeSimilarityValidator):
    """Unlike what everybody knows of the person."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError for a password that is close to the login, the name or the mail address."""
        try:
            super().validate(password, user)
        except ValidationError as error:
            told = _("Kata sandi terlalu mirip dengan nama pengguna, nama, atau alamat surel Anda.")
            raise ValidationError(told, code=error.code) from error


class Common(django_ones.CommonPasswordValidator):
    """Not one that everybody takes."""

    def get_error_message(self) -> str:
        """What it is."""
        return _("Kata sandi ini terlalu umum dipakai orang.")


class Digits(django_ones.NumericPasswordValidator):
    """Not digits only."""

    def get_error_message(self) -> str:
        """What it lacks."""
        return _("Kata sandi ini hanya berisi angka; tambahkan huruf.")
