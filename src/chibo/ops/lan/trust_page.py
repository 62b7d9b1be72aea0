"""The page by which a phone is made to trust this machine, and what it links to; without Django, nothing of the data.

Served by `door` over plain HTTP: a phone that does not trust yet would only be taught to click warnings away.
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from chibo.ops.lan.authority import as_downloaded, fingerprint

PATH = "/tin-cay/"
_STYLE = Path(__file__).resolve().parents[2] / "look" / "static" / "look" / "chibo.css"
_PAGE = Path(__file__).with_name("trust.html")


@dataclass(frozen=True)
class Answer:
    """The body of an answer, and what it is."""

    content_type: str
    body: bytes


def answer(path: str, *, root: Path, address: str) -> Answer | None:
    """What is served at a path; None where there is nothing.

    Arguments:
        root: the file of the root's certificate.
        address: where Chibo itself is served, `https://…`.
    """
    match path:
        case "/tin-cay/":
            # A chance to break after each pair of digits, or the line is wider than a phone.
            shown = fingerprint(root).replace(":", ":<wbr>")
            words = Template(_PAGE.read_text(encoding="utf-8"))
            page = words.substitute(fingerprint=shown, address=escape(address, quote=True))
            return Answer("text/html; charset=utf-8", page.encode())
        case "/tin-cay/chibo.crt":
            return Answer("application/x-x509-ca-cert", as_downloaded(root))
        case "/tin-cay/kieu.css":
            return Answer("text/css; charset=utf-8", _STYLE.read_bytes())
    return None
