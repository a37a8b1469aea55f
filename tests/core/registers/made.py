"""A small register and its records, built by hand for the tests of this stage."""

from datetime import date
from decimal import Decimal

from selaras.core.access import Role
from selaras.core.law import Certainty, Source
from selaras.core.registers.clock import Deadline, Term, Workdays
from selaras.core.registers.definition import (
    Basis,
    Clearing,
    CountingRule,
    Register,
    Retention,
    State,
    Tally,
    Transition,
)
from selaras.core.registers.fields import Field, FieldKind
from selaras.core.registers.filters import Comparison, Op
from selaras.core.registers.records import Move, Record

SOURCE = Source("Aturan contoh", Certainty.INFERRED)
DESK = (Role.SERVICE,)
STOPPED = "menunggu"
LATE, IN_TIME = "terlambat", "tepat waktu"

# Friday 15 and Monday 18 March 2024 are worked; 11 March is a holiday, 12 March collective leave.
HOLIDAYS = frozenset(
    {date(2023, 12, 25), date(2024, 1, 1), date(2024, 3, 11), date(2024, 12, 25), date(2025, 1, 1), date(2022, 5, 2)}
)
LEAVE = frozenset({date(2024, 3, 12), date(2024, 12, 26)})
DAYS = Workdays(HOLIDAYS, LEAVE)


def deadline(limit=10, **changes):
    given = {
        "code": "jawab", "name": "Jawaban", "start": "@opened", "stops": ("@reached.selesai",),
        "terms": (Term("biasa", SOURCE, days=limit),),
    }  # fmt: skip
    return Deadline(**{**given, **changes})


def register(**changes):
    given = {
        "code": "contoh", "name": "Register contoh", "source": SOURCE,
        "fields": (
            Field("nama", "Nama", FieldKind.TEXT, required=True, personal=True),
            Field("golongan", "Golongan", FieldKind.CHOICE, choices=("a", "b"), open=True),
            Field("jumlah", "Jumlah", FieldKind.WHOLE, least=Decimal(0), open=True),
            Field("terjadi", "Tanggal kejadian", FieldKind.DATE, open=True),
            Field("terbit", "Tanggal terbit", FieldKind.DATE, not_before="terjadi"),
            Field("kilat", "Kilat", FieldKind.YES_NO),
        ),
        "states": (
            State("baru", "Baru"), State("menunggu", "Menunggu"), State("selesai", "Selesai", closed=True),
            State("batal", "Batal", closed=True),
        ),
        "transitions": (
            Transition("baru", "menunggu", "Minta kelengkapan", DESK),
            Transition("menunggu", "baru", "Terima kelengkapan", DESK),
            Transition("baru", "selesai", "Selesaikan", DESK, needs=("golongan",)),
            Transition("baru", "batal", "Batalkan", (Role.LEADER,)),
        ),
        "deadlines": (deadline(),),
        "rules": (
            CountingRule(
                "tepat", "Persentase yang tepat waktu", Tally(Comparison("@verdict.jawab", Op.IS, IN_TIME)), SOURCE,
                Tally(Comparison("@state", Op.IS_NOT, "batal")), Basis.WITHIN,
                pending=Comparison("@verdict.jawab", Op.IN, ("berjalan", "dihentikan sementara")),
                nothing="Tidak ada permohonan.",
            ),
        ),
        "retention": Retention(12, "@closed", Clearing.ANONYMISE, SOURCE),
    }  # fmt: skip
    return Register(**{**given, **changes})


def record(number="1", opened=date(2024, 3, 4), *moves, content=None, **changes):
    steps = (Move("baru", opened, "meja"), *(Move(state, on, "meja") for state, on in moves))
    return Record(number, "contoh", content if content is not None else {"nama": "Pemohon Rekaan"}, steps, **changes)
