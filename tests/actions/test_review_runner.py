"""The process that reads: it ends in time. That it takes its turn stands in `tests/store/test_turns.py`."""

import time

import pytest

from selaras.actions._runner import TooLong, at_most


def test_work_that_takes_too_long_is_ended():
    with pytest.raises(TooLong), at_most(1):
        time.sleep(5)
    time.sleep(0.01)


@pytest.mark.django_db
def test_a_reading_that_was_lost_is_marked_and_told_to_who_asked(settings, tmp_path):
    from datetime import timedelta

    from django.utils import timezone

    from selaras.actions.reviews import tell_lost
    from selaras.core.access import operator
    from selaras.store import models as tables

    settings.DATA = tmp_path
    person = tables.User.objects.create_user("penelaah", name="Penelaah Rekaan")
    agency = tables.Agency.objects.create(code="A-B", name="Dinas Rekaan", kind="opd")
    begun = {"ticket": "a" * 32, "purpose": "reviu", "login": person.username}

    def case(age):
        started = (timezone.now() - age).isoformat()
        return tables.ReviewCase.objects.create(
            agency=agency, title="Laporan", year=2024, file="x", sha256="0" * 64, state="dibaca", opened_by=person.name,
            result=begun | {"started": started},
        )  # fmt: skip

    lost, fresh = case(timedelta(hours=2)), case(timedelta(minutes=1))
    assert tell_lost(operator("x")) == 1
    lost.refresh_from_db()
    fresh.refresh_from_db()
    assert (lost.state, fresh.state) == ("gagal dibaca", "dibaca")
    assert "mulai lagi" in lost.error
    notice = tables.Notice.objects.get(user=person)
    assert notice.url == f"/i/A-B/2024/reviu/{lost.pk}/"
