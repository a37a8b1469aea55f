"""The start page of people who hold a chair: their SKPs beside the work on the agency's year, still within the budget."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import BIRO

from selaras.store import duties

HOME = f"/i/{BIRO}/2024/beranda/"
MOST = 12


@pytest.mark.parametrize("who", ["above", "head", "section", "staff", "keeper"])
def test_a_first_look_stays_within_the_budget(office, who):
    browser = getattr(office.planned(), who)
    duties._boards.clear()
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(HOME).status_code == 200
    assert len(asked) <= MOST, "\n".join(query["sql"][:160] for query in asked.captured_queries)
