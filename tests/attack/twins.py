"""One row of every table in an agency, all with the same number, the same code and the same words.

Whatever an address or a form calls for, one number and one code then name a row of that agency in every table at once; and
where its words come out, something of it was shown. The rows keep the database's rules and no other: they are only ever
looked for by those who must not find them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from selaras.store import models as tables


@dataclass(frozen=True)
class Mark:
    """What the rows of an agency have in common."""

    number: int
    code: str
    words: str


YEAR = 2025
"""Of which the samples hold nothing, so that one more row of each table has room."""
FOREIGN, OWN = Mark(700_001, "KODE-ASING", "ISI RAHASIA"), Mark(600_001, "KODE-SENDIRI", "ISI SENDIRI")
SHARED = {tables.AuditRecord, tables.AuditAnchor, tables.IdempotencyKey, tables.ApiToken, tables.HistorySalt}
"""Tables of the installation, of which a row is nobody's or that of the whole chain."""


def all_tables():
    return [model for model in apps.get_app_config("store").get_models() if model not in SHARED]


def plant(agency, user, mark):
    """Make the rows in an agency (a row of the store), and give them by table."""
    made = {tables.Agency: agency, tables.User: user}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        for model in all_tables():
            _row(model, made, mark)
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    return made


def _row(model, made, mark):
    if model not in made:
        values = {field.attname: _value(field, model, made, mark) for field in model._meta.concrete_fields}
        row = model(**values)
        model.objects.bulk_create([row])
        made[model] = row
    return made[model]


def _value(field, model, made, mark):
    if field.primary_key and not field.is_relation:
        return mark.number if isinstance(field, models.IntegerField) else mark.code
    if field.is_relation:
        if field.related_model is model or (field.null and field.related_model in SHARED):
            return None
        return _row(field.related_model, made, mark).pk
    return _plain(field, mark)


def _plain(field, mark):
    now = timezone.now()
    if isinstance(field, models.JSONField):
        return field.get_default() if field.has_default() else {}
    if isinstance(field, models.DateTimeField):
        return None if field.null else now
    if isinstance(field, models.DateField):
        return None if field.null else date.today() + timedelta(days=1)
    if isinstance(field, models.BooleanField):
        return field.get_default() if field.has_default() else False
    if isinstance(field, models.BinaryField):
        return b""
    if isinstance(field, models.DecimalField):
        return None if field.null else Decimal(1)
    if isinstance(field, models.IntegerField):
        return {"year": YEAR, "sequence": mark.number, "number": mark.number}.get(field.name, None if field.null else 1)
    if isinstance(field, models.UUIDField):
        return f"{mark.number:032d}"
    return _text(field, mark)


def _text(field, mark):
    if field.choices:
        return field.choices[0][0]
    if field.name in {"code", "number", "digest", "seal", "sha256", "secret_hash"} or field.unique:
        text = mark.code
    else:
        text = mark.words
    return text[: field.max_length or None]


def rows(mark):
    """Every row that carries a mark, to compare before and after."""
    return {
        model.__name__: list(
            model.objects.filter(
                pk=mark.number if isinstance(model._meta.pk, models.IntegerField) else mark.code
            ).values()
        )
        for model in all_tables()
    }
