"""Webhooks of an agency: who is told when a report is published, and what became of the messages."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Query, Router, Schema, Status

from selaras.actions import webhooks
from selaras.actions.webhooks import LONGEST_ADDRESS
from selaras.api.door import ApiRequest
from selaras.api.intake import AgencyCode, Given, Row
from selaras.api.records import READS, WRITES
from selaras.api.schemas import Page
from selaras.core.access import Act, check
from selaras.store.models import Webhook, WebhookDelivery
from selaras.store.webhooks import deliveries_of, find_webhook, webhooks_of

router = Router(tags=["webhooks"])
MOST = 200
Event = Literal["report.published", "report.withdrawn"]


class NewHook(Given):
    """Alamat penerima dan peristiwa yang ingin didengarnya."""

    url: str = Field(
        max_length=LONGEST_ADDRESS, examples=["https://contoh.go.id/selaras"],
        description="Alamat https di internet; yang lain hanya bila dicantumkan operator.",
    )  # fmt: skip
    events: list[Event] = Field(default=["report.published", "report.withdrawn"], min_length=1)


class HookChange(Given):
    """Yang diubah; isian yang tidak dikirim tetap."""

    url: str | None = Field(None, max_length=LONGEST_ADDRESS)
    events: list[Event] | None = Field(None, min_length=1)
    active: bool | None = None


class HookOut(Schema):
    """Satu webhook; rahasianya tidak pernah ditampilkan lagi."""

    id: int
    url: str
    events: list[str]
    active: bool
    created_by: str
    created_at: datetime


class HookMade(HookOut):
    """Webhook baru dengan rahasia yang menandatangani kirimannya."""

    secret: str = Field(description="Hanya ditampilkan sekarang: `whsec_` dan 32 bita dalam base64.")


class DeliveryOut(Schema):
    """Satu kiriman."""

    id: int
    event: str
    at: datetime
    attempts: int
    state: Literal["menunggu", "diterima", "gagal"]
    answer: str = Field(description="Jawaban penerima yang terakhir.")
    next_at: datetime | None
    delivered_at: datetime | None


BASE = "/agencies/{agency}/webhooks"


@router.get(BASE, response={200: list[HookOut], **READS}, operation_id="listWebhooks")
def listed(request: ApiRequest, agency: AgencyCode) -> Any:
    """Daftar webhook. Memerlukan hak mengatur instansi, karena alamatnya dapat memuat rahasia penerima."""
    check(request.actor, Act.CONFIGURE, agency)
    return [_hook(row) for row in webhooks_of(agency)]


@router.post(BASE, response={201: HookMade, **WRITES}, operation_id="createWebhook")
def create(request: ApiRequest, agency: AgencyCode, given: NewHook) -> Any:
    """Tambah webhook. Kirimannya mengikuti Standard Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature`."""
    row, secret = webhooks.create_webhook(request.actor, agency=agency, url=given.url, events=given.events)
    return Status(201, _hook(row) | {"secret": secret})


@router.get(f"{BASE}/{{int:row}}", response={200: HookOut, **READS}, operation_id="getWebhook")
def shown(request: ApiRequest, agency: AgencyCode, row: Row) -> Any:
    """Satu webhook."""
    check(request.actor, Act.CONFIGURE, agency)
    return _hook(find_webhook(agency, row))


@router.patch(f"{BASE}/{{int:row}}", response={200: HookOut, **WRITES}, operation_id="changeWebhook")
def change(request: ApiRequest, agency: AgencyCode, row: Row, given: HookChange) -> Any:
    """Ubah alamat, peristiwa, atau keaktifan webhook."""
    return _hook(
        webhooks.change_webhook(
            request.actor, agency=agency, webhook=row, url=given.url, events=given.events, active=given.active
        )
    )


@router.delete(f"{BASE}/{{int:row}}", response={204: None, **READS}, operation_id="removeWebhook")
def remove(request: ApiRequest, agency: AgencyCode, row: Row) -> Any:
    """Hapus webhook beserta catatan kirimannya."""
    webhooks.remove_webhook(request.actor, agency=agency, webhook=row)
    return Status(204, None)


@router.post(f"{BASE}/{{int:row}}/ping", response={202: DeliveryOut, **READS}, operation_id="pingWebhook")
def ping(request: ApiRequest, agency: AgencyCode, row: Row) -> Any:
    """Kirim pesan percobaan. Berangkat pada putaran kirim berikutnya (`selaras webhooks deliver`)."""
    return Status(202, _delivery(webhooks.ping_webhook(request.actor, agency=agency, webhook=row)))


@router.get(f"{BASE}/{{int:row}}/deliveries", response={200: Page[DeliveryOut], **READS}, operation_id="listDeliveries")
def deliveries(
    request: ApiRequest, agency: AgencyCode, row: Row,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Any:  # fmt: skip
    """Daftar kiriman, terbaru lebih dahulu."""
    check(request.actor, Act.CONFIGURE, agency)
    rows = deliveries_of(find_webhook(agency, row).pk)
    return {"total": rows.count(), "items": [_delivery(one) for one in rows[offset : offset + limit]]}


@router.post(
    f"{BASE}/{{int:row}}/deliveries/{{int:delivery}}/retry",
    response={202: DeliveryOut, **READS}, operation_id="retryDelivery",
)  # fmt: skip
def retry(request: ApiRequest, agency: AgencyCode, row: Row, delivery: Row) -> Any:
    """Kirim ulang satu kiriman. Nomor pesannya (`webhook-id`) tetap sama."""
    made = webhooks.retry_delivery(request.actor, agency=agency, webhook=row, delivery=delivery)
    return Status(202, _delivery(made))


def _hook(row: Webhook) -> dict[str, Any]:
    return {
        "id": row.pk, "url": row.url, "events": row.events, "active": row.active, "created_by": row.created_by,
        "created_at": row.created_at,
    }  # fmt: skip


def _delivery(row: WebhookDelivery) -> dict[str, Any]:
    state = "diterima" if row.delivered_at else "menunggu" if row.next_at else "gagal"
    return {
        "id": row.pk, "event": row.event, "at": row.at, "attempts": row.attempts, "state": state, "answer": row.answer,
        "next_at": row.next_at, "delivered_at": row.delivered_at,
    }  # fmt: skip
