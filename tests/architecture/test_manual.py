"""The generated pages of the manual are up to date, and the manual names every command."""

import json
import os
import re
from pathlib import Path

import pytest
from tests.manual import DOCS, pages

from selaras.core.reporting import compose

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def generated():
    os.environ["COLUMNS"] = "100"  # argparse folds its help by the terminal
    return pages()


@pytest.mark.parametrize("name", ["reference/commands.md", "reference/workbook.md", "reference/rulebook.md", "reference/nation.md",
                                  "reference/snapshot.schema.json",
        "reference/review.schema.json",
        "reference/rules.md", "reference/openapi.json", "formulas/capaian.md", "formulas/rumus.md"])  # fmt: skip
def test_generated_pages_are_up_to_date(generated, name):
    assert (DOCS / name).read_text("utf-8") == generated[name], "make docs writes it anew"


def test_every_link_in_the_documents_leads_somewhere():
    broken = []
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken


def test_the_attached_data_follow_their_published_schema(snapshot, law):
    jsonschema = pytest.importorskip("jsonschema")
    document = compose(snapshot, law, kind="lkjip")
    jsonschema.validate(
        json.loads(document.attachment), json.loads((DOCS / "reference/snapshot.schema.json").read_text("utf-8"))
    )
