"""Webhooks as pages: the list, a new one with its secret shown once, a test message, the last deliveries, the end."""

import re

import pytest
from django.urls import reverse
from tests.actions.test_webhooks import Receiver
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.store import models as tables

YEAR = 2024


def at(name, *args, agency=BIRO):
    return reverse(f"accounts:{name}", args=(agency, YEAR, *args))


@pytest.fixture
def receiver(inside, settings):
    made = Receiver()
    settings.WEBHOOK_HOSTS = [made.host]
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def head(signed_in):
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def hook(head, receiver):
    answer = head.post(at("new_webhook"), {"url": f"http://{receiver.host}/a", "events": ["report.published"]})
    assert answer.status_code == 200
    return tables.Webhook.objects.get()


def test_the_secret_is_shown_once(head, receiver):
    answer = head.post(at("new_webhook"), {"url": f"http://{receiver.host}/a", "events": ["report.published"]})
    secret = re.search(r"whsec_[\w+/=]+", answer.content.decode()).group()
    assert "no-store" in answer["Cache-Control"]
    row = tables.Webhook.objects.get()
    for page in (at("webhooks"), at("webhook", row.pk)):
        text = head.get(page).content.decode()
        assert row.url in text
        assert secret not in text


@pytest.mark.parametrize(
    "url", ["http://contoh.go.id/a", "https://127.0.0.1/a", "ftp://contoh.go.id", "https://contoh.go.id:8443/"]
)
def test_addresses_that_lead_nowhere_good_are_refused_or_never_asked(head, inside, url):
    answer = head.post(at("new_webhook"), {"url": url, "events": ["report.published"]})
    if answer.status_code == 422:
        assert not tables.Webhook.objects.exists()
        return
    row = tables.Webhook.objects.get()
    head.post(at("ping_webhook", row.pk))
    assert "jaringan sendiri" in tables.WebhookDelivery.objects.get().answer


def test_a_test_message_and_its_answer_stand_on_the_page(head, hook, receiver):
    answer = head.post(at("ping_webhook", hook.pk), follow=True)
    assert "HTTP 204" in answer.content.decode()
    assert len(receiver.got) == 1
    receiver.status = 500
    text = head.post(at("ping_webhook", hook.pk), follow=True).content.decode()
    assert "tidak diterima: HTTP 500" in text
    assert "menunggu" in text
    delivery = tables.WebhookDelivery.objects.filter(delivered_at__isnull=True).get()
    assert head.post(at("retry_delivery", hook.pk, delivery.pk)).status_code == 302
    delivery.refresh_from_db()
    assert delivery.attempts == 0


def test_it_is_stopped_begun_again_and_removed(head, hook):
    head.post(at("switch_webhook", hook.pk))
    assert "berhenti" in head.get(at("webhooks")).content.decode()
    assert head.post(at("ping_webhook", hook.pk)).status_code == 422
    head.post(at("switch_webhook", hook.pk))
    hook.refresh_from_db()
    assert hook.active
    assert head.get(at("remove_webhook", hook.pk)).status_code == 405
    head.post(at("remove_webhook", hook.pk))
    assert not tables.Webhook.objects.exists()


@pytest.mark.parametrize("name", ["webhooks", "new_webhook"])
def test_who_may_not_is_told_so_and_a_stranger_finds_nothing(signed_in, inside, name):
    assert signed_in(Role.OWNER).get(at(name)).status_code == 403
    assert signed_in(Role.ADMINISTRATOR, name="contoh-admin").get(at(name, agency=KPU)).status_code == 404


def test_a_webhook_of_another_agency_is_not_there(signed_in, hook):
    other = signed_in(Role.ADMINISTRATOR, agency=KPU, name="contoh-lain")
    assert other.get(at("webhook", hook.pk, agency=KPU)).status_code == 404
    assert other.post(at("ping_webhook", hook.pk, agency=KPU)).status_code == 404
    assert other.post(at("remove_webhook", hook.pk, agency=KPU)).status_code == 404
    assert tables.Webhook.objects.exists()


def test_the_pages_ask_the_database_little(head, hook, django_assert_max_num_queries):
    for _ in range(3):
        head.post(at("ping_webhook", hook.pk))
    for page in (at("webhooks"), at("webhook", hook.pk)):
        head.get(page)
        with django_assert_max_num_queries(12):
            assert head.get(page).status_code == 200
