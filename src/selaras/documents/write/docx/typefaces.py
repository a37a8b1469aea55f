"""The font table with the typefaces themselves, so that the file looks the same on machines that lack them.

The fonts are under the SIL Open Font Licence, which allows embedding, and their files allow it too (fsType 0). As the
standard demands (ECMA-376 part 4, 17.8.1) the first 32 bytes of each are covered with a key that stands in the table.
"""

from __future__ import annotations

from functools import cache
from uuid import NAMESPACE_URL, uuid5

from selaras.documents.fonts import SANS, SERIF, Face, font_path
from selaras.documents.write.docx.markup import NAMESPACES
from selaras.documents.write.docx.package import OFFICE, Package, relations_xml

_COVERED = 32
_CUTS = {"Regular": (400, False), "Bold": (700, False), "Italic": (400, True)}
_FAMILIES = {
    SERIF: ("roman", "Source Serif 4,Cambria,Caladea,Liberation Serif"),
    SANS: ("swiss", "Source Sans 3,Calibri,Carlito,Liberation Sans"),
}


def add_fonts(package: Package) -> None:
    """Add the font table and the embedded cuts; `w:altName` names what to try where embedding is not honoured."""
    relations: list[tuple[str, str]] = []
    fonts = "".join(_font(package, family, relations) for family in _FAMILIES)
    package.add_part("fontTable", "fontTable", f"<w:fonts {NAMESPACES}>{fonts}</w:fonts>")
    package.parts["word/_rels/fontTable.xml.rels"] = relations_xml(relations)


def _font(package: Package, family: str, relations: list[tuple[str, str]]) -> str:
    sort, others = _FAMILIES[family]
    embedded = []
    for cut, (weight, italic) in _CUTS.items():
        key, data = _covered(Face(family, weight, italic))
        name = f"fonts/font{len(relations) + 1}.odttf"
        package.parts[f"word/{name}"] = data
        relations.append((f"{OFFICE}/font", name))
        embedded.append(f'<w:embed{cut} r:id="rId{len(relations)}" w:fontKey="{{{key}}}"/>')
    return (
        f'<w:font w:name="{family}"><w:altName w:val="{others}"/><w:charset w:val="00"/><w:family w:val="{sort}"/>'
        f'<w:pitch w:val="variable"/>{"".join(embedded)}</w:font>'
    )


@cache
def _covered(face: Face) -> tuple[str, bytes]:
    """The key and the covered bytes of one cut; the key is made from the cut's name, always the same."""
    key = str(uuid5(NAMESPACE_URL, f"urn:selaras:font:{face.family}:{face.weight}:{face.italic}")).upper()
    data = font_path(face, extension="ttf").read_bytes()
    mask = bytes.fromhex(key.replace("-", ""))[::-1]
    head = bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(data[:_COVERED]))
    return key, head + data[_COVERED:]
