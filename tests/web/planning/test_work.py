"""The work of a planner in the browser: the tree changed, sheets filled in, formulas tried, workbooks loaded."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook as open_xlsx
from tests.web.conftest import BIRO, KPU, ROOT

from selaras.core.access import Role
from selaras.store import models as tables

AT = f"/i/{BIRO}/2024/perencanaan/"
HTMX = {"HTTP_HX_REQUEST": "true"}


def text_of(answer):
    return answer.content.decode()


def cells_of(page, kind):
    """What a browser would send back of a sheet that nobody touched."""
    data = {}
    for line in page.context["lines"]:
        for one in line.cells if kind == "renstra" else [line.cell]:
            if one is not None:
                data |= {one.name: one.text, f"s-{one.name}": one.seen}
    return data


# the tree ---------------------------------------------------------------------------------------------------------


def test_a_search_opens_the_way_to_what_it_finds(planner):
    page = planner.get(f"{AT}?cari=naskah kuno")
    picture = page.context["picture"]
    assert picture.found >= 2
    sasaran = picture.tops[0].children[0]
    programme = next(card for card in sasaran.children if card.code == "II")
    assert programme.open
    assert any(card.found for card in programme.children)
    assert not next(card for card in sasaran.children if card.code == "I").open


def test_a_node_without_indicator_or_target_is_marked(planner):
    assert "Tanpa indikator" in text_of(planner.get(AT))
    assert "Tanpa target" in text_of(planner.get(f"{AT}simpul/T1/", **HTMX))


def test_a_panel_without_htmx_is_the_page_with_the_panel(planner):
    answer = planner.get(f"{AT}simpul/IV.B/")
    assert answer.status_code == 302
    assert "simpul=IV.B" in answer["Location"]
    assert "Tambah di bawah" in text_of(planner.get(answer["Location"]))


def test_a_child_begins_with_the_next_level_and_is_stored(planner):
    form = planner.get(f"{AT}simpul/baru/?induk=IV.B").context["form"]
    assert form["level"].value() == "sub kegiatan"
    given = {"code": "IV.B.9", "level": "sub kegiatan", "title": "Pembinaan contoh", "parent": "IV.B", "order": "9"}
    answer = planner.post(f"{AT}simpul/baru/", given, **HTMX)
    assert answer.status_code == 200
    assert "Tersimpan" in answer["HX-Trigger"]
    assert 'hx-swap-oob="true"' in text_of(answer)
    assert tables.Node.objects.get(agency__code=BIRO, code="IV.B.9").parent.code == "IV.B"


def test_a_level_that_does_not_fit_is_said_beside_its_field(planner):
    given = {"code": "S9", "level": "sasaran", "title": "Meningkatnya contoh", "parent": "IV.B"}
    answer = planner.post(f"{AT}simpul/baru/", given, **HTMX)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"parent"}


def test_a_move_answers_with_the_new_picture_and_a_refused_one_with_the_reason(planner):
    moved = planner.post(f"{AT}simpul/IV.B.5/pindah/", {"induk": "IV.A", "seen-parent": "IV.B"}, **HTMX)
    assert moved.status_code == 200
    assert tables.Node.objects.get(agency__code=BIRO, code="IV.B.5").parent.code == "IV.A"
    refused = planner.post(f"{AT}simpul/IV/pindah/", {"induk": "IV.A", "seen-parent": "S1"}, **HTMX)
    assert refused.status_code == 422
    assert "dirinya sendiri" in text_of(refused)
    stale = planner.post(f"{AT}simpul/IV.B.5/pindah/", {"induk": "I.A", "seen-parent": "IV.B"}, **HTMX)
    assert stale.status_code == 409


def test_a_contribution_is_drawn_listed_and_ended(planner):
    planner.post(f"{AT}simpul/IV.B/lintas/", {"unit": "BAG-TLP", "gives": "data tata laksana"})
    page = text_of(planner.get(AT))
    assert page.count("data tata laksana") == 2
    planner.post(f"{AT}simpul/IV.B/lintas/", {"unit": "BAG-TLP", "hapus": "ya"})
    assert "data tata laksana" not in text_of(planner.get(AT))
    assert planner.post(f"{AT}simpul/IV.B/lintas/", {"unit": "", "gives": ""}).status_code == 422


def test_a_node_in_use_stays_and_a_free_one_goes(planner):
    assert planner.post(f"{AT}simpul/IV.B/hapus/").status_code == 422
    planner.post(f"{AT}simpul/baru/", {"code": "T9", "level": "tujuan", "title": "Meningkatnya contoh"})
    assert planner.post(f"{AT}simpul/T9/hapus/", {"reason": "salah ketik"}).status_code == 302
    assert not tables.Node.objects.filter(agency__code=BIRO, code="T9").exists()


def test_a_code_with_a_slash_has_its_own_address(planner):
    planner.post(f"{AT}simpul/baru/", {"code": "T/1", "level": "tujuan", "title": "Meningkatnya contoh"})
    assert planner.get(f"{AT}simpul/T~2F1/", **HTMX).status_code == 200


# sheets -----------------------------------------------------------------------------------------------------------


def test_an_untouched_sheet_changes_nothing(planner):
    for kind in ("renstra", "rkt", "anggaran"):
        before = tables.FieldChange.objects.count()
        data = cells_of(planner.get(f"{AT}{kind}/"), kind)
        assert data
        assert planner.post(f"{AT}{kind}/", data).status_code == 302
        assert tables.FieldChange.objects.count() == before


def test_the_renstra_takes_new_values_and_removes_emptied_ones(planner):
    data = cells_of(planner.get(f"{AT}renstra/"), "renstra")
    data |= {"t:2025:1:IKU-1": "89,5", "t:2026:1:IKU-2": "", "reason": "penajaman"}
    assert planner.post(f"{AT}renstra/", data).status_code == 302
    row = tables.Target.objects.get(indicator__code="IKU-1", document="Renstra", year=2025)
    assert str(row.value_amount.normalize()) == "89.5"
    assert not tables.Target.objects.filter(indicator__code="IKU-2", document="Renstra", year=2026).exists()
    assert tables.FieldChange.objects.filter(reason="penajaman").count() == 2


def test_a_cell_that_cannot_be_read_is_marked_and_nothing_is_stored(planner):
    data = cells_of(planner.get(f"{AT}renstra/"), "renstra") | {"t:2025:1:IKU-1": "delapan", "t:2025:1:IKU-2": "58"}
    answer = planner.post(f"{AT}renstra/", data)
    assert answer.status_code == 422
    assert "cell-wrong" in text_of(answer)
    assert "delapan" in text_of(answer)
    assert not tables.Target.objects.filter(document="Renstra", year=2025).exists()


def test_two_planners_on_one_cell_are_both_shown_and_the_second_may_insist(signed_in, planner):
    other = signed_in(Role.PLANNER, name="contoh-kedua")
    mine = cells_of(planner.get(f"{AT}renstra/"), "renstra") | {"t:2025:1:IKU-1": "89"}
    theirs = cells_of(other.get(f"{AT}renstra/"), "renstra") | {"t:2025:1:IKU-1": "90"}
    assert other.post(f"{AT}renstra/", theirs).status_code == 302
    clash = planner.post(f"{AT}renstra/", mine)
    assert clash.status_code == 409
    assert "90%" in text_of(clash)
    again = cells_of(clash, "renstra")
    assert again["t:2025:1:IKU-1"] == "89"
    assert planner.post(f"{AT}renstra/", again).status_code == 302
    assert tables.Target.objects.get(indicator__code="IKU-1", document="Renstra", year=2025).value_amount == 89


def test_checks_answer_while_one_types_and_store_nothing(planner):
    data = cells_of(planner.get(f"{AT}renstra/"), "renstra") | {"t:2025:1:IKU-1": "89", "t:2025:1:IKU-2": "58"}
    before = text_of(planner.post(f"{AT}renstra/periksa/", cells_of(planner.get(f"{AT}renstra/"), "renstra"), **HTMX))
    after = text_of(planner.post(f"{AT}renstra/periksa/", data, **HTMX))
    assert "belum lengkap" in before
    assert "belum lengkap" not in after
    low = text_of(planner.post(f"{AT}rkt/periksa/", {"t:2024:1:IKU-1": "50", "s-t:2024:1:IKU-1": "87%"}, **HTMX))
    assert "50%" in low
    assert not tables.Target.objects.filter(document="Renstra", year=2025).exists()


def test_the_rkt_asks_for_a_reason_and_shows_it(planner):
    name = "t:2024:1:IKU-1"
    data = cells_of(planner.get(f"{AT}rkt/"), "rkt") | {name: "85"}
    silent = planner.post(f"{AT}rkt/", data)
    assert silent.status_code == 422
    assert "tanpa alasan" in text_of(silent)
    assert planner.post(f"{AT}rkt/", data | {f"r-{name}": "anggaran dipotong"}).status_code == 302
    page = planner.get(f"{AT}rkt/")
    line = next(line for line in page.context["lines"] if line.indicator.code == "IKU-1")
    assert (line.reason, line.differs, line.cell.seen) == ("anggaran dipotong", True, "85%")
    later = cells_of(page, "rkt") | {f"r-{name}": "pagu dikurangi", f"rs-{name}": "anggaran dipotong"}
    assert planner.post(f"{AT}rkt/", later).status_code == 302
    line = next(line for line in planner.get(f"{AT}rkt/").context["lines"] if line.indicator.code == "IKU-1")
    assert line.reason == "pagu dikurangi"


def test_the_rkt_is_copied_from_the_renstra(planner):
    tables.Target.objects.filter(indicator__code="IKU-1", document="RKT").delete()
    assert planner.get(f"{AT}rkt/").context["copyable"] == 1
    assert planner.post(f"{AT}rkt/salin/").status_code == 422
    assert planner.post(f"{AT}rkt/salin/", {"pilih": ["IKU-1"]}).status_code == 302
    assert tables.Target.objects.get(indicator__code="IKU-1", document="RKT", year=2024).value_amount == 87
    tables.Target.objects.filter(indicator__code="IKU-2", document="RKT").delete()
    assert planner.post(f"{AT}rkt/salin/", {"semua": "ya"}).status_code == 302


def test_versions_of_the_budget_stand_side_by_side_with_their_difference(planner):
    given = {"sumber": "PERUBAHAN", "code": "PERUBAHAN-2", "name": "Perubahan kedua", "order": "2", "dated": ""}
    assert planner.post(f"{AT}anggaran/versi/", given).status_code == 302
    page = planner.get(f"{AT}anggaran/")
    assert [item.code for item in page.context["versions"]] == ["PERUBAHAN", "PERUBAHAN-2"]
    data = cells_of(page, "anggaran") | {"a:APBD:IV.A.1": "90.000.000", "reason": "tambahan pagu"}
    assert planner.post(f"{AT}anggaran/", data).status_code == 302
    lines = {line.node.code: line for line in planner.get(f"{AT}anggaran/").context["lines"]}
    assert (lines["IV.A.1"].change, lines["IV.A.1"].direction) == ("Rp10.000.000", "naik")
    assert lines["IV"].change == "Rp10.000.000"
    assert lines["IV.A.1"].reason == "tambahan pagu"
    assert lines["IV.A.1"].amounts == ["Rp80.000.000", "Rp90.000.000"]
    refused = planner.post(f"{AT}anggaran/versi/", given)
    assert refused.status_code == 422
    assert f'value="{given["name"]}"' in refused.content.decode(), "what was typed stays"
    assert refused.context["begins"]


def test_a_treasurer_fills_in_the_budget_and_not_the_targets(signed_in):
    treasurer = signed_in(Role.TREASURER)
    data = cells_of(treasurer.get(f"{AT}anggaran/"), "anggaran") | {"a:APBD:IV.A.1": "81.000.000"}
    assert treasurer.post(f"{AT}anggaran/", data).status_code == 302
    sheet = {"t:2025:1:IKU-1": "89", "s-t:2025:1:IKU-1": ""}
    assert treasurer.post(f"{AT}renstra/", sheet).status_code == 403


def test_ticks_are_stored(planner):
    page = planner.get(f"{AT}penunjang/")
    on = [tick["value"] for line in page.context["lines"] for tick in line["ticks"] if tick["on"]]
    assert planner.post(f"{AT}penunjang/", {"dukung": [*on, "IKU-1|I"]}).status_code == 302
    assert tables.Support.objects.filter(indicator__code="IKU-1", node__code="I").exists()
    assert tables.Support.objects.filter(indicator__code="IKU-2", node__code="I.A.1").exists()


# indicators ---------------------------------------------------------------------------------------------------------


def example(client, indicator, **given):
    """The example part for the stored indicator with some of the form's fields changed."""
    data = {name.replace("_", "-"): value for name, value in given.items() if name.startswith("contoh")}
    data |= {name: value for name, value in given.items() if not name.startswith("contoh")}
    return client.post(f"{AT}indikator/{indicator}/contoh/", data, **HTMX)


