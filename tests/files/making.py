"""Small real files, made by hand so that each can be spoilt in one way: PDF, Office, photos."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": ("word/document.xml", f"{_TYPE}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_TYPE}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_TYPE}.presentationml.presentation.main+xml"),
}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


# ---------- PDF ----------
def pdf(
    text: str = "Bien ban",
    *objects: bytes,
    catalog: bytes = b"",
    page: bytes = b"",
    kids: bytes = b"[3 0 R]",
    count: int = 1,
    content: bytes | None = None,
) -> bytes:
    """One page that says a text. objects: from number 6 on; catalog, page: what else stands in them."""
    drawn = f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode("latin-1") if content is None else content
    all_objects = [
        b"<</Type/Catalog/Pages 2 0 R %b>>" % catalog,
        b"<</Type/Pages/Kids %b/Count %d>>" % (kids, count),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R %b>>" % page,
        stream(drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *objects,
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(all_objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(all_objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(all_objects) + 1, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream with its dictionary."""
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def packed(data: bytes, entries: bytes = b"") -> bytes:
    """The same, packed by Flate."""
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + entries)


def photo_object(data: bytes, how: bytes = b"/DCTDecode") -> bytes:
    """A photo as an object of a PDF."""
    entries = b"/Type/XObject/Subtype/Image/Width 40/Height 20/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter %b"
    return stream(data, entries % how)


# ---------- Office ----------
def relationship(kind: str, target: str, *, outside: bool = False, number: int = 1) -> str:
    """One relationship; kind: the end of its type, or all of it."""
    uri = kind if ":" in kind else f"{_OFFICE}/{kind}"
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="rId{number}" Type="{uri}" Target="{target}"{mode}/>'


def office(
    ending: str = "docx",
    body: str = "<w:p><w:r><w:t>Noi dung</w:t></w:r></w:p>",
    *,
    parts: Mapping[str, tuple[str, bytes | str]] | None = None,
    related: str = "",
    main_type: str = "",
    root: str | None = None,
) -> bytes:
    """An Office file. parts: more of them, path → (content type, content); related: relationships of the main part."""
    path, kind = MAIN[ending]
    folder, _, name = path.rpartition("/")
    parts = parts or {}
    types = "".join(f'<Override PartName="/{one}" ContentType="{how}"/>' for one, (how, _) in parts.items() if how)
    main = root if root is not None else f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/{path}" ContentType="{main_type or kind}"/>{types}</Types>',
        )
        archive.writestr("_rels/.rels", _relationships(relationship("officeDocument", path)))
        archive.writestr(path, main)
        if related:
            archive.writestr(f"{folder}/_rels/{name}.rels", _relationships(related))
        for one, (_, content) in parts.items():
            archive.writestr(one, content)
    return out.getvalue()


def _relationships(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


# ---------- Photos ----------
def jpeg(*, place: bool = True, comment: bytes = b"") -> bytes:
    """A photo; with what a telephone writes into it."""
    out, exif = io.BytesIO(), Image.Exif()
    if place:
        exif[0x010F] = "May anh cua Lan"
        exif[0x8825] = {1: "N", 2: (11.0, 5.0, 0.0), 3: "E", 4: (108.0, 7.0, 0.0)}
    Image.new("RGB", (40, 20), "red").save(out, "JPEG", comment=comment, **({"exif": exif} if place else {}))
    return out.getvalue()


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    """A picture, with more chunks before its end."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(out, "PNG")
    end = out.getvalue()[-12:]
    more = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
    return out.getvalue()[:-12] + more + end


def tiff() -> bytes:
    """A scan that says who made it."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = "Nguyen Thi Lan"
    Image.new("RGB", (40, 20), "red").save(out, "TIFF", exif=exif)
    return out.getvalue()
