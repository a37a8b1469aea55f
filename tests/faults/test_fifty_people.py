"""Fifty people edit the same grid at once: each value is in the history or was refused to who typed it; none is lost."""

import json
import threading

import pytest
from tests.faults import house
from tests.faults.house import BIRO, asked

pytestmark = pytest.mark.slow
TOKEN, PEOPLE, TIMES = "a" * 32, 50, 20 if house.FULL else 2
CELLS = [("IT-1", 1), ("IT-1", 2), ("IT-2", 1)]
AT = f"/i/{BIRO}/2024/pengukuran/sel/"


def test_no_value_is_overwritten_unseen(installation):
    cookies = json.loads((installation.data / "cookies.json").read_text())
    accepted, refused, strange, lock = [], [], [], threading.Lock()
    with house.served(installation.data, installation.url) as port:
        start = threading.Barrier(PEOPLE)

        def person(number):
            indicator, quarter = CELLS[number % len(CELLS)]
            seen, turn = "", 0
            start.wait(30)
            while turn < TIMES:
                turn += 1
                value = f"{100_000 + 1000 * number + turn}"
                form = {"indikator": indicator, "periode": f"triwulan-{quarter}", "nilai": value, "terlihat": seen}
                status, _, text = asked(port, "POST", AT, cookie=cookies[number], token=TOKEN, form=form, timeout=120)
                with lock:
                    if status == 200:
                        seen = json.loads(text)["seen"]
                        accepted.append((indicator, quarter, value, number))
                    elif status == 409:
                        told = json.loads(text)
                        seen = told["stands"]["seen"]
                        refused.append((indicator, quarter, value, number))
                    else:
                        strange.append((status, text[:300]))

        threads = [threading.Thread(target=person, args=(number,)) for number in range(PEOPLE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert strange == []
    assert len(accepted) + len(refused) == PEOPLE * TIMES
    assert refused, "they were in each other's way"
    found = house.finished("histories", installation.data, url=installation.url)
    assert found["breaks"] == []
    for indicator, quarter in CELLS:
        chain = found["cells"][f"{indicator} {quarter}"]
        mine = [
            (value, f"Orang {number}")
            for one, period, value, number in accepted
            if (one, period) == (indicator, quarter)
        ]
        assert sorted((after, actor) for _, after, actor in chain["history"]) == sorted(mine), (
            "exactly what was accepted"
        )
        assert [before for before, *_ in chain["history"]] == ["", *(after for _, after, _ in chain["history"][:-1])]
        assert chain["stands"] == chain["history"][-1][1]
