"""A study from design to publication: stages with gates, field work, coding with undo, blind rounds, conclusions."""

import hashlib
from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from tests.actions.staffed import CODE
from tests.actions.studying import STUDY, TEXT, audit, study, team, with_source

from selaras.actions import culture as verbs
from selaras.actions import culture_coding as coding
from selaras.actions import culture_field as field
from selaras.actions import culture_findings as findings
from selaras.actions import culture_rounds as rounds
from selaras.actions import culture_sources as sources
from selaras.actions._keeping import Upload
from selaras.actions.culture_demo import load_demo
from selaras.core.culture.coding import Code, Kind, Stance
from selaras.core.culture.conclusions import Tactic
from selaras.core.culture.sources import Method
from selaras.core.culture.studies import Stage
from selaras.core.culture.support import ClaimFlag, Support, tally
from selaras.core.errors import Conflict, NotAllowed, NotFound, Refusal
from selaras.rulebook.culture import examples
from selaras.store import models as tables
from selaras.store.culture import published_studies, studies_of, study_at, study_file
from selaras.store.culture_coding import changes_of, desk_of, differences_of, proposed, round_progress
from selaras.store.culture_displays import display_data
from selaras.store.culture_rows import content_of, framework_of, material_of
from selaras.store.models.culture import ActionState, DisplayKind, RoundPurpose, RoundUnit

pytestmark = pytest.mark.django_db
BALI, MUBA = "kpu-provinsi-bali", "setda-musi-banyuasin"
AT = {"agency": CODE, "study": STUDY}


@pytest.fixture
def who():
    return team()


@pytest.fixture
def demo(who):
    load_demo(who["ketua"], agency=CODE, year=2024)
    return who


def labels(file):
    return {row.code: row.label for row in file.support}


def test_the_worked_example_loads_as_it_is_and_only_once(demo):
    file = study_file(demo["ketua"], CODE, BALI)
    example = next(item for item in examples() if item.study.code == BALI)
    assert (len(file.material.informants), len(file.material.segments), len(file.material.codings)) == (8, 37, 81)
    assert file.material.codings == example.material.codings
    assert file.material.sources == example.material.sources
    assert file.framework == example.framework
    assert tally(file.support)[Support.STRONG] == 9
    assert {"KP.REL", "BF.BEDA", "KN.INIS"} <= set(file.claims)
    assert set(file.banners) == {item.code for item in example.conclusions}
    assert file.row.demo
    assert load_demo(demo["ketua"], agency=CODE, year=2024) == ()


def test_seed_001_keeps_its_claims_against_the_evidence(demo):
    file = study_file(demo["ketua"], CODE, MUBA)
    flags = {row.code: row.flag for row in file.support}
    assert {code for code, flag in flags.items() if flag is ClaimFlag.AGAINST} == {"BD1.ETOS", "KN2"}


def test_a_document_removes_the_banner_of_its_finding_only(demo):
    lead = {"agency": CODE, "study": BALI}
    source = sources.add_source(
        demo["ketua"], **lead, title="LKjIP", method=Method.DOCUMENT, text="Capaian naik setiap tahun."
    )
    sources.lock_source(demo["ketua"], **lead, source=source)
    codes = next(item.codes for item in study_file(demo["ketua"], CODE, BALI).conclusions if item.code == "F3a")
    alone = next(
        code for code in codes
        if not any(code in item.codes for item in study_file(demo["ketua"], CODE, BALI).conclusions if item.code != "F3a")
    )  # fmt: skip
    coding.mark(demo["ketua"], **lead, source=source, start=0, end=7, code=alone)
    banners = study_file(demo["ketua"], CODE, BALI).banners
    assert "F3a" not in banners
    assert len(banners) == 9


def test_without_the_dissent_there_is_no_contradiction_and_undo_restores_it(demo):
    lead = {"agency": CODE, "study": BALI}
    made = [
        coding.reread_coding(demo["ketua"], **lead, segment="31", code=code, stance=Stance.NEITHER, coder="penyandi-1")
        for code in ("BX.SAMA", "BF.STAB")
    ]
    after = labels(study_file(demo["ketua"], CODE, BALI))
    assert (after["BX.SAMA"], after["BF.STAB"]) == (Support.FAIR, Support.WEAK)
    for change in reversed(made):
        coding.undo_change(demo["ketua"], **lead, change=change)
    assert labels(study_file(demo["ketua"], CODE, BALI))["BX.SAMA"] is Support.CONTESTED
    assert audit()[:3] == ["membatalkan perubahan penyandian"] * 2 + ["mengubah arah atau jenis"]
    with pytest.raises(Refusal, match="sudah dibatalkan"):
        coding.undo_change(demo["ketua"], **lead, change=made[0])
    log = changes_of(demo["ketua"], CODE, BALI)
    assert [item.undoes_id for item in log[:2]] == made


