"""PDF, read by pypdf: every object is looked at, every page's words are read, photos are blanked where they lie."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PdfReadError
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from chibo.lib.files import limits, photo, xml_part
from chibo.lib.files.paper import Read
from chibo.lib.files.refusal import TOO_HEAVY, Refusal

PRINT_ANEW = "Mở tệp, in ra PDF (Print to PDF) rồi chọn lại."
# Names of what runs, starts, fetches or hides something (ISO 32000-2, 12.6.4, 7.11.4); forms of XFA are programs.
_ACTS = {
    "/JavaScript": "lệnh chạy tự động", "/JS": "lệnh chạy tự động", "/Launch": "lệnh chạy tự động",
    "/ImportData": "lệnh chạy tự động", "/SubmitForm": "lệnh chạy tự động", "/XFA": "lệnh chạy tự động",
    "/EmbeddedFiles": "tệp khác gắn bên trong", "/EmbeddedFile": "tệp khác gắn bên trong",
    "/EF": "tệp khác gắn bên trong", "/GoToE": "tệp khác gắn bên trong", "/GoToR": "chỗ trỏ tới tệp ở nơi khác",
    "/RichMedia": "phim hoặc tiếng", "/Movie": "phim hoặc tiếng", "/Sound": "phim hoặc tiếng",
    "/Rendition": "phim hoặc tiếng", "/Screen": "phim hoặc tiếng", "/3D": "phim hoặc tiếng",
}  # fmt: skip
_LINK = re.compile(r"(?:https?://|mailto:|tel:|#|www\.)", re.IGNORECASE)
# A segment of a JPEG that describes the photo: its length, then one of the signs.
_DESCRIPTION = re.compile(
    rb"\xff[\xe1\xed](..)(?=Exif\0\0|http://ns\.adobe\.com/(?:xap/1\.0|xmp/extension)/\0|Photoshop 3\.0\0)", re.DOTALL
)
_PHOTO_FILTERS = frozenset(("/DCTDecode", "/DCT", "/JPXDecode"))
_PLACE = re.compile(rb"exif:GPS|GPSLatitude|GPSLongitude")


def read(name: str, content: bytes) -> Read:
    """A PDF as it is kept: the very same bytes unless a photo in it was described.

    Raises:
        Refusal: broken, locked, longer than the limits, or with what runs, fetches or hides something.
    """
    _check_frame(name, content)
    bare = _blanked(content)
    if bare != content and b"/ByteRange" in content:
        raise _has(name, "chữ ký số và có ảnh ghi nơi chụp, máy chụp; xóa dấu ấy thì mất chữ ký")
    document = _Document(name, bare)
    return Read("application/pdf", lambda: None if bare == content else bare, document.words(), document.names)


def _check_frame(name: str, content: bytes) -> None:
    """A PDF from its first byte to its last: what is another kind of file too is refused."""
    end = content.rstrip(b"\0\r\n\t \x1a")
    if not content.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-") or not end.endswith(b"%%EOF"):
        raise broken(name)
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise broken(name)


def _blanked(content: bytes) -> bytes:
    """The file with the descriptions of its photos overwritten by as many zeros: nothing moves."""
    if not _DESCRIPTION.search(content):
        return content
    bare = bytearray(content)
    for found in _DESCRIPTION.finditer(content):
        end = min(found.start() + 2 + int.from_bytes(found.group(1), "big"), len(bare))
        bare[found.end() : end] = bytes(max(0, end - found.end()))
    return bytes(bare)


class _Document:
    """One PDF, opened and looked through."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.names: list[str] = []
        self.strings: list[str] = []
        self.described: list[bytes] = []
        try:
            self.reader = PdfReader(io.BytesIO(content), strict=False)
            if self.reader.is_encrypted and not self.reader.decrypt(""):
                raise Refusal(f"Tệp “{name}” có mật khẩu. Bỏ mật khẩu rồi chọn lại.")
            self._look_through()
            self._look_at(self.reader.trailer)
            pages = len(self.reader.pages)
        except Refusal:
            raise
        except (MemoryError, LimitReachedError) as error:
            raise Refusal(TOO_HEAVY.format(name=name)) from error
        except Exception as error:  # pypdf raises whatever its parser meets in a broken file
            raise broken(name) from error
        if not pages:
            raise broken(name)
        if pages > limits.PAGES:
            raise Refusal(f"Tệp “{name}” có hơn {limits.PAGES} trang. Chia thành nhiều tệp rồi chọn lại.")

    def words(self) -> Iterator[str]:
        """What the pages show, notes and stamps on them; properties, bookmarks, forms."""
        yield "\n".join(self.strings)
        for xml in self.described:
            try:
                yield from xml_part.lines_of(xml_part.part_of(xml, every_element=True, lenient=True))
            except xml_part.Broken:
                yield xml.decode("utf-8", errors="ignore")
        for number, page in enumerate(self.reader.pages, 1):
            try:
                yield page.extract_text()
                yield from self._stamps(page)
            except (MemoryError, LimitReachedError) as error:
                raise Refusal(TOO_HEAVY.format(name=self.name)) from error
            except Exception as error:  # as above
                raise Refusal(f"Không đọc được trang {number} của tệp “{self.name}”. {PRINT_ANEW}") from error

    def _stamps(self, page: PageObject) -> Iterator[str]:
        """The words that a stamp on a page draws."""
        for one in page.get("/Annots", ArrayObject()).get_object() or ():
            look = one.get_object().get("/AP", DictionaryObject()).get_object().get("/N")
            form = look.get_object() if look is not None else None
            if isinstance(form, StreamObject) and one.get_object().get("/Subtype") in ("/Stamp", "/FreeText"):
                drawn = PageObject.create_blank_page(self.reader, 500, 500)
                drawn[NameObject("/Resources")] = form.get("/Resources", DictionaryObject())
                drawn[NameObject("/Contents")] = ContentStream(form, self.reader)
                yield drawn.extract_text()

    def _look_through(self) -> None:
        """Every object of the file, whether a page leads to it or not."""
        known = [(number, kind) for kind, found in self.reader.xref.items() for number in found]
        known += [(number, 0) for number in self.reader.xref_objStm]
        if len(known) > limits.OBJECTS:
            raise Refusal(f"Tệp “{self.name}” có quá nhiều thành phần. {PRINT_ANEW}")
        for number, generation in known:
            try:
                one = self.reader.get_object(IndirectObject(number, generation, self.reader))
            except PdfReadError:
                continue  # listed and not there: pages that need it fail
            self._look_at(one)

    def _look_at(self, one: Any) -> None:
        left = [one]
        while left:
            found = left.pop()
            if isinstance(found, TextStringObject):
                self.strings.append(str(found))
            elif isinstance(found, NameObject) and found in _ACTS:  # what an action is may stand apart from it
                raise _has(self.name, _ACTS[found])
            elif isinstance(found, ArrayObject):
                left += list.__iter__(found)
            elif isinstance(found, DictionaryObject):
                self._check_names(found)
                left += dict.values(found)
                if isinstance(found, StreamObject):
                    self._check_stream(found)

    def _check_names(self, found: DictionaryObject) -> None:
        for key, value in dict.items(found):
            if what := _ACTS.get(key):
                raise _has(self.name, what)
            if key == "/URI":
                address = value.get_object()
                if not isinstance(address, (dict, str)) or (isinstance(address, str) and not _LINK.match(address)):
                    raise _has(self.name, "chỗ trỏ tới tệp ở nơi khác")

    def _check_stream(self, found: StreamObject) -> None:
        """A photo that was not blanked, since it is packed or locked, tells nothing; nor does what is said of it."""
        named = found.get("/Filter")
        kinds = set(named) if isinstance(named, ArrayObject) else {named}
        if found.get("/Type") == "/Metadata":
            xml = found.get_data()
            if _PLACE.search(xml):
                raise _has(self.name, "ảnh ghi nơi chụp, máy chụp")
            self.described.append(xml)
            return
        # What a page draws may have a photo in the middle of it.
        drawing = "/BBox" in found or not found.keys() - {"/Filter", "/Length", "/DecodeParms"}
        signs = photo.SIGNS if kinds & _PHOTO_FILTERS else photo.SIGNS[:1] if drawing else ()
        if signs and any(sign in found.get_data() for sign in signs):
            raise _has(self.name, "ảnh ghi nơi chụp, máy chụp")


def broken(name: str) -> Refusal:
    """What cannot be opened."""
    return Refusal(f"Tệp “{name}” không phải PDF hoặc đã hỏng. Mở thử trên máy rồi lưu lại thành PDF.")


def _has(name: str, what: str) -> Refusal:
    return Refusal(f"Tệp “{name}” có {what}. {PRINT_ANEW}")
