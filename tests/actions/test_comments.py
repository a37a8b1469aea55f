"""Remarks beside a record: written, settled, opened again; those who wrote before are told."""

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.actions.comments import LONGEST, reopen_comment, settle_comment, write_comment
from selaras.core.access import Actor, Grant, Role, acting
from selaras.core.errors import NotAllowed, NotFound, Refusal
from selaras.store.models import AuditRecord, Comment, Notice, User

pytestmark = pytest.mark.django_db
AT = {"agency": AGENCY.code, "kind": "Obstacle", "key": "2024 H-1"}
OF_UNIT = Actor("Contoh Unit", (Grant(Role.OWNER, AGENCY.code, frozenset({"SEK"})),), "unit")


@pytest.fixture(autouse=True)
def agency():
    fill(records())
    for name in ("unit", "atasan"):
        User.objects.create_user(name, name=f"Contoh {name.title()}")


def test_a_remark_is_written_and_who_wrote_before_is_told():
    write_comment(OF_UNIT, **AT, text=" Mohon diperiksa. ", url="/x")
    superior = Actor("Contoh Atasan", (Grant(Role.SUPERIOR, AGENCY.code),), "atasan")
    write_comment(superior, **AT, text="Sudah.", url="/x")
    assert [row.text for row in Comment.objects.all()] == ["Mohon diperiksa.", "Sudah."]
    assert [(notice.user.username, notice.url) for notice in Notice.objects.all()] == [("unit", "/x")]


def test_a_remark_is_settled_once_and_opened_again():
    made = write_comment(OF_UNIT, **AT, text="Mohon diperiksa.")
    assert settle_comment(OF_UNIT, agency=AGENCY.code, comment=made.pk).resolved_by == OF_UNIT.name
    with pytest.raises(Refusal):
        settle_comment(OF_UNIT, agency=AGENCY.code, comment=made.pk)
    assert reopen_comment(OF_UNIT, agency=AGENCY.code, comment=made.pk).resolved_at is None
    with pytest.raises(Refusal):
        reopen_comment(OF_UNIT, agency=AGENCY.code, comment=made.pk)


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST + 1)])
def test_an_empty_or_endless_remark_is_refused(text):
    with pytest.raises(Refusal):
        write_comment(OF_UNIT, **AT, text=text)


def test_a_remark_needs_a_record():
    with pytest.raises(Refusal, match="tidak disimpan"):
        write_comment(OF_UNIT, agency=AGENCY.code, kind="Obstacle", key=" ", text="x")


def test_strangers_and_the_public_may_not_and_leave_a_trace():
    with pytest.raises(NotFound):
        write_comment(acting("Asing", {Role.PLANNER}, {"LAIN"}), **AT, text="x")
    with pytest.raises(NotAllowed):
        write_comment(acting("Umum", {Role.READER}, {AGENCY.code}), **AT, text="x")
    with pytest.raises(NotAllowed):
        write_comment(OF_UNIT, **AT, text="x", unit="DINAS")
    with pytest.raises(NotFound):
        settle_comment(OF_UNIT, agency=AGENCY.code, comment=999)
    assert AuditRecord.objects.filter(details__has_key="refused").count() == 4
