"""The export of a whole cell as one file: what its asker may read of it, never a closed section."""

import zipfile
from io import BytesIO

from chibo.access.standing import Standing
from chibo.directory.exports.parts import CONTENTS_PAGE, PARTS, ExportedFile
from chibo.lib.dates import now
from chibo.orgs.models import Organisation


def whole_cell(by: Standing, cell: Organisation) -> tuple[bytes, int]:
    """The ZIP file, and how many files stand in it beside the page of contents."""
    files = [one for part in PARTS for one in part(by, cell)]
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for write in CONTENTS_PAGE:
            archive.writestr("Mục lục.docx", write(cell, files, now()))
        for one in _each_once(files):
            archive.writestr(one.path, one.content)
    return target.getvalue(), len(files)


def _each_once(files: list[ExportedFile]) -> list[ExportedFile]:
    """Two papers of one name are told apart."""
    taken: set[str] = set()
    found = []
    for one in files:
        path, number = one.path, 2
        stem, dot, ending = one.path.rpartition(".")
        while path in taken:
            path, number = f"{stem} ({number}){dot}{ending}", number + 1
        taken.add(path)
        found.append(ExportedFile(path, one.title, one.content))
    return found
