"""`selaras links` looks at linked evidence and says what it found."""

import json

import pytest
from tests.store.example import AGENCY, records
from tests.store.filling import fill

from selaras.cli.commands import links
from selaras.cli.main import build_parser
from selaras.store.models import Evidence

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def linked(monkeypatch):
    monkeypatch.setattr(links, "open_workspace", lambda _data: None)
    fill(records())
    Evidence.objects.update(target="http://127.0.0.1/")


@pytest.mark.parametrize(("more", "count"), [([], 1), (["--year", "2001"], 0)])
def test_it_tells_each_link_and_fails_if_one_is_broken(capsys, more, count):
    args = build_parser().parse_args(["links", AGENCY.code, *more])
    assert args.run(args) == (1 if count else 0)
    assert f"{count} tautan diperiksa" in capsys.readouterr().out


def test_it_speaks_json(capsys):
    args = build_parser().parse_args(["links", AGENCY.code, "--format", "json"])
    assert args.run(args) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert told["healthy"] is False
    assert told["indicator"] == "IKU-1"
