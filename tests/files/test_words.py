"""A marking is found wherever in a file it stands: beside the text, in files inside, in names of what is inside."""

import pytest

from chibo.lib.files import paper
from tests.files.making import office, pdf, png, stream

OPEN = "application/vnd.openxmlformats-officedocument"


def in_word(part: str, kind: str, inside: str) -> bytes:
    """A Word file with one more part of text."""
    return office(parts={f"word/{part}": (f"{OPEN}.wordprocessingml.{kind}+xml", f"<w>{inside}</w>")})


def xlsx(text: str) -> bytes:
    words = f"<sst><si><t>Kế hoạch</t></si><si><t>{text}</t></si></sst>"
    return office("xlsx", parts={"xl/sharedStrings.xml": (f"{OPEN}.spreadsheetml.sharedStrings+xml", words)})


def stamped(text: str) -> bytes:
    """A PDF with a stamp laid on its page."""
    look = b"/Type/XObject/Subtype/Form/BBox[0 0 99 20]/Resources<</Font<</F1 5 0 R>>>>"
    stamp = b"<</Type/Annot/Subtype/Stamp/Rect[0 0 99 20]/AP<</N 7 0 R>>>>"
    drawing = stream(f"BT /F1 12 Tf ({text}) Tj ET".encode(), look)
    return pdf("Ke hoach", stamp, drawing, page=b"/Annots[6 0 R]")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", in_word("header8.xml", "header", '<textpath string="TỐI MẬT"/>')),
        ("a.docx", in_word("footer1.xml", "footer", "<p><t>TUYỆT.MẬT</t></p>")),
        ("a.docx", in_word("comments.xml", "comments", "<comment><p><t>Độ mật: Mật</t></p></comment>")),
        ("a.docx", office(body="<w:txbxContent><w:p><w:r><w:t>MẬT</w:t></w:r></w:p></w:txbxContent>")),
        ("a.docx", office(parts={"docProps/custom.xml": (f"{OPEN}.custom-properties+xml", "<p><a>Tuyệt mật</a></p>")})),
        ("a.docx", office(parts={"word/media/MẬT.png": ("image/png", png())})),
        ("a.docx", office(parts={"word/embeddings/a.xlsx": (f"{OPEN}.spreadsheetml.sheet", xlsx("MẬT"))})),
        ("a.xlsx", xlsx("MẬT")),
        ("a.xlsx", office("xlsx", root='<w><sheet name="TUYỆT-MẬT"/></w>')),
        ("a.pdf", stamped("TUYET MAT")),
        ("a.pdf", pdf("Ke hoach", b"<</Title(TOI MAT)>>")),
        ("a.docx", in_word("header9.xml", "header", "<p><r><t>M</t></r><r><t>ẬT</t></r></p>")),
    ],
)  # fmt: skip
def test_a_marking_is_found_wherever_it_stands(name: str, content: bytes) -> None:
    answer, rest = paper.clean(name, content)
    assert answer.get("marking") and not answer["in_name"]
    assert rest == b"", "nothing of it goes back"


def test_words_that_stand_elsewhere_for_other_things_are_left_alone() -> None:
    """Names of styles, of parts, of what a drawing is made of; a field that is a link."""
    link = "<w:p><w:r><w:instrText>HYPERLINK https://vidu.vn/IMPORT</w:instrText></w:r></w:p>"
    body = f'<w:p><w:pPr><w:pStyle val="mat"/></w:pPr><sp3d prstMaterial="matte"/></w:p>{link}'
    answer, _ = paper.clean("mat-do.docx", office(body=body, parts={"word/media/mat1.png": ("image/png", png())}))
    assert answer["same"]
