"""The examples of the manual are sent and get the answers that stand below them; its code really checks signatures."""

import json
import re

import pytest
from tests.web.conftest import ROOT

from selaras.actions._posting import signature
from selaras.core.access import Role

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
BLOCK = re.compile(r"```http\n(.*?)```(?:\n+```json\n(.*?)```)?", re.DOTALL)
CODE = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]


def within(part, whole):
    """Whether everything in `part` stands in `whole`."""
    if isinstance(part, dict):
        return all(name in whole and within(value, whole[name]) for name, value in part.items())
    if isinstance(part, list):
        return len(part) == len(whole) and all(within(*pair) for pair in zip(part, whole, strict=True))
    return part == whole


def test_every_example_gets_its_answer(program):
    planner = program(Role.PLANNER)
    examples = BLOCK.findall(PAGE)
    assert len(examples) >= 10
    for request, answer in examples:
        head, _, body = request.partition("\n\n")
        first, *headers = head.splitlines()
        method, path = first.split()
        named = dict(line.split(": ", 1) for line in headers if not line.startswith("Authorization"))
        given = {"data": body, "content_type": "application/json"} if body.strip() else {}
        got = getattr(planner.client, method.lower())(path, headers=named, **given)
        expected = json.loads(answer) if answer else None
        if path.endswith("/me"):
            expected = {"grants": expected["grants"]}
        wanted = (
            expected.get("status") if isinstance(expected, dict) and isinstance(expected.get("status"), int) else None
        )
        assert got.status_code == wanted if wanted else got.status_code in {200, 201}, (path, got.content)
        if expected is not None:
            assert within(expected, got.json()), (path, got.content)


def test_the_receivers_code_of_the_manual_knows_a_genuine_message():
    room = {}
    exec(CODE, room)
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", b"{}"
    made = signature(secret, message="msg_1", at=1700000000, body=body)
    headers = {"webhook-id": "msg_1", "webhook-timestamp": "1700000000", "webhook-signature": made}
    assert room["is_genuine"](secret, headers, body)
    assert not room["is_genuine"](secret, headers, b"{ }")


@pytest.mark.parametrize("scope", ["baca", "ukur", "ubah", "muat", "susun", "reviu", "audit"])
def test_the_manual_names_every_scope(scope):
    assert f"| `{scope}` |" in PAGE
