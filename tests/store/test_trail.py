"""The trail is checked: every change, deletion, insertion and move is found and named; an honest trail has none."""

import uuid
from contextlib import suppress

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from selaras.actions.audit import traced
from selaras.core.access import operator
from selaras.core.errors import Refusal
from selaras.store.models import AuditRecord, FieldChange
from selaras.store.trail import Breach, verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail():
    """Six acts, of which four changed two fields each and one was refused."""
    for number in range(6):
        with suppress(Refusal), traced(operator("operator"), action=f"tindakan {number}", agency="A") as trace:
            if number == 3:
                raise Refusal("Ditolak.")
            if number != 5:
                trace.changed("Unit", "U", "name", f"lama {number}", f"baru {number}")
                trace.changed("Unit", "U", "order", "1", "2")
    return list(AuditRecord.objects.order_by("pk"))


def found():
    return {(item.breach, item.record) for item in verify().breaks}


def test_an_honest_trail_holds(trail):
    outcome = verify()
    assert (outcome.records, outcome.changes, outcome.breaks) == (6, 8, ())
    assert outcome.head == trail[-1].hash


@pytest.mark.parametrize("column", ["action", "actor", "agency"])
def test_a_changed_record_is_named(trail, column):
    AuditRecord.objects.filter(pk=trail[2].pk).update(**{column: "lain"})
    assert (Breach.CHANGED, trail[2].pk) in found()
    assert f"Catatan {trail[2].pk} " in verify().breaks[0].sentence


def test_changed_details_and_times_are_named(trail):
    AuditRecord.objects.filter(pk=trail[3].pk).update(details={"refused": "Tidak."})
    AuditRecord.objects.filter(pk=trail[5].pk).update(at=trail[0].at)
    assert found() == {(Breach.CHANGED, trail[3].pk), (Breach.CHANGED, trail[5].pk)}


def test_a_deleted_record_is_named_with_its_number(trail):
    AuditRecord.objects.filter(pk=trail[3].pk).delete()
    (only,) = verify().breaks
    assert only.breach is Breach.DELETED
    assert f"nomor {trail[3].pk} dihapus" in only.sentence


def test_a_deleted_beginning_is_found(trail):
    AuditRecord.objects.filter(pk__in=[trail[0].pk]).delete()
    assert (Breach.DELETED, trail[1].pk) in found()
    assert any(item.breach is Breach.ADDED for item in verify().breaks), "its changes are left without a record"


def test_a_record_out_of_order_is_named(trail):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE store_auditrecord SET id = id + 100 WHERE id = {trail[3].pk}")
    assert (Breach.MOVED, trail[3].pk + 100) in found()
    assert (Breach.DELETED, trail[4].pk) not in found()


def test_a_rewritten_record_with_a_fitting_hash_is_found_by_the_next(trail):
    record = AuditRecord.objects.get(pk=trail[3].pk)
    record.details = {"refused": "Lain."}
    record.hash = record.computed_hash()
    record.save()
    (only,) = verify().breaks
    assert (only.breach, only.record) == (Breach.DELETED, trail[4].pk)
    assert f"Catatan {trail[3].pk} ditulis ulang" in only.sentence


def test_a_cut_end_is_found_by_the_hash_that_was_written_down(trail):
    head = verify().head
    AuditRecord.objects.filter(pk=trail[5].pk).delete()
    if connection.vendor == "sqlite":  # remembers the number that it gave, until somebody takes that back too
        assert [item.breach for item in verify().breaks] == [Breach.CUT]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = 'store_auditrecord'", [trail[4].pk])
    assert verify().breaks == ()
    (only,) = verify(expected_head=head).breaks
    assert only.breach is Breach.CUT
    assert verify(expected_head=trail[2].hash).breaks == ()


@pytest.mark.parametrize("column", ["before", "after", "field", "key", "kind", "reason", "actor", "agency"])
def test_a_changed_history_of_a_value_is_named(trail, column):
    change = FieldChange.objects.order_by("pk")[2]
    FieldChange.objects.filter(pk=change.pk).update(**{column: "lain"})
    assert found() == {(Breach.CHANGED, trail[1].pk)}


def test_deleted_and_inserted_histories_are_named(trail):
    changes = list(FieldChange.objects.order_by("pk"))
    changes[0].delete()
    FieldChange.objects.filter(act=changes[2].act).delete()
    FieldChange.objects.create(
        act=uuid.uuid4(), at=changes[4].at, actor="x", agency="A", kind="Unit", key="U", field="name", after="palsu"
    )
    FieldChange.objects.create(
        act=changes[4].act, at=changes[4].at, actor=changes[4].actor, agency="A", kind="Unit", key="U", field="name"
    )
    assert found() == {
        (Breach.DELETED, trail[0].pk), (Breach.DELETED, trail[1].pk), (Breach.ADDED, 0), (Breach.ADDED, trail[2].pk),
    }  # fmt: skip


@given(
    victim=st.integers(0, 5),
    column=st.sampled_from(["action", "actor", "agency"]),
    text=st.text(min_size=1, max_size=40),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_change_of_any_record_goes_unnoticed(trail, victim, column, text):
    record = trail[victim]
    if text == getattr(record, column) or "\0" in text or not text.isprintable():
        return
    AuditRecord.objects.filter(pk=record.pk).update(**{column: text})
    assert (Breach.CHANGED, record.pk) in found()
    AuditRecord.objects.filter(pk=record.pk).update(**{column: getattr(record, column)})
    assert verify().breaks == ()