def test_the_example_computes_a_quotient_and_its_class_with_the_arithmetic_in_words(planner):
    part = example(planner, "IKU-1", contoh_target="80", contoh_pembilang="35", contoh_penyebut="50")
    shown = part.context["example"]
    assert (shown.realised, shown.achievement, shown.reached) == ("70%", "87,50%", False)
    assert "pembilang = 35" in shown.realised_words
    assert "realisasi ÷ target × 100%" in shown.words
    assert shown.band


@pytest.mark.parametrize(
    ("method", "words", "achieved"), [("2T", "2 × target", "80,00%"), ("inversi", "target ÷ realisasi", "83,33%")]
)
def test_the_example_follows_the_polarity_that_is_typed(method, words, achieved, planner):
    shown = example(
        planner, "IT-1", polarity="turun", lower_method=method, contoh_target="10", contoh_nilai="12"
    ).context["example"]
    assert shown.achievement == achieved
    assert words in shown.words


def test_the_example_says_what_the_form_still_lacks(planner):
    part = example(planner, "IT-1", polarity="turun", contoh_target="10", contoh_nilai="12")
    assert part.status_code == 200
    assert "Rumus Arah Turun" in text_of(part)


def test_the_example_asks_for_other_figures_when_the_formula_changes(planner):
    part = example(
        planner, "IKU-1", formula="nilai langsung", contoh_mode="rasio", contoh_nilai="80", contoh_target="80"
    )
    assert 'id="contoh-masukan" hx-swap-oob="true"' in text_of(part)
    assert part.context["example"].achievement == "100,00%"