def test_a_withdrawal_takes_texts_quotes_and_the_only_dissent_and_says_so(demo):
    lead = {"agency": CODE, "study": BALI}
    findings.freeze_conclusion(demo["ketua"], **lead, code="F2c")
    frozen = tables.StudyConclusion.objects.get(study__code=BALI, code="F2c").frozen
    assert {"31", "34"} <= {quote["segment"] for quote in frozen["quotes"]}
    gone = field.withdraw_consent(demo["ketua"], **lead, informant="INF-06", on=date(2024, 5, 1))
    assert gone.removed == ("30", "31", "32", "33")
    assert set(gone.lost_dissent) == {"BX.SAMA", "BF.STAB"}
    file = study_file(demo["ketua"], CODE, BALI)
    assert (len(file.material.segments), len(file.material.codings)) == (33, 74)
    assert labels(file)["BX.SAMA"] is Support.FAIR
    kept = tables.StudyConclusion.objects.get(study__code=BALI, code="F2c").frozen
    assert not {"30", "31", "32", "33"} & {quote["segment"] for quote in kept["quotes"]}
    assert kept["withdrawn"] > 0
    with pytest.raises(Refusal, match="sudah ditarik"):
        field.withdraw_consent(demo["ketua"], **lead, informant="INF-06", on=date(2024, 5, 1))


def test_a_study_goes_from_stage_to_stage_only_through_its_gates(who):
    informant, source = with_source(who, locked=False)
    step = lambda to, reason="": verbs.step_study(who["ketua"], **AT, to=to, reason=reason)  # noqa: E731
    with pytest.raises(Refusal, match="tidak berurutan"):
        step(Stage.CONDENSATION)
    step(Stage.COLLECTION)
    with pytest.raises(Refusal, match="belum dikunci"):
        step(Stage.CONDENSATION)
    sources.lock_source(who["ketua"], **AT, source=source)
    step(Stage.CONDENSATION)
    with pytest.raises(Refusal, match="belum disandi"):
        step(Stage.DISPLAY)
    coding.mark(who["ketua"], **AT, source=source, start=0, end=25, code="KP.SET")
    step(Stage.DISPLAY)
    with pytest.raises(Refusal, match="matriks belum lengkap"):
        step(Stage.CONCLUSION)
    for node in study_file(who["ketua"], CODE, STUDY).framework.constructs():
        findings.keep_display(who["ketua"], **AT, kind=DisplayKind.CHECKLIST, title=node.name, construct=node.code)
    step(Stage.CONCLUSION)
    with pytest.raises(Refusal, match="alasan"):
        step(Stage.COLLECTION)
    step(Stage.DISPLAY, "Menambah sumber.")
    step(Stage.CONCLUSION)
    code = findings.save_conclusion(who["ketua"], **AT, statement="Keputusan diambil bersama.", codes=["KP.SET"])
    with pytest.raises(Refusal, match="pemeriksaan kurang"):
        verbs.publish_study(who["pimpinan"], **AT)
    with pytest.raises(NotAllowed):
        verbs.publish_study(who["ketua"], **AT)
    findings.record_tactic(who["ketua"], **AT, code=code, tactic=Tactic.NEGATIVE, outcome="Tidak ditemukan.")
    findings.record_member_check(
        who["ketua"], **AT, code=code, informant=informant, agrees=True, outcome="Sesuai.", held_on=date(2024, 6, 1)
    )
    edition = verbs.publish_study(who["pimpinan"], **AT)
    assert edition["conclusions"][0]["verdict"] == "lemah"
    assert TEXT[:20] not in str(edition)
    assert informant not in str(edition)
    assert [row.code for row in published_studies(CODE)] == [STUDY]
    with pytest.raises(Refusal, match="sudah terbit"):
        coding.mark(who["ketua"], **AT, source=source, start=0, end=5, code="KP.SET")
    steps = list(tables.StudyStep.objects.filter(study__code=STUDY).values_list("after", flat=True))
    assert steps[-1] == Stage.PUBLISHED.value
    assert len(steps) == 8


