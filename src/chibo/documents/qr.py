"""QR codes: as SVG without inline style, which the content policy refuses; as PNG for DOCX."""

import io
from html import escape
from itertools import groupby

import segno

QR_LABEL = "Mã QR để kiểm tra tờ giấy"


def qr_svg(text: str, label: str) -> str:
    """Return an SVG element that shows a text as a QR code, black on white, four modules of margin.

    Arguments:
        text: what the code says, usually an address.
        label: what a screen reader says, in Vietnamese.
    """
    code = segno.make(text, micro=False, error="m")
    size = code.symbol_size(border=4)[0]
    path = "".join(_row(row + 4, bytes(modules)) for row, modules in enumerate(code.matrix))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" '
        f'aria-label="{escape(label, quote=True)}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path d="{path}"/></svg>'
    )


def qr_png(text: str) -> bytes:
    """Return the same code as a PNG file."""
    buffer = io.BytesIO()
    segno.make(text, micro=False, error="m").save(buffer, kind="png", scale=6, border=4)
    return buffer.getvalue()


def _row(place: int, modules: bytes) -> str:
    """The dark stretches of one row, each a rectangle."""
    column, path = 4, ""
    for dark, stretch in groupby(modules):
        length = len(list(stretch))
        if dark:
            path += f"M{column} {place}h{length}v1h-{length}z"
        column += length
    return path
