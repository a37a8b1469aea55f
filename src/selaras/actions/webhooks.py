"""Webhooks: programs of others that are told when a report is published, signed, tried again, and given up at last."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from selaras.actions._posting import PREFIX, Sent, faults_of_address, post, signature
from selaras.actions.audit import traced
from selaras.core.access import Act, Actor, check
from selaras.core.errors import CannotRun, Fault, NotFound, Refusal
from selaras.store.models import Webhook, WebhookDelivery
from selaras.store.sealing import seal, unseal
from selaras.store.snapshot import find_agency
from selaras.store.webhooks import due, find_webhook, listening, webhooks_of

PUBLISHED, WITHDRAWN, PING = "report.published", "report.withdrawn", "ping"
EVENTS = (PUBLISHED, WITHDRAWN)
"""What can be subscribed to. A ping is sent to whoever asks for one."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
"""How long after each failed attempt the next one follows; after the last of them a delivery is given up."""
GONE = 410
LONGEST_ADDRESS = 500
KEY = 32
"""Bytes of a new secret."""
PURPOSE = "webhook"
MOST = 20
"""So many webhooks an agency may have."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a round of sending did: messages taken, refused but to be tried again, and given up."""

    taken: int = 0
    waiting: int = 0
    given_up: int = 0


def create_webhook(by: Actor, *, agency: str, url: str, events: Collection[str] = EVENTS) -> tuple[Webhook, str]:
    """Tell an address of some events in an agency from now on; the second value is the secret that signs them.

    The secret is shown once and kept sealed (`store.sealing`). With an empty `agency` the address hears of every
    agency. Raises Refusal for an address that is not https (or on the operator's list), unknown events, or too many
    webhooks; NotAllowed and NotFound.
    """
    with traced(by, action="menambah webhook", agency=agency, act=Act.CONFIGURE) as trace:
        _refuse(url, events)
        if webhooks_of(agency).count() >= MOST:
            raise Refusal(f"Paling banyak {MOST} webhook.", Fault("terlalu banyak webhook", remedy="Hapus yang lama."))
        key = secrets.token_bytes(KEY)
        row = Webhook.objects.create(
            agency_id=find_agency(agency)[0] if agency else None, url=url, secret=seal(key, PURPOSE),
            events=sorted(set(events)), created_by=by.name,
        )  # fmt: skip
        trace |= {"webhook": row.pk, "url": url, "events": ", ".join(row.events)}
    return row, _secret(key)


def change_webhook(
    by: Actor, *, agency: str, webhook: int, url: str | None = None, events: Collection[str] | None = None,
    active: bool | None = None,
) -> Webhook:  # fmt: skip
    """Change the address, the events, or whether it is told at all; None leaves a value as it is.

    Raises Refusal as `create_webhook` does, NotAllowed and NotFound.
    """
    with traced(by, action="mengubah webhook", agency=agency, act=Act.CONFIGURE) as trace:
        row = find_webhook(agency, webhook)
        row.url = row.url if url is None else url
        row.events = row.events if events is None else sorted(set(events))
        row.active = row.active if active is None else active
        _refuse(row.url, row.events)
        row.save(update_fields=("url", "events", "active"))
        trace |= {"webhook": row.pk, "url": row.url, "events": ", ".join(row.events), "active": str(row.active)}
    return row


def remove_webhook(by: Actor, *, agency: str, webhook: int) -> None:
    """Forget an address and everything that was sent to it. Raises NotAllowed and NotFound."""
    with traced(by, action="menghapus webhook", agency=agency, act=Act.CONFIGURE) as trace:
        row = find_webhook(agency, webhook)
        trace |= {"webhook": row.pk, "url": row.url}
        row.delete()


def ping_webhook(by: Actor, *, agency: str, webhook: int) -> WebhookDelivery:
    """Put a harmless message on its way, so that the receiver can be tried. Raises Refusal, NotAllowed and NotFound."""
    with traced(by, action="mencoba webhook", agency=agency, act=Act.CONFIGURE) as trace:
        row = find_webhook(agency, webhook)
        if not row.active:
            raise Refusal("Webhook ini tidak aktif.", Fault("webhook tidak aktif", remedy="Aktifkan lebih dahulu."))
        made = _queued([row], PING, {"agency": agency}, timezone.now())[0]
        trace |= {"webhook": row.pk, "delivery": made.pk}
    return made


def try_webhook(by: Actor, *, agency: str, webhook: int) -> WebhookDelivery:
    """Ping an address and send at once, so that a person sees what it answers; waits for it some seconds.

    A message that is not taken is tried again like every other. Raises Refusal, NotAllowed and NotFound.
    """
    made = ping_webhook(by, agency=agency, webhook=webhook)
    if _claimed(made):
        _noted(made, _sent(made))
    return made


