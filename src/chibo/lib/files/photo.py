"""Photos: opened whole, turned upright and written anew. The place and the camera do not come along (never hold 7)."""

import io
import struct
from collections.abc import Iterator

from PIL import Image, ImageOps

from chibo.lib.files.limits import PIXELS
from chibo.lib.files.paper import Read
from chibo.lib.files.refusal import Refusal

Image.MAX_IMAGE_PIXELS = None  # measured below, with words of our own; inside other files nothing is laid out
_KINDS = {"JPEG": (".jpg", "image/jpeg"), "PNG": (".png", "image/png")}
_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
# Of a JPEG: its form, its colours. What a camera, an editor or a person wrote stands in the other ones.
_JPEG_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_PNG_KEPT = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD")
# How a description of a photo begins, in whatever holds the photo.
SIGNS = (b"Exif\0\0", b"http://ns.adobe.com/xap/", b"http://ns.adobe.com/xmp/", b"Photoshop 3.0\0", b"JpgTiffExif->JP2")

_INSIDE = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
# Maker, model, artist, XMP, IPTC, Photoshop, the camera's own fields, the place.
_TELLING = {0x010F, 0x0110, 0x013B, 0x02BC, 0x83BB, 0x8649, 0x8769, 0x8825}


class Metadata(ValueError):
    """A picture tells more than itself, and cannot be stripped of it."""


def read(name: str, content: bytes) -> Read:
    """A photo as it is kept.

    Raises:
        Refusal: it cannot be opened, or is too large.
    """
    try:
        with Image.open(io.BytesIO(content), formats=tuple(_KINDS)) as picture:
            if picture.width * picture.height > PIXELS:
                raise Refusal(f"Ảnh “{name}” quá lớn. Thu nhỏ hoặc chụp lại rồi chọn lại.")
            kind = picture.format or ""
            bare = _written(picture, kind)
    except Refusal:
        raise
    except Exception as error:  # Pillow raises a dozen kinds for broken files
        raise Refusal(f"Không mở được ảnh “{name}”. Chụp lại hoặc chọn ảnh khác.") from error
    ending, media_type = _KINDS[kind]
    return Read(media_type, lambda: bare, ending=ending)


def _written(picture: Image.Image, kind: str) -> bytes:
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    modes = ("RGB", "L") if kind == "JPEG" else ("RGB", "L", "RGBA", "P", "LA")
    bare = picture if picture.mode in modes else picture.convert("RGB")
    bare.info = {}
    out = io.BytesIO()
    bare.save(out, kind, **({"quality": 88, "optimize": True} if kind == "JPEG" else {}), exif=b"")
    return out.getvalue()


# ---------- Inside other files: nothing is drawn anew, what describes the photo is cut out ----------
def stripped(content: bytes) -> bytes:
    """A picture without what describes it; the very same bytes where there is nothing.

    Raises:
        Metadata: it cannot be cut out of this kind of picture, or some was left.
    """
    if content.startswith(_JPEG):
        content = b"".join(_jpeg_pieces(content))
    elif content.startswith(_PNG):
        content = b"".join(_png_pieces(content))
    if any(sign in content for sign in SIGNS):
        raise Metadata
    _check(content)
    return content


def _check(content: bytes) -> None:
    """What Pillow can open, it says about whether it describes itself."""
    try:
        with Image.open(io.BytesIO(content), formats=_INSIDE) as picture:
            if "xmp" in picture.info or _TELLING & set(picture.getexif()):
                raise Metadata
    except (OSError, SyntaxError):
        return  # drawings of Office (EMF, WMF), broken pictures: they were searched for the signs


def _jpeg_pieces(content: bytes) -> Iterator[bytes]:
    """A JPEG by its segments, without those that describe it and without what stands behind its end."""
    yield _JPEG
    place = 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise Metadata
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
            continue
        if marker == 0xD9:
            yield b"\xff\xd9"
            return
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        end = place + 2 + length
        if not _describes(marker, content[place + 4 : end]):
            yield content[place:end]
        place = end
        if marker == 0xDA:
            end = _end_of_scan(content, place)
            yield content[place:end]
            place = end
    if content[place : place + 2] == b"\xff\xd9":
        yield b"\xff\xd9"


def _describes(marker: int, payload: bytes) -> bool:
    """Whether a segment is a description or a comment."""
    if marker == 0xFE:
        return True
    return 0xE0 <= marker <= 0xEF and not payload.startswith(_JPEG_KEPT.get(marker, b"\0never"))


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the drawing that begins here gives way to the next marker."""
    while (place := content.find(b"\xff", place)) >= 0 and place + 1 < len(content):
        following = content[place + 1]
        if following and following != 0xFF and not 0xD0 <= following <= 0xD7:
            return place
        place += 2 if following != 0xFF else 1
    return len(content)


def _png_pieces(content: bytes) -> Iterator[bytes]:
    """A PNG by its chunks: those that draw it."""
    yield _PNG
    place = len(_PNG)
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind, end = content[place + 4 : place + 8], place + 12 + length
        if kind in _PNG_KEPT:
            yield content[place:end]
        if kind == b"IEND":
            return
        place = end
