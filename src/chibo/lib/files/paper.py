"""What an uploaded paper really is: judged by its bytes, searched for markings, its photos stripped."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from chibo.lib.classified import marking_in, marking_in_name
from chibo.lib.files.refusal import Refusal

ENDINGS = (".pdf", ".docx", ".xlsx", ".pptx", ".jpg", ".jpeg", ".png", ".txt")


@dataclass(frozen=True)
class Read:
    """What a reader made of a file. `words` are lazy: reading stops at the first marking."""

    media_type: str
    # None where the file is kept as it came.
    content: Callable[[], bytes | None] = lambda: None
    words: Iterable[str] = ()
    # Of files inside: an attachment's name may bear what its text does not.
    names: Iterable[str] = field(default=())
    ending: str = ""


def clean(name: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """A paper fit to be kept, or the level of its marking.

    Raises:
        Refusal: it is not of the kind that its name says, it is broken or locked, or holds what is not on the lists.
    """
    ending = PurePath(name).suffix.lower()
    if marking := marking_in_name(name):
        return {"marking": marking, "in_name": True}, b""
    read = _reader(ending, name)(name, content)
    if marking := first_marking(read):
        return {"marking": marking, "in_name": False}, b""
    new = read.content()
    if read.ending:
        name = f"{PurePath(name).stem}{read.ending}"
    return {"name": name, "media_type": read.media_type, "same": new is None}, new or b""


def first_marking(read: Read) -> str | None:
    """The first marking in the words of a file or in the names of what is inside."""
    found: Iterator[str | None] = (marking_in_name(one) for one in read.names)
    return next((one for one in found if one), None) or next(
        (one for one in (marking_in(text) for text in read.words) if one), None
    )


def _reader(ending: str, name: str) -> Callable[[str, bytes], Read]:
    """The reader of a kind of file; the others are not even imported."""
    if ending == ".pdf":
        from chibo.lib.files.pdf import read
    elif ending in (".docx", ".xlsx", ".pptx"):
        from chibo.lib.files.office import read
    elif ending in (".jpg", ".jpeg", ".png"):
        from chibo.lib.files.photo import read
    elif ending == ".txt":
        return _text
    else:
        raise Refusal(f"Tệp “{name}” không thuộc loại nhận được. Chọn tệp PDF, DOCX, XLSX, PPTX, JPG, PNG hoặc TXT.")
    return read


def _text(name: str, content: bytes) -> Read:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Refusal(f"Không đọc được chữ trong tệp “{name}”. Lưu lại với mã UTF-8 hoặc thành PDF.")
    return Read("text/plain; charset=utf-8", text.encode, [text])
