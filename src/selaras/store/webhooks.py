"""Webhooks and what was sent to them: by agency, by event, and what is due."""

from __future__ import annotations

from datetime import datetime

from django.db.models import OuterRef, Q, QuerySet, Subquery

from selaras.core.errors import NotFound
from selaras.store.models import Webhook, WebhookDelivery


def webhooks_of(agency: str) -> QuerySet[Webhook]:
    """The webhooks of one agency, oldest first; of every agency where `agency` is empty."""
    return Webhook.objects.select_related("agency").filter(_of(agency))


def find_webhook(agency: str, pk: int) -> Webhook:
    """One webhook of an agency; raises NotFound."""
    found = webhooks_of(agency).filter(pk=pk).first()
    if found is None:
        raise NotFound("Webhook ini tidak ditemukan.")
    return found


def listening(agency: str, event: str) -> list[Webhook]:
    """The active webhooks that want to hear of an event in an agency, also those of all agencies."""
    rows = Webhook.objects.filter(Q(agency__code=agency) | Q(agency__isnull=True), active=True).order_by("pk")
    return [row for row in rows if event in row.events]


def deliveries_of(webhook: int) -> QuerySet[WebhookDelivery]:
    """What was sent to a webhook, or waits to be, newest first."""
    return WebhookDelivery.objects.filter(webhook=webhook).order_by("-pk")


def with_last_delivery(agency: str) -> list[tuple[Webhook, WebhookDelivery | None]]:
    """The webhooks of an agency, oldest first, each with the newest message to it; two queries."""
    newest = WebhookDelivery.objects.filter(webhook=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    rows = list(webhooks_of(agency).annotate(last=Subquery(newest)))
    found = WebhookDelivery.objects.in_bulk([row.last for row in rows if row.last])
    return [(row, found.get(row.last)) for row in rows]


def due(now: datetime) -> QuerySet[WebhookDelivery]:
    """What is to be sent now, oldest first."""
    rows = WebhookDelivery.objects.filter(delivered_at__isnull=True, next_at__lte=now, webhook__active=True)
    return rows.select_related("webhook").order_by("next_at", "pk")


def _of(agency: str) -> Q:
    return Q(agency__code=agency) if agency else Q(agency__isnull=True)