def test_the_example_adds_up_quarters_by_the_aggregation_and_weighs_parts(planner):
    shown = example(
        planner, "IT-1", aggregation="jumlah", contoh_target="40", contoh_tw1="5", contoh_tw2="10", contoh_tw4="15"
    ).context["example"]
    assert shown.realised == "30"
    planner.post(f"{AT}indikator/IKU-1/bobot/", {"bagian": ["IP-I", "IP-II"], "bobot": ["40", "60"]})
    weighed = {"contoh-bagian-IP-I": "50", "contoh-bagian-IP-II": "100", "contoh-target": "80", "formula": "bobot"}
    shown = planner.post(f"{AT}indikator/IKU-1/contoh/", weighed, **HTMX).context["example"]
    assert (shown.realised, shown.achievement) == ("80%", "100,00%")


def test_the_indicator_is_stored_with_its_history(planner):
    form = planner.get(f"{AT}indikator/IKU-1/rumus/").context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | dict(form.opened)
    assert planner.post(f"{AT}indikator/IKU-1/rumus/", data | {"cap": "120", "reason": "pedoman"}).status_code == 302
    page = planner.get(f"{AT}indikator/IKU-1/")
    assert page.context["cap"] == "120%"
    assert page.context["events"][0]["why"] == "pedoman"
    wrong = planner.post(f"{AT}indikator/IKU-1/rumus/", data | {"aggregation": "jumlah"})
    assert wrong.status_code == 422


def test_weights_that_are_not_100_are_refused(planner):
    answer = planner.post(f"{AT}indikator/IKU-1/bobot/", {"bagian": ["IP-I"], "bobot": ["40"]})
    assert answer.status_code == 422
    assert "bukan 100" in text_of(answer)


def test_quarters_are_held_against_the_year_by_the_aggregation(planner):
    name = "t:2024:{}:IKU-1"
    data = {name.format(index): value for index, value in ((1, "20"), (2, "40"), (3, "60"), (4, "85"))}
    assert planner.post(f"{AT}indikator/IKU-1/triwulan/", data).status_code == 302
    check = planner.get(f"{AT}indikator/IKU-1/").context["quarter_check"]
    assert (check.made.shown(), check.year.shown(), check.finding.code) == ("85%", "87%", "PLAN-QUARTERS")
    last = {name.format(4): "87", "s-" + name.format(4): "85%"}
    assert planner.post(f"{AT}indikator/IKU-1/triwulan/", last).status_code == 302
    assert planner.get(f"{AT}indikator/IKU-1/").context["quarter_check"].finding is None


# workbooks ----------------------------------------------------------------------------------------------------------


def sent(content, name="data.xlsx"):
    return {"berkas": SimpleUploadedFile(name, content)}


def changed_workbook(client, amount=0.9):
    book = open_xlsx(io.BytesIO(client.get(f"{AT}buku-kerja/unduh/").content))
    sheet = book["Target"]
    for row in sheet.iter_rows():
        values = [cell.value for cell in row]
        if values[0] == "IP-I" and "RKT" in values:
            row[[isinstance(value, float | int) and value == 1 for value in values].index(True)].value = amount
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_tried_first_and_loaded_by_its_ticket(planner):
    content = changed_workbook(planner)
    tried = planner.post(f"{AT}buku-kerja/muat/", sent(content))
    assert tried.status_code == 200
    assert [(change.old, change.new) for change in tried.context["changes"]] == [("100%", "90%")]
    target = tables.Target.objects.get(indicator__code="IP-I", document="RKT", year=2024)
    assert target.value_amount == 100
    loaded = planner.post(f"{AT}buku-kerja/muat/", {"tiket": tried.context["ticket"]})
    assert loaded.status_code == 302
    target.refresh_from_db()
    assert target.value_amount == 90
    assert planner.post(f"{AT}buku-kerja/muat/", {"tiket": tried.context["ticket"]}).status_code == 404


