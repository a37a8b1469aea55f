"""Damaged files of every form, made from whole ones: always the same for the same seed."""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
import zlib

from tests.documents.read import hostile

ABSURD = (
    b"999999999", b"-1", b"0", b"2147483648", b"4294967295", b"99999999999999999999", b"1e308", b"NaN", b"", b"-2147483649",
)  # fmt: skip
NUMBER = re.compile(rb"\d+")
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
DEFINED = re.compile(
    rb"/(?:MediaBox|Count|Kids|Length|Length1|Size|W|Index|N|First|Prev|Root|Parent|Widths|Width|Height)\b"
)


def flipped(data, chance):
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 5, 20, 200))):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def cut(data, chance):
    return data[: chance.randrange(len(data) + 1)]


def moved(data, chance):
    """A piece taken out, doubled, or put elsewhere."""
    start, here = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    piece = data[start:here][: chance.choice((8, 200, 10_000))]
    at = chance.randrange(len(data) + 1)
    if chance.random() < 0.3:
        return data[:start] + data[start + len(piece) :]
    return data[:at] + piece * chance.choice((1, 2, 50)) + data[at:]


def renumbered(data, chance):
    """Some numbers of the text made absurd."""
    share = chance.choice((0.002, 0.02, 0.5))
    return NUMBER.sub(lambda found: chance.choice(ABSURD) if chance.random() < share else found[0], data)


def filled(data, chance):
    """A stretch of one byte or of noise."""
    at = chance.randrange(len(data) + 1)
    size = chance.choice((1, 16, 1000, 20_000))
    noise = chance.randbytes(size) if chance.random() < 0.5 else bytes([chance.randrange(256)]) * size
    return data[:at] + noise + data[at + size :]


PLAIN = (flipped, cut, moved, renumbered, filled)


def inflated(data, chance):
    """A PDF with some of its streams damaged behind their compression, the lengths corrected."""
    share = chance.choice((0.05, 0.3, 1.0))

    def damaged(found):
        if chance.random() > share:
            return found[0]
        try:
            content = zlib.decompress(found[1])
        except zlib.error:
            return found[0]
        packed = zlib.compress(chance.choice(PLAIN)(content, chance)[: 4 * len(content) + 1000], 1)
        return b"stream\n" + packed.ljust(len(found[1]), b"\0") + b"\nendstream"

    return STREAM.sub(damaged, data)


def redefined(data, chance):
    """A PDF whose sizes, counts and references are absurd or lead in circles."""
    out = bytearray(data)
    places = [found.end() for found in DEFINED.finditer(data)]
    for at in sorted(chance.sample(places, min(len(places), chance.choice((1, 3, 10)))), reverse=True):
        found = NUMBER.search(out, at, at + 40)
        if found:
            reference = str(chance.randrange(1, 60)).encode()
            out[found.start() : found.end()] = chance.choice((*ABSURD, reference, reference))
    return bytes(out)


