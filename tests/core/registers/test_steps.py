"""Records taken in and moved on: every refusal names the field, what was read, what was expected."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.registers.made import DAYS, DESK, record, register

from selaras.core.access import Role
from selaras.core.errors import AmbiguousNumber, NotAllowed, Refusal
from selaras.core.place import Place
from selaras.core.registers.definition import Demand, Transition
from selaras.core.registers.fields import Field, FieldKind, read_content, shown
from selaras.core.registers.filters import Comparison, Op
from selaras.core.registers.reading import asked_publicly, faults_of_record, read_texts
from selaras.core.registers.records import Move
from selaras.core.registers.steps import extend, move_on, open_record, ways_on
from selaras.rulebook.registers import preset, presets

MONDAY = date(2024, 3, 4)


@pytest.mark.parametrize(
    ("kind", "text", "content"),
    [
        (FieldKind.TEXT, "  Ruang A ", "Ruang A"),
        (FieldKind.WHOLE, "1.234", Decimal(1234)),
        (FieldKind.MONEY, "Rp1.234.567,50", Decimal("1234567.50")),
        (FieldKind.NUMBER, "87,5", Decimal("87.5")),
        (FieldKind.NUMBER, "-", None),
        (FieldKind.DATE, "Senin, 4 Maret 2024", MONDAY),
        (FieldKind.YES_NO, "YA", True),
        (FieldKind.YES_NO, "tidak", False),
        (FieldKind.CHOICE, " sangat  baik", "Sangat baik"),
        (FieldKind.CHOICES, "sangat baik; Baik", ("Sangat baik", "Baik")),
        (FieldKind.EMAIL, "nama@contoh.go.id", "nama@contoh.go.id"),
        (FieldKind.PHONE, "+62 (361) 123-456", "+62 (361) 123-456"),
        (FieldKind.LINK, "https://contoh.go.id/berita", "https://contoh.go.id/berita"),
        (FieldKind.LONG, "   ", None),
    ],
)
def test_a_typed_text_becomes_content(kind, text, content):
    choices = ("Sangat baik", "Baik") if kind in {FieldKind.CHOICE, FieldKind.CHOICES} else ()
    assert read_content(Field("isian", "Isian", kind, choices=choices), text) == content


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FieldKind.WHOLE, "2,5"), (FieldKind.NUMBER, "lima"), (FieldKind.DATE, "31/02/2024"), (FieldKind.DATE, "kemarin"),
        (FieldKind.YES_NO, "mungkin"), (FieldKind.CHOICE, "c"), (FieldKind.CHOICES, "a; c"), (FieldKind.CHOICES, "a; a"),
        (FieldKind.EMAIL, "nama@contoh"), (FieldKind.PHONE, "telepon"), (FieldKind.LINK, "javascript:alert(1)"),
        (FieldKind.TEXT, "x" * 501), (FieldKind.WHOLE, "-1"), (FieldKind.WHOLE, "101"),
    ],
)  # fmt: skip
def test_it_refuses_a_text_by_the_name_of_its_field(kind, text):
    bounds = {"least": Decimal(0), "most": Decimal(100)} if kind is FieldKind.WHOLE else {}
    field = Field("isian", "Banyaknya", kind, choices=("a", "b"), **bounds)
    with pytest.raises(Refusal) as refused:
        read_content(field, text, Place(source="isian.xlsx", row=7))
    (fault,) = refused.value.faults
    assert fault.message.startswith("Banyaknya")
    assert fault.expected or "dua kali" in fault.message
    assert fault.place.row == 7


def test_an_ambiguous_number_is_asked():
    with pytest.raises(AmbiguousNumber) as asked:
        read_content(Field("isian", "Nilai", FieldKind.NUMBER), "1.234")
    assert asked.value.question
    assert asked.value.faults[0].message.startswith("Nilai")


@given(st.decimals(-(10**9), 10**9, places=2) | st.dates(date(1900, 1, 1), date(2200, 12, 31)) | st.booleans())
def test_what_is_shown_is_read_again(content):
    kind = {bool: FieldKind.YES_NO, date: FieldKind.DATE}.get(type(content), FieldKind.MONEY)
    assert read_content(Field("isian", "Isian", kind), shown(content)) == content


def test_a_row_gives_its_content_and_every_fault():
    content, faults = read_texts(
        register(), {"nama": "Rekaan", "jumlah": "dua", "golongan": "c", "lain": "1", "terbit": ""}, Place(row=3)
    )
    assert content == {"nama": "Rekaan"}
    assert [fault.place.column for fault in faults] == ["Jumlah", "Golongan", ""]


def test_a_record_is_checked_as_a_whole():
    made = register(demands=(Demand("kilat", Comparison("golongan", Op.IS, "a")),))
    wrong = record(
        content={"golongan": "a", "jumlah": Decimal(-1), "terjadi": MONDAY, "terbit": date(2024, 3, 1), "lain": "x"}
    )
    messages = [fault.message for fault in faults_of_record(made, wrong)]
    assert messages == [
        "Jumlah terlalu kecil", "isian tidak dikenal", "Nama belum diisi", "Kilat belum diisi",
        "Tanggal terbit mendahului Tanggal kejadian",
    ]  # fmt: skip
    wrong = replace(
        record(), moves=(Move("menunggu", MONDAY), Move("selesai", date(2024, 3, 1))), content={"nama": 3.5}
    )
    messages = [fault.message for fault in faults_of_record(made, wrong)]
    assert messages == [
        "Nama: jenis isian tidak sesuai", "keadaan pertama rekaman", "peralihan keadaan tidak ada", "tanggal keadaan mundur",
    ]  # fmt: skip
    assert faults_of_record(made, replace(record(), moves=()))[0].message == "rekaman belum dibuka"


def test_an_empty_text_is_no_content():
    (fault,) = faults_of_record(register(), record(content={"nama": "  "}))
    assert fault.message == "Nama kosong"


def test_one_number_may_not_exceed_another():
    rooms = preset("sarana")
    faults = faults_of_record(
        rooms,
        open_record(
            rooms, number="1", on=MONDAY, roles=DESK,
            content={"nama": "Kursi", "kelompok": "peralatan kantor", "jumlah": Decimal(5), "jumlah_baik": Decimal(5)},
        ),
    )  # fmt: skip
    assert faults == ()
    with pytest.raises(Refusal, match="Jumlah yang berfungsi baik melebihi Jumlah"):
        open_record(
            rooms, number="1", on=MONDAY, roles=DESK,
            content={"nama": "Kursi", "kelompok": "peralatan kantor", "jumlah": Decimal(5), "jumlah_baik": Decimal(6)},
        )  # fmt: skip


def test_only_those_who_may_open_a_record():
    with pytest.raises(NotAllowed):
        open_record(register(), number="1", content={"nama": "Rekaan"}, on=MONDAY, roles=(Role.READER,))
    with pytest.raises(Refusal, match="Nama belum diisi"):
        open_record(register(), number="1", content={}, on=MONDAY, roles=DESK)


def test_a_record_moves_by_the_table_of_states_alone():
    made = register()
    with pytest.raises(Refusal, match="Golongan belum diisi"):
        move_on(made, record(), "selesai", on=MONDAY, roles=DESK)
    done = move_on(
        made, record(), "selesai", on=MONDAY, roles=DESK, by="meja 2", content={"golongan": "a"}, note="Beres."
    )
    assert (done.state, done.content["golongan"], done.moves[-1]) == (
        "selesai", "a", Move("selesai", MONDAY, "meja 2", "Beres."),
    )  # fmt: skip
    with pytest.raises(Refusal, match="peralihan keadaan tidak ada"):
        move_on(made, done, "baru", on=MONDAY, roles=DESK)
    with pytest.raises(NotAllowed):
        move_on(made, record(), "batal", on=MONDAY, roles=DESK)
    with pytest.raises(Refusal, match="tanggal keadaan mundur"):
        move_on(made, record(), "menunggu", on=date(2024, 3, 1), roles=DESK)


def test_a_step_may_need_another_person_and_a_condition():
    ways = (
        Transition("baru", "selesai", "Terima", DESK, four_eyes=True, when=Comparison("kilat", Op.IS, value=True)),
        Transition("baru", "batal", "Batalkan", DESK), Transition("baru", "menunggu", "Tunda", DESK),
        Transition("menunggu", "baru", "Lanjutkan", DESK),
    )  # fmt: skip
    made = register(transitions=ways)
    with pytest.raises(NotAllowed, match="orang lain"):
        move_on(made, record(), "selesai", on=MONDAY, roles=DESK, by="meja", content={"kilat": True})
    with pytest.raises(Refusal, match="syarat peralihan"):
        move_on(made, record(), "selesai", on=MONDAY, roles=DESK, by="lain", content={"kilat": False})
    quick = record(content={"nama": "Rekaan", "kilat": True})
    assert {way.target for way in ways_on(made, quick, DESK, "meja")} == {"batal", "menunggu"}
    assert {way.target for way in ways_on(made, quick, DESK, "lain")} == {"selesai", "batal", "menunggu"}
    assert not ways_on(made, quick, (Role.READER,), "lain")


def request(on=MONDAY):
    made = preset("permohonan_informasi")
    content = {"nama": "Pemohon Rekaan", "jenis_pemohon": "perorangan", "informasi": "Anggaran", "tujuan": "Penelitian"}
    return made, open_record(made, number="1", content=content, on=on, roles=(Role.READER,))


def test_an_extension_needs_a_reason_a_running_clock_and_a_rule():
    made, asked = request()
    with pytest.raises(Refusal, match="alasan perpanjangan"):
        extend(made, asked, "jawab", on=MONDAY, reason=" ", workdays=DAYS)
    longer = extend(made, asked, "jawab", on=MONDAY, reason="Berkas banyak.", workdays=DAYS)
    with pytest.raises(Refusal, match="melebihi"):
        extend(made, longer, "jawab", on=MONDAY, reason="Lagi.", workdays=DAYS)
    with pytest.raises(Refusal, match="tidak sedang berjalan"):
        extend(made, asked, "jawab", on=date(2024, 3, 21), reason="Terlambat.", workdays=DAYS)
    with pytest.raises(Refusal, match="tidak ada dalam register"):
        extend(made, asked, "lain", on=MONDAY, reason="x", workdays=DAYS)


def test_the_public_form_asks_only_what_is_public():
    assert "keputusan" not in {field.code for field in asked_publicly(preset("permohonan_informasi"))}
    assert asked_publicly(register()) == ()
    assert {code for code, item in presets().items() if asked_publicly(item)} == {
        "permohonan_informasi", "keberatan_informasi", "pengaduan", "layanan_dijanjikan",
    }  # fmt: skip


@pytest.mark.parametrize("code", sorted(presets()))
def test_from_every_state_of_a_preset_somebody_can_finish(code):
    made = presets()[code]
    for state in made.states:
        reached, waiting = {state.code}, [state.code]
        while waiting:
            here = waiting.pop()
            fresh = {way.target for way in made.transitions if way.source == here and way.roles} - reached
            reached |= fresh
            waiting += fresh
        assert reached & made.closed
