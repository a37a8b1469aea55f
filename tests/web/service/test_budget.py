"""No page of registers and service takes more than a dozen queries, whatever page will be added: each address is asked."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from tests.web.conftest import BIRO
from tests.web.service.conftest import PPID, TODAY

from selaras.actions import register_records as records
from selaras.actions.register_figures import bind_rule
from selaras.core.access import Role
from selaras.store import models as tables
from selaras.web.service import limits

MOST = 12
INSIDE = {"registers": "selaras.web.registers.urls", "skm": "selaras.web.service.skm.urls"}
MADE_TO_WRITE = {"export", "letter", "download", "report", "answers", "definition-file"}
"""Files, which are made from everything there is."""


NOT_THERE = {"file", "binding", "edit"}


def given(number, **more):
    return {
        "agency": BIRO, "year": TODAY.year, "register": PPID, "number": number, "rule": "sesuai_sop", "indicator": "IKU-1",
        "letter": "tanda_terima", "order": 1, "version": 1, "part": "isian", "form": "toml", "code": "SKM-1", "action": 1,
        "service": "INFO",
    } | more  # fmt: skip


def patterns(module):
    assert get_resolver().url_patterns  # the whole tree first, which tells how codes are read
    return import_module(module).urlpatterns


def asked(module, prefix, values, client):
    """The queries of each page that answers a plain GET, by its name; every other answer by its status."""
    counts, other = {}, {}
    for pattern in patterns(module):
        if pattern.name in MADE_TO_WRITE:
            continue
        arguments = {name: values[name] for name in pattern.pattern.converters}
        page = reverse(f"{prefix}:{pattern.name}", kwargs={**values_of_place(prefix, values), **arguments})
        client.get(page)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        if answer.status_code == 200:
            counts[pattern.name] = len(queries)
        else:
            other[pattern.name] = answer.status_code
    return counts, other


def values_of_place(prefix, values):
    return {"agency": values["agency"], "year": values["year"]} if prefix in INSIDE else {}


@pytest.fixture
def filled(survey, norm, ticket, desk):
    """The registers and the survey with what came in, one register bound to an indicator."""
    texts = {"nama": "Warga Rekaan", "jenis_pemohon": "perorangan", "informasi": "Salinan", "tujuan": "Penelitian"}
    for _ in range(30):
        records.open_record(desk.petugas, agency=BIRO, register=PPID, texts=texts)
    tables.Realisation.objects.filter(indicator__code="IKU-1", year=TODAY.year).delete()
    bind_rule(desk.penata, agency=BIRO, indicator="IKU-1", register=PPID, rule="sesuai_sop", year=TODAY.year)
    return ticket.number


@pytest.mark.parametrize("prefix", INSIDE)
def test_each_page_inside_takes_a_dozen_queries_at_most(prefix, filled, signed_in):
    counts = {}
    other = {}
    for role, name in ((Role.PLANNER, "penata"), (Role.SERVICE, "petugas"), (Role.ADMINISTRATOR, "pengelola")):
        found, other = asked(INSIDE[prefix], prefix, given(filled), signed_in(role, name=name))
        counts |= {name: max(amount, counts.get(name, 0)) for name, amount in found.items()}
    assert {name: amount for name, amount in counts.items() if amount > MOST} == {}
    left = {name: status for name, status in other.items() if name not in counts}
    assert {name for name, status in left.items() if status not in {302, 405}} <= NOT_THERE, left


def test_each_public_page_takes_a_dozen_queries_at_most(filled, survey):
    tables.SkmRound.objects.update(published=True)
    counts, other = asked("selaras.web.service.urls", "service", given(filled, word=survey), Client())
    assert {name: amount for name, amount in counts.items() if amount > MOST} == {}
    assert set(other.values()) <= {302, 405}, other


def test_what_an_address_sent_is_counted_for_the_whole_window(desk):
    for seen in (1, 2, 3):
        assert limits._count("uji", "198.51.100.9", 3600) == seen
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT expires FROM selaras_cache WHERE cache_key LIKE %s ORDER BY expires DESC", [":1:layanan:%"]
        )
        kept = cursor.fetchone()[0]
    kept = kept if isinstance(kept, datetime) else datetime.fromisoformat(kept)
    assert kept.replace(tzinfo=UTC) > datetime.now(UTC) + timedelta(minutes=50)
