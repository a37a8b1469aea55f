"""The pages of agreements: the questions that every page is asked, and the road of one agreement by its actors."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import BIRO, KPU

from selaras.actions.agreements import draft_agreement
from selaras.actions.signing import agree_agreement, propose_agreement
from selaras.core.access import Actor, Grant, Role, acting
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/perjanjian/"
CODE = "PK-KABAG-RBA-2024"
CASE = f"{AT}{CODE}/"
BY = acting("Contoh Perencana", {Role.PLANNER}, {BIRO})
HEAD = Actor("Contoh Kepala", (Grant(Role.SUPERIOR, BIRO),), "contoh-kepala", frozenset({(BIRO, "KABIRO")}))
GET = ["", "peta/", "tenggat/", "susun/KABAG-RBA/", "PK-2024/", "PK-2024/ubah/", "?format=xlsx", "?cari=perpustakaan"]
POST = ["ajukan/", "tarik/", "kembalikan/", "sepakati/", "hapus/", "isi-ulang/", "cetak/pdf/", "komentar/"]


@pytest.fixture
def drafted(inside):
    draft_agreement(BY, agency=BIRO, year=2024, position="KABAG-RBA")


@pytest.fixture
def agreed(drafted):
    propose_agreement(BY, agency=BIRO, agreement=CODE)
    agree_agreement(HEAD, agency=BIRO, agreement=CODE, note="sesuai RKT")


def holder(signed_in, position, *roles, name):
    """Somebody with an account who holds a position today."""
    browser = signed_in(*roles, name=name)
    tenure = tables.Tenure.objects.get(agency__code=BIRO, position__code=position)
    user = tables.User.objects.get(username=name)
    tables.Seat.objects.create(user=user, tenure=tenure)
    user.set_password("sandi contoh 2026")
    user.save()
    browser.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def waited(browser):
    """The sign-in is some while ago."""
    session = browser.session
    session["begun"] -= 3600
    session.save()
    return browser


def proved(browser):
    """The password was given a moment ago."""
    browser.post(reverse("account_reauthenticate"), {"password": "sandi contoh 2026"})
    return browser


@pytest.mark.parametrize("page", GET)
def test_every_page_opens_within_its_queries(page, planner, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(12):
        assert planner.get(AT + page).status_code == 200


def test_a_draft_opens_within_its_queries_too(planner, drafted, django_assert_max_num_queries):
    planner.get(AT)
    with django_assert_max_num_queries(12):
        answer = planner.get(CASE)
    assert answer.status_code == 200
    assert "Ajukan kepada atasan" in answer.content.decode()


@pytest.mark.parametrize("page", [*GET, "PK-2024/banding/", "PK-2024/tanda-tangan/", "PK-2024/catat/"])
def test_a_stranger_finds_nothing_and_a_visitor_the_door(page, signed_in, inside):
    stranger = signed_in(Role.PLANNER, agency=KPU, name="contoh-asing")
    assert stranger.get(AT + page).status_code == 404
    assert Client().get(AT + page)["Location"].startswith("/akun/login/")


def test_a_bad_code_is_not_found(planner):
    for page in ("TIDAK-ADA/", "susun/ENTAH/", "PK-2022/", "PK-2024/banding/", "PK-2024/indikator/99/"):
        assert planner.get(AT + page).status_code == 404
    assert planner.post(f"{AT}PK-2024/cetak/exe/").status_code == 404
    assert planner.get(f"/i/{KPU}/2022/perjanjian/PK-2022/").status_code == 404


@pytest.mark.parametrize("page", POST)
def test_a_step_is_only_posted(page, planner, drafted):
    assert planner.get(CASE + page).status_code == 405
    assert planner.post(AT).status_code == 405


def test_who_may_only_look_gets_403_on_every_step(signed_in, drafted):
    reader = signed_in(Role.EVALUATOR)
    assert reader.get(CASE).status_code == 200
    for page in ("ajukan/", "tarik/", "sepakati/", "kembalikan/", "hapus/", "isi-ulang/"):
        assert reader.post(CASE + page, {"catatan": "coba"}).status_code == 403
    for page in (f"{AT}susun/KABAG-KAJ/", f"{CASE}ubah/", f"{CASE}catat/", f"{AT}tenggat/"):
        assert reader.get(page).status_code == 403
    owner = signed_in(Role.OWNER)
    assert owner.post(f"{CASE}cetak/pdf/").status_code == 403


def test_the_list_says_who_has_one_and_who_has_not(planner, drafted):
    page = planner.get(AT)
    states = {row.rung.position.code: str(row.look.label) for row in page.context["rows"]}
    assert states == {
        "KABIRO": "Ditandatangani", "KABAG-KAJ": "Belum disusun", "KABAG-RBA": "Draf", "KABAG-TLP": "Belum disusun",
    }  # fmt: skip
    assert page.context["signed"] == 1
    found = planner.get(AT + "?keadaan=draf").context["rows"]
    assert [row.rung.position.code for row in found] == ["KABAG-RBA"]
    assert planner.get(AT + "?cari=tidak-ada-ini").context["rows"].__len__() == 0


def test_the_map_says_it_in_words_beside_the_colours(planner, drafted):
    page = planner.get(AT + "peta/").content.decode()
    assert 'class="node-box node-good"' in page
    assert "✓ Ditandatangani" in page
    assert "… Draf" in page
    assert "– Belum disusun" in page
    assert 'role="tree"' in page


def test_a_planner_drafts_from_the_plan(planner):
    look = planner.get(f"{AT}susun/KABAG-RBA/")
    assert len(look.context["lines"]) == 5
    narrowed = planner.post(
        f"{AT}susun/KABAG-RBA/", {"levels": ["indikator sasaran"], "superior": "KABIRO", "tinjau": "1"}
    )
    assert len(narrowed.context["lines"]) == 1
    made = planner.post(f"{AT}susun/KABAG-RBA/", {"levels": ["indikator sasaran"], "superior": "KABIRO"})
    assert made["Location"] == CASE
    page = planner.get(CASE)
    assert [line["target"] for line in page.context["lines"]] == ["87%"]
    again = planner.post(f"{AT}susun/KABAG-RBA/", {"superior": "KABIRO"})
    assert again.status_code == 422


def test_nobody_promises_to_those_below(planner):
    def offered(position):
        form = planner.get(f"{AT}susun/{position}/").context["form"]
        return {code for code, _title in form.fields["superior"].choices}

    assert "KABIRO" in offered("KABAG-KAJ")
    assert offered("KABIRO") & {"KABAG-KAJ", "KABAG-RBA", "KABAG-TLP"} == set()


def test_positions_that_the_plan_asks_nothing_of_are_not_counted(signed_in):
    planner = signed_in(Role.PLANNER, agency=KPU, name="contoh-kpu")
    page = planner.get(f"/i/{KPU}/2022/perjanjian/")
    keys = {row.rung.position.code: row.key for row in page.context["rows"]}
    assert keys["ANGGOTA-1"] == "tidak-diminta"
    assert keys["KASUBAG-KUL"] == "belum"
    assert page.context["owed"] == sum(key != "tidak-diminta" for key in keys.values()) < len(keys)


def test_it_says_for_whom_it_waits_and_whether_an_account_is_linked(signed_in, agreed):
    planner = signed_in(Role.PLANNER)
    assert "Belum ada akun yang ditautkan dengan jabatan ini." in planner.get(CASE).content.decode()
    holder(signed_in, "KABAG-RBA", Role.OWNER, name="contoh-kabag")
    waiting = planner.get(CASE).context["waiting"]
    assert (waiting["party"].title[:13], waiting["seated"]) == ("Kepala Bagian", True)


def test_what_the_plan_cannot_give_is_said_and_nothing_made(planner):
    tables.Indicator.objects.filter(agency__code=BIRO, responsible__code="KABAG-KAJ").update(responsible=None)
    answer = planner.post(f"{AT}susun/KABAG-KAJ/", {"superior": "KABIRO"})
    assert answer.status_code == 422
    assert "penanggung jawab" in answer.content.decode()
    assert not tables.Agreement.objects.filter(promiser__code="KABAG-KAJ").exists()


def test_disagreements_stand_beside_the_lines(planner, drafted):
    tables.AgreementLine.objects.filter(agreement__code=CODE, order=1).update(target_amount=80)
    page = planner.get(CASE)
    assert any(finding.code == "GATE-TARGET" for finding, _link in page.context["findings"])
    assert "80%, sedangkan dalam RKT" in page.content.decode()


def test_each_disagreement_leads_to_where_it_is_mended(planner, signed_in, agreed):
    found = {finding.code: link for finding, link in planner.get(CASE).context["findings"]}
    assert set(found) <= {"GATE-PLAN-UNIT", "GATE-IKU"}, "what is drafted from the plan differs from it in nothing"
    tables.AgreementFlow.objects.filter(agreement__code=CODE).update(state="draf", sha256="")
    tables.AgreementLine.objects.filter(agreement__code=CODE, order=1).update(target_amount=80)
    links = [link for finding, link in planner.get(CASE).context["findings"] if finding.code == "GATE-TARGET"]
    assert f"{CASE}indikator/1/" in links[0]
    head = signed_in(Role.OWNER, name="contoh-pengisi")
    links = [link for finding, link in head.get(CASE).context["findings"] if finding.code == "GATE-TARGET"]
    assert "indikator/1/" not in links[0], "only who may change a line is sent to its form"


def test_a_subordinate_is_not_asked_for_the_indicators_of_others(planner, drafted):
    page = planner.get(CASE)
    assert not [finding for finding, _link in page.context["findings"] if finding.code == "GATE-MISSING"]


def test_a_line_leads_to_its_form_and_back(planner, drafted):
    answer = planner.get(f"{CASE}indikator/1/")
    assert answer.status_code == 302
    assert "kembali=%2Fi%2FBIRO-ORG" in answer["Location"]
    assert planner.get(answer["Location"]).status_code == 200
    assert planner.get(f"{CASE}program/1/").status_code == 302


def test_the_road_from_proposal_to_both_signatures(signed_in, drafted):
    chief = holder(signed_in, "KABAG-RBA", Role.OWNER, name="contoh-kabag")
    head = holder(signed_in, "KABIRO", Role.SUPERIOR, name="contoh-kepala")
    seal = chief.get(CASE).context["case"].seal
    assert chief.post(f"{CASE}ajukan/", {"segel": seal}).status_code == 302
    waiting = head.get(AT)
    assert [row.turn for row in waiting.context["waiting"]] == ["Putuskan pengajuan"]
    assert tables.Notice.objects.filter(user__username="contoh-kepala", url=CASE).exists()
    assert head.post(f"{CASE}sepakati/", {"segel": seal, "catatan": "satuan menurut DPA"}).status_code == 302
    assert chief.get(f"{CASE}tanda-tangan/").status_code == 200, "the sign-in of a moment ago is proof enough"
    asked = waited(chief).get(f"{CASE}tanda-tangan/")
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    proved(chief)
    page = chief.get(f"{CASE}tanda-tangan/")
    assert page.status_code == 200
    assert "belum tanda tangan elektronik bersertifikat" in page.content.decode()
    assert chief.post(f"{CASE}tanda-tangan/", {"segel": seal}).status_code == 422
    assert chief.post(f"{CASE}tanda-tangan/", {"segel": seal, "read": "on"}).status_code == 302
    assert proved(waited(head)).get(f"{CASE}tanda-tangan/").status_code == 200
    assert head.post(f"{CASE}tanda-tangan/", {"segel": seal, "read": "on"}).status_code == 302
    flow = tables.AgreementFlow.objects.get(agreement__code=CODE)
    assert (flow.state, flow.sha256) == ("ditandatangani", seal)
    page = head.get(CASE)
    assert "Ajukan kepada atasan" not in page.content.decode()
    assert [step["state"] for step in page.context["steps"]] == ["done"] * 5
    assert [step["who"] for step in page.context["steps"]] == [
        "Contoh Perencana", "Contoh Kabag", "Contoh Kepala", flow.promiser_signed_by, flow.superior_signed_by,
    ]  # fmt: skip
    assert all(step["when"] for step in page.context["steps"])


def test_nobody_signs_out_of_turn_or_without_the_password(signed_in, agreed):
    planner = proved(signed_in(Role.PLANNER))
    assert planner.get(f"{CASE}tanda-tangan/").status_code == 403
    head = proved(holder(signed_in, "KABIRO", Role.SUPERIOR, name="contoh-kepala"))
    early = head.get(f"{CASE}tanda-tangan/")
    assert early.status_code == 403
    assert "menunggu tanda tangan pihak pertama" in early.content.decode()
    chief = waited(holder(signed_in, "KABAG-RBA", Role.OWNER, name="contoh-kabag"))
    chief.post(f"{CASE}tanda-tangan/", {"read": "on"})
    assert tables.AgreementFlow.objects.get(agreement__code=CODE).state == "disepakati"


def test_an_account_of_the_sign_on_only_must_have_signed_in_lately(signed_in, agreed):
    chief = holder(signed_in, "KABAG-RBA", Role.OWNER, name="contoh-kabag")
    user = tables.User.objects.get(username="contoh-kabag")
    user.set_unusable_password()
    user.save()
    chief.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert chief.get(f"{CASE}tanda-tangan/").status_code == 200
    waited(chief)
    assert chief.get(f"{CASE}tanda-tangan/").status_code == 422


def test_what_changed_meanwhile_is_a_conflict(signed_in, agreed):
    chief = proved(holder(signed_in, "KABAG-RBA", Role.OWNER, name="contoh-kabag"))
    seal = chief.get(CASE).context["case"].seal
    tables.AgreementLine.objects.filter(agreement__code=CODE, order=1).update(target_amount=10)
    assert chief.post(f"{CASE}tanda-tangan/", {"segel": seal, "read": "on"}).status_code == 409
    assert chief.get(CASE).context["case"].is_broken


def test_it_is_returned_with_a_note_and_taken_back(signed_in, drafted, planner):
    head = holder(signed_in, "KABIRO", Role.SUPERIOR, name="contoh-kepala")
    planner.post(f"{CASE}ajukan/")
    assert head.post(f"{CASE}kembalikan/", {"catatan": ""}).status_code == 422
    assert head.post(f"{CASE}kembalikan/", {"catatan": "Naikkan target."}).status_code == 302
    assert "Naikkan target." in planner.get(CASE).content.decode()
    planner.post(f"{CASE}ajukan/")
    assert planner.post(f"{CASE}tarik/").status_code == 302
    assert planner.post(f"{CASE}hapus/").status_code == 302
    assert planner.get(CASE).status_code == 404


def test_a_signed_one_is_revised_and_shown_beside_the_first(planner):
    url = f"{AT}PK-2024/ubah/"
    assert planner.post(url, {"note": "tanpa alasan"}).status_code == 422
    reason = "perubahan prioritas atau asumsi yang berakibat signifikan"
    made = planner.post(url, {"reason": reason, "note": "perubahan APBD"})
    assert made["Location"] == f"{AT}PK-2024-P1/"
    assert planner.post(f"{AT}PK-2024-P1/isi-ulang/").status_code == 302
    page = planner.get(f"{AT}PK-2024-P1/banding/")
    assert [(row.left, row.right) for row in page.context["lines"] if row.changed] == [("60%", "56%")]
    assert planner.get(f"{AT}PK-2024/").context["case"].is_latest is False


def test_a_signature_on_paper_is_noted(planner, agreed):
    assert planner.get(f"{CASE}catat/").status_code == 200
    wrong = planner.post(f"{CASE}catat/", {"day": "besok", "note": ""})
    assert wrong.status_code == 422
    assert "day" in wrong.context["form"].errors
    assert planner.post(f"{CASE}catat/", {"day": "2024-01-02", "note": "arsip 045"}).status_code == 302
    page = planner.get(CASE).content.decode()
    assert "di luar Selaras" in page


def test_it_is_printed(planner, drafted):
    answer = planner.post(f"{CASE}cetak/docx/")
    assert answer.content[:2] == b"PK"
    assert CODE in answer["Content-Disposition"]


def test_people_talk_beside_it(planner, drafted):
    assert planner.post(f"{CASE}komentar/", {"isi": "Mohon diperiksa."}).status_code == 302
    part = planner.post(f"{CASE}komentar/", {"isi": "<b>Kedua</b>"}, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "Mohon diperiksa." in text
    assert "&lt;b&gt;Kedua" in text


def test_the_deadline_is_proposed_from_the_budget_and_counted(planner):
    tables.BudgetVersion.objects.filter(agency__code=BIRO).update(dated="2024-01-31")
    page = planner.get(AT + "tenggat/")
    assert page.context["suggestion"] == "29 Februari 2024"
    assert planner.post(AT + "tenggat/", {"due": "bukan tanggal"}).status_code == 422
    assert planner.post(AT + "tenggat/", {"due": "2024-02-29"}).status_code == 302
    listed = planner.get(AT)
    assert listed.context["due"] == "29 Februari 2024"
    assert listed.context["late"] is True
