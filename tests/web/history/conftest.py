"""An old report whose figures wait."""

import pytest
from tests.web.conftest import BIRO
from tests.web.review.conftest import REPORT, read

from selaras.actions import reviews
from selaras.actions.evidence import Upload
from selaras.core.access import Role, acting


@pytest.fixture
def old(inside):
    reporter = acting("Penyusun Contoh", {Role.REPORTER}, [BIRO])
    row = reviews.open_old_report(reporter, agency=BIRO, report=Upload(REPORT, "LKj 2024.html"))
    return read(row, reporter)
