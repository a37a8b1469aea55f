"""REFI-QDA in the hands of another library, whose models are made from the published schema: it reads ours, we read its."""

import zipfile

import pyrefiqda
import pytest
from pyrefiqda.models import Project as TheirProject
from tests.documents.qda.test_qda import project_of
from xsdata.formats.dataclass.parsers.config import ParserConfig
from xsdata_pydantic.bindings import XmlParser

from selaras.documents.qda import read_project, write_project
from selaras.rulebook.culture import examples

pytestmark = pytest.mark.slow


def quotations(material):
    return sorted((coding.code, material.quote(coding.segment)) for coding in material.codings)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.study.code)
def test_a_study_goes_through_another_reader_and_writer_and_comes_back(example, tmp_path):
    ours = write_project(project_of(example))
    path, again, unpacked = tmp_path / "kami.qdpx", tmp_path / "mereka.qdpx", tmp_path / "isi"
    path.write_bytes(ours)
    theirs = pyrefiqda.RefiProject.load(path, extract_dir=str(unpacked))
    strict = XmlParser(config=ParserConfig(fail_on_unknown_properties=True, fail_on_unknown_attributes=True))
    assert strict.parse(str(next(unpacked.glob("*.qde"))), TheirProject) == theirs, (
        "nothing that the schema does not know"
    )
    sources = theirs.sources.text_source
    assert len(sources) == len(example.material.sources)
    assert sum(len(part.coding) for source in sources for part in source.plain_text_selection) >= len(
        example.material.codings
    )

    pyrefiqda.RefiProject.save(theirs, again, source_media_dir=str(unpacked / "sources"))
    with zipfile.ZipFile(again) as archive:
        names = archive.namelist()
    assert any(name.endswith(".txt") for name in names), names
    back = read_project("mereka.qdpx", again.read_bytes())
    assert quotations(back.material) == quotations(example.material)
    assert [source.text for source in back.material.sources] == [source.text for source in example.material.sources]
    assert back.dropped == ()
