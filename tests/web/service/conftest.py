"""The sample agency with open registers, canaries in every personal field, and a survey; stamps that need no waiting."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.test import Client
from tests.web.conftest import BIRO

from selaras.actions import register_records as records
from selaras.actions import registers, tickets
from selaras.actions import service_norms as norms
from selaras.actions import service_surveys as surveys
from selaras.core.access import Actor, Role
from selaras.store import models as tables
from selaras.store.users import actor_of
from selaras.web.service import limits, stamps

TODAY = date.today()
PPID, OBJECTION, COMPLAINT, PROMISED = (
    "permohonan_informasi", "keberatan_informasi", "pengaduan", "layanan_dijanjikan",
)  # fmt: skip
PUBLIC = Actor("publik")
CANARY, MAIL, PHONE = "Kenariwati Rekaan", "kenari-rahasia@contoh.example", "0812-5550-1234"
TEXTS = {
    "nama": CANARY, "jenis_pemohon": "perorangan", "identitas": f"3399 {CANARY}", "alamat": f"Jalan {CANARY} 7",
    "surel": MAIL, "telepon": PHONE, "pekerjaan": f"Penjaga {CANARY}", "informasi": f"Salinan berkas {CANARY}",
    "tujuan": f"Keperluan {CANARY}",
}  # fmt: skip


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Forms need not be filled in for seconds, refusals need not be slow; counters begin anew."""
    monkeypatch.setattr(stamps, "QUICKEST", 0)
    monkeypatch.setattr(limits, "SLOWEST", 0)


@pytest.fixture
def desk(signed_in):
    """A register of each kind, open to the public, with people of the office."""
    caches["default"].clear()
    for role, name in ((Role.PLANNER, "penata"), (Role.SERVICE, "petugas"), (Role.ADMINISTRATOR, "pengelola")):
        signed_in(role, name=name)
    who = {row.username: actor_of(row, TODAY) for row in tables.User.objects.filter(username__in=NAMES)}
    for code in (PPID, OBJECTION, COMPLAINT, PROMISED):
        registers.take_preset(who["penata"], agency=BIRO, preset_code=code)
    return SimpleNamespace(**who)


NAMES = ("penata", "petugas", "pengelola")


@pytest.fixture
def visitor():
    """Somebody of the public."""
    return Client()


@pytest.fixture
def ticket(desk):
    """A request with a canary in every personal field."""
    return tickets.open_ticket(PUBLIC, agency=BIRO, register=PPID, texts=TEXTS, email=MAIL, source="198.51.100.9")


def finished(desk, number):
    """The request answered and handed over today."""
    go = {"agency": BIRO, "register": PPID, "number": number}
    records.advance_record(desk.petugas, **go, target="diproses", texts={"ringkasan": "Laporan kinerja"})
    records.advance_record(
        desk.petugas, **go, target="dijawab",
        texts={"keputusan": "dikabulkan seluruhnya", "penguasaan": "dikuasai", "tanggal_pemberitahuan": TODAY.isoformat()},
    )  # fmt: skip
    records.advance_record(desk.petugas, **go, target="diserahkan", texts={"tanggal_penyerahan": TODAY.isoformat()})


@pytest.fixture
def survey(desk):
    """A round with eight answers and a suggestion; the word of its public form."""
    surveys.save_round(
        desk.petugas, agency=BIRO, code="SKM-1", title="Survei contoh", survey="skm", since=TODAY - timedelta(days=5),
        until=TODAY + timedelta(days=5), services=["Loket", "Laman"], population=100,
    )  # fmt: skip
    codes = [item.code for item in surveys.find_round(BIRO, "SKM-1").survey.elements]
    for value in (4, 3, 3, 2, 4, 3, 3, 4):
        surveys.record_response(
            desk.petugas, agency=BIRO, code="SKM-1", service="Loket" if value > 2 else "Laman",
            answers=dict.fromkeys(codes, value), traits={"jenis_kelamin": "Perempuan"}, suggestion=f"Saran dari {CANARY}",
        )  # fmt: skip
    return surveys.open_round(desk.petugas, agency=BIRO, code="SKM-1").lower()


@pytest.fixture
def norm(desk):
    """One announced standard, one that is not."""
    for service, announced in (("INFO", True), ("RAHASIA", False)):
        norms.save_norm(
            desk.petugas, agency=BIRO, service=service, name=f"Layanan {service}", announced=announced,
            statements={"waktu": "Sepuluh hari kerja.", "pelaksana": "Tiga orang."}, register=PPID, deadline="jawab",
        )  # fmt: skip
