"""Tables of stage registers: definitions with versions, records with their steps, tickets of the public, satisfaction.

Personal content lies in a table of its own, so that a list, a count or an export cannot carry it by accident. What a
filter asks about a deadline is kept beside the record (`core.registers.facts`), with the seal of the table of days it
was reckoned by: a row with another seal is reckoned anew.
"""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from selaras.core.registers.binding import Whose
from selaras.core.registers.definition import Clearing
from selaras.store.models.columns import choice, code, one_each, reference, text
from selaras.store.models.org import OfAgency
from selaras.store.models.users import User

LONGEST_ASKED = 60
ASKED = tuple(f"asked{number}" for number in range(1, 9))


def asked() -> models.CharField[str | None, str | None]:
    """A text that counting rules ask for; NULL where the record has none, as in JSON."""
    return models.CharField(max_length=LONGEST_ASKED, null=True, blank=True)


class Standing(StrEnum):
    """How a clock stands when nothing more happens to the record; what still runs is judged by the day."""

    WAITING = "belum mulai"
    TIMED = "berbatas"
    STOPPED = "dihentikan"
    NO_LIMIT = "tanpa batas"


class Happening(StrEnum):
    """What happened to a record."""

    STATE = "keadaan"
    GRANT = "perpanjangan"
    CHANGE = "perubahan isi"
    ASSIGNMENT = "penugasan"
    NOTE = "catatan"
    TO_CLIENT = "pesan kepada pemohon"
    FROM_CLIENT = "pesan dari pemohon"
    LETTER = "surat"
    READ = "dibaca"