def test_only_who_leads_manages_and_only_the_team_codes(who):
    _, source = with_source(who)
    with pytest.raises(NotAllowed):
        verbs.save_study(who["ani"], **AT, fields={"title": "Lain"})
    with pytest.raises(NotAllowed):
        coding.mark(who["perencana"], **AT, source=source, start=0, end=5, code="KP.SET")
    with pytest.raises(NotFound):
        study_at(who["pegawai"], CODE, STUDY)
    with pytest.raises(NotFound):
        study_file(who["ketua"], "LAIN", STUDY)
    assert studies_of(who["pegawai"], CODE) == ()
    assert [line.row.code for line in studies_of(who["perencana"], CODE)] == [STUDY]
    assert coding.mark(who["ani"], **AT, source=source, start=0, end=5, code="KP.SET").coding.coder == "ani"
    with pytest.raises(NotAllowed):
        coding.uncode(who["budi"], **AT, segment="1", code="KP.SET", coder="ani")
    coding.uncode(who["ketua"], **AT, segment="1", code="KP.SET", coder="ani")
    with pytest.raises(Refusal, match="ketua terakhir"):
        verbs.set_member(who["ketua"], **AT, login="ketua", role=None)


def test_the_saved_quote_is_the_shown_selection_also_behind_an_emoji(who):
    _, source = with_source(who)
    start = TEXT.index("Tugas")
    browser = len(TEXT[:start].encode("utf-16-le")) // 2
    made = coding.mark(who["ani"], **AT, source=source, start=browser, end=browser + 17, code="KP.SET", utf16=True)
    assert made.quote == "Tugas dibagi rata"
    assert material_of(study_at(who["ani"], CODE, STUDY)[0].pk).quote(made.segment) == made.quote
    again = coding.mark(who["ani"], **AT, source=source, start=start, end=start + 17, code="KP.SOS")
    assert again.segment == made.segment, "the same span is the same segment"
    at = len(TEXT[: TEXT.index("🤝")].encode("utf-16-le")) // 2
    with pytest.raises(Refusal, match="di tengah satu aksara"):
        coding.mark(who["ani"], **AT, source=source, start=0, end=at + 1, code="KP.SET", utf16=True)
    with pytest.raises(Refusal, match="di luar teks"):
        coding.mark(who["ani"], **AT, source=source, start=0, end=9999, code="KP.SET")


