"""LibreOffice opens the DOCX and lays it out on about as many pages as our own PDF."""

import io
import os
import shutil
import subprocess
from pathlib import Path

import pypdf
import pytest

from chibo.documents.docx import render_docx
from chibo.documents.pdf import render_pdf
from tests.documents import samples
from tests.documents.reading import words

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not here: apt-get install --no-install-recommends libreoffice-writer"
)


@needs_office
def test_libreoffice_opens_every_paper(tmp_path: Path) -> None:
    made = {make.__name__: make() for make in samples.ALL}
    for name, document in made.items():
        (tmp_path / f"{name}.docx").write_bytes(render_docx(document, made_at=samples.MADE_AT))
    subprocess.run(
        [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), *(str(tmp_path / f"{name}.docx") for name in made)],
        check=True, capture_output=True, timeout=180, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    for name, document in made.items():
        theirs = pypdf.PdfReader(tmp_path / f"{name}.pdf").pages
        ours = pypdf.PdfReader(io.BytesIO(render_pdf(document, made_at=samples.MADE_AT))).pages
        assert abs(len(theirs) - len(ours)) <= 1
        shown = words(" ".join(page.extract_text() for page in theirs))
        assert words(document.subject) in shown
        assert all(words(one.name) in shown for one in document.signatures)
