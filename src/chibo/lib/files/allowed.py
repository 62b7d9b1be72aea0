"""What an Office file may be made of: closed lists of kinds of part and of relationships (ECMA-376).

What is not here is refused, whatever it is called: macros and their signatures, macro sheets of Excel 4, OLE objects
and controls, templates and frames from elsewhere, pieces of HTML, links to other workbooks, connections, web
extensions, films. A newer Office adds a kind of part every few years; then it is added here, once somebody has read
what it can do.
"""

import re

MAIN = {
    ".docx": "wordprocessingml.document.main",
    ".xlsx": "spreadsheetml.sheet.main",
    ".pptx": "presentationml.presentation.main",
}
MEDIA_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN = "application/vnd.openxmlformats-officedocument."


def _each(before: str, names: str, after: str = "+xml") -> set[str]:
    """Names that begin and end alike."""
    return {f"{before}{name}{after}" for name in names.split()}


XML = (
    {"application/xml", "text/xml", f"{_OPEN}vmlDrawing", "application/vnd.wps-officedocument.cellimage+xml"}
    | _each("application/vnd.openxmlformats-package.", "core-properties relationships digital-signature-xmlsignature")
    | _each(_OPEN, "drawing extended-properties custom-properties customXmlProperties theme themeOverride")
    | _each(
        f"{_OPEN}wordprocessingml.",
        "styles settings webSettings fontTable numbering header footer footnotes endnotes comments commentsExtended"
        " commentsIds commentsExtensible people document.glossary",
    )
    | _each(
        f"{_OPEN}spreadsheetml.",
        "worksheet chartsheet sharedStrings styles calcChain comments table tableSingleCells pivotTable"
        " pivotCacheDefinition pivotCacheRecords sheetMetadata userNames revisionHeaders revisionLog",
    )
    | _each(
        f"{_OPEN}presentationml.",
        "slide slideLayout slideMaster notesSlide notesMaster handoutMaster presProps viewProps tableStyles tags"
        " comments commentAuthors",
    )
    | _each(f"{_OPEN}drawingml.", "chart chartshapes diagramData diagramLayout diagramStyle diagramColors")
    | _each("application/vnd.ms-word.", "stylesWithEffects")
    | _each(
        "application/vnd.ms-office.",
        "chartstyle chartcolorstyle chartex drawingml.diagramDrawing classificationlabels",
    )
    | _each(
        "application/vnd.ms-excel.",
        "slicer slicerCache timeline timelineCache threadedcomments person controlproperties rdrichvalue"
        " rdrichvaluestructure rdrichvaluetypes rdarray richvaluerel richstyles",
    )
    | _each("application/vnd.ms-powerpoint.", "changesinfo revisioninfo comments authors")
)
PICTURES = _each("image/", "png x-png jpeg jpg pjpeg gif bmp tiff webp x-emf emf x-wmf wmf svg+xml", "")
PACKAGES = {media_type: ending for ending, media_type in MEDIA_TYPES.items()}
# Fonts, a printer's settings, Google's own notes: nothing opens them but the program that wrote them.
BINARY = {
    f"{_OPEN}obfuscatedFont", f"{_OPEN}spreadsheetml.printerSettings", f"{_OPEN}wordprocessingml.printerSettings",
    f"{_OPEN}presentationml.printerSettings", "application/vnd.openxmlformats-package.digital-signature-origin",
    "application/x-fontdata", "application/x-font-ttf", "application/binary",
}  # fmt: skip
_RELATIONSHIPS = _each(
    "",
    # The file and what describes it
    "officeDocument extended-properties custom-properties core-properties extendedProperties customProperties"
    " thumbnail origin signature customXml"
    " customXmlProps classificationlabels workbookmetadata presentationmetadata"
    # Text
    " styles stylesWithEffects settings webSettings fontTable font numbering theme themeOverride header footer"
    " footnotes endnotes comments commentsExtended commentsIds commentsExtensible people glossaryDocument"
    # Pictures, drawings, links, files inside
    " image hyperlink drawing vmlDrawing chart chartEx chartUserShapes chartStyle chartColorStyle diagramData"
    " diagramLayout diagramQuickStyle diagramColors diagramDrawing package printerSettings cellImage"
    # Sheets
    " worksheet chartsheet sharedStrings calcChain table tableSingleCells pivotTable pivotCacheDefinition"
    " pivotCacheRecords sheetMetadata usernames revisionHeaders revisionLog slicer slicerCache timeline timelineCache"
    " threadedComment person ctrlProp rdRichValue rdRichValueStructure rdRichValueTypes rdArray richValueRel"
    " richStyles"
    # Slides
    " slide slideLayout slideMaster notesSlide notesMaster handoutMaster presProps viewProps tableStyles tags"
    " commentAuthors authors revisionInfo changesInfo",
    "",
)
# What a person clicks on. Any other relationship to the outside is followed by the program itself, as it opens.
_CLICKED = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:|//|\\\\", re.IGNORECASE)
# Elements that fetch, whatever the type of the relationship that they name.
FETCHING = {"attachedTemplate", "altChunk", "subDoc", "OLEObject", "oleLink", "ddeLink", "externalBook", "mailMerge"}
# Fields of Word that fetch something; functions of Excel that ask others, or run something.
FIELD = re.compile(r"(?:^|\s)(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\s", re.IGNORECASE)
FORMULA = re.compile(
    r"\b(?:WEBSERVICE|RTD|CALL|REGISTER(?:\.ID)?|EXEC)\s*\(|\w'?\|'?[^!\"]{0,200}!", re.IGNORECASE
)  # fmt: skip
# Clicks in slides that start something.
ACTION = re.compile(r"ppaction://(?:program|macro|ole)", re.IGNORECASE)
_MACRO = re.compile(r"macro|vba|dialogsheet", re.IGNORECASE)
_OBJECT = re.compile(r"oleObject|activeX|/control$", re.IGNORECASE)
MACRO_WORDS, OBJECT_WORDS = "macro", "đối tượng của chương trình khác gắn bên trong"


def may_relate(kind: str) -> bool:
    """Whether a relationship of this type (a URI) is on the list."""
    return kind.rstrip("/").rpartition("/")[2] in _RELATIONSHIPS


def leads_out(target: str) -> bool:
    """Whether a target is an address, whatever its mode says."""
    return _ADDRESS.match(target) is not None


def may_lead_out(kind: str, target: str) -> bool:
    """Whether a relationship may lead out of the file: a link that a person clicks."""
    return kind.endswith("/hyperlink") and _CLICKED.match(target) is not None


def words_for(kind: str) -> str:
    """What a part or a relationship that is not on the lists is called, for whoever chose the file."""
    if _MACRO.search(kind):
        return MACRO_WORDS
    return OBJECT_WORDS if _OBJECT.search(kind) else "thành phần Chibo không nhận"
