"""REFI-QDA out and in: order of the schema, no loss on the way, foreign quirks read, hostile files refused."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from selaras.core.culture.coding import Code, Coding, Kind, Material, Memo, Segment, Stance, codebook
from selaras.core.culture.sources import Informant, Method, Source, lock
from selaras.core.errors import CannotRun, Refusal
from selaras.documents.qda import (
    Project,
    codebook_table,
    codebook_xml,
    read_codebook,
    read_codebook_sheet,
    read_codebook_table,
    read_project,
    write_project,
)
from selaras.documents.qda.marking import CODEBOOK, GUID, PROJECT
from selaras.rulebook.culture import examples

pytestmark = pytest.mark.slow

ORDER = {
    "Project": ["Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "Description",
                "NoteRef"],
    "CodeBook": ["Codes", "Sets"], "Codes": ["Code"], "Code": ["Description", "NoteRef", "Code"], "Users": ["User"],
    "Variables": ["Variable"], "Variable": ["Description"], "Cases": ["Case"],
    "Case": ["Description", "CodeRef", "VariableValue", "SourceRef", "SelectionRef"],
    "VariableValue": ["VariableRef", "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue"],
    "Sources": ["TextSource"], "Notes": ["Note"], "Sets": ["Set"],
    "TextSource": ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
    "Note": ["Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"],
    "PlainTextSelection": ["Description", "Coding", "NoteRef"], "Coding": ["CodeRef", "NoteRef"],
    "Set": ["Description", "MemberCode", "MemberSource", "MemberNote"],
}  # fmt: skip
MUST = {
    "User": {"guid"}, "Code": {"guid", "name", "isCodable"}, "Variable": {"guid", "name", "typeOfVariable"},
    "Case": {"guid"}, "TextSource": {"guid"}, "Note": {"guid"}, "Set": {"guid", "name"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"}, "Coding": {"guid"}, "CodeRef": {"targetGUID"},
    "SourceRef": {"targetGUID"}, "NoteRef": {"targetGUID"}, "MemberCode": {"targetGUID"}, "MemberNote": {"targetGUID"},
    "VariableRef": {"targetGUID"}, "Project": {"name"},
}  # fmt: skip
NEVER_EMPTY = {"Users", "Codes", "Variables", "Cases", "Sources", "Notes", "Sets"}


def follow_the_schema(root, space):
    """The rules of the published schema that domain notes hold: order, required attributes, GUIDs unique and pointing."""
    own, pointed = set(), set()
    for node in root.iter():
        name = etree.QName(node)
        assert name.namespace == space
        known = ORDER.get(name.localname, [])
        places = [known.index(etree.QName(child).localname) for child in node]
        assert places == sorted(places), name.localname
        assert MUST.get(name.localname, set()) <= set(node.keys()), name.localname
        assert name.localname not in NEVER_EMPTY or len(node)
        if "guid" in node.keys():  # noqa: SIM118 (an element has no keys of a dictionary)
            assert GUID.fullmatch(node.get("guid")) and node.get("guid") not in own
            own.add(node.get("guid"))
        pointed |= {node.get(key) for key in ("targetGUID", "creatingUser") if node.get(key)}
        assert node.get("color") is None or re.fullmatch("#[0-9a-f]{6}", node.get("color"))
    assert pointed <= own


def xml_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("project.qde"))


def project_of(example):
    return Project(example.study.code, example.study.title, example.material, example.framework, example.conclusions)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.study.code)
def test_a_project_follows_the_schema_and_comes_back_without_loss(example):
    data = write_project(project_of(example))
    follow_the_schema(xml_of(data), PROJECT)
    back = read_project("studi.qdpx", data)
    assert back.material.codings == example.material.codings
    assert set(back.material.segments) == set(example.material.segments)
    assert {code.code: code for code in back.material.codes} == {
        code.code: replace(code, family="" if code.node else code.family) for code in example.material.codes
    }
    assert back.material.sources == example.material.sources
    assert [person.code for person in back.material.informants] == [
        person.code for person in example.material.informants
    ]
    assert sorted(memo.text for memo in back.material.memos) == sorted(memo.text for memo in example.material.memos)
    assert [(item.code, item.statement, item.codes) for item in back.conclusions] == [
        (item.code, item.statement, item.codes) for item in example.conclusions
    ]
    assert back.dropped == ()
    assert write_project(project_of(example)) == data, "the same study gives the same bytes"


def test_the_archive_has_one_project_and_a_flat_folder_of_sources_in_lower_case():
    with zipfile.ZipFile(io.BytesIO(write_project(project_of(examples()[0])))) as archive:
        names = archive.namelist()
    assert [name for name in names if name.endswith(".qde")] == ["project.qde"]
    assert all(re.fullmatch(r"sources/[0-9a-f-]{36}\.txt", name) for name in names[1:])


def test_positions_are_code_points_and_survive_an_emoji():
    text = "Rapat pleno setiap Senin. Keputusan diambil bersama 🤝"
    assert (len(text), len(text.encode("utf-16-le")) // 2, len(text.encode())) == (53, 54, 56)
    source = lock(Source("S1", Method.INTERVIEW, text, date(2024, 3, 1), ("INF-01",)))
    material = Material(
        (Informant("INF-01", "Staf", "Staf"),), (source,), (Code("A", "sama-sama"),), (Segment("1", "S1", 26, 53),),
        (Coding("1", "A", Stance.FOR, Kind.EXPERIENCE, "ani"),),
    )  # fmt: skip
    back = read_project("x.qdpx", write_project(Project("x", "X", material))).material
    assert back.quote("1") == "Keputusan diambil bersama 🤝"
    assert back == material


words_ = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(words_, min_size=1, max_size=4, unique=True), st.data())
def test_any_text_and_any_passage_come_back(texts, data):
    sources = tuple(lock(Source(f"S{n}", Method.DOCUMENT, text)) for n, text in enumerate(texts))
    segments, codings = [], []
    for n, text in enumerate(texts):
        start = data.draw(st.integers(0, len(text) - 1))
        segments.append(Segment(str(n), f"S{n}", start, data.draw(st.integers(start + 1, len(text)))))
        coder = data.draw(st.sampled_from(["ani", "budi"]))
        layer = data.draw(st.sampled_from(["final", "putaran-1"]))
        codings.append(
            Coding(str(n), "A", data.draw(st.sampled_from(Stance)), data.draw(st.sampled_from(Kind)), coder, layer)
        )
    description = data.draw(words_)
    codes = (Code("A", "nama", definition=description, includes="satu\ndua", excludes=description),)
    material = Material((), sources, codes, tuple(segments), tuple(codings), (Memo("0", "catatan\nbaris dua"),))
    back = read_project("x.qdpx", write_project(Project("x", "X", material)))
    assert back.material.segments == material.segments
    assert back.material.codings == material.codings
    assert [source.text for source in back.material.sources] == [source.text for source in sources]
    assert back.material.memos == material.memos
    assert back.material.codes[0].includes == "satu\ndua"


def packed(xml, **files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", xml)
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def foreign(sources, codes="", rest=""):
    return (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{PROJECT}" name="Asing"><Users><User guid="'
        'AAAAAAAA-0000-0000-0000-000000000001" name="Coder One"/></Users><CodeBook><Codes><Code guid="{AAAAAAAA-0000-0000-'
        '0000-000000000002}" name="Nodes" isCodable="false"><Code guid="AAAAAAAA-0000-0000-0000-000000000003" name="Good '
        f'leadership" isCodable="true" color="#F0A"/>{codes}</Code></Codes></CodeBook><Sources>{sources}</Sources>{rest}'
        "</Project>"
    ).encode()


SELECTED = (
    '<PlainTextSelection guid="AAAAAAAA-0000-0000-0000-00000000000{n}" startPosition="{a}" endPosition="{b}">'
    '<Coding guid="AAAAAAAA-0000-0000-0000-0000000000{n}0" creatingUser="aaaaaaaa-0000-0000-0000-000000000001">'
    '<CodeRef targetGUID="AAAAAAAA-0000-0000-0000-000000000003"/></Coding></PlainTextSelection>'
)


def test_a_project_of_another_program_is_read_and_what_is_lost_is_told():
    text = (
        '<TextSource guid="AAAAAAAA-0000-0000-0000-000000000004" name="Interview 1" plainTextPath="a.txt">'
        + SELECTED.format(n=5, a=0, b=4) + SELECTED.format(n=6, a=11, b=15) + SELECTED.format(n=7, a=50, b=90)
        + "</TextSource>"
        + '<AudioSource guid="AAAAAAAA-0000-0000-0000-000000000008" name="rekaman"/>'
    )  # fmt: skip
    rest = '<Links><Link guid="AAAAAAAA-0000-0000-0000-000000000009"/></Links>'
    data = packed(foreign(text, rest=rest), Sources__a_dot_txt="\ufeffsatu\r\ndua\r\ntiga".encode())
    back = read_project("asing.qdpx", data)
    assert back.material.sources[0].text == "satu\ndua\ntiga"
    assert [back.material.quote(item.code) for item in back.material.segments] == ["satu", "tiga"]
    (code,) = back.material.codes
    assert (code.name, code.family, back.colours[code.code]) == ("Good leadership", "Nodes", "#ff00aa")
    assert back.coders == ("Coder One",)
    assert set(back.dropped) == {
        "penggalan di luar teks: 1 tidak diambil.", "sumber rekaman suara: 1 tidak diambil.",
        "tautan (Link): 1 tidak diambil.",
    }  # fmt: skip


def hostile():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b"<Project/>")
        archive.writestr("sources/a.txt", b"0" * (64 << 20))
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(10_000):
            archive.writestr(f"sources/{number}.txt", b"")
    entity = (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project xmlns="'
        + PROJECT.encode()
        + b'">&x;</Project>'
    )
    outside = foreign(
        '<TextSource guid="AAAAAAAA-0000-0000-0000-000000000004" plainTextPath="absolute:///etc/passwd"/>'
    )
    return {
        "a path out of the folder": packed(foreign(""), **{".._x_dot_txt".replace("_x", "__x"): b"x"}),
        "an absolute path": packed(foreign(""), __etc__passwd=b"x"), "a bomb": bomb.getvalue(),
        "ten thousand parts": many.getvalue(), "an entity": packed(entity), "no archive": b"PK\x03\x04 nothing",
        "another form": packed(b"<html/>"), "broken XML": packed(b"<Project"), "a text outside": packed(outside),
        "no project": packed(foreign(""))[:200], "an empty file": b"",
        "XML in UTF-16 with a document type": packed("<!DOCTYPE a []><Project/>".encode("utf-16")),
    }  # fmt: skip


@pytest.mark.parametrize("what", hostile())
def test_a_hostile_or_broken_project_is_refused_by_its_name(what):
    with pytest.raises(Refusal) as refused:
        read_project("jahat.qdpx", hostile()[what])
    assert "jahat.qdpx" in str(refused.value)
    assert "Ekspor ulang" in str(refused.value)
    assert not re.search(r"\b(file|tag|line|document|zip file|not)\b", str(refused.value)), "a library's own words"


def test_a_remark_of_another_program_on_a_passage_or_a_coding_becomes_a_memo_on_the_passage():
    coded = (
        SELECTED.format(n=5, a=0, b=4)
        .replace("<Coding ", "<Description>Periksa lagi.</Description><Coding ")
        .replace("</Coding>", '<NoteRef targetGUID="AAAAAAAA-0000-0000-0000-00000000000a"/></Coding>')
    )
    text = (
        f'<TextSource guid="AAAAAAAA-0000-0000-0000-000000000004" name="W1" plainTextPath="a.txt">{coded}</TextSource>'
    )
    note = (
        '<Notes><Note guid="AAAAAAAA-0000-0000-0000-00000000000a" name="catatan"><PlainTextContent>Kode ini ragu.'
        "</PlainTextContent></Note></Notes>"
    )
    back = read_project("asing.qdpx", packed(foreign(text, rest=note), Sources__a_dot_txt=b"satu dua"))
    (segment,) = back.material.segments
    assert [(memo.about, memo.text) for memo in back.material.memos] == [
        (segment.code, "Periksa lagi."), (segment.code, "Kode ini ragu."),
    ]  # fmt: skip
    assert back.dropped == ()


def test_a_codebook_keeps_its_tree_and_definitions_and_writes_no_empty_sets():
    example = examples()[0]
    data = codebook_xml("s", example.material.codes, example.framework, {"KX.KOL": "#aa00bb"})
    root = etree.fromstring(data)
    follow_the_schema(root, CODEBOOK)
    assert b"<Sets" not in data
    folders = root.xpath('//c:Code[@isCodable="false"]', namespaces={"c": CODEBOOK})
    assert {folder.get("name") for folder in folders} >= {node.name for node in example.framework.constructs()}
    back = read_codebook("buku.qdc", data)
    by_code = {code.code: code for code in back.codes}
    for code in example.material.codes:
        assert (by_code[code.code].name, by_code[code.code].definition) == (code.name, code.definition)
        assert by_code[code.code].node == code.node
    assert back.colours["KX.KOL"] == "#aa00bb"


def test_an_old_codebook_without_our_marks_is_read():
    data = (
        b'<CodeBook xmlns="urn:QDA-XML:codebook:0:4"><Codes><Code guid="AAAAAAAA-0000-0000-0000-000000000001" name="Induk"'
        b' isCodable="true"><Description>Arti.</Description><Code guid="AAAAAAAA-0000-0000-0000-000000000002" name="Anak"'
        b' isCodable="true"/></Code></Codes><Sets><Set guid="AAAAAAAA-0000-0000-0000-000000000003" name="S"/></Sets></CodeBook>'
    )
    back = read_codebook("lama.qdc", data)
    assert [(code.code, code.family, code.definition) for code in back.codes] == [
        ("Induk", "", "Arti."),
        ("Anak", "Induk", ""),
    ]
    assert back.dropped == ("1 himpunan kode (Set) tidak diambil.",)


def test_a_codebook_table_comes_back_and_holds_no_formula():
    codes = (Code("A", "=1+1", definition="satu; dua"), Code("B", "biasa", family="+x"))
    data = codebook_table(((code, 1, 2, 3) for code in codes), "csv")
    assert b"'=1+1" in data
    assert read_codebook_table("b.csv", data) == (codes, ())


def test_a_codebook_sheet_comes_back_and_a_broken_one_is_refused(tmp_path):
    codes = (Code("A", "=1+1", definition="satu; dua"), Code("1.1", "biasa", family="+x", includes="a\nb"))
    path = tmp_path / "buku.xlsx"
    path.write_bytes(codebook_table(((code, 1, 2, 3) for code in codes), "xlsx"))
    assert read_codebook_sheet(path) == (codes, ())
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(CannotRun):
        read_codebook_sheet(path)
    path.write_bytes(codebook_table((), "xlsx"))
    assert read_codebook_sheet(path) == ((), ())


def test_codebook_tables_of_other_programs_are_read_and_doubles_refused():
    codes, dropped = read_codebook_table("tag.csv", "tag;description;number\nbaik;arti kafé;3\n".encode("cp1252"))
    assert [(code.code, code.definition) for code in codes] == [("baik", "arti kafé")]
    assert dropped == ("Kolom number tidak diambil.",)
    with pytest.raises(Refusal, match="kode ganda"):
        read_codebook_table("x.csv", b"kode,nama\na,b\na,c\n")
    with pytest.raises(Refusal, match="kolom kode tidak ditemukan"):
        read_codebook_table("x.csv", b"satu,dua\n1,2\n")
    with pytest.raises(Refusal, match=r"x\.csv: tabel tidak terbaca sebagai CSV.*simpan sebagai CSV UTF-8"):
        read_codebook_table("x.csv", b'kode,nama\na,"' + b"b" * 200_000)


def test_a_framework_gives_its_codebook_even_where_a_node_has_several_codes():
    framework = examples()[1].framework
    extra = replace(codebook(framework)[0], code="LAIN", name="lain")
    back = read_codebook("b.qdc", codebook_xml("s", (*codebook(framework), extra), framework))
    assert {code.code for code in back.codes} == {code.code for code in (*codebook(framework), extra)}
