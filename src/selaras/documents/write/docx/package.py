"""The DOCX file as a package of parts: content types, relationships, properties, and a zip that is always the same.

Written by hand with zipfile: half a dozen parts, no template to clean up, no time stamps, and nothing to
import that takes longer than writing the report.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from selaras.core.document import Document
from selaras.core.errors import CannotRun
from selaras.documents.write.docx.markup import DECLARATION, escape

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DATA = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
ATTACHMENT_NAMESPACE = "urn:selaras:attachment"
ATTACHMENT_PART = "customXml/item1.xml"

_DEFAULT_TYPES = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "svg": "image/svg+xml",
    "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
}
_COMPRESSED_ALREADY = (".png", ".jpg")
_FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class Package:
    """Parts by name in the order of writing, their content types, and the relationships of the main part."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: list[tuple[str, str]] = field(default_factory=list)

    def relate(self, kind: str, target: str) -> str:
        """The id of a new relationship of the main part; `target` is relative to `word/`."""
        self.relations.append((f"{OFFICE}/{kind}", target))
        return f"rId{len(self.relations)}"

    def add_part(self, kind: str, name: str, content: str, content_type: str = "") -> str:
        """Add `word/<name>.xml` and give the id of its relationship; `content` is the XML after the declaration."""
        part = f"word/{name}.xml"
        self.parts[part] = (DECLARATION + content).encode()
        self.types[part] = content_type or f"{WORD}.{kind}+xml"
        return self.relate(kind, f"{name}.xml")

    def set_main(self, content: str) -> None:
        """The text of the main document."""
        self.parts["word/document.xml"] = (DECLARATION + content).encode()
        self.types["word/document.xml"] = f"{WORD}.document.main+xml"

    def add_image(self, extension: str, data: bytes) -> str:
        """Add a picture (`png`, `jpg` or `svg`) and give the id of its relationship."""
        name = f"media/image{sum(part.startswith('word/media/') for part in self.parts) + 1}.{extension}"
        self.parts[f"word/{name}"] = data
        return self.relate("image", name)

    def packed(self) -> bytes:
        """The zip file: the same parts give the same bytes, whatever the day and the machine."""
        parts = {
            "[Content_Types].xml": self._content_types(),
            "_rels/.rels": relations_xml(_ROOT_RELATIONS),
            "word/_rels/document.xml.rels": relations_xml(self.relations),
            **self.parts,
        }
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, data in parts.items():
                entry = zipfile.ZipInfo(name, _FIRST_ZIP_DATE)
                entry.create_system = 0
                stored = name.endswith(_COMPRESSED_ALREADY)
                entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
                archive.writestr(entry, data, compresslevel=4)
        return buffer.getvalue()

    def _content_types(self) -> bytes:
        defaults = "".join(
            f'<Default Extension="{extension}" ContentType="{kind}"/>' for extension, kind in _DEFAULT_TYPES.items()
        )
        overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in self.types.items())
        return f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{defaults}{overrides}</Types>'.encode()


_ROOT_RELATIONS = [
    (f"{OFFICE}/officeDocument", "word/document.xml"),
    (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{OFFICE}/extended-properties", "docProps/app.xml"),
]


def relations_xml(relations: list[tuple[str, str]]) -> bytes:
    """A relationships part; ids are counted from rId1."""
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, start=1)
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'.encode()


def add_properties(package: Package, document: Document) -> None:
    """Title, agency as author, subject, language. The date is the last day of the reporting year, not today."""
    moment = f'xsi:type="dcterms:W3CDTF">{document.year:04d}-12-31T00:00:00Z'
    core = (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:subject>{escape(document.subject)}</dc:subject>"
        f"<dc:creator>{escape(document.agency)}</dc:creator><dc:language>{language_tag(document)}</dc:language>"
        f"<cp:lastModifiedBy>{escape(document.agency)}</cp:lastModifiedBy><cp:revision>1</cp:revision>"
        f"<dcterms:created {moment}</dcterms:created><dcterms:modified {moment}</dcterms:modified>"
        "</cp:coreProperties>"
    )
    extended = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>Selaras</Application><Company>{escape(document.agency)}</Company></Properties>"
    )
    package.parts["docProps/core.xml"] = (DECLARATION + core).encode()
    package.types["docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    package.parts["docProps/app.xml"] = (DECLARATION + extended).encode()
    package.types["docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"


def language_tag(document: Document) -> str:
    """`id-ID` for Indonesian, otherwise the language tag of the document itself."""
    return "id-ID" if document.language == "id" else escape(document.language)


def add_attachment(package: Package, document: Document) -> None:
    """The JSON of the snapshot as a custom XML part, which word processors carry along when the file is saved."""
    if not document.attachment:
        return
    identity = f"{{{str(uuid5(NAMESPACE_URL, ATTACHMENT_NAMESPACE)).upper()}}}"
    item = f'<attachment xmlns="{ATTACHMENT_NAMESPACE}" mediaType="application/json">{_text(document.attachment)}'
    properties = (
        f'<ds:datastoreItem xmlns:ds="{DATA}" ds:itemID="{identity}"><ds:schemaRefs>'
        f'<ds:schemaRef ds:uri="{ATTACHMENT_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    package.parts[ATTACHMENT_PART] = f"{DECLARATION}{item}</attachment>".encode()
    package.parts["customXml/itemProps1.xml"] = (DECLARATION + properties).encode()
    package.types["customXml/itemProps1.xml"] = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    package.parts["customXml/_rels/item1.xml.rels"] = relations_xml([(f"{OFFICE}/customXmlProps", "itemProps1.xml")])
    package.relate("customXml", "../customXml/item1.xml")


def _text(attachment: str) -> str:
    return escape(attachment).replace("\r", "&#13;")


def read_attachment(path: Path) -> str:
    """The JSON that `write_docx` put into the file, empty if there is none.

    It is found by its namespace, because word processors number custom parts anew.
    Raises CannotRun for a file that is no DOCX.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.startswith("customXml/item") and (found := _attached(archive.read(name))):
                    return found
    except (OSError, zipfile.BadZipFile) as error:
        raise CannotRun(f"Berkas {path.name} bukan DOCX yang dapat dibuka.") from error
    return ""


def _attached(part: bytes) -> str:
    if ATTACHMENT_NAMESPACE.encode() not in part:
        return ""
    root = ET.fromstring(part)
    return (root.text or "") if root.tag == f"{{{ATTACHMENT_NAMESPACE}}}attachment" else ""
