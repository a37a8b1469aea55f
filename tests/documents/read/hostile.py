"""Files that mean harm, made small: bombs, entities, broken and encrypted containers, absurd tables."""

from __future__ import annotations

import io
import zipfile

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def archive(parts, *, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as target:
        for name, content in {"[Content_Types].xml": TYPES, **parts}.items():
            target.writestr(name, content)
    return out.getvalue()


def word(body, *, before=""):
    return archive(
        {"word/document.xml": f'<?xml version="1.0"?>{before}<w:document {WORD}><w:body>{body}</w:body></w:document>'}
    )


def paragraph(text):
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def entities():
    lols = '<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return word(paragraph("&i;"), before=f"<!DOCTYPE w [{lols}]>")


def outside_entity():
    return word(paragraph("&x;"), before='<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>')


def bomb():
    return archive({"word/document.xml": "<a>" + " " * 30_000_000 + "</a>"})


def nested(depth):
    return word("<w:sdt><w:sdtContent>" * depth + paragraph("dalam") + "</w:sdtContent></w:sdt>" * depth)


def spanning():
    row = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + paragraph("a") + "</w:tc></w:tr>"
    return word(f"<w:tbl>{row * 5}</w:tbl>")


def broken_header(data):
    """The same archive with its entry marked as encrypted."""
    marked = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = marked.find(mark)
        while at >= 0:
            marked[at + offset] |= 1
            at = marked.find(mark, at + 4)
    return bytes(marked)
