"""Registers with a few records in the sample agency, opened through the actions as people do."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.conftest import BIRO

from selaras.actions import register_records as records
from selaras.actions import registers
from selaras.core.access import operator

DESK = operator("Contoh")
PPID = "permohonan_informasi"


def asked(name="Sari Rahasia", **more):
    return {
        "nama": name, "jenis_pemohon": "perorangan", "surel": "sari@contoh.id", "informasi": "Salinan laporan kinerja",
        "tujuan": "Penelitian", "ringkasan": "Laporan kinerja",
    } | more  # fmt: skip


@pytest.fixture
def desk(inside):
    """The register of information requests with three records: new, in progress, late."""
    registers.take_preset(DESK, agency=BIRO, preset_code=PPID)
    today = timezone.localdate()
    made = [
        records.open_record(DESK, agency=BIRO, register=PPID, texts=asked(), on=today - timedelta(days=days))
        for days in (0, 3, 60)
    ]
    records.advance_record(DESK, agency=BIRO, register=PPID, number=made[1], target="diproses")
    return made


@pytest.fixture
def leadership(inside):
    """Meetings and directives: one meeting that decided, one directive that came of it."""
    for code in ("rapat_pleno", "direktif"):
        registers.take_preset(DESK, agency=BIRO, preset_code=code)
    today = timezone.localdate().isoformat()
    meeting = records.open_record(
        DESK, agency=BIRO, register="rapat_pleno", texts={"tanggal_rapat": today, "agenda": "Jadwal", "anggota": "5"}
    )
    records.advance_record(
        DESK, agency=BIRO, register="rapat_pleno", number=meeting, target="dilaksanakan",
        texts={"hadir": "5", "keputusan": "Jadwal ditetapkan."},
    )  # fmt: skip
    texts = {"direktif": "Siapkan bahan", "rapat": meeting, "pemberi": "Kepala Biro", "batas": today}
    directive = records.open_record(DESK, agency=BIRO, register="direktif", texts=texts, unit="BAG-RBA")
    return meeting, directive


def page_of(number, *more, register=PPID):
    return "/".join([f"/i/{BIRO}/2026/register/{register}/rekaman", number.replace("/", "~2F"), *more, ""])
