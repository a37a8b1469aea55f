"""A request of the wrong shape is told in Indonesian: what is wrong, where, what was read, what is expected."""

import pytest
from tests.web.conftest import BIRO

AT = f"/agencies/{BIRO}"
PATH = f"{AT}/indicators/IT-1/realisation"
PERIOD = {"year": 2024, "span": "triwulan", "index": 1}


def fault(answer):
    assert answer.status_code == 422, answer.content
    [found] = answer.json()["faults"]
    return found


@pytest.mark.parametrize(
    ("more", "where", "message", "read", "expected"),
    [
        ({"value": {"kind": "angka", "amount": "dua belas"}}, "value.amount", "bukan angka", "dua belas", "desimal"),
        ({"nilai": 1}, "nilai", "isian tidak dikenal", "1", "dokumen API"),
        ({"seen": {"amount": "9"}}, "seen", "bukan teks", "", "teks"),
        ({"period": PERIOD | {"index": 5}}, "period", "triwulan 5 tidak ada", "", ""),
        ({"period": PERIOD | {"span": "pekan"}}, "period.span", "pilihan tidak dikenal", "pekan", "'triwulan'"),
    ],
)  # fmt: skip
def test_a_field_of_a_body_is_told_with_what_was_read(planner, more, where, message, read, expected):
    body = {"period": PERIOD, "value": {"kind": "angka", "amount": "12"}} | more
    told = fault(planner.send("put", PATH, body))
    assert told["place"]["column"].endswith(where)
    assert (told["message"], told["read"]) == (message, read)
    assert expected in told["expected"]


@pytest.mark.parametrize(
    ("limit", "message", "expected"), [("100000", "terlalu besar", "500"), ("-1", "terlalu kecil", "1")]
)
def test_a_limit_out_of_bounds_is_told_with_its_bound(planner, limit, message, expected):
    told = fault(planner.get(f"{AT}/2024/indicators", limit=limit))
    assert (told["message"], told["read"], told["place"]["column"]) == (message, limit, "query.limit")
    assert told["expected"].endswith(expected)


def test_pages_follow_each_other_and_end(planner):
    first = planner.get(f"{AT}/2024/indicators", limit=2).json()
    second = planner.get(f"{AT}/2024/indicators", limit=2, offset=2).json()
    assert first["total"] == second["total"] > 4
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}
    assert planner.get(f"{AT}/2024/indicators", limit=2, offset=9999).json()["items"] == []


def test_an_idempotency_key_is_not_used_twice_for_different_requests(planner):
    body = {"period": PERIOD, "value": {"kind": "angka", "amount": "12"}}
    key = {"Idempotency-Key": "kunci-uji"}
    assert planner.send("put", PATH, body, **key).status_code == 200
    other = planner.send("put", PATH, body | {"value": {"kind": "angka", "amount": "13"}}, **key)
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["detail"]