def repacked(data, chance):
    """An archive with one or more parts damaged inside, sometimes lying about itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    chosen = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    for name in chance.sample(chosen, chance.choice((1, 1, min(2, len(chosen))))):
        way = chance.random()
        if way < 0.1:
            del parts[name]
        elif way < 0.2:
            parts[name] = parts[chance.choice(list(parts))]
        elif way < 0.25:
            parts[name] = data  # an archive in an archive
        elif way < 0.4:
            parts[name] = _tagged(parts[name], chance)
        else:
            parts[name] = chance.choice(PLAIN)(parts[name], chance)
    out = io.BytesIO()
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method, compresslevel=1) as target:
        warnings.simplefilter("ignore")
        for name, content in parts.items():
            target.writestr(name, content)
            if chance.random() < 0.01:
                target.writestr(name, content)
    made = out.getvalue()
    return _lying(made, chance) if chance.random() < 0.15 else made


def _tagged(content, chance):
    """Elements doubled a thousandfold, wrapped in each other, or without their ends."""
    tags = re.findall(rb"<([\w:]+)[ >]", content) or [b"a"]
    tag = chance.choice(tags)
    times = chance.choice((3, 200, 5000))
    at = content.find(b"<" + tag)
    way = chance.randrange(3)
    if way == 0:
        return content[:at] + (b"<" + tag + b">") * times + (b"</" + tag + b">") * times + content[at:]
    if way == 1:
        end = content.find(b"</" + tag + b">", at)
        piece = content[at : end + len(tag) + 3][:2000]
        return content[:at] + piece * min(times, 2_000_000 // max(len(piece), 1)) + content[at:]
    return content.replace(b"</" + tag + b">", b"", times)


def _lying(data, chance):
    """The sizes, offsets, flags or methods of an archive's entries changed."""
    out = bytearray(data)
    marks = [found.start() for found in re.finditer(rb"PK\x01\x02|PK\x03\x04|PK\x05\x06", data)]
    for at in chance.sample(marks, min(len(marks), 3)):
        for _ in range(2):
            place = at + chance.randrange(4, 46)
            if place < len(out):
                out[place] = chance.randrange(256)
    return bytes(out)


# --- files that are absurd by themselves


def page_tree(chance):
    """A PDF of a few objects: pages that hold each other, boxes without end, deep arrays, forms that draw themselves."""
    times = chance.choice((2, 300, 20_000))
    box = b" ".join(chance.choice((b"0", b"595", b"842", *ABSURD[:8])) for _ in range(4))
    kids = b" ".join(chance.choice((b"3 0 R", b"2 0 R", b"4 0 R")) for _ in range(min(times, 3000)))
    text = chance.choice((
        b"BT /F1 9 Tf 1 0 0 1 50 700 Tm (Nilai 85) Tj ET " * min(times, 3000),
        b"/X Do " * times, b"q " * times + b"Q " * times, b"[" * times, b"<<" * times, b"0 0 5 5 re f " * times,
        b"1e30 0 0 1e30 0 0 cm BT /F1 1e30 Tf (A) Tj ET", b"BT /F1 0 Tf (A) Tj ET", b"BI /W 99999 /H 99999 ID \x00 EI",
    ))  # fmt: skip
    odd = (b"[" * times + b"]" * times) if chance.random() < 0.2 else b"[" + box + b"]"
    first = chance.choice((b"9 0 R", b"8 0 R"))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 8 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count " + chance.choice((*ABSURD, b"3")) + b"/MediaBox " + odd + b">>",
        b"<</Type/Page/Parent 2 0 R/MediaBox " + odd + b"/Contents 5 0 R/Rotate " + chance.choice((b"0", b"90", b"77")) +
        b"/Resources<</Font<</F1 6 0 R>>/XObject<</X 7 0 R>>>>>>",
        b"<</Type/Pages/Parent 4 0 R/Kids[4 0 R 2 0 R]/Count 5>>",
        b"<</Length " + str(len(text)).encode() + b">>stream\n" + text + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 7 0 R>>>>/Length 12>>stream\n/X Do /X Do \nendstream",
        b"<</Type/Outlines/First " + first + b"/Last 9 0 R>>",
        b"<</Title(BAB I)/Next 9 0 R/First 8 0 R/Dest[3 0 R/XYZ 0 " + chance.choice(ABSURD) + b" 0]>>",
    ]  # fmt: skip
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, item) for number, item in enumerate(objects, start=1))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R/Size 10>>\n%%EOF"


