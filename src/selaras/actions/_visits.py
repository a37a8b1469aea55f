"""What comes from the public page is counted by address: requests, tries of a request, wrong secrets of a ticket.

Of an address only a keyed hash is kept, for a day. What is counted is written outside the act that may be refused: a
refused request counts too.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from selaras.core.errors import Fault, Refusal
from selaras.store import models as tables
from selaras.store.models.register_tickets import VisitKind

PER_HOUR, PER_DAY, EVERYBODY_PER_HOUR = 5, 20, 300
"""Requests that are taken in from one address, and from all of them together."""
TRIES_PER_HOUR = 30
"""Requests that one address may try, taken in or refused."""
MOST_LINKS = 3
FREE_WRONG = 5
"""So many wrong secrets for one number from one address cost no time."""
FIRST_WAIT, LONGEST_WAIT = 15, 3600
"""Seconds to wait after the next wrong one; each further one doubles them."""


def refuse_machine(trap: str, texts: Mapping[str, str]) -> None:
    """Refuse what no person sent. Raises Refusal."""
    if trap.strip() or sum(text.count("://") for text in texts.values()) > MOST_LINKS:
        raise Refusal(
            "Permohonan tidak diterima.", Fault("isi menyerupai kiriman otomatis", remedy="Kurangi tautan di dalamnya.")
        )


def count_try(source: str) -> None:
    """Count one try of a request. Raises Refusal where one address, or everybody, sends more than can be read.

    Call before the act's transaction: what is counted stays although the request is refused.
    """
    now = timezone.now()
    hour = tables.RegisterVisit.objects.filter(at__gte=now - timedelta(hours=1))
    day = tables.RegisterVisit.objects.filter(at__gte=now - timedelta(days=1), source=_mark(source))
    taken = VisitKind.REQUEST.value
    crowded = hour.filter(kind=taken).count() >= EVERYBODY_PER_HOUR
    if source:
        own = hour.filter(source=_mark(source))
        crowded = crowded or own.filter(kind=taken).count() >= PER_HOUR or day.filter(kind=taken).count() >= PER_DAY
        crowded = crowded or own.filter(kind=VisitKind.TRY.value).count() >= TRIES_PER_HOUR
    if crowded:
        # Nothing more is written: who sends on and on does not fill the table.
        fault = Fault("terlalu banyak permohonan dalam waktu singkat", remedy="Coba lagi nanti atau datang ke loket.")
        raise Refusal("Permohonan belum dapat diterima.", fault)
    with transaction.atomic():
        _forget(now)
        tables.RegisterVisit.objects.create(source=_mark(source), kind=VisitKind.TRY.value)


def count_request(source: str) -> None:
    """Count one request that is taken in; inside the act."""
    tables.RegisterVisit.objects.create(source=_mark(source), kind=VisitKind.REQUEST.value)


def count_wrong(source: str, agency: str, number: str) -> bool:
    """Count one wrong secret for a number (whether there is such a ticket or not); gives whether it is worth a record.

    After some of them each costs a growing time. Raises Refusal within it; the right secret is never kept out by that.
    """
    now = timezone.now()
    mark = _mark(f"{source} {agency} {number.strip()}")
    since = now - timedelta(days=1)
    times = list(
        tables.RegisterVisit.objects.filter(source=mark, kind=VisitKind.WRONG_SECRET.value, at__gte=since)
        .order_by("-at").values_list("at", flat=True)
    )  # fmt: skip
    if times and (left := _left(len(times), times[0], now)) > 0:
        remedy = f"Periksa kode pada tanda terima. Kode yang salah dapat dicoba lagi dalam {-(-left // 60)} menit."
        raise Refusal("Terlalu banyak kode yang salah.", Fault("kode tiket salah berulang kali", remedy=remedy))
    with transaction.atomic():
        _forget(now)
        tables.RegisterVisit.objects.create(source=mark, kind=VisitKind.WRONG_SECRET.value)
    return len(times) < FREE_WRONG


def _left(times: int, last: datetime, now: datetime) -> int:
    """Seconds that are left of the wait after so many wrong ones, the last of them at `last`."""
    if times < FREE_WRONG:
        return 0
    wait = min(LONGEST_WAIT, FIRST_WAIT << min(times - FREE_WRONG, 12))
    return int((last + timedelta(seconds=wait) - now).total_seconds())


def _forget(now: datetime) -> None:
    tables.RegisterVisit.objects.filter(at__lt=now - timedelta(days=1)).delete()


def _mark(source: str) -> str:
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, f"kunjungan {source}".encode(), hashlib.sha256).hexdigest()
