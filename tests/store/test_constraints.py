"""What the tables themselves refuse, whoever writes."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, models, transaction
from tests.store.example import records
from tests.store.filling import fill

from selaras.store import models as tables
from selaras.store.rows import all_tables

pytestmark = pytest.mark.django_db

WRONG = [
    (tables.Spending, {"month": 13}),
    (tables.Spending, {"month": 0}),
    (tables.Agreement, {"version": 1, "reason": ""}),
    (tables.Indicator, {"aggregation": "jumlah", "value_kind": "persen"}),
    (tables.Indicator, {"polarity": "turun", "lower_method": ""}),
    (tables.Indicator, {"value_kind": "predikat", "grade_scale": "", "aggregation": "terakhir"}),
    (tables.Realisation, {"numerator": Decimal(1), "denominator": None}),
    (tables.Realisation, {"numerator": None, "denominator": Decimal(1)}),
    (tables.Realisation, {"entered_by": "Contoh", "verified_by": "Contoh"}),
    (tables.Realisation, {"span": "triwulan", "index": 5}),
    (tables.Target, {"span": "tahun", "index": 2}),
    (tables.Target, {"value_kind": ""}),
    (tables.Target, {"value_kind": "persen", "value_amount": None, "value_grade": "", "value_flag": None}),
    (tables.Target, {"value_kind": "persen", "value_amount": Decimal(5), "value_grade": "BB", "value_flag": None}),
    (
        tables.Target,
        {
            "value_kind": "angka",
            "value_amount": Decimal(5),
            "value_upper": Decimal(4),
            "value_grade": "",
            "value_flag": None,
        },
    ),
    (tables.Unit, {"since": "2024-01-02", "until": "2024-01-01"}),
    (tables.StrategicPlan, {"first_year": 2024, "last_year": 2023}),
    (tables.Node, {"code": "T1"}),
]


@pytest.mark.parametrize(("model", "values"), WRONG)
def test_it_refuses(model, values):
    fill(records())
    row = model.objects.order_by("pk").last()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**values)


def test_two_open_tenures_of_one_person_are_refused():
    fill(records())
    tenure = tables.Tenure.objects.get(since=None)
    tenure.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        tenure.save(force_insert=True)


def test_an_indicator_in_use_is_protected():
    fill(records())
    with pytest.raises(models.ProtectedError):
        tables.Indicator.objects.get(code="IKU-1").delete()


def test_the_natural_key_of_every_kind_is_unique():
    for table in all_tables().values():
        wanted = ["agency", *(column.removesuffix("_id") for part in table.key_fields for column in part.columns)]
        keys = [
            list(item.fields) for item in table.model._meta.constraints if isinstance(item, models.UniqueConstraint)
        ]
        assert wanted in keys


def test_the_migrations_are_up_to_date():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
