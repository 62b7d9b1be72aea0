"""The empty DOCX that a paper is written into: page, styles and settings, all from the layout.

python-docx's own empty file is not used: it carries 400 KB of English styles in other fonts, a preview picture and
an old compatibility mode.
"""

import io
import zipfile
from functools import lru_cache
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from chibo.documents.layout import Layout, LineStyle, line_styles

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_ALIGN = {"left": "left", "centre": "center", "right": "right", "justify": "both"}
HEADER_DISTANCE = 10

_CONTENT_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_OFFICE}.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_OFFICE}.settings+xml"/>
<Override PartName="/docProps/app.xml"
 ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>
</Types>"""

_PACKAGE_RELATIONS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="{_RELATIONS}/extended-properties" Target="docProps/app.xml"/>
</Relationships>"""

_DOCUMENT_RELATIONS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="rId1" Type="{_RELATIONS}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_RELATIONS}/settings" Target="settings.xml"/>
</Relationships>"""

_APPLICATION = f'{_HEAD}<Properties xmlns="{_PROPERTIES}"><Application>Chibo</Application></Properties>'

# Mode 15 is Word 2013 and later: without it Word says "Compatibility Mode" and lays out as of old.
_SETTINGS = f"""{_HEAD}<w:settings {nsdecls("w")}>
<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:characterSpacingControl w:val="doNotCompress"/>
<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
</w:compat><w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"""

_TABLE_STYLES = """
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>
<w:uiPriority w:val="39"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>
""".format(
    borders="".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
)


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point, Word's unit."""
    return round(millimetres * 1440 / 25.4)


def style_id(name: str, look: LineStyle) -> str:
    """The id of a line's style: Word's own for title and headings, so that its outline shows them."""
    if look.heading:
        return f"Heading{look.heading}"
    return {"kind": "Title", "subject": "Subtitle"}.get(name, f"Chibo{name.capitalize()}")


@lru_cache(maxsize=8)
def base(layout: Layout) -> bytes:
    """Return the empty file for a layout."""
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _PACKAGE_RELATIONS,
        "docProps/app.xml": _APPLICATION,
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/document.xml": _document(layout),
        "word/styles.xml": _styles(layout),
        "word/settings.xml": _SETTINGS,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def _document(layout: Layout) -> str:
    """An empty body with the page; titlePg gives the first page a header of its own, without a number."""
    margins = {
        "top": layout.margin_top,
        "right": layout.margin_right,
        "bottom": layout.margin_bottom,
        "left": layout.margin_left,
        "header": HEADER_DISTANCE,
        "footer": HEADER_DISTANCE,
    }
    sides = " ".join(f'w:{side}="{twips(length)}"' for side, length in margins.items())
    return (
        f"{_HEAD}<w:document {nsdecls('w', 'r')}><w:body><w:sectPr>"
        f'<w:pgSz w:w="{twips(layout.paper_width)}" w:h="{twips(layout.paper_height)}"/>'
        f'<w:pgMar {sides} w:gutter="0"/><w:cols w:space="720"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def _styles(layout: Layout) -> str:
    font = quoteattr(layout.font)
    size = round(layout.body_size * 2)
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii={font} w:eastAsia={font} w:hAnsi={font} w:cs={font}/>"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
    )
    furniture = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name.lower()}"/><w:basedOn w:val="Normal"/>'
        f"</w:style>"
        for name in ("Header", "Footer")
    )
    lines = "".join(_style(name, look, layout) for name, look in line_styles(layout).items())
    return f"{_HEAD}<w:styles {nsdecls('w')}>{defaults}{normal}{furniture}{lines}{_TABLE_STYLES}</w:styles>"


def _style(name: str, look: LineStyle, layout: Layout) -> str:
    """One style; the order of the elements is the schema's, which Word checks."""
    own = style_id(name, look)
    word_name = {"Title": "Title", "Subtitle": "Subtitle"}.get(own, look.title)
    if look.heading:
        word_name = f"heading {look.heading}"
    custom = ' w:customStyle="1"' if own.startswith("Chibo") else ""
    paragraph = (
        ("<w:keepNext/><w:keepLines/>" if look.keep_with_next else "")
        + f'<w:widowControl/><w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}" '
        f'w:line="{round(layout.line_spacing * 20)}" w:lineRule="exact"/>'
        f'<w:ind w:left="{twips(look.left_indent)}" w:firstLine="{twips(look.first_indent)}"/>'
        f'<w:jc w:val="{_ALIGN[look.align]}"/>'
        + (f'<w:outlineLvl w:val="{look.heading - 1}"/>' if look.heading else "")
    )
    size = round(look.size * 2)
    text = (
        ("<w:b/><w:bCs/>" if look.bold else "")
        + ("<w:i/><w:iCs/>" if look.italic else "")
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    )
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{own}"><w:name w:val="{escape(word_name)}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="{own if name == "body" else "ChiboBody"}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )
