"""Tables of accounts: who signs in, which roles they hold where and until when, and who is invited."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from selaras.core.access import Role
from selaras.store.models.columns import choice, in_order, text
from selaras.store.models.org import Agency, Position, Tenure, Unit


class UserManager(BaseUserManager["User"]):
    """How accounts are made and found."""

    def create_user(self, username: str, password: str | None = None, **columns: Any) -> User:
        """A new account; without a password nobody can sign in with one until it is set by invitation."""
        user = self.model(username=self.model.normalize_username(username), **columns)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person with an account. `email` may be empty: not every office gives its staff an address."""

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    name = text()
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, default="id")
    mail_duties = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]  # noqa: RUF012 (Django wants a list)

    class Meta:
        verbose_name = "pengguna"
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="user_email",
                condition=~Q(email=""),
                violation_error_message="alamat surel ini sudah dipakai",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The name to show."""
        return str(self)


class RoleGrant(models.Model):
    """A role, held by a person or by whoever holds a position, in an agency or a subtree of units, for a time.

    A role of a position follows its holder: the acting official (Plt/Plh) has it from the first day of acting.
    Without an agency the role reaches every agency.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="role_grants")
    position = models.ForeignKey(Position, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    role = choice(Role)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    granted_by = text()
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "peran"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="rolegrant_person_or_position",
                condition=Q(user__isnull=False, position__isnull=True) | Q(user__isnull=True, position__isnull=False),
                violation_error_message="peran diberikan kepada seseorang atau kepada sebuah jabatan",
            ),
            models.CheckConstraint(
                name="rolegrant_unit_in_agency",
                condition=Q(unit__isnull=True) | Q(agency__isnull=False),
                violation_error_message="peran untuk sebuah unit memerlukan instansinya",
            ),
            in_order("rolegrant", "since", "until"),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.agency or 'semua instansi'}"


class Seat(models.Model):
    """Which account is the person of a tenure, so that a position's duties reach its holder."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="seats")
    tenure = models.OneToOneField(Tenure, on_delete=models.CASCADE, related_name="seat")

    class Meta:
        verbose_name = "pemegang jabatan"

    def __str__(self) -> str:
        return f"{self.user} – {self.tenure}"


class Invitation(models.Model):
    """A link by which somebody makes an account with a role; only the hash of its secret is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    name = text()
    role = choice(Role)
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    invited_by = text()
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "undangan"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.name} {self.role}"


class Notice(models.Model):
    """Something that a person should know or do: shown in the page, and mailed where the person wants it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    agency = models.CharField(max_length=None, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    topic = models.CharField(max_length=80)
    url = text()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    text = text()

    class Meta:
        verbose_name = "pemberitahuan"
        ordering = ("-pk",)
        indexes = (models.Index(fields=("user", "read_at"), name="notice_user_read"),)

    def __str__(self) -> str:
        return self.text


class ApiToken(models.Model):
    """A key for programs, with its scopes; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = text()
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "token API"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name


class IdempotencyKey(models.Model):
    """The answer that a write got, so that the same request sent again gets it again and does nothing twice."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    answer = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "kunci idempotensi"
        constraints = (models.UniqueConstraint(fields=("token", "key"), name="idempotencykey_key"),)

    def __str__(self) -> str:
        return self.key


class Webhook(models.Model):
    """An address that is told when something is published; its secret signs what is sent."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=80)
    events = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    created_by = text()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "webhook"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.url


class WebhookDelivery(models.Model):
    """One message to a webhook, tried until it is taken or given up."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=80)
    payload = models.JSONField()
    at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    answer = text()

    class Meta:
        verbose_name = "kiriman webhook"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.event} {self.webhook}"
