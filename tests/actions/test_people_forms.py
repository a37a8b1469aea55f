"""The forms as files: for who may read the plan, with a record; the head of bureau's SKP looks like the printed one."""

from datetime import date

import pytest
from openpyxl import load_workbook
from tests.actions.staffed import CODE, STAFF, agreed, filled
from tests.store.example import YEAR
from tests.web.conftest import BIRO, inside, samples  # noqa: F401 (fixtures)

from selaras.actions import people as plans
from selaras.actions import people_contents
from selaras.actions import people_rating as rating
from selaras.actions.people_forms import Form, compose_form, export_form
from selaras.core.access import Actor, Grant, Role
from selaras.core.document import Signatures, Table, plain
from selaras.core.errors import NotFound, Refusal
from selaras.core.people.ratings import Rating
from selaras.core.people.skp import Method
from selaras.core.period import Period
from selaras.store import models as tables

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def told(document):
    """A form as plain lines, for the golden file."""
    lines = [document.title]
    for block in document.blocks:
        if isinstance(block, Table):
            for row in (*block.header, *block.body):
                lines.append(" | ".join(cell.text.replace("\n", " ") for cell in row.cells))
        elif isinstance(block, Signatures):
            lines.append("TTD " + " / ".join(f"{item.role}: {item.position}" for item in block.signatories))
        elif hasattr(block, "spans"):
            lines.append(plain(block.spans))
    return "\n".join(lines) + "\n"


def test_the_seed_s_head_of_bureau_skp_is_drawn_and_looks_like_the_official_form(inside, golden):  # noqa: F811
    head = Actor("Kepala Biro", (Grant(Role.LEADER, BIRO),), "kabiro", frozenset({(BIRO, "KABIRO")}))
    plan = plans.create_plan(
        head, agency=BIRO, year=2024, position="KABIRO", method=Method.QUALITATIVE, since=date(2024, 1, 2)
    )
    for row in ("direktif", "inisiatif-strategis"):
        people_contents.take_standard(head, agency=BIRO, code=plan.code, standard=row)
    document = compose_form(head, agency=BIRO, code=plan.code, form=Form.PLAN)
    golden("skp-kepala-biro.txt", told(document))


@pytest.mark.parametrize("format_", ["pdf", "docx", "xlsx", "html"])
@pytest.mark.parametrize("form", list(Form))
def test_every_form_comes_in_every_format_and_leaves_a_record(tmp_path, form, format_):
    who = filled()
    agreed(who)
    rating.give_feedback(who["sekretaris"], agency=CODE, code=STAFF, text="Teruskan.", row=1)
    rating.assess(
        who["sekretaris"],
        agency=CODE,
        code=STAFF,
        period=Period(YEAR),
        results=Rating.ABOVE,
        behaviour=Rating.AS_EXPECTED,
    )
    code = "SKP-SEKRETARIS" if form is Form.MATRIX else STAFF
    path = export_form(who["sekretaris"], agency=CODE, code=code, form=form, format=format_, output=tmp_path)
    assert path.stat().st_size > 1000
    if format_ == "xlsx":
        # a form is written as it is printed, with every word of its tables
        shown = [
            cell for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row if cell
        ]
        document = compose_form(who["sekretaris"], agency=CODE, code=code, form=form)
        told = [
            cell.text
            for block in document.blocks
            if isinstance(block, Table)
            for row in block.body
            for cell in row.cells
        ]
        assert {words for words in told if words} <= set(shown)
    record = tables.AuditRecord.objects.order_by("-pk").first()
    assert (record.action, record.details["plan"], record.details["form"]) == (
        "mengekspor formulir SKP",
        code,
        form.value,
    )
    assert "Teruskan" not in str(record.details)


def test_nobody_else_gets_a_form_and_the_attempt_is_recorded(tmp_path):
    who = filled()
    agreed(who)
    for stranger in ("rekan", "kepala", "administrator", "staffing", "planner", "reviewer"):
        with pytest.raises(NotFound):
            export_form(who[stranger], agency=CODE, code=STAFF, form=Form.PLAN, format="pdf", output=tmp_path)
    assert not list(tmp_path.iterdir())
    assert "refused" in tables.AuditRecord.objects.order_by("-pk").first().details
    with pytest.raises(Refusal, match="tidak ditulis"):
        export_form(who["pegawai"], agency=CODE, code=STAFF, form=Form.PLAN, format="odt", output=tmp_path)


def test_the_evaluation_form_says_rating_predicate_and_the_status_of_its_rule():
    who = filled()
    agreed(who)
    rating.assess(
        who["sekretaris"], agency=CODE, code=STAFF, period=Period(YEAR), results=Rating.ABOVE, behaviour=Rating.ABOVE,
        reason="Melampaui.",
    )  # fmt: skip
    text = told(compose_form(who["pegawai"], agency=CODE, code=STAFF, form=Form.EVALUATION))
    assert "RATING HASIL KERJA | DI ATAS EKSPEKTASI" in text
    assert "PREDIKAT KINERJA PEGAWAI | SANGAT BAIK" in text
    assert "matriks predikat (disepakati penerapan terbuka)" in text
    assert "19900101 201503 2 001" in text
