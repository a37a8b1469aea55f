"""The reviewed PDF: findings in front, highlights with comments where the figures stand."""

import pytest
from pypdf import PdfReader

from selaras.core.finding import Finding, Severity
from selaras.core.place import Place
from selaras.core.reporting import compose
from selaras.documents.findings import Reviewed, write_pdf
from selaras.documents.read import read
from selaras.documents.write import write


@pytest.fixture(scope="module")
def reviewed(biro, law, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reviu")
    original = folder / "pk.pdf"
    write(compose(biro, law, kind="pk"), "pdf", original)
    findings = [
        Finding("AR01", "arithmetic", Severity.ERROR, "Jumlah tidak sama.", "3.652.226.410", "3.652.226.411", "a + b",
                (Place(source="pk.pdf", page=2, quote="3.652.226.410"),)),
        Finding("NA01", "missing-evidence", Severity.WARNING, "Tidak ditemukan.", places=(Place(page=1, quote="kata yang tidak ada"),)),
        Finding("TX01", "format", Severity.INFO, "Tanpa tempat."),
    ]  # fmt: skip
    target = folder / "reviu.pdf"
    write_pdf(Reviewed(read(original), "Biro Organisasi", 2024, 0, 0, 0, tuple(findings), files=(original,)), target)
    return len(PdfReader(original).pages), PdfReader(target)


def comments(reader):
    found = []
    for number, page in enumerate(reader.pages, 1):
        for item in page.get("/Annots") or []:
            if item.get_object().get("/T") == "Selaras":
                found.append((number, item.get_object()["/Subtype"], item.get_object()["/Contents"]))
    return found


def test_the_list_of_findings_stands_in_front_of_the_unchanged_pages(reviewed):
    pages, reader = reviewed
    assert len(reader.pages) == pages + 1
    front = reader.pages[0].extract_text()
    assert "AR01" in front
    assert "DAFTAR TEMUAN" in front


def test_a_figure_is_highlighted_where_it_stands_with_the_finding_as_comment(reviewed):
    _, reader = reviewed
    page, kind, words = next(item for item in comments(reader) if "AR01" in item[2])
    assert (page, kind) == (3, "/Highlight")
    assert "Seharusnya: 3.652.226.411" in words


def test_what_is_not_found_on_its_page_gets_a_note_at_the_edge(reviewed):
    _, reader = reviewed
    assert [(page, kind) for page, kind, words in comments(reader) if "NA01" in words] == [(2, "/Text")]
