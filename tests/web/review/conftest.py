"""A report under review in the first sample agency, read as the reading process would."""

import pytest
from tests.web.conftest import BIRO, ROOT

from selaras.actions import reviews
from selaras.actions.evidence import Upload
from selaras.core.access import Role, acting
from selaras.store import models as tables

REPORT = ROOT / "tests" / "web" / "review" / "laporan.html"
REVIEWER = acting("Pereviu Contoh", {Role.REVIEWER}, [BIRO])


def read(row, by=REVIEWER):
    reviews.read_case(by, agency=row.agency.code, case=row.pk, ticket=row.result["ticket"])
    row.refresh_from_db()
    return row


@pytest.fixture
def case(inside):
    return read(reviews.open_review(REVIEWER, agency=BIRO, report=Upload(REPORT, "LKj Contoh.html")))


@pytest.fixture
def pdf_case(inside, sample_pdf):
    return read(reviews.open_review(REVIEWER, agency=BIRO, report=Upload(sample_pdf, "LKj Contoh.pdf")))


@pytest.fixture(scope="session")
def sample_pdf(tmp_path_factory):
    """The same report as a PDF, so that it has pages, pictures and boxes."""
    from dataclasses import replace

    from selaras.documents.read import read as read_file
    from selaras.documents.write import write

    document = replace(read_file(REPORT).document, title="Laporan Kinerja 2024", year=2024)
    path = tmp_path_factory.mktemp("reviu") / "laporan.pdf"
    write(document, "pdf", path)
    return path


@pytest.fixture
def reviewer(signed_in):
    return signed_in(Role.REVIEWER)


@pytest.fixture
def names(case):
    return [item["fingerprint"] for item in case.result["kept"]]


@pytest.fixture
def edition(inside, settings):
    agency = tables.Agency.objects.get(code=BIRO)
    return tables.ReportEdition.objects.create(
        agency=agency, year=2024, kind="lkjip", span="tahun", state="direviu", frozen_by="Orang Lain"
    )
