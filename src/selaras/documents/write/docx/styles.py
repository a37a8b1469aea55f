"""The styles of a report: built-in ones under the names that every word processor knows and translates, our own in

Indonesian.
"""

from __future__ import annotations

from dataclasses import dataclass

from selaras.documents.fonts import SANS, SERIF
from selaras.documents.write.docx import page
from selaras.documents.write.docx.markup import NAMESPACES

_SERIF_FONT = f'<w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" w:eastAsia="{SERIF}" w:cs="{SERIF}"/>'
_SANS_FONT = f'<w:rFonts w:ascii="{SANS}" w:hAnsi="{SANS}" w:eastAsia="{SANS}" w:cs="{SANS}"/>'
_BOLD = "<w:b/><w:bCs/>"
_ITALIC = "<w:i/><w:iCs/>"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; `paragraph` and `run` are the children of pPr and rPr in the order of the schema."""

    id: str
    name: str
    paragraph: str = ""
    run: str = ""
    parent: str = "Normal"
    following: str = ""
    quick: bool = True
    priority: int = 99

    def xml(self) -> str:
        """The w:style element."""
        custom = "" if self.name[0].islower() or self.name in _BUILT_IN else ' w:customStyle="1"'
        return (
            f'<w:style w:type="paragraph"{custom} w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="{self.parent}"/>'
            + (f'<w:next w:val="{self.following}"/>' if self.following else "")
            + f'<w:uiPriority w:val="{self.priority}"/>'
            + ("<w:qFormat/>" if self.quick else "")
            + (f"<w:pPr>{self.paragraph}</w:pPr>" if self.paragraph else "")
            + (f"<w:rPr>{self.run}</w:rPr>" if self.run else "")
            + "</w:style>"
        )


_BUILT_IN = {"Body Text", "List Number", "List Bullet", "Title", "Subtitle"}


def _color(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _space(before: int, after: int, line: int = 240) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _indent(left: int = 0, hanging: int = 0) -> str:
    return f'<w:ind w:left="{left}"' + (f' w:hanging="{hanging}"/>' if hanging else "/>")


def _border(side: str, *, size: int, space: int, color: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{color}"/>'


NARRATIVE_BORDER = f"<w:pBdr>{_border('left', size=18, space=10, color=page.BLUE)}</w:pBdr>"
_EMPTY_BORDER = f'<w:pBdr><w:left w:val="dashed" w:sz="12" w:space="10" w:color="{page.ACCENT}"/></w:pBdr>'


def _room(side: str) -> int:
    return 31 if side in {"top", "bottom"} else 4


_MISSING_BORDER = (
    "<w:pBdr>"
    + "".join(
        f'<w:{side} w:val="dashed" w:sz="6" w:space="{_room(side)}" w:color="{page.MUTED}"/>'
        for side in ("top", "left", "bottom", "right")
    )
    + "</w:pBdr>"
)
_KEEP = "<w:keepNext/><w:keepLines/>"
_HEADING_RUN = _BOLD + _color(page.BLUE_DEEP)


def _styles() -> tuple[Style, ...]:
    width, _ = page.text_size(landscape=False)
    leader = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{width}"/></w:tabs>'
    below = f"<w:pBdr>{_border('bottom', size=4, space=4, color=page.RULE)}</w:pBdr>"
    above = f"<w:pBdr>{_border('top', size=4, space=4, color=page.RULE)}</w:pBdr>"
    line = _space(0, 120, 288)
    return (
        Style("BodyText", "Body Text", line + '<w:jc w:val="both"/>', priority=1),
        Style("Heading1", "heading 1", _KEEP + _space(200, 360) + '<w:jc w:val="center"/><w:outlineLvl w:val="0"/>',
              _HEADING_RUN + _size(32), following="BodyText", priority=9),
        Style("Heading2", "heading 2", _KEEP + _space(400, 160) + _indent(454, 454) + '<w:outlineLvl w:val="1"/>',
              _HEADING_RUN + _size(26), following="BodyText", priority=9),
        Style("Heading3", "heading 3", _KEEP + _space(300, 120) + _indent(454, 454) + '<w:outlineLvl w:val="2"/>',
              _HEADING_RUN + _size(23), following="BodyText", priority=9),
        Style("Heading4", "heading 4", _KEEP + _space(240, 100) + _indent(454, 454) + '<w:outlineLvl w:val="3"/>',
              _ITALIC + _color(page.BLUE_DEEP) + _size(22), following="BodyText", priority=9),
        Style("Title", "Title", _space(0, 160, 216), _BOLD + _color(page.PAPER) + _size(66), priority=10),
        Style("Subtitle", "Subtitle", _space(0, 120), _SANS_FONT + _color(page.BLUE_PALE) + _size(30), priority=11),
        Style("CoverParent", "Sampul Induk", _space(0, 0),
              _SANS_FONT + _BOLD + "<w:caps/>" + _color(page.PAPER) + '<w:spacing w:val="20"/>' + _size(23)),
        Style("CoverYear", "Sampul Tahun", _space(320, 0),
              _SANS_FONT + _color(page.MUTED) + '<w:spacing w:val="30"/>' + _size(26)),
        Style("CoverAgency", "Sampul Instansi", _space(720, 60), _BOLD + _color(page.BLUE_DEEP) + _size(46)),
        Style("CoverContact", "Sampul Kontak", _space(0, 20), _SANS_FONT + _color(page.MUTED) + _size(18)),
        Style("NarrativeLabel", "Label Narasi", "<w:keepNext/>" + NARRATIVE_BORDER + _space(160, 80) + _indent(284),
              _SANS_FONT + _BOLD + "<w:caps/>" + _color(page.BLUE) + '<w:spacing w:val="14"/>' + _size(16),
              following="Narrative"),
        Style("Narrative", "Narasi Instansi", NARRATIVE_BORDER + _indent(284), parent="BodyText"),
        Style("Empty", "Keterangan Kosong", _EMPTY_BORDER + _indent(284), _ITALIC + _color(page.MUTED), "BodyText"),
        Style("Note", "Catatan", _space(40, 160) + '<w:jc w:val="left"/>',
              _SANS_FONT + _color(page.MUTED) + _size(18)),
        Style("UnderTable", "Catatan Tabel", _space(60, 0), _SANS_FONT + _color(page.MUTED) + _size(16)),
        Style("Caption", "caption", "<w:keepLines/>" + _space(240, 100) + '<w:jc w:val="center"/>',
              _SANS_FONT + _color(page.INK) + _size(19), following="BodyText", priority=35),
        Style("PictureCaption", "Keterangan Gambar", _space(80, 280), parent="Caption", following="BodyText"),
        Style("TableText", "Teks Tabel", _space(20, 20), _SANS_FONT + _size(18)),
        Style("TableTextSmall", "Teks Tabel Rapat", _space(15, 15), _size(16), parent="TableText"),
        Style("TableTextTiny", "Teks Tabel Kecil", _space(10, 10), _size(14), parent="TableText"),
        Style("TableHead", "Kepala Tabel", "<w:keepNext/>" + _space(40, 40) + '<w:jc w:val="center"/>',
              _BOLD + _color(page.BLUE_DEEP), parent="TableText"),
        Style("TableHeadSmall", "Kepala Tabel Rapat", _space(30, 30), _size(16), parent="TableHead"),
        Style("TableHeadTiny", "Kepala Tabel Kecil", _space(20, 20), _size(14), parent="TableHead"),
        Style("TableCount", "Nomor Kolom", "<w:keepNext/>" + _space(0, 0) + '<w:jc w:val="center"/>',
              _color(page.MUTED) + _size(15), parent="TableText", quick=False),
        Style("Form", "Isian", _space(20, 40, 264)),
        Style("Picture", "Gambar", "<w:keepNext/>" + _space(160, 0) + '<w:jc w:val="center"/>'),
        Style("Photo", "Foto", _space(120, 0) + '<w:jc w:val="center"/>'),
        Style("PhotoCaption", "Keterangan Foto", _space(40, 160) + '<w:jc w:val="center"/>',
              _SANS_FONT + _size(18)),
        Style("BeforeSignature", "Sela Tanda Tangan", _space(240, 0), quick=False),
        Style("AfterTable", "Sela Tabel", _space(0, 0), _size(16), quick=False),
        Style("MissingPhoto", "Foto Tidak Ada", _MISSING_BORDER + '<w:shd w:val="clear" w:color="auto" w:fill="'
              + page.WASH + '"/>' + _space(700, 700) + '<w:ind w:left="120" w:right="120"/>' + '<w:jc w:val="center"/>',
              _SANS_FONT + _ITALIC + _color(page.MUTED) + _size(18), quick=False),
        Style("Signature", "Tanda Tangan", _space(0, 20) + '<w:jc w:val="center"/>'),
        Style("SectionEnd", "Akhir Bagian", '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
              _size(2), quick=False),
        Style("ListNumber", "List Number", _space(0, 80, 288) + _indent(454, 454), parent="BodyText"),
        Style("ListBullet", "List Bullet", _space(0, 80, 288) + _indent(454, 454), parent="BodyText"),
        Style("TOC1", "toc 1", leader + _space(120, 40) + _indent(0), _SANS_FONT + _BOLD,
              quick=False, priority=39),
        Style("TOC2", "toc 2", leader + _space(0, 40) + _indent(284), _SANS_FONT, quick=False, priority=39),
        Style("TOC3", "toc 3", leader + _space(0, 40) + _indent(567), _SANS_FONT, quick=False, priority=39),
        Style("TableofFigures", "table of figures", leader + _space(0, 60) + _indent(1021, 1021), _SANS_FONT,
              quick=False),
        Style("Header", "header", below, _SANS_FONT + _color(page.MUTED) + _size(17), quick=False),
        Style("Footer", "footer", above, _SANS_FONT + _color(page.MUTED) + _size(17), quick=False),
    )  # fmt: skip


_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{_SERIF_FONT}{_color(page.INK)}{_size(22)}"
    '<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
)
_LATENT = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
    ' w:defQFormat="0" w:count="376"/>'
)
# Bold in a character style over a bold paragraph style takes the bold away (toggle properties, ECMA-376 17.7.3):
# the number of a chapter is bold by its heading.
_OTHERS = (
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    f'<w:uiPriority w:val="99"/><w:rPr>{_color(page.INK)}</w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="ChapterNumber"><w:name w:val="Nomor Bab"/>'
    f'<w:uiPriority w:val="20"/><w:qFormat/><w:rPr>{_SANS_FONT}{_color(page.BLUE)}<w:spacing w:val="38"/>'
    f'{_size(24)}</w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="CoverYearNumber"><w:name w:val="Sampul Angka Tahun"/>'
    f'<w:uiPriority w:val="99"/><w:rPr>{_SERIF_FONT}{_BOLD}{_color(page.BLUE)}<w:spacing w:val="0"/>{_size(60)}'
    "</w:rPr></w:style>"
    '<w:style w:type="character" w:customStyle="1" w:styleId="CaptionLabel"><w:name w:val="Nomor Keterangan"/>'
    f'<w:uiPriority w:val="36"/><w:rPr>{_BOLD}</w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="SignatoryName"><w:name w:val="Nama Penanda Tangan"/>'
    f'<w:uiPriority w:val="99"/><w:rPr>{_BOLD}<w:u w:val="single"/></w:rPr></w:style>'
    '<w:style w:type="character" w:customStyle="1" w:styleId="PageNumber"><w:name w:val="Nomor Halaman"/>'
    f'<w:uiPriority w:val="99"/><w:rPr>{_BOLD}{_color(page.INK)}{_size(19)}</w:rPr></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Tabel Laporan"/>'
    '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/><w:qFormat/><w:tblPr><w:tblBorders>'
    + "".join(_border(side, size=4, space=0, color=page.RULE)
              for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    + '</w:tblBorders><w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
    '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)  # fmt: skip


def styles_xml(language: str) -> str:
    """The styles part; `language` (such as `id-ID`) is what the spelling is checked against."""
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:uiPriority w:val="0"/><w:qFormat/></w:style>'
    )
    return (
        f"<w:styles {NAMESPACES}>{_DEFAULTS.format(language=language)}{_LATENT}{normal}"
        + "".join(style.xml() for style in _styles())
        + f"{_OTHERS}</w:styles>"
    )


def settings_xml(language: str) -> str:
    """The settings: fields are brought up to date on opening, decimal comma, no compatibility mode."""
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:defaultTabStop w:val="567"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:updateFields w:val="true"/><w:compat>'
        '<w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )
