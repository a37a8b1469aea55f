"""The way of a counted figure: evidence of measurement, annual report, evaluation, and a study that takes counts as context."""

from datetime import date

import pytest
from django.utils import timezone
from tests.actions.desk import NAME, PPID, answered, asked, office
from tests.actions.staffed import CODE, person
from tests.actions.studying import STUDY, study
from tests.store.example import YEAR

from selaras.actions import culture_sources
from selaras.actions.culture_registers import draw_register
from selaras.actions.measurement import record_realisation
from selaras.actions.records import save_record
from selaras.actions.register_figures import bind_rule
from selaras.actions.reports import compose
from selaras.core import planning as p
from selaras.core.access import Role
from selaras.core.errors import Refusal
from selaras.core.period import Period
from selaras.core.value import ValueKind, percent
from selaras.store import models as tables
from selaras.store.evaluation_facts import facts_of

pytestmark = pytest.mark.django_db
FIRST = date(YEAR, 3, 4)


@pytest.fixture
def who():
    found = office()
    tables.Realisation.objects.filter(indicator__code="IKU-1", year=YEAR).delete()
    tables.Evidence.objects.filter(indicator__code="IKU-1", year=YEAR).delete()
    numbers = [asked(found["desk"], on=FIRST) for _ in range(3)]
    for number in numbers[:2]:
        answered(found["desk"], number, FIRST)
    return found


def test_a_counted_figure_reaches_the_annual_report_with_its_evidence(who, tmp_path):
    before = facts_of(CODE, "", YEAR).counted_from_records
    bind_rule(who["planner"], agency=CODE, indicator="IKU-1", register=PPID, rule="sesuai_sop", year=YEAR)
    row = tables.Realisation.objects.get(indicator__code="IKU-1", year=YEAR, span="tahun")
    assert (row.numerator, row.denominator) == (2, 3)
    with pytest.raises(Refusal, match="tidak"):
        record_realisation(who["planner"], agency=CODE, indicator="IKU-1", period=Period(YEAR), value=percent(99))
    proof = tables.Evidence.objects.get(indicator__code="IKU-1", year=YEAR, span="tahun", kind="register")
    assert proof.target == f"{PPID}/sesuai_sop/{YEAR}/tahun/1"
    assert "66,67% (2 dari 3)" in proof.title
    [path] = compose(who["planner"], agency=CODE, year=YEAR, kind="lkjip", formats=["html"], output=tmp_path)
    printed = path.read_text("utf-8")
    assert "66,67" in printed
    assert proof.title in printed.replace("&amp;", "&")
    assert NAME not in printed
    # Evaluation says so too, and nothing where nothing was counted.
    assert (not isinstance(before, int), facts_of(CODE, "", YEAR).counted_from_records) == (True, 1)


def test_an_activity_counted_from_a_register_shows_its_records_in_the_annex_too(who, tmp_path):
    planner = who["planner"]
    for record in (
        p.Node("K1", p.NodeLevel.KEGIATAN, "Kegiatan Contoh", "S1", "SEK"),
        p.Indicator("KEG-1", "K1", "Persentase permohonan sesuai SOP", p.IndicatorLevel.KEGIATAN, p.IndicatorKind.OUTPUT,
                    "%", ValueKind.PERCENT, formula=p.FormulaKind.RATIO),
        p.Indicator("KEG-2", "K1", "Jumlah rapat", p.IndicatorLevel.KEGIATAN, p.IndicatorKind.OUTPUT, "rapat",
                    ValueKind.NUMBER, aggregation=p.Aggregation.SUM),
    ):  # fmt: skip
        save_record(planner, agency=CODE, record=record)
    bind_rule(planner, agency=CODE, indicator="KEG-1", register=PPID, rule="sesuai_sop", year=YEAR)
    proof = tables.Evidence.objects.get(indicator__code="KEG-1", year=YEAR, span="tahun", kind="register")
    [path] = compose(planner, agency=CODE, year=YEAR, kind="lkjip", formats=["html"], output=tmp_path)
    annex = path.read_text("utf-8").split("Bukti dan Mutu Data Kinerja Tahun")[-1].split("</table>")[0]
    assert proof.title in annex.replace("&amp;", "&")
    assert "Indikator program, kegiatan, dan subkegiatan" in annex
    assert "Jumlah rapat" not in annex  # without any evidence there is nothing to show of it


def test_counts_of_a_register_become_a_locked_source_of_a_study(who):
    lead = person("ketua", Role.CULTURE)
    study({"ketua": lead, "ani": person("ani", Role.CULTURE), "budi": person("budi", Role.CULTURE)})
    code = draw_register(lead, agency=CODE, study=STUDY, register=PPID, year=YEAR)
    row = tables.StudySource.objects.get(study__code=STUDY, code=code)
    assert "66,67% (2 dari 3)" in row.text
    assert "dikabulkan seluruhnya\t2" in row.text
    assert NAME not in row.text
    assert row.evidence.startswith("Register ")
    assert row.seal
    asked(who["desk"], on=FIRST)
    assert "66,67% (2 dari 3)" in tables.StudySource.objects.get(pk=row.pk).text
    with pytest.raises(Refusal, match="sudah dikunci"):
        culture_sources.lock_source(lead, agency=CODE, study=STUDY, source=code)
    with pytest.raises(Refusal, match="tidak ditarik"):
        draw_register(lead, agency=CODE, study=STUDY, register=PPID, year=YEAR)
    assert timezone.localdate().year in {int(word) for word in row.evidence.split() if word.isdecimal()}
