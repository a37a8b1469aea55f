"""What serves the desk: privacy, retention, numbers and secrets, letters, diagrams, service standards."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.registers.made import DAYS, DESK, SOURCE, record, register

from selaras.core.access import Role
from selaras.core.errors import Refusal
from selaras.core.period import quarter
from selaras.core.registers.clock import Clock, Verdict
from selaras.core.registers.counting import count
from selaras.core.registers.definition import Clearing, Letter, Numbering, Restart
from selaras.core.registers.diagram import diagram_of, mermaid
from selaras.core.registers.facts import RecordFacts
from selaras.core.registers.letters import write_letter
from selaras.core.registers.numbering import (
    SECRET_BYTES,
    number_for,
    opens,
    seal_of,
    secret_of,
    series,
    tidy_secret,
)
from selaras.core.registers.privacy import HIDDEN, may_read, open_fields, open_rows, seen, told_publicly
from selaras.core.registers.records import Grant
from selaras.core.registers.retention import clear, due_records, is_cleared, keep_until, months_after
from selaras.core.registers.standards import ServiceStandard, compliance, findings_of
from selaras.rulebook.registers import preset, presets
from selaras.rulebook.service import load_standard

DONE = ("selesai", date(2024, 3, 8))
PUBLIC = (Role.READER,)


def full():
    content = {"nama": "Pemohon Rekaan", "golongan": "a", "jumlah": Decimal(3)}
    return record("7", date(2024, 3, 4), DONE, content=content, grants=(Grant("jawab", date(2024, 3, 5), "Sakit."),))


def test_personal_data_need_the_right():
    assert may_read(register(), DESK)
    assert seen(register(), full(), DESK)["nama"] == "Pemohon Rekaan"
    assert seen(register(), full(), PUBLIC) == {"nama": HIDDEN, "golongan": "a", "jumlah": Decimal(3)}
    secret = replace(register(), restricted=True)
    assert seen(secret, full(), PUBLIC) is None
    assert open_rows(secret, [full()]) == ()


def test_open_data_hold_what_is_open_and_nothing_else():
    assert open_rows(register(), [full()]) == ({"golongan": "a", "jumlah": Decimal(3)},)


@pytest.mark.parametrize("code", sorted(presets()))
def test_no_preset_opens_personal_data(code):
    made = presets()[code]
    assert not any(field.personal for field in open_fields(made))
    sample = record(content={field.code: "Orang Rekaan" for field in made.fields if field.personal})
    assert not any(open_rows(made, [sample]))


def test_the_page_of_a_ticket_says_the_state_only():
    made = preset("pengaduan")
    assert told_publicly(made, replace(record(), moves=(replace(record().moves[0], state="ditangani"),))) == (
        "Ditangani unit", "Pengaduan Anda sedang ditangani.",
    )  # fmt: skip
    assert told_publicly(made, replace(record(), moves=())) == ("", "")


def test_records_are_emptied_when_their_time_is_over_and_every_count_stays():
    made, whole = register(), full()
    assert keep_until(made, whole) == date(2025, 3, 8)
    assert list(due_records(made, [whole, record()], date(2025, 3, 8))) == []
    assert list(due_records(made, [whole, record()], date(2025, 3, 9))) == [whole]
    with pytest.raises(Refusal, match="masa simpan belum berakhir"):
        clear(made, whole, date(2025, 3, 8))
    left, note = clear(made, whole, date(2025, 3, 9))
    assert "nama" not in left.content
    assert is_cleared(made, left)
    assert list(due_records(made, [left], date(2026, 1, 1))) == []
    assert (note.number, note.fields, note.clearing, note.due) == ("7", ("nama",), Clearing.ANONYMISE, date(2025, 3, 8))
    settings = {"period": quarter(2024, 1), "workdays": DAYS, "as_of": date(2025, 1, 1)}
    assert count(made, made.rules[0], [left], **settings) == count(made, made.rules[0], [whole], **settings)


def test_nothing_of_an_anonymised_record_tells_who_somebody_is():
    left, _ = clear(register(), full(), date(2025, 3, 9))
    assert "Rekaan" not in repr(left)
    assert "meja" not in repr(left)
    assert "Sakit" not in repr(left)


def test_a_record_may_be_deleted_whole():
    made = replace(register(), retention=replace(register().retention, clearing=Clearing.DELETE))
    assert clear(made, full(), date(2025, 3, 9))[0] is None
    assert not is_cleared(made, full())
    assert keep_until(replace(register(), retention=None), full()) is None


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 11, 30), 25, date(2026, 12, 30)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(day, months, after):
    assert months_after(day, months) == after


def test_numbers_run_in_their_series():
    yearly = Numbering("{urut:04}/PI/{bulan_romawi}/{tahun}")
    assert number_for(yearly, 12, date(2024, 9, 1)) == "0012/PI/IX/2024"
    assert number_for(Numbering("{unit}-{bulan}-{urut}"), 3, date(2024, 9, 1), "UM") == "UM-09-3"
    assert series(yearly, date(2024, 9, 1)) == "2024"
    assert series(replace(yearly, restart=Restart.MONTH), date(2024, 9, 1)) == "2024-09"
    assert series(replace(yearly, restart=Restart.NEVER), date(2024, 9, 1)) == ""
    with pytest.raises(ValueError, match="begins with 1"):
        number_for(yearly, 0, date(2024, 9, 1))


@given(st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES), st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES))
def test_each_chance_gives_its_own_secret_and_forgives_how_it_is_typed(first, second):
    secret = secret_of(first)
    assert (secret_of(second) == secret) is (first == second)
    typed = secret.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert tidy_secret(typed) == secret
    assert opens(typed, seal_of(secret))
    assert opens(secret_of(second), seal_of(secret)) is (first == second)


def test_what_is_no_secret_opens_nothing():
    with pytest.raises(ValueError, match="random bytes"):
        secret_of(b"short")
    assert tidy_secret("7K3M") == ""
    assert not opens("", "")
    assert not opens("", seal_of(secret_of(bytes(10))))


def test_a_letter_is_written_whole_or_not_at_all():
    letter = Letter(
        "jawab", "Jawaban", ("selesai",), ("Kepada {nama}: nomor {nomor_register}.", "Batas {tenggat_jawab}.")
    )
    facts = RecordFacts(register(), full(), DAYS, date(2024, 4, 1))
    assert write_letter(letter, facts) == ("Kepada Pemohon Rekaan: nomor 7.", "Batas 20 Maret 2024.")
    with pytest.raises(Refusal, match="keadaan rekaman"):
        write_letter(letter, RecordFacts(register(), record(), DAYS, date(2024, 4, 1)))
    empty = RecordFacts(register(), replace(full(), content={}), DAYS, date(2024, 4, 1))
    with pytest.raises(Refusal, match="Nama kosong"):
        write_letter(letter, empty)


def test_the_diagram_follows_from_the_table():
    drawn = diagram_of(register())
    assert [(node.state.code, node.layer, node.row) for node in drawn.nodes] == [
        ("baru", 0, 0), ("menunggu", 1, 0), ("selesai", 1, 1), ("batal", 1, 2),
    ]  # fmt: skip
    assert [arrow.name for arrow in drawn.arrows if arrow.back] == ["Terima kelengkapan"]
    assert drawn.arrows[2].needs == ("Golongan",)
    text = mermaid(register())
    assert text.startswith("stateDiagram-v2\n    [*] --> baru\n")
    assert "    baru --> selesai : Selesaikan\n" in text
    assert text.endswith("    selesai --> [*]\n    batal --> [*]\n")


@pytest.mark.parametrize("code", sorted(presets()))
def test_every_preset_has_a_diagram_of_all_its_states(code):
    made = presets()[code]
    assert {node.state.code for node in diagram_of(made).nodes} == {state.code for state in made.states}
    assert mermaid(made).count(" : ") == len(made.transitions)


def test_a_service_is_held_to_its_own_standard():
    components, source = load_standard(date(2024, 1, 1))
    standard = ServiceStandard("surat", "Surat keterangan", {item.code: "ada" for item in components[:7]})
    clocks = [
        Clock("j", Verdict.ON_TIME),
        Clock("j", Verdict.LATE),
        Clock("j", Verdict.OVERDUE),
        Clock("j", Verdict.RUNNING),
    ]
    result = compliance(standard, components, clocks)
    assert (result.stated, len(result.missing), result.in_time, result.served, result.overdue) == (50, 7, 50, 2, 1)
    assert [finding.code for finding in findings_of(standard, result, source)] == [
        "SERVICE-STANDARD", "SERVICE-ANNOUNCED", "SERVICE-OVERDUE",
    ]  # fmt: skip
    whole = ServiceStandard("surat", "Surat", {item.code: "ada" for item in components}, announced=True)
    assert findings_of(whole, compliance(whole, components, []), SOURCE) == ()
    assert compliance(whole, components, []).in_time is None
    with pytest.raises(ValueError, match="components"):
        compliance(whole, (), [])


def test_facts_are_those_of_the_day():
    facts = RecordFacts(register(), full(), DAYS, date(2024, 3, 7))
    assert (facts("@state"), facts("@closed"), facts("@reached.selesai")) == ("baru", None, None)
    later = RecordFacts(register(), full(), DAYS, date(2024, 3, 8))
    assert (later("@state"), later("@closed"), later("@number"), later("@unit")) == (
        "selesai", date(2024, 3, 8), "7", None,
    )  # fmt: skip
    assert (later("@verdict.jawab"), later("@used.jawab"), later("@due.jawab")) == (
        "tepat waktu", 4, date(2024, 3, 20),
    )  # fmt: skip
    assert later("@due.lain") is None
    assert RecordFacts(register(), full(), DAYS, date(2024, 3, 1))("@opened") is None
