"""An office with a desk, for the tests of registers: who works there, and requests as they come in."""

from datetime import date, timedelta

from tests.actions.staffed import CODE, person, records
from tests.store.example import YEAR
from tests.store.filling import fill

from selaras.actions import register_records as verbs
from selaras.actions import registers
from selaras.core.access import Actor, Role

TODAY = date.today()
DAY = TODAY - timedelta(days=40)
PPID = "permohonan_informasi"
NAME = "Warga Rekaan Pertama"
ASKED = {
    "nama": NAME, "jenis_pemohon": "perorangan", "alamat": "Jalan Rekaan 7", "surel": "warga@contoh.example",
    "informasi": "Salinan laporan kinerja", "tujuan": "Penelitian pribadi",
}  # fmt: skip
PUBLIC = Actor("publik")


def office():
    """The agency with its people, and the register of requests for information taken over."""
    fill(records(), years=(YEAR,))
    who = {
        "planner": person("perencana", Role.PLANNER), "admin": person("admin", Role.ADMINISTRATOR),
        "desk": person("petugas", Role.SERVICE), "other": person("petugas-lain", Role.SERVICE),
        "leader": person("pimpinan", Role.LEADER), "staffing": person("kepegawaian", Role.STAFFING),
        "owner": person("pemilik", Role.OWNER), "employee": person("pegawai", Role.EMPLOYEE),
    }  # fmt: skip
    registers.take_preset(who["planner"], agency=CODE, preset_code=PPID)
    return who


def asked(by, on=DAY, **texts):
    """A request at the desk; its number."""
    return verbs.open_record(by, agency=CODE, register=PPID, texts=ASKED | texts, on=on)


def answered(by, number, on, decision="dikabulkan seluruhnya"):
    """The request answered on a day."""
    go = {"agency": CODE, "register": PPID, "number": number}
    verbs.advance_record(by, **go, target="diproses", on=on, texts={"ringkasan": "Laporan kinerja"})
    verbs.advance_record(
        by, **go, target="dijawab", on=on,
        texts={"keputusan": decision, "penguasaan": "dikuasai", "tanggal_pemberitahuan": on.isoformat()},
    )  # fmt: skip