def retry_delivery(by: Actor, *, agency: str, webhook: int, delivery: int) -> WebhookDelivery:
    """Send a message again that was given up or taken before. Raises NotAllowed and NotFound."""
    with traced(by, action="mengirim ulang webhook", agency=agency, act=Act.CONFIGURE) as trace:
        row = find_webhook(agency, webhook).deliveries.filter(pk=delivery).first()
        if row is None:
            raise NotFound("Kiriman ini tidak ditemukan.")
        row.next_at, row.attempts, row.delivered_at = timezone.now(), 0, None
        row.save(update_fields=("next_at", "attempts", "delivered_at"))
        trace |= {"webhook": webhook, "delivery": row.pk}
    return row


def announce(by: Actor, *, event: str, payload: Mapping[str, Any], agency: str) -> int:
    """Put a message about an event on its way to every address that wants it; returns how many there are.

    Called by the verb that did it, inside its transaction, so that nothing is announced that did not happen. It asks
    for no right of its own: who may do what happened may tell of it.
    """
    rows = listening(agency, event)
    if rows:
        with traced(by, action="menyiapkan kiriman webhook", agency=agency) as trace:
            _queued(rows, event, payload, timezone.now())
            trace |= {"event": event, "webhooks": len(rows)}
    return len(rows)


def deliver(by: Actor, *, most: int = 200) -> Delivered:
    """Send what is due, each message once, and note when to try again what was not taken. For a timer.

    A message can arrive twice (after a crash between sending and noting), so receivers compare `webhook-id`.
    Raises NotAllowed for anybody but the operator.
    """
    check(by, Act.CONFIGURE, "")
    done: dict[str, int] = {"taken": 0, "waiting": 0, "given_up": 0}
    for row in list(due(timezone.now())[:most]):
        if _claimed(row):
            done[_noted(row, _sent(row))] += 1
    if any(done.values()):
        with traced(by, action="mengirim webhook") as trace:
            trace |= done
    return Delivered(**done)


def _refuse(url: str, events: Collection[str]) -> None:
    faults = faults_of_address(url, _hosts())
    if len(url) > LONGEST_ADDRESS:
        faults.append(Fault("alamat terlalu panjang", read=str(len(url)), expected=f"paling panjang {LONGEST_ADDRESS}"))
    if unknown := sorted(set(events) - set(EVENTS)):
        faults.append(Fault("peristiwa tidak dikenal", read=", ".join(unknown), expected=", ".join(EVENTS)))
    if not events:
        faults.append(Fault("tidak ada peristiwa yang dipilih", expected=", ".join(EVENTS)))
    if faults:
        raise Refusal("Webhook tidak disimpan.", *faults)


def _hosts() -> Collection[str]:
    return list(getattr(settings, "WEBHOOK_HOSTS", ()))


def _queued(rows: Collection[Webhook], event: str, payload: Mapping[str, Any], now: datetime) -> list[WebhookDelivery]:
    message = {"type": event, "timestamp": now.isoformat(), "data": dict(payload)}
    return [WebhookDelivery.objects.create(webhook=row, event=event, payload=message, next_at=now) for row in rows]


def _claimed(row: WebhookDelivery) -> bool:
    """Take a delivery for this process and plan the next attempt beforehand, in case this one never ends."""
    wait = WAITS[min(row.attempts, len(WAITS) - 1)]
    mine = WebhookDelivery.objects.filter(pk=row.pk, attempts=row.attempts, next_at=row.next_at)
    row.attempts += 1
    row.next_at = timezone.now() + wait
    return bool(mine.update(attempts=row.attempts, next_at=row.next_at))


def _sent(row: WebhookDelivery) -> Sent:
    try:
        secret = _secret(unseal(row.webhook.secret, PURPOSE))
    except CannotRun as problem:
        return Sent(0, f"{problem.message} Hapus webhook ini dan buat lagi.")
    body = json.dumps(row.payload, ensure_ascii=False, separators=(",", ":")).encode()
    message, at = f"msg_{row.pk}", int(timezone.now().timestamp())
    headers = {
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": signature(secret, message=message, at=at, body=body),
    }
    return post(row.webhook.url, body, headers, _hosts())


def _secret(key: bytes) -> str:
    """A secret as Standard Webhooks writes it."""
    return PREFIX + base64.b64encode(key).decode()


def _noted(row: WebhookDelivery, sent: Sent) -> str:
    row.answer = sent.answer
    if sent.taken:
        row.delivered_at, row.next_at = timezone.now(), None
    elif row.attempts > len(WAITS) or sent.status == GONE:
        row.next_at = None
    row.save(update_fields=("answer", "delivered_at", "next_at"))
    if sent.status == GONE:  # by Standard Webhooks the receiver wants to hear no more
        Webhook.objects.filter(pk=row.webhook_id).update(active=False)
    return "taken" if sent.taken else "waiting" if row.next_at else "given_up"
