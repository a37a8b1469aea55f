"""The board and the sheet: pages, answers, refusals in their cards, the way to the final decision."""

import pytest
from tests.web.conftest import BIRO, KPU

from selaras.core.access import Role
from selaras.core.evaluation.stages import Column
from selaras.store import models as tables

BOARD = f"/i/{BIRO}/2024/evaluasi/"
PAGES = ("", "komponen/1/", "perbedaan/", "tim/", "lhe/")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_an_evaluation_opens_for_its_team(desk, page):
    desk.open()
    answer = desk.member.get(desk.url(page))
    assert answer.status_code == 200, answer.content.decode()[:500]
