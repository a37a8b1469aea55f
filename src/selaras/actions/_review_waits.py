"""Readings that took long or were lost: nothing is dropped without a word to the person who asked."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from selaras.actions._notices import tell
from selaras.actions._runner import ENTRY, begin
from selaras.core.access import Actor
from selaras.store.models import ReviewCase, User
from selaras.store.models.work import ReviewState
from selaras.store.reviews import HISTORY, is_reading, place_in_queue
from selaras.store.turns import Lane

LONG = timedelta(minutes=10)
"""Who waits longer than this has gone on to other work and is told when the reading has ended."""
READER = Actor("pembaca laporan")
LOST = "Pembacaan terhenti tanpa selesai, mungkin karena server dimulai ulang. Berkasnya masih ada; mulai lagi pembacaannya."


def resume_reading(by: Actor) -> None:
    """See to it that a process reads what waits: after a restart of the machine nobody does. Raises CannotRun."""
    del by
    data = Path(settings.DATA)
    begin(Lane.READING, data, ENTRY, data / "reviews" / "runner.log")


def tell_ended(row: ReviewCase) -> None:
    """Tell who asked for a reading that it has ended, where that took long. Call inside the act's transaction."""
    started = row.result.get("started")
    if started and timezone.now() - datetime.fromisoformat(started) > LONG:
        _tell(row, "selesai dibaca." if row.state == ReviewState.OPEN.value else "tidak dapat dibaca.")


def tell_lost(by: Actor) -> int:
    """Mark readings that ended without a word as failed and tell who asked for them. Returns how many."""
    del by
    found = 0
    for pk in ReviewCase.objects.filter(state=ReviewState.READING.value).values_list("pk", flat=True):
        with transaction.atomic():
            row = ReviewCase.objects.select_for_update(of=("self",)).select_related("agency").get(pk=pk)
            is_begun = bool((row.result or {}).get("started"))
            if row.state != ReviewState.READING.value or not is_begun or is_reading(row, timezone.now()):
                continue
            if place_in_queue(row) is not None:
                continue
            row.state, row.error = ReviewState.FAILED.value, LOST
            row.save(update_fields=("state", "error"))
            _tell(row, "terhenti dibaca; mulai lagi pembacaannya.")
            found += 1
    return found


def _tell(row: ReviewCase, words: str) -> None:
    code = row.agency.code
    room = "riwayat" if row.result.get("purpose") == HISTORY else "reviu"
    year = row.year or row.opened_at.year
    people = User.objects.filter(username=row.result.get("login", ""))
    url = f"/i/{quote(code, safe='').replace('%', '~')}/{year}/{room}/{row.pk}/"
    tell(READER, people, text=f"{row.title} {words}", url=url, agency=code, topic="reviu")
