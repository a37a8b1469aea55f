"""When a register can be used: each thing that is wrong is named with its part."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.core.registers.made import DESK, SOURCE, deadline, register

from selaras.core.access import Role
from selaras.core.errors import Refusal
from selaras.core.registers.clock import Term
from selaras.core.registers.copying import as_data, copy_of
from selaras.core.registers.definition import (
    Demand,
    Letter,
    Numbering,
    Restart,
    State,
    Summary,
    Tally,
    Tallying,
    Transition,
)
from selaras.core.registers.fields import Field, FieldKind
from selaras.core.registers.filters import Comparison, Op
from selaras.core.registers.soundness import check, checked

GHOST = Comparison("hantu", Op.FILLED)


def with_field(**changes):
    return {
        "fields": (*register().fields, Field(**{"code": "baru", "name": "Baru", "kind": FieldKind.TEXT, **changes}))
    }


def with_rule(**changes):
    return {"rules": (replace(register().rules[0], **changes),)}


def with_term(**changes):
    return {"deadlines": (deadline(terms=(Term(**{"code": "x", "source": SOURCE, "days": 3, **changes}),)),)}


def with_way(**changes):
    way = {"source": "menunggu", "target": "batal", "name": "Batalkan", "roles": DESK, **changes}
    return {"transitions": (*register().transitions, Transition(**way))}


def test_the_register_of_the_tests_is_sound():
    assert check(register()) == ()
    assert checked(register()) == register()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": " "}, "nama kosong"),
        ({"code": "Contoh 1"}, "kode register"),
        ({"opened_by": ()}, "pembuka rekaman"),
        ({"fields": ()}, "banyaknya isian"),
        ({"states": ()}, "banyaknya keadaan"),
        (with_field(code="nama"), "kode isian ganda"),
        (with_field(name=""), "nama isian kosong"),
        (with_field(kind=FieldKind.CHOICE), "pilihan isian"),
        (with_field(choices=("a",)), "pilihan isian"),
        (with_field(kind=FieldKind.CHOICE, choices=("a", "a")), "pilihan isian"),
        (with_field(most=Decimal(1)), "batas angka"),
        (with_field(kind=FieldKind.WHOLE, least=Decimal(2), most=Decimal(1)), "batas atas"),
        (with_field(kind=FieldKind.DATE, not_before="nama"), "pembanding tanggal"),
        (with_field(kind=FieldKind.WHOLE, not_above="nama"), "pembanding angka"),
        (with_field(of="lain"), "register yang dirujuk"),
        (with_field(personal=True, open=True), "data pribadi ditandai terbuka"),
        ({"retention": None}, "tanpa masa simpan"),
        ({"retention": replace(register().retention, after="nama")}, "awal masa simpan"),
        ({"retention": replace(register().retention, months=0)}, "masa simpan di luar batas"),
        ({"restricted": True}, "register terbatas"),
        ({"open_to_public": True}, "laman umum tanpa isian"),
        ({"states": (*register().states, State("pulau", "Pulau"))}, "tidak dapat dicapai"),
        ({"states": tuple(replace(item, closed=False) for item in register().states)}, "tidak ada keadaan selesai"),
        ({"transitions": register().transitions[:1]}, "tanpa jalan ke keadaan selesai"),
        (with_way(target="hantu"), "keadaan yang tidak ada"),
        (with_way(source="baru", target="baru"), "peralihan ganda atau"),
        (with_way(source="baru"), "peralihan ganda atau"),
        (with_way(roles=()), "tanpa peran"),
        (with_way(needs=("hantu",)), "mewajibkan isian"),
        (with_way(when=GHOST), "isian yang tidak ada"),
        ({"demands": (Demand("hantu", GHOST),)}, "syarat wajib isi"),
        ({"deadlines": (deadline(start="nama"),)}, "awal atau akhir tenggat"),
        ({"deadlines": (deadline(start="@due.jawab"),)}, "awal atau akhir tenggat"),
        ({"deadlines": (deadline(stops=()),)}, "tanpa akhir"),
        ({"deadlines": (deadline(terms=()),)}, "tanpa akhir"),
        ({"deadlines": (deadline(pauses=("hantu",)),)}, "berhenti pada keadaan"),
        ({"deadlines": (deadline(remind=(-1,)),)}, "hari pengingat"),
        ({"deadlines": (deadline(terms=(Term("x", SOURCE, 1), Term("x", SOURCE, 2))),)}, "jangka waktu ganda"),
        (with_term(promised="terjadi"), "sekaligus"),
        (with_term(days=-1), "hari jangka waktu"),
        (with_term(days=None, promised="nama"), "tanggal janji"),
        (with_term(when=Comparison("@verdict.jawab", Op.IS, "berjalan")), "bergantung pada tenggat"),
        (with_rule(name=""), "kalimat saat kosong"),
        (with_rule(dated="nama"), "tanggal aturan hitung"),
        (with_rule(pending=GHOST), "isian yang tidak ada"),
        (with_rule(numerator=Tally(GHOST)), "isian yang tidak ada"),
        (with_rule(numerator=Tally(how=Tallying.SUM, of="nama")), "bukan angka"),
        (with_rule(numerator=Tally(how=Tallying.SUM)), "isian yang dihitung"),
        (with_rule(denominator=Tally(of="jumlah")), "isian yang dihitung"),
        ({"summaries": (Summary("s", "S", Tally(), "hantu"),)}, "ringkasan dipilah"),
        ({"summaries": (Summary("s", "S", Tally(), "nama"),)}, "menurut data pribadi"),
        ({"summaries": (Summary("s", "S", Tally(), dated="nama"),)}, "tanggal ringkasan"),
        ({"columns": ("hantu",)}, "kolom register"),
        ({"numbering": Numbering("{urut}")}, "nomor ganda"),
        ({"numbering": Numbering("{urut}/{tahun}", Restart.MONTH)}, "nomor ganda"),
        ({"numbering": Numbering("{urut}/{tahun}/{nama.__class__}")}, "tidak dikenal"),
        ({"numbering": Numbering("{urut:>999999999}/{tahun}")}, "bentuk angka"),
        ({"numbering": Numbering("{urut/{tahun}")}, "rusak"),
        ({"letters": (Letter("s", "S", (), ()),)}, "surat tanpa isi"),
        ({"letters": (Letter("s", "S", ("hantu",), ("x",)),)}, "surat untuk keadaan"),
        ({"letters": (Letter("s", "S", (), ("{hantu}",)),)}, "surat memuat isian"),
        ({"letters": (Letter("s", "S", (), ("{nama.__class__}",)),)}, "isian surat rusak"),
        ({"letters": (Letter("s", "S", (), ("{nama",)),)}, "isian surat rusak"),
    ],
)  # fmt: skip
def test_it_names_what_is_wrong_with_a_register(changes, message):
    faults = check(register(**changes))
    assert any(message in fault.message for fault in faults), [fault.message for fault in faults]
    with pytest.raises(Refusal):
        checked(register(**changes))


def test_a_copy_says_what_it_was_copied_from_and_has_data_of_its_own():
    copy = copy_of(register(), "milik_kami", "Milik kami")
    assert copy.source.note == "Salinan dari Register contoh."
    assert as_data(copy)["code"] == "milik_kami"
    assert check(replace(copy, opened_by=(Role.EMPLOYEE,))) == ()
