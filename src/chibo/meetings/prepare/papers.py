"""Papers of a meeting: what an upload really is is found out by chibo.lib.files, in a process of its own."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile

from chibo.lib.files import reader
from chibo.lib.files.refusal import Refusal
from chibo.lib.vietnamese import UNUSABLE, normalise
from chibo.look.gate import refusal

# What is taken, as chibo.lib.files.paper reads it.
ENDINGS = (".pdf", ".docx", ".xlsx", ".pptx", ".jpg", ".jpeg", ".png", ".txt")
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
        BadPaper: its bytes are not of the kind that its name says, it is broken, it costs more than the limits allow,
            or it holds what is not on the lists.
        ClassifiedPaper: its name, its text or its properties bear a marking. The message does not repeat the name,
            which may say what must not be said.
    """
    name, content = name_of(file), file.read()
    try:
        answer, rest = reader.read("paper", name, content)
    except Refusal as reason:
        raise BadPaper(str(reason)) from reason
    if marking := answer.get("marking"):
        raise ClassifiedPaper(refusal(marking, "Tên tệp này" if answer["in_name"] else "Tệp này"))
    return CleanPaper(answer["name"], answer["media_type"], content if answer["same"] else rest.read())


def name_of(file: "UploadedFile[bytes]") -> str:
    """The name without the folders before it, and without letters that nobody sees or that turn the others round."""
    name = PurePath(normalise(UNUSABLE.sub("", file.name or "")).replace("\\", "/")).name
    return "".join(one for one in name if unicodedata.category(one) not in ("Cf", "Cc"))[-200:]