def markup(chance):
    """HTML that nests, spans and repeats beyond reason."""
    times = chance.choice((3, 300, 5000, 60_000))
    tag = chance.choice(("div", "table", "td", "tr", "b", "ul", "li", "h1", "table><tr><td"))
    span = chance.choice(ABSURD).decode()
    cell = f'<td colspan="{span}" rowspan="{chance.choice((span, "65534", "2"))}">7,5</td>'
    body = chance.choice((
        f"<{tag}>" * times + "dalam", f"<{tag}>a</{tag}>" * times, "<table>" + f"<tr>{cell}</tr>" * min(times, 5000) + "</table>",
        "<table><tr>" + cell * min(times, 5000) + "</tr></table>", "&amp;" * times, "<p>" + "a b " * times, "<!--" * times,
        '<div style="' + "x:y;" * times + '">a</div>',
    ))  # fmt: skip
    return f"<html><body>{body}</body></html>".encode()


def words(chance):
    """Plain text with lines, columns and characters beyond reason."""
    times = chance.choice((3, 1000, 50_000))
    piece = chance.choice((
        "\t", "a\tb\n", "Tabel 3.1 ", "1. Satu\n", "BAB I\n", "\n\n\n", "| a | b |\n", ".....", "…", "9" * 50, "1.000,", "((((",
        "\u202e\ufeff", "DAFTAR ISI\nA ..... 1\n", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "Lanjutan Tabel 1\na\tb\n",
    ))  # fmt: skip
    return (piece * times).encode(chance.choice(("utf-8", "utf-16", "utf-8-sig")), "replace")


def container(chance):
    """Office files made by hand: bombs, entities, deep nesting, wide spans, a sheet with one far cell."""
    times = chance.choice((2, 500, 20_000))
    span = chance.choice(ABSURD).decode()
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{hostile.paragraph("a")}</w:tc>'
    merged = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    row = f"<w:tr>{chance.choice((cell, merged)) * min(times, 2000)}</w:tr>"
    far = chance.choice(("XFD1048576", "A99999999", "ZZZZZ1", "A0", "1A", ""))
    sheet = (
        f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:{far}"/><sheetData>'
        f'<row r="{span}"><c r="{far}" t="{chance.choice(("n", "s", "str", "b", "e", "zz"))}"><v>{span}</v></c></row></sheetData>'
        f'<mergeCells><mergeCell ref="A1:{far}"/></mergeCells></worksheet>'
    )  # fmt: skip
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>"
    )
    excel = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": links, "xl/worksheets/sheet1.xml": sheet}
    made = chance.randrange(7)
    if made == 0:
        return hostile.nested(times)
    if made == 1:
        return hostile.word(f"<w:tbl>{row * min(10, times)}</w:tbl>")
    if made == 2:
        return hostile.archive(excel)
    if made == 3:
        return hostile.word("<w:tbl><w:tr><w:tc>" * times + hostile.paragraph("a") + "</w:tc></w:tr></w:tbl>" * times)
    if made == 4:
        return chance.choice((hostile.entities(), hostile.outside_entity(), hostile.spanning()))
    if made == 5:
        inner = hostile.archive(excel)
        for _ in range(min(times, 30)):
            inner = hostile.archive({"word/document.xml": inner})
        return inner
    return hostile.word((hostile.paragraph("Tabel 1 a") + f"<w:tbl><w:tr>{merged}</w:tr></w:tbl>") * min(times, 5000))


ABSURDITIES = {"pdf": page_tree, "html": markup, "txt": words, "docx": container, "xlsx": container}


def damaged(wholes, seed):
    """The form, the way and the bytes of the damaged file with this number. `wholes` has whole files by form."""
    chance = random.Random(seed)
    form = chance.choice(sorted(wholes))
    ways = list(PLAIN)
    if form == "pdf":
        ways += [inflated, inflated, redefined, redefined]
    if form in {"docx", "xlsx"}:
        ways = [*PLAIN[:3], repacked, repacked, repacked, repacked, repacked]
    if chance.random() < 0.15:
        made = ABSURDITIES[form]
        return form, made.__name__, made(chance)
    way = chance.choice(ways)
    return form, way.__name__, way(chance.choice(wholes[form]), chance)
