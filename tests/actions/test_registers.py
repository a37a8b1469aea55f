"""Registers: definitions taken over and changed, records through their states, figures that count themselves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.actions.desk import DAY, NAME, PPID, TODAY, answered, asked, office
from tests.actions.staffed import CODE

from selaras.actions import register_clearing, register_figures, registers, tickets
from selaras.actions import register_records as verbs
from selaras.actions.measurement import record_realisation
from selaras.core.access import Actor
from selaras.core.calendar import format_date
from selaras.core.duties import Work, duties_of
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.core.period import Period
from selaras.core.registers.clock import Verdict
from selaras.core.registers.copying import as_data
from selaras.core.registers.definition import Clearing
from selaras.core.registers.fields import Field, FieldKind
from selaras.core.registers.filters import Comparison, Op
from selaras.core.registers.privacy import HIDDEN
from selaras.core.value import percent
from selaras.rulebook.registers import presets, to_json, to_toml
from selaras.store import models as tables
from selaras.store import register_figures as figures
from selaras.store import registers as store
from selaras.store.duties import board_of
from selaras.store.register_access import find_register
from selaras.store.register_due import heat_counts
from selaras.store.register_view import record_view
from selaras.store.tickets import ticket_view

pytestmark = pytest.mark.django_db
GO = {"agency": CODE, "register": PPID}


@pytest.fixture
def who():
    return office()


def viewed(actor, number, register=PPID):
    return record_view(actor, CODE, register, number, TODAY)


def test_every_preset_is_taken_over_and_goes_round_as_a_file(who):
    for code, register in sorted(presets().items(), key=lambda item: any(field.of for field in item[1].fields)):
        if code != PPID:
            registers.take_preset(who["planner"], agency=CODE, preset_code=code)
        held = find_register(CODE, code)
        assert held.register == register
        for text, name in ((to_toml(register), "a.toml"), (to_json(register), "a.json")):
            loaded = registers.load_definition(who["planner"], agency=CODE, text=text, name=name)
            assert loaded == register
        assert find_register(CODE, code).row.version == 1


def test_only_a_planner_defines_registers_and_a_code_comes_once(who):
    with pytest.raises(NotAllowed):
        registers.take_preset(who["desk"], agency=CODE, preset_code="pengaduan")
    with pytest.raises(Refusal, match="sudah ada"):
        registers.take_preset(who["planner"], agency=CODE, preset_code=PPID)
    copied = registers.take_preset(who["planner"], agency=CODE, preset_code=PPID, code="salinan", name="Salinan")
    assert (copied.code, copied.fields) == ("salinan", presets()[PPID].fields)


def test_a_record_goes_its_way_and_every_step_is_kept(who):
    number = asked(who["desk"])
    assert (
        number
        == f"0001/PI/{('I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII')[DAY.month - 1]}/{DAY.year}"
    )
    with pytest.raises(Refusal, match="belum dapat"):
        verbs.advance_record(who["desk"], **GO, number=number, target="diproses")
    answered(who["desk"], number, DAY + timedelta(days=3))
    view = viewed(who["desk"], number)
    assert [move.state for move in view.record.moves] == ["diterima", "diproses", "dijawab"]
    assert view.clocks["jawab"].verdict is Verdict.ON_TIME
    assert [way.target for way in view.ways] == ["diserahkan"]
    assert [event.by for event in view.events] == ["petugas"] * 3
    assert asked(who["desk"]).startswith("0002/")
    with pytest.raises(Refusal, match="masa depan"):
        verbs.advance_record(who["desk"], **GO, number=number, target="diserahkan", on=TODAY + timedelta(days=1))


def test_two_people_at_one_record_do_not_overwrite_each_other(who):
    number = asked(who["desk"])
    seen = viewed(who["desk"], number).seen
    verbs.change_record(who["desk"], **GO, number=number, texts={"pekerjaan": "Guru"}, seen=seen)
    with pytest.raises(Conflict):
        verbs.change_record(who["other"], **GO, number=number, texts={"pekerjaan": "Dosen"}, seen=seen)
    assert viewed(who["other"], number).record.content["pekerjaan"] == "Guru"


def test_personal_data_are_masked_and_stay_out_of_history_and_trail(who):
    number = asked(who["desk"])
    verbs.change_record(who["desk"], **GO, number=number, texts={"alamat": "Jalan Rekaan 8"}, reason="pindah")
    masked = viewed(who["owner"], number)
    assert not masked.personal
    assert masked.content["nama"] == HIDDEN
    assert NAME not in repr([masked.cells, masked.events])
    page = store.records_of(who["owner"], CODE, PPID, store.Ask(), TODAY)
    assert NAME not in repr(page.lines)
    assert NAME in repr(store.records_of(who["desk"], CODE, PPID, store.Ask(), TODAY).lines)
    with pytest.raises(NotAllowed):
        store.records_of(who["owner"], CODE, PPID, store.Ask(filter=Comparison("nama", Op.IS, NAME)), TODAY)
    with pytest.raises(NotAllowed):
        verbs.change_record(who["owner"], **GO, number=number, texts={"nama": "Lain"})
    kept = repr(list(tables.FieldChange.objects.values())) + repr(list(tables.AuditRecord.objects.values()))
    assert NAME not in kept
    assert "Jalan Rekaan" not in kept
    assert NAME not in repr(list(tables.RegisterRecord.objects.values()))


def test_who_has_no_part_in_a_register_changes_nothing(who):
    number = asked(who["desk"])
    with pytest.raises(NotAllowed):
        asked(who["owner"])
    with pytest.raises(NotAllowed):
        verbs.advance_record(who["owner"], **GO, number=number, target="dibatalkan")
    with pytest.raises(NotFound):
        viewed(who["employee"], number)


def test_a_restricted_register_gives_counts_alone_to_others(who):
    registers.take_preset(who["planner"], agency=CODE, preset_code="disiplin_netralitas")
    texts = {
        field.code: {FieldKind.DATE: DAY.isoformat(), FieldKind.CHOICE: (field.choices or ("",))[0]}.get(
            field.kind, "P-1" if field.kind is FieldKind.EMPLOYEE else "Isi Rekaan"
        )
        for field in presets()["disiplin_netralitas"].fields
        if field.required
    }
    number = verbs.open_record(
        who["staffing"], agency=CODE, register="disiplin_netralitas", texts=texts, on=DAY
    )  # fmt: skip
    assert viewed(who["staffing"], number, "disiplin_netralitas").personal
    for other in ("planner", "desk", "admin", "leader", "owner"):
        with pytest.raises(NotFound):
            viewed(who[other], number, "disiplin_netralitas")
        with pytest.raises(NotFound):
            store.records_of(who[other], CODE, "disiplin_netralitas", store.Ask(), TODAY)
        with pytest.raises(NotFound):
            figures.behind(who[other], CODE, "disiplin_netralitas", "perkara", Period(DAY.year), "met", TODAY)
        lines = figures.figures_of(who[other], CODE, "disiplin_netralitas", Period(DAY.year), TODAY)
        assert next(line for line in lines if line.rule.code == "perkara").counted.met == 1
    history = tables.FieldChange.objects.filter(key__contains="disiplin").values()
    assert "Rekaan" not in repr(list(history))


def test_a_deadline_is_extended_once_with_a_reason(who):
    number = asked(who["desk"], on=TODAY)
    before = viewed(who["desk"], number).clocks["jawab"].due
    verbs.extend_deadline(who["desk"], **GO, number=number, deadline="jawab", reason="Data tersebar.")
    assert viewed(who["desk"], number).clocks["jawab"].due > before
    with pytest.raises(Refusal, match="diperpanjang"):
        verbs.extend_deadline(who["desk"], **GO, number=number, deadline="jawab", reason="Lagi.")
    with pytest.raises(NotAllowed):
        verbs.extend_deadline(who["owner"], **GO, number=number, deadline="jawab", reason="x")


def test_who_asked_is_told_until_when_and_why_and_is_asked_for_a_rating(who):
    ticket = tickets.open_ticket(
        Actor("publik"), agency=CODE, register=PPID, email="warga@contoh.example",
        texts={"nama": NAME, "jenis_pemohon": "perorangan", "informasi": "Salinan", "tujuan": "Penelitian"},
    )  # fmt: skip
    number = ticket.number
    verbs.extend_deadline(who["desk"], **GO, number=number, deadline="jawab", reason="Data tersebar.")
    due = format_date(viewed(who["desk"], number).clocks["jawab"].due)
    row = tables.RegisterTicket.objects.get(record__number=number)
    steps = [step.told for step in ticket_view(row, TODAY).steps]
    assert any(f"sampai {due}" in text and "Data tersebar." in text for text in steps)
    verbs.advance_record(who["desk"], **GO, number=number, target="dibatalkan", note="Dicabut pemohon.")
    bodies = list(tables.RegisterMail.objects.order_by("pk").values_list("body", flat=True))
    assert f"diperpanjang sampai {due}" in bodies[1]
    assert "Data tersebar" not in bodies[1]
    assert [("nilai layanan" in body) for body in bodies] == [False, False, True]
    assert all(f"/publik/{CODE}/layanan/tiket/" in body and NAME not in body for body in bodies)


def test_a_record_is_given_to_somebody_who_works_there_and_is_told(who):
    number = asked(who["desk"])
    verbs.assign_record(who["desk"], **GO, number=number, username="petugas-lain")
    notice = tables.Notice.objects.get(user__username="petugas-lain")
    assert number in notice.text
    assert NAME not in notice.text
    assert [
        line.number for line in store.records_of(who["other"], CODE, PPID, store.Ask(only="mine"), TODAY).lines
    ] == [number]
    with pytest.raises(Refusal, match="ditugaskan"):
        verbs.assign_record(who["desk"], **GO, number=number, username="pemilik")


def test_an_indicator_counts_itself_and_takes_no_other_value(who):
    numbers = [asked(who["desk"]) for _ in range(3)]
    bound = register_figures.bind_rule(
        who["planner"], agency=CODE, indicator="IKU-1", register=PPID, rule="sesuai_sop", year=DAY.year
    )
    assert bound >= 1

    def value():
        row = tables.Realisation.objects.get(indicator__code="IKU-1", year=DAY.year)
        return row.numerator, row.denominator, row.note

    assert value()[:2] == (0, 3)
    answered(who["desk"], numbers[0], DAY + timedelta(days=1))
    answered(who["desk"], numbers[1], TODAY)
    assert value()[:2] == (1, 3)
    period = Period(DAY.year)
    page = figures.behind(who["desk"], CODE, PPID, "sesuai_sop", period, "met", TODAY)
    assert page.numbers == (numbers[0],)
    proof = tables.Evidence.objects.get(indicator__code="IKU-1", year=DAY.year, kind="register")
    assert proof.target == f"{PPID}/sesuai_sop/{DAY.year}/tahun/1"
    with pytest.raises(Refusal) as refused:
        record_realisation(who["planner"], agency=CODE, indicator="IKU-1", period=period, value=percent(90))
    assert "dihitung dari register" in refused.value.faults[0].sentence()
    with pytest.raises(Refusal, match="tidak dihapus"):
        registers.remove_register(who["planner"], agency=CODE, code=PPID)
    register_figures.release_indicator(who["planner"], agency=CODE, indicator="IKU-1")
    assert value()[:2] == (1, 3)


def test_nothing_to_count_is_said_and_a_value_handed_in_stays(who):
    register_figures.bind_rule(
        who["planner"], agency=CODE, indicator="IKU-1", register=PPID, rule="sesuai_sop", year=TODAY.year
    )
    row = tables.Realisation.objects.get(indicator__code="IKU-1", year=TODAY.year)
    assert (row.value_kind, row.note) == ("", "Tidak ada permohonan.")
    tables.Realisation.objects.filter(pk=row.pk).update(status="terverifikasi")
    asked(who["desk"], on=TODAY)
    line = figures.bound_of(who["planner"], CODE, TODAY.year, TODAY)[0]
    assert (line.stands, line.status) == ("Tidak ada permohonan.", "terverifikasi")
    assert line.figure.note.startswith("Tidak ada permohonan")


def test_a_rule_of_another_kind_is_not_bound(who):
    with pytest.raises(Refusal) as refused:
        register_figures.bind_rule(
            who["planner"], agency=CODE, indicator="IKU-2", register=PPID, rule="sesuai_sop", year=TODAY.year
        )
    assert "jenis nilai" in refused.value.faults[0].message


def test_a_definition_with_records_changes_only_so_that_they_stay_readable(who):
    number = asked(who["desk"])
    answered(who["desk"], number, DAY)
    register = find_register(CODE, PPID).register
    broken = replace(
        register, fields=tuple(field for field in register.fields if field.code != "ringkasan"), columns=(),
        states=tuple(state for state in register.states if state.code != "diproses"),
        transitions=tuple(way for way in register.transitions if "diproses" not in (way.source, way.target)),
        summaries=(), letters=(), rules=(),
    )  # fmt: skip
    broken = replace(
        broken,
        transitions=(
            *broken.transitions,
            replace(register.transitions[0], source="diterima", target="dijawab"),
            replace(register.transitions[0], source="diterima", target="ditolak"),
        ),
    )
    with pytest.raises(Refusal) as refused:
        registers.change_register(who["planner"], agency=CODE, code=PPID, register=broken)
    said = " ".join(fault.sentence() for fault in refused.value.faults)
    assert "Ringkasan informasi yang diminta dihapus" in said
    assert "diproses" in said
    wider = replace(register, fields=(*register.fields, Field("nada", "Nada", FieldKind.TEXT, personal=True)))
    assert registers.change_register(who["planner"], agency=CODE, code=PPID, register=wider, seen=1, reason="baru") == 2
    with pytest.raises(Conflict):
        registers.change_register(who["planner"], agency=CODE, code=PPID, register=register, seen=1)
    assert viewed(who["desk"], number).record.content["ringkasan"] == "Laporan kinerja"
    assert [version.version for version in store.versions_of(who["planner"], CODE, PPID)] == [2, 1]


def test_one_part_of_a_definition_is_changed_added_and_deleted(who):
    state = dict(as_data(find_register(CODE, PPID).register)["states"][0], told="Kami terima.")
    part = {"agency": CODE, "code": PPID}
    registers.change_part(who["planner"], **part, part="states", key="diterima", data=state)
    assert find_register(CODE, PPID).register.states[0].told == "Kami terima."
    field = {"code": "nada", "name": "Nada", "kind": "teks"}
    registers.change_part(who["planner"], **part, part="fields", key="", data=field)
    assert find_register(CODE, PPID).register.field("nada")
    registers.change_part(who["planner"], **part, part="fields", key="nada", data=None)
    assert find_register(CODE, PPID).register.field("nada") is None
    with pytest.raises(NotFound):
        registers.change_part(who["planner"], **part, part="fields", key="tiada", data=None)


def test_a_field_marked_personal_later_moves_out_of_the_open_part(who):
    number = asked(who["desk"], ringkasan="Ditulis petugas")
    register = find_register(CODE, PPID).register
    fields = tuple(
        replace(field, personal=True, open=False) if field.code == "ringkasan" else field for field in register.fields
    )
    registers.change_register(who["planner"], agency=CODE, code=PPID, register=replace(register, fields=fields))
    row = tables.RegisterRecord.objects.get(number=number)
    assert "ringkasan" not in row.content
    assert row.private.content["ringkasan"] == "Ditulis petugas"


def test_what_was_kept_long_enough_is_emptied_with_a_proof_and_counts_stay(who):
    long_ago = TODAY.replace(year=TODAY.year - 6, day=1)
    number = asked(who["desk"], on=long_ago)
    answered(who["desk"], number, long_ago)
    verbs.advance_record(
        who["desk"], **GO, number=number, target="diserahkan", on=long_ago, note="Diterima oleh Warga Rekaan",
        texts={"tanggal_penyerahan": long_ago.isoformat()},
    )  # fmt: skip
    fresh = asked(who["desk"])
    with pytest.raises(NotAllowed):
        register_clearing.clear_records(who["desk"], agency=CODE)
    period = Period(long_ago.year)
    before = [line.counted for line in figures.figures_of(who["desk"], CODE, PPID, period, TODAY)]
    assert register_clearing.clear_records(who["admin"], agency=CODE, dry=True)[0].anonymised == 1
    assert register_clearing.clear_records(who["admin"], agency=CODE)[0].anonymised == 1
    assert [line.counted for line in figures.figures_of(who["desk"], CODE, PPID, period, TODAY)] == before
    view = viewed(who["desk"], number)
    assert "nama" not in view.record.content
    assert not any(event.note or event.by for event in view.events)
    assert viewed(who["desk"], fresh).record.content["nama"] == NAME
    proof = tables.RegisterClearing.objects.get()
    assert (proof.number, NAME in repr(proof.__dict__)) == (number, False)
    assert register_clearing.clear_records(who["admin"], agency=CODE)[0].anonymised == 0


def test_what_was_kept_long_enough_is_deleted_with_everything_and_only_the_proof_stays(who):
    held = find_register(CODE, PPID)
    rule = replace(held.register.retention, clearing=Clearing.DELETE)
    registers.change_register(who["planner"], agency=CODE, code=PPID, register=replace(held.register, retention=rule))
    long_ago = TODAY.replace(year=TODAY.year - 6, day=1)
    number, fresh = asked(who["desk"], on=long_ago), asked(who["desk"])
    answered(who["desk"], number, long_ago)
    verbs.advance_record(
        who["desk"], **GO, number=number, target="diserahkan", on=long_ago,
        texts={"tanggal_penyerahan": long_ago.isoformat()},
    )  # fmt: skip
    row = tables.RegisterRecord.objects.get(number=number)
    tickets.give_ticket(who["desk"], agency=CODE, register=PPID, number=number, email="warga@contoh.example")
    tables.RegisterMail.objects.create(record=row, to="warga@contoh.example", subject="x", body="y")
    tables.RegisterRating.objects.create(record=row, survey="smart", on=long_ago, answers={})
    parts = [
        getattr(tables, f"Register{name}").objects.filter(record=row)
        for name in ("Private", "Event", "Ticket", "Mail", "Rating")
    ]
    assert all(part.exists() for part in parts)
    done = register_clearing.clear_records(who["admin"], agency=CODE, dry=True)[0]
    assert (done.deleted, done.anonymised) == (1, 0)
    assert tables.RegisterRecord.objects.filter(pk=row.pk).exists()
    done = register_clearing.clear_records(who["admin"], agency=CODE)[0]
    assert (done.deleted, done.anonymised) == (1, 0)
    assert not any(part.exists() for part in parts)
    with pytest.raises(NotFound):
        viewed(who["desk"], number)
    assert viewed(who["desk"], fresh).record.content["nama"] == NAME
    proof = tables.RegisterClearing.objects.get()
    assert (proof.number, proof.clearing, NAME in repr(proof.__dict__)) == (number, Clearing.DELETE.value, False)
    assert register_clearing.clear_records(who["admin"], agency=CODE)[0].deleted == 0
    # Its number is not given again, and nothing of the person stands in the trail.
    again = asked(who["desk"], on=long_ago)
    assert again != number
    assert NAME not in repr(list(tables.AuditRecord.objects.values()) + list(tables.FieldChange.objects.values()))


def test_a_register_put_away_takes_nothing_more(who):
    registers.use_register(who["planner"], agency=CODE, code=PPID, active=False)
    with pytest.raises(Refusal, match="tidak dipakai lagi"):
        asked(who["desk"])


def test_the_overview_and_the_list_say_what_is_late(who):
    late, soon = asked(who["desk"]), asked(who["desk"], on=TODAY)
    line = store.registers_of(who["desk"], CODE, TODAY)[0]
    assert (line.records, line.open, line.overdue) == (2, 2, 1)
    assert [row.overdue for row in heat_counts(who["desk"], CODE, TODAY, days=3).lines] == [1]
    found = store.records_of(who["desk"], CODE, PPID, store.Ask(only="late"), TODAY)
    assert [item.number for item in found.lines] == [late]
    assert soon != late


def test_lists_and_pages_take_few_queries(who, django_assert_max_num_queries):
    numbers = [asked(who["desk"]) for _ in range(5)]
    with django_assert_max_num_queries(2):
        store.registers_of(who["desk"], CODE, TODAY)
    with django_assert_max_num_queries(5):
        store.records_of(who["desk"], CODE, PPID, store.Ask(), TODAY)
    with django_assert_max_num_queries(6):
        viewed(who["desk"], numbers[0])


def test_the_yearly_sheet_has_every_table(who):
    answered(who["desk"], asked(who["desk"]), DAY + timedelta(days=1))
    sheet = figures.year_sheet(who["leader"], CODE, PPID, DAY.year, TODAY)
    found = {summary.code: dict(lines) for summary, lines in sheet.tables}
    assert found["keputusan"]["dikabulkan seluruhnya"] == 1
    assert (
        next(line for line in sheet.figures if line.rule.code == "sesuai_sop").counted.figure.told()
        == "100,00% (1 dari 1)"
    )


def test_what_is_late_waits_for_the_desk_or_for_who_it_was_given_to(who):
    late = asked(who["desk"])
    asked(who["desk"])
    verbs.assign_record(who["desk"], **GO, number=late, username="petugas-lain")
    items = [item for item in board_of(CODE, TODAY.year, TODAY).items if item.work is Work.HANDLE_RECORDS]
    assert sorted((item.key, item.title, item.login) for item in items) == [
        (PPID, "Permohonan informasi publik (1)", ""), (PPID, "Permohonan informasi publik (1)", "petugas-lain"),
    ]  # fmt: skip
    assert {duty.work for duty in duties_of(who["desk"], CODE, items, TODAY)} == {Work.HANDLE_RECORDS}
    assert not duties_of(who["owner"], CODE, items, TODAY)
