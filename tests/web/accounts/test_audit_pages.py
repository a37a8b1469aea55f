"""The trail in the browser: filtered, one record with its values, the history of one record."""

import pytest
from django.urls import reverse
from tests.store.example import AGENCY
from tests.web.accounts.conftest import made

from selaras.actions import accounts, records
from selaras.core import org
from selaras.core.access import Role, operator
from selaras.core.errors import Refusal
from selaras.store import models as tables
from selaras.store.snapshot import load_part
from selaras.web.audit.words import told

CODE, YEAR = AGENCY.code, 2024


def at(name, *args, agency=CODE):
    return reverse(name, args=(agency, YEAR, *args))


@pytest.fixture
def acts(agency, chief, ani):
    """Something changed, something refused, something of the installation."""
    unit = load_part(CODE, YEAR, [org.Unit]).units[0]
    changed = org.Unit(**{**{name: getattr(unit, name) for name in unit.__slots__}, "name": "Unit Bernama Baru"})
    records.save_record(operator("Operator Contoh"), agency=CODE, record=changed, reason="nomenklatur baru")
    with pytest.raises(Refusal):
        accounts.grant_role(operator("Operator Contoh"), role=Role.PLANNER, username="ani", agency=CODE)
    accounts.add_user(operator("Operator Contoh"), username="budi", name="Budi Contoh")
    return changed


def lines(page):
    return page.content.decode().count('class="cell-sub">nomor')


def test_the_trail_is_filtered(signed, local, acts):
    client = signed(local)
    assert lines(client.get(at("audit:trail"))) == 2
    assert lines(client.get(at("audit:trail"), {"hasil": "ditolak"})) == 1
    assert lines(client.get(at("audit:trail"), {"tindakan": "memberi peran"})) == 1
    assert lines(client.get(at("audit:trail"), {"orang": "Orang Lain"})) == 0
    assert lines(client.get(at("audit:trail"), {"dari": "2020-01-01", "sampai": "2020-12-31"})) == 0
    assert lines(client.get(at("audit:trail"), {"dari": "2020-01-01"})) == 2
    assert lines(client.get(at("audit:trail"), {"dari": "2020-02-31", "halaman": "abc"})) == 2


def test_what_belongs_to_the_installation_is_for_its_administrator(signed, local, chief, acts):
    assert lines(signed(local).get(at("audit:trail"), {"lingkup": "instalasi"})) == 2
    assert lines(signed(chief).get(at("audit:trail"), {"lingkup": "instalasi"})) == 3


def test_a_record_shows_its_values_and_their_history(signed, local, acts):
    client = signed(local)
    row = tables.AuditRecord.objects.filter(details__has_key="act", agency=CODE).first()
    page = client.get(at("audit:record", row.pk)).content.decode()
    assert "Unit Bernama Baru" in page
    assert row.hash in page
    assert "Catatan ini diubah" not in page
    history = client.get(at("audit:history"), {"jenis": "Unit", "kunci": acts.code})
    assert "nomenklatur baru" in history.content.decode()


def test_a_changed_record_says_so(signed, local, acts):
    row = tables.AuditRecord.objects.filter(agency=CODE).first()
    tables.AuditRecord.objects.filter(pk=row.pk).update(actor="Orang Lain")
    assert "Catatan ini diubah" in signed(local).get(at("audit:record", row.pk)).content.decode()


def test_records_of_elsewhere_are_not_there(signed, local, acts):
    row = tables.AuditRecord.objects.filter(agency="").first()
    client = signed(local)
    assert client.get(at("audit:record", row.pk)).status_code == 404
    assert client.get(at("audit:record", 10**6)).status_code == 404
    assert client.get(at("audit:trail", agency="LAIN")).status_code == 404


def test_the_reviewer_reads_the_trail_and_the_planner_does_not(signed, agency, ani, acts):
    reviewer = made("pereviu", (Role.REVIEWER, agency))
    assert signed(reviewer).get(at("audit:trail")).status_code == 200
    assert signed(ani).get(at("audit:trail")).status_code == 403
    assert signed(ani).get(at("audit:history"), {"jenis": "Unit", "kunci": acts.code}).status_code == 200
    assert signed(ani).get(at("audit:history"), {"jenis": "Employee", "kunci": "x"}).status_code == 403
    assert signed(ani).get(at("audit:history")).status_code == 404
    assert signed(ani).post(at("audit:history")).status_code == 405


def test_looking_leaves_no_record(signed, local, acts):
    client = signed(local)
    before = tables.AuditRecord.objects.count()
    for address in (at("audit:trail"), at("accounts:people"), at("accounts:person", "ani"), reverse("profile")):
        assert client.get(address).status_code == 200
    assert tables.AuditRecord.objects.count() == before


def test_details_are_told_in_words_and_never_as_the_program_keeps_them():
    details = {"counts": {"error": 2, "warning": 0}, "files": {"a.pdf": "60c2", "b.docx": "91ff"}, "scanned": False}
    assert told(details, short=True) == [
        ("temuan", "kesalahan 2; peringatan 0"), ("berkas", "a.pdf; b.docx"), ("dipindai", "tidak"),
    ]  # fmt: skip
    assert told(details)[1] == ("berkas", "a.pdf 60c2; b.docx 91ff")