def test_a_locked_text_never_changes_and_the_database_keeps_offsets_inside_it(who):
    _, source = with_source(who)
    row = tables.StudySource.objects.get(code=source)
    assert row.seal == hashlib.sha256(TEXT.encode()).hexdigest()
    with pytest.raises(Refusal, match="terkunci"):
        sources.save_source(who["ketua"], **AT, source=source, title="x", method=Method.INTERVIEW, text="Lain")
    for start, end in ((5, 5), (7, 3), (0, len(TEXT) + 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            tables.StudySegment.objects.create(
                study=row.study, source=row, code=f"{start}-{end}", start=start, end=end, within=row.length, sha256=""
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        tables.StudySource.objects.create(study=row.study, code="CR", method=Method.DOCUMENT.value, text="a\r\nb")


def test_merge_and_split_can_be_undone_and_stand_in_the_log(who):
    _, source = with_source(who)
    for start, code in ((0, "KP.SET"), (10, "KP.SET"), (0, "KP.SOS")):
        coding.mark(who["ani"], **AT, source=source, start=start, end=start + 5, code=code)
    before = material_of(study_at(who["ani"], CODE, STUDY)[0].pk)
    merged = coding.merge_codes(who["ani"], **AT, code="KP.SET", into="KP.SOS")
    assert {item.code for item in material_of(study_at(who["ani"], CODE, STUDY)[0].pk).codings} == {"KP.SOS"}
    with pytest.raises(Refusal, match="sudah digabungkan"):
        coding.mark(who["ani"], **AT, source=source, start=20, end=22, code="KP.SET")
    coding.undo_change(who["ani"], **AT, change=merged)
    assert material_of(study_at(who["ani"], CODE, STUDY)[0].pk) == before
    split = coding.split_code(who["ani"], **AT, code="KP.SET", new=Code("X.BARU", "baru"), segments=["2"])
    coding.undo_change(who["ani"], **AT, change=split)
    assert material_of(study_at(who["ani"], CODE, STUDY)[0].pk) == before
    removed = coding.uncode(who["ani"], **AT, segment="1", code="KP.SET")
    placed = coding.code_segment(who["ani"], **AT, segment="1", code="KP.SET", stance=Stance.AGAINST)
    with pytest.raises(Conflict):
        coding.undo_change(who["ani"], **AT, change=removed)
    assert placed.quote == TEXT[:5]


def blind_round(who):
    _, source = with_source(who)
    for start in (0, 10, 30):
        coding.mark(who["ketua"], **AT, source=source, start=start, end=start + 6, code="KP.SET")
    rounds.open_round(who["ketua"], **AT, code="putaran-1", coders=["ani", "budi"])
    for login, code in (("ani", "KP.SET"), ("budi", "KP.SOS")):
        coding.code_segment(who[login], **AT, segment="1", code=code)
        coding.code_segment(who[login], **AT, segment="2", code="KP.SET")
    return source


def test_coders_are_blind_to_each_other_until_the_round_is_closed(who):
    source = blind_round(who)
    for login, other in (("ani", "budi"), ("budi", "ani"), ("ketua", "ani")):
        seen = study_file(who[login], CODE, STUDY).material.codings
        assert not [item for item in seen if item.layer == "putaran-1" and item.coder != login]
        desk = desk_of(who[login], CODE, STUDY, source)
        coders = {item.coder for passage in desk.passages for item in passage.codings if item.layer == "putaran-1"}
        assert other not in coders
        assert other not in {item.coder for item in changes_of(who[login], CODE, STUDY) if item.layer == "putaran-1"}
    assert desk_of(who["ani"], CODE, STUDY, source).layer == "putaran-1"
    hidden = tables.CodingChange.objects.filter(by="budi").first()
    with pytest.raises(NotFound):
        coding.undo_change(who["ani"], **AT, change=hidden.pk)
    with pytest.raises(NotFound):
        coding.uncode(who["ani"], **AT, segment="1", code="KP.SOS")
    with pytest.raises(NotFound, match="baru terlihat"):
        differences_of(who["ketua"], CODE, STUDY, "putaran-1")
    with pytest.raises(Refusal, match="masih terbuka"):
        coding.merge_codes(who["ani"], **AT, code="KP.SET", into="KP.SOS")
    assert round_progress(tables.CodingRound.objects.get()) == {"ani": 2, "budi": 2}


def test_the_lead_closes_a_round_sees_the_differences_and_decides(who):
    blind_round(who)
    result = rounds.close_round(who["ketua"], **AT, code="putaran-1")
    (pair,) = result["pairs"]
    assert result["unit"] == RoundUnit.GRID.value
    assert round(pair["jaccard"], 4) == round(1 / 3, 4)
    held, differing = differences_of(who["ketua"], CODE, STUDY, "putaran-1")
    assert {(item.segment, item.code) for item in differing} == {("1", "KP.SET"), ("1", "KP.SOS")}
    alike = proposed(held, material_of(held.study_id))
    assert [(item.segment, item.code) for item in alike] == [("2", "KP.SET")]
    with pytest.raises(NotAllowed):
        rounds.decide_round(who["ani"], **AT, code="putaran-1", decided=[("1", "KP.SET", Stance.FOR, Kind.EXPERIENCE)])
    change = rounds.decide_round(
        who["ketua"], **AT, code="putaran-1",
        decided=[("1", "KP.SOS", Stance.FOR, Kind.EXPERIENCE), ("2", "KP.SET", Stance.AGAINST, Kind.EXPERIENCE)],
    )  # fmt: skip
    final = {
        (item.segment, item.code, item.stance)
        for item in study_file(who["ketua"], CODE, STUDY).material.on("final").codings
    }
    assert {("1", "KP.SOS", Stance.FOR), ("2", "KP.SET", Stance.AGAINST)} <= final
    coding.undo_change(who["ketua"], **AT, change=change)
    assert tables.CodingRound.objects.get().result == result


def test_a_coder_codes_again_without_seeing_the_first_reading(who):
    _, source = with_source(who)
    coding.mark(who["ani"], **AT, source=source, start=0, end=6, code="KP.SET")
    rounds.open_round(
        who["ketua"], **AT, code="ulang", coders=["ani"], purpose=RoundPurpose.RECODE, unit=RoundUnit.CHARACTERS
    )
    assert study_file(who["ani"], CODE, STUDY).material.codings == ()
    assert all(not passage.codings for passage in desk_of(who["ani"], CODE, STUDY, source).passages)
    coding.mark(who["ani"], **AT, source=source, start=0, end=12, code="KP.SET")
    result = rounds.close_round(who["ketua"], **AT, code="ulang")
    assert result["pairs"][0]["jaccard"] == 0.5
    assert result["readings"] == [["ani", "final"], ["ani", "ulang"]]


def test_an_identity_is_sealed_opened_on_record_only_and_deleted_in_time(who):
    informant, source = with_source(who, text="Ibu Zulkarnaen berkata bahwa tugas dibagi rata.", locked=False)
    field.save_identity(who["ketua"], **AT, informant=informant, name="Contoh Zulkarnaen", nip="19700101 199503 1 001")
    assert "Zulkarnaen" not in tables.InformantIdentity.objects.get().sealed
    with pytest.raises(NotAllowed):
        field.reveal_identity(who["ani"], **AT, informant=informant)
    assert field.reveal_identity(who["ketua"], **AT, informant=informant)["name"] == "Contoh Zulkarnaen"
    assert audit()[0] == "melihat identitas informan"
    trail = [
        *tables.AuditRecord.objects.values_list("details", flat=True),
        *tables.FieldChange.objects.values_list("after", flat=True),
    ]
    assert "Zulkarnaen" not in str(trail)
    with pytest.raises(Refusal, match="nama informan dalam teks"):
        sources.lock_source(who["ketua"], **AT, source=source)
    verbs.save_study(who["ketua"], **AT, fields={"retention_until": date(2024, 12, 31)})
    assert field.delete_expired_identities(who["ketua"], agency=CODE, on=date(2024, 12, 31)) == 0
    assert field.delete_expired_identities(who["ketua"], agency=CODE, on=date(2025, 1, 1)) == 1
    assert tables.StudySource.objects.count() == 1


def test_a_text_file_becomes_a_source_with_its_words(who, tmp_path):
    study(who)
    path = tmp_path / "wawancara.txt"
    path.write_bytes("\ufeffBaris satu 🤝\r\nBaris dua".encode())
    code = sources.add_source_file(
        who["ketua"], **AT, title="", method=Method.DOCUMENT, upload=Upload(path, "wawancara.txt")
    )
    row = tables.StudySource.objects.get(code=code)
    assert (row.text, row.title, row.length) == ("Baris satu 🤝\nBaris dua", "wawancara", 22)
    sources.remove_source(who["ketua"], **AT, source=code, reason="Salah berkas.")
    with pytest.raises(Refusal, match="sumber kosong"):
        verbs.step_study(who["ketua"], **AT, to=Stage.COLLECTION)
        sources.add_source(who["ketua"], **AT, title="Kosong", method=Method.OBSERVATION)


def test_conclusions_carry_their_verdict_and_an_override_its_reason(who):
    _, source = with_source(who)
    coding.mark(who["ani"], **AT, source=source, start=0, end=25, code="KP.SET")
    code = findings.save_conclusion(who["ketua"], **AT, statement="Setuju.", codes=["KP.SET"])
    assert study_file(who["ani"], CODE, STUDY).strengths[code].verdict == "lemah"
    with pytest.raises(Refusal, match="tanpa alasan"):
        findings.save_conclusion(who["ketua"], **AT, statement="Setuju.", codes=["KP.SET"], code=code, override="kuat")
    with pytest.raises(Refusal, match="penulis simpulan sendiri"):
        findings.record_second_reader(who["ketua"], **AT, code=code, agrees=True, outcome="Ya.")
    findings.record_second_reader(who["ani"], **AT, code=code, agrees=False, outcome="Hanya satu akun.")
    frozen = findings.freeze_conclusion(who["ketua"], **AT, code=code)
    assert frozen["quotes"][0]["text"] == TEXT[:25]
    assert frozen["by_method"]["columns"][:3] == ["wawancara", "observasi", "dokumen"]
    with pytest.raises(Refusal, match="kode tidak dikenal"):
        findings.save_conclusion(who["ketua"], **AT, statement="x", codes=["TIADA"])


@pytest.mark.parametrize("kind", DisplayKind)
def test_every_display_shows_its_empty_cells(demo, kind):
    file = study_file(demo["ketua"], CODE, BALI)
    data = display_data(file, kind)
    assert len(data["cells"]) == len(data["rows"])
    assert all(len(row) == len(data["columns"]) for row in data["cells"])
    if kind is DisplayKind.BY_METHOD:
        assert all(row[data["columns"].index("observasi")]["voice"] == "tidak menyebut" for row in data["cells"])


def test_quotes_without_consent_are_not_frozen(who):
    informant, source = with_source(who)
    coding.mark(who["ani"], **AT, source=source, start=0, end=25, code="KP.SET")
    field.record_consent(
        who["ketua"], **AT, informant=informant, record=True, quote=False, archive=False, given=date(2024, 3, 1)
    )
    code = findings.save_conclusion(who["ketua"], **AT, statement="Setuju.", codes=["KP.SET"])
    assert findings.freeze_conclusion(who["ketua"], **AT, code=code)["quotes"] == []


def test_an_action_has_owner_and_date_and_goes_on_after_publication(who):
    study(who)
    code = findings.save_action(
        who["ketua"], **AT, statement="Pembagian tugas", action="Menetapkan tim tiap acara", owner="SEKRETARIS",
        due=date(2024, 12, 1),
    )  # fmt: skip
    with pytest.raises(Refusal):
        findings.move_action(who["ketua"], **AT, code=code, state=ActionState.DONE)
    findings.move_action(
        who["ketua"], **AT, code=code, state=ActionState.DONE, result="Tim ditetapkan.", on=date(2024, 11, 1)
    )
    row = tables.StudyAction.objects.get()
    assert (row.owner.code, row.state, row.closed_on) == ("SEKRETARIS", "selesai", date(2024, 11, 1))
    with pytest.raises(NotFound):
        findings.save_action(who["ketua"], **AT, statement="x", action="y", owner="TIADA")


def test_an_agency_writes_a_framework_of_its_own_and_studies_keep_the_one_they_began_with(who):
    made = verbs.copy_framework(who["ketua"], agency=CODE, base="berakhlak", code="budaya-kami", title="Budaya kami")
    study(who, framework="budaya-kami")
    content = content_of(made)
    content["nodes"][0]["name"] = "nama baru"
    with pytest.raises(Refusal, match="sudah dipakai"):
        verbs.save_framework(who["ketua"], agency=CODE, content=content)
    verbs.save_framework(who["ketua"], agency=CODE, content=content | {"version": "2"})
    assert framework_of(tables.Study.objects.get(code=STUDY)).version == "1"
    assert verbs.renew_framework(who["ketua"], **AT).version == "2"
    with pytest.raises(Refusal, match="sudah dipakai"):
        verbs.copy_framework(who["ketua"], agency=CODE, base="berakhlak", code="berakhlak", title="x")
    with pytest.raises(Refusal):
        verbs.save_framework(who["ketua"], agency=CODE, content={"code": "rusak", "name": "x"})


def test_every_refused_act_leaves_a_record_too(who):
    study(who)
    with pytest.raises(NotAllowed):
        verbs.save_study(who["ani"], **AT, fields={"title": "x"})
    assert "refused" in tables.AuditRecord.objects.order_by("-pk").first().details


def test_a_page_of_a_study_stays_within_its_queries(demo, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        studies_of(demo["ketua"], CODE)
    with django_assert_max_num_queries(8):
        study_file(demo["ketua"], CODE, BALI)
    with django_assert_max_num_queries(3):
        study_file(demo["ketua"], CODE, BALI)
    with django_assert_max_num_queries(8):
        desk_of(demo["ketua"], CODE, BALI, "S1")


def test_no_text_of_the_examples_is_longer_than_its_column(demo):
    """SQLite keeps longer ones, PostgreSQL refuses them."""
    columns = [
        (model, field)
        for model in apps.get_app_config("store").get_models()
        for field in model._meta.fields
        if isinstance(field, models.CharField) and field.max_length
    ]
    longer = [
        (model.__name__, field.name, value)
        for model, field in columns
        for value in model._default_manager.values_list(field.attname, flat=True)
        if value and len(value) > field.max_length
    ]
    assert longer == []
