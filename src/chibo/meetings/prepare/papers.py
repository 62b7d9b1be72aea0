"""What an uploaded paper really is: judged by its bytes, photos stripped of what the camera wrote into them."""

import hashlib
import io
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from chibo.lib.classified import marking_in, marking_in_name
from chibo.lib.file_text import texts_of
from chibo.lib.vietnamese import normalise
from chibo.look.gate import refusal

ENDINGS = (".pdf", ".docx", ".xlsx", ".pptx", ".jpg", ".jpeg", ".png", ".txt")
_OFFICE = {
    ".docx": ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".pptx": ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
}
_IMAGES = {"JPEG": (".jpg", "image/jpeg"), "PNG": (".png", "image/png")}
# Larger than any scan of A3 at 600 dpi; beyond it a small file may unpack into all of the memory.
MOST_PIXELS = 80_000_000
# Shown in the browser; everything else is downloaded.
SHOWN = ("application/pdf", "image/jpeg", "image/png")


class BadPaper(ValueError):
    """The file cannot be taken; the message says why and what to do, in Vietnamese."""


class ClassifiedPaper(BadPaper):
    """The file is marked as classified: nothing of it is kept, and the item becomes a closed one in one tap."""


@dataclass(frozen=True)
class CleanPaper:
    """A paper fit to be kept."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


def clean_paper(file: "UploadedFile[bytes]") -> CleanPaper:
    """Read an upload whose size was checked before.

    Raises:
        BadPaper: its bytes are not of the kind that its name says, it is broken, or it carries macros.
        ClassifiedPaper: its name, its text or its properties bear a marking.
    """
    name = normalise(PurePath((file.name or "").replace("\\", "/")).name)[-200:]
    content = file.read()
    ending = PurePath(name).suffix.lower()
    refuse_classified(name, content, ending)
    if ending == ".pdf":
        return _pdf(name, content)
    if ending in _OFFICE:
        return _office(name, content, ending)
    if ending in (".jpg", ".jpeg", ".png"):
        return _image(name, content)
    if ending == ".txt":
        return _text(name, content)
    raise BadPaper(f"Tệp “{name}” không thuộc loại nhận được. Chọn tệp PDF, DOCX, XLSX, PPTX, JPG, PNG hoặc TXT.")


def refuse_classified(name: str, content: bytes, ending: str) -> None:
    """Look for the markings of classified matter; words in pictures and scans cannot be read.

    Raises:
        ClassifiedPaper: there is one. The message does not repeat the name, which may say what must not be said.
    """
    if marking := marking_in_name(name):
        raise ClassifiedPaper(refusal(marking, "Tên tệp này"))
    for text in texts_of(content, ending):
        if marking := marking_in(text):
            raise ClassifiedPaper(refusal(marking, "Tệp này"))


def _pdf(name: str, content: bytes) -> CleanPaper:
    # Readers allow some bytes before the header (PDF 32000-1, annex H.3.4.1).
    if b"%PDF-" not in content[:1024] or b"%%EOF" not in content[-2048:]:
        raise BadPaper(f"Tệp “{name}” không phải PDF hoặc đã hỏng. Mở thử trên máy rồi lưu lại thành PDF.")
    return CleanPaper(name, "application/pdf", content)


def _office(name: str, content: bytes, ending: str) -> CleanPaper:
    folder, media_type = _OFFICE[ending]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        message = f"Không mở được tệp “{name}”. Mở trên máy rồi lưu lại, hoặc lưu thành PDF."
        raise BadPaper(message) from error
    if "[Content_Types].xml" not in names or not any(one.startswith(folder) for one in names):
        raise BadPaper(f"Tệp “{name}” không phải tệp {ending[1:].upper()}. Mở trên máy rồi lưu lại đúng loại.")
    if any(one.lower().endswith("vbaproject.bin") for one in names):
        raise BadPaper(f"Tệp “{name}” có macro. Lưu thành PDF rồi chọn lại.")
    return CleanPaper(name, media_type, content)


def _image(name: str, content: bytes) -> CleanPaper:
    """Open it whole, turn it upright and write it anew: the place and the camera do not come along (never hold 7)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=tuple(_IMAGES)) as probe:
                if probe.width * probe.height > MOST_PIXELS:
                    raise BadPaper(f"Ảnh “{name}” quá lớn. Thu nhỏ hoặc chụp lại rồi chọn lại.")
                probe.verify()
            with Image.open(io.BytesIO(content), formats=tuple(_IMAGES)) as picture:
                kind = picture.format or ""
                upright = ImageOps.exif_transpose(picture)
                bare = upright if upright.mode in ("RGB", "L", "RGBA", "P", "LA") else upright.convert("RGB")
                if kind == "JPEG" and bare.mode not in ("RGB", "L"):
                    bare = bare.convert("RGB")
                bare.info = {}
                out = io.BytesIO()
                bare.save(out, kind, **({"quality": 88, "optimize": True} if kind == "JPEG" else {}))
    except BadPaper:
        raise
    except Exception as error:  # Pillow raises a dozen kinds for broken files
        raise BadPaper(f"Không mở được ảnh “{name}”. Chụp lại hoặc chọn ảnh khác.") from error
    ending, media_type = _IMAGES[kind]
    return CleanPaper(f"{PurePath(name).stem}{ending}", media_type, out.getvalue())


def _text(name: str, content: bytes) -> CleanPaper:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return CleanPaper(name, "text/plain; charset=utf-8", text.encode())
    raise BadPaper(f"Không đọc được chữ trong tệp “{name}”. Lưu lại với mã UTF-8 hoặc thành PDF.")