class RegisterDefinition(OfAgency):
    """A register of an agency: the definition in force, as the file that `rulebook.registers` reads and writes."""

    code = code()
    name = text()
    preset = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    restricted = models.BooleanField(default=False)
    open_to_public = models.BooleanField(default=False)
    at_desk = models.BooleanField(default=False)
    """The desk opens its records, and is told of what falls due."""
    active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = text()
    body = models.TextField()

    class Meta:
        verbose_name = "register"
        ordering = ("sequence", "pk")
        constraints = (one_each("registerdefinition", "code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class RegisterVersion(models.Model):
    """A definition as it was saved; none is ever changed."""

    definition = models.ForeignKey(RegisterDefinition, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    by = text()
    reason = text()
    body = models.TextField()

    class Meta:
        verbose_name = "versi register"
        ordering = ("definition", "version")
        constraints = (models.UniqueConstraint(fields=("definition", "version"), name="registerversion_key"),)

    def __str__(self) -> str:
        return f"{self.definition_id} {self.version}"


class RegisterSeries(models.Model):
    """The last running number given in a series; taken under a lock, so that no number comes twice."""

    definition = models.ForeignKey(RegisterDefinition, on_delete=models.CASCADE, related_name="series")
    name = models.CharField(max_length=10, blank=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "deret nomor register"
        constraints = (models.UniqueConstraint(fields=("definition", "name"), name="registerseries_key"),)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class RegisterRecord(models.Model):
    """One record without its personal content. `started` to `standing` are the clock of the register's first deadline.

    `content` holds contents by field as texts; `facts` what filters ask: first days of states, the other clocks,
    numbers and lists in a form that both databases compare alike. `last_on` is the latest day that anything of it names.
    `asked1` and on repeat what the counting rules ask of both (`store.register_slots`), so that an index holds it.
    """

    definition = models.ForeignKey(RegisterDefinition, on_delete=models.PROTECT, related_name="records")
    number = models.CharField(max_length=200)
    series = models.CharField(max_length=10, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=40)
    unit = reference("store.Unit", optional=True)
    opened = models.DateField()
    closed = models.DateField(null=True, blank=True)
    last_on = models.DateField()
    standing = choice(Standing)
    started = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)
    used = models.PositiveIntegerField(null=True, blank=True)
    running = models.BooleanField(default=False)
    """Some clock has begun and not ended: what it used depends on the day."""
    unsure = models.BooleanField(default=False)
    """Some clock ran through a year without a table of holidays."""
    seal = models.BigIntegerField(default=0)
    assignee = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    public = models.BooleanField(default=False)
    """It came in by the public page."""
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)
    asked1 = asked()
    asked2 = asked()
    asked3 = asked()
    asked4 = asked()
    asked5 = asked()
    asked6 = asked()
    asked7 = asked()
    asked8 = asked()
    content = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "rekaman register"
        ordering = ("-opened", "-pk")
        constraints = (models.UniqueConstraint(fields=("definition", "number"), name="registerrecord_key"),)
        indexes = (
            models.Index(fields=("definition", "state", "opened"), name="registerrecord_state"),
            models.Index(fields=("definition", "due"), name="registerrecord_due"),
            models.Index(fields=("definition", "last_on"), name="registerrecord_last"),
            models.Index(fields=("definition", "seal"), name="registerrecord_seal"),
            models.Index(fields=("definition",), condition=Q(unsure=True), name="registerrecord_unsure"),
            models.Index(
                fields=(
                    "definition", "opened", "state", "standing", "started", "due", "ended", "last_on", "seal", "unsure",
                    "used", "closed", "unit", *ASKED,
                ), name="registerrecord_count",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.number


class RegisterPrivate(models.Model):
    """The personal content of a record; gone when its time is over."""

    record = models.OneToOneField(RegisterRecord, on_delete=models.CASCADE, related_name="private")
    content = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "data pribadi rekaman"

    def __str__(self) -> str:
        return str(self.record_id)


class RegisterEvent(models.Model):
    """One step of a record: who, when, into which state or for which deadline, with a note and a file as evidence."""

    record = models.ForeignKey(RegisterRecord, on_delete=models.CASCADE, related_name="events")
    order = models.PositiveIntegerField()
    kind = choice(Happening)
    code = models.CharField(max_length=40, blank=True)
    """The state reached, the deadline extended, or the letter written."""
    on = models.DateField()
    at = models.DateTimeField(auto_now_add=True)
    by = text()
    """The login, or the name of who has none; never a person of the public."""
    shown_publicly = models.BooleanField(default=False)
    file = text()
    sha256 = models.CharField(max_length=64, blank=True)
    note = text()

    class Meta:
        verbose_name = "langkah rekaman"
        ordering = ("record", "order")
        constraints = (models.UniqueConstraint(fields=("record", "order"), name="registerevent_key"),)

    def __str__(self) -> str:
        return f"{self.order} {self.kind} {self.code}"


class RegisterBinding(models.Model):
    """The counting rule by which an indicator computes itself; nobody types it."""

    indicator = models.OneToOneField("store.Indicator", on_delete=models.CASCADE, related_name="register_binding")
    definition = models.ForeignKey(RegisterDefinition, on_delete=models.PROTECT, related_name="bindings")
    rule = models.CharField(max_length=40)
    by = text()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "indikator dari register"

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.rule}"


class RegisterSkpBinding(models.Model):
    """The counting rule by which a result of an employee's goals counts itself, and whose records count."""

    row = models.OneToOneField("store.SkpRow", on_delete=models.CASCADE, related_name="register_binding")
    definition = models.ForeignKey(RegisterDefinition, on_delete=models.PROTECT, related_name="skp_bindings")
    rule = models.CharField(max_length=40)
    whose = choice(Whose)
    field = models.CharField(max_length=40, blank=True)
    """The field that names the person, where only the own records count."""
    by = text()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "hasil kerja SKP dari register"

    def __str__(self) -> str:
        return f"{self.row_id} {self.rule}"


class RegisterClearing(models.Model):
    """The proof that a record was deleted or anonymised: no personal data, only which and by what rule."""

    definition = models.ForeignKey(RegisterDefinition, on_delete=models.CASCADE, related_name="clearings")
    number = models.CharField(max_length=200)
    clearing = choice(Clearing)
    on = models.DateField()
    due = models.DateField()
    fields = models.JSONField(default=list)
    by = text()
    basis = text()

    class Meta:
        verbose_name = "pembersihan rekaman"
        ordering = ("definition", "pk")

    def __str__(self) -> str:
        return f"{self.number} {self.clearing}"