def test_a_ticket_is_good_for_its_owner_only(planner, signed_in):
    tried = planner.post(f"{AT}buku-kerja/muat/", sent(changed_workbook(planner)))
    other = signed_in(Role.PLANNER, name="contoh-lain")
    assert other.post(f"{AT}buku-kerja/muat/", {"tiket": tried.context["ticket"]}).status_code == 404
    assert planner.post(f"{AT}buku-kerja/muat/", {"tiket": "palsu"}).status_code == 404


def test_faults_stand_by_sheet_and_cell_and_nothing_is_loaded(planner):
    answer = planner.post(f"{AT}buku-kerja/muat/", sent(changed_workbook(planner, "delapan puluh")))
    assert answer.status_code == 422
    sheets = dict(answer.context["sheets"])
    assert list(sheets) == ["Target"]
    assert sheets["Target"][0].place.cell


@pytest.mark.parametrize("content", [b"", b"bukan buku kerja"])
def test_what_is_no_workbook_is_refused(content, planner):
    assert planner.post(f"{AT}buku-kerja/muat/", sent(content)).status_code == 422
    assert planner.post(f"{AT}buku-kerja/muat/", sent(content, "data.txt")).status_code == 422


def test_the_workbook_of_another_agency_is_not_loaded_here(signed_in):
    both = signed_in(Role.PLANNER, name="contoh-dua")
    signed_in(Role.PLANNER, agency=KPU, name="contoh-dua")
    content = (ROOT / "examples" / "sekretariat-kpu-2022.xlsx").read_bytes()
    answer = both.post(f"{AT}buku-kerja/muat/", sent(content))
    assert answer.status_code == 422
    assert KPU in text_of(answer)


def test_the_template_and_the_own_workbook_can_be_read(planner):
    for page in ("templat", "unduh"):
        assert open_xlsx(io.BytesIO(planner.get(f"{AT}buku-kerja/{page}/").content))["Target"].max_row > 1
