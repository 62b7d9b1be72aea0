"""No file does harm: each of the corpus is refused in words or made harmless, within the limits of its own process."""

import io
import resource
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

import docx
import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from chibo.directory.spreadsheets.problems import Unreadable
from chibo.directory.spreadsheets.workbook import IN_A_REQUEST, open_workbook
from chibo.lib.files import limits, reader
from chibo.lib.files.workbook import lines_of, row_of
from chibo.meetings.prepare.papers import BadPaper, CleanPaper, clean_paper, name_of
from tests.files.hostile import Hostile, corpus
from tests.files.making import jpeg, office, pdf, photo_object, png, relationship

Note = Callable[[str, object], None]
# What a file of less than 100 KB may cost; all that is larger here is refused before it is read.
SECONDS = 2.0


def read(name: str, content: bytes) -> CleanPaper | str:
    """The paper, or why it is refused."""
    try:
        return clean_paper(SimpleUploadedFile(name, content))
    except BadPaper as reason:
        return str(reason)


def spent() -> float:
    """Seconds of the processor that processes of ours have used and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_the_corpus_is_refused_in_words_or_made_harmless(record_property: Note) -> None:
    files, lines = corpus(), []
    assert len(files) >= 60
    for one in files:
        content = one.make()
        before, began = spent(), time.monotonic()
        found = read(one.name, content)
        cost, lasted = spent() - before, time.monotonic() - began
        answer = "refused" if isinstance(found, str) else "harmless"
        lines.append(f"{one.name:15} {one.what:38} {len(content):9,} {cost:5.2f} {lasted:6.2f}  {answer}")
        check(one, found)
        # The limit is the process's own (RLIMIT_CPU), so this holds however busy the machine is.
        assert cost < SECONDS + 0.5, one.what
    record_property("figures", "hostile files (bytes, seconds of the processor, seconds on the clock):")
    for line in lines:
        record_property("figures", line)


def check(one: Hostile, found: CleanPaper | str) -> None:
    if isinstance(found, str):
        assert one.refused or one.either, (one.what, found)
        assert one.refused in found, (one.what, found)
        assert found.startswith(("Tệp", "Không", "Ảnh")) and found.endswith("."), found
    else:
        assert not one.refused or one.either, one.what
        for sign in one.gone:
            assert sign not in found.content, (one.what, sign)


def test_time_grows_with_the_size_alone_and_what_goes_over_a_limit_ends() -> None:
    for name, more, most in (("a.docx", 1_000_000, 20), ("a.pdf", 100_000, 20)):
        assert limits.seconds_for("paper", name, more - 1) == SECONDS
        assert limits.seconds_for("paper", name, more) == SECONDS + 1
        assert limits.seconds_for("paper", name, 20 << 20) <= most
    assert limits.seconds_for("workbook", "a.xlsx", 100_000) == SECONDS
    assert ended("while True: pass") == -signal.SIGKILL
    assert ended("bytearray(limits.MEMORY)") == 1
    assert ended("import os; file = open(os.memfd_create('x'), 'wb'); file.write(bytes(2000)); file.flush()") == 1


def ended(what: str) -> int:
    """How a process ends that binds itself as the reading one does, and then does something."""
    begin = f"import sys; sys.path[:0] = {sys.path!r}\nfrom chibo.lib.files import limits\nlimits.bind(1, written=1000)"
    done = subprocess.run(
        [sys.executable, "-I", "-c", f"{begin}\n{what}"], env=reader.ENVIRONMENT, capture_output=True, timeout=120
    )
    return done.returncode


@pytest.mark.django_db
def test_the_site_answers_while_the_worst_file_is_read(record_property: Note) -> None:
    worst = next(one for one in corpus() if one.name == "moved.pdf").make()
    client, answered, done = Client(), [], threading.Event()
    client.get("/dang-nhap/")

    def work() -> None:
        read("moved.pdf", worst)
        done.set()

    quiet = timed(client)
    thread = threading.Thread(target=work)
    thread.start()
    while not done.is_set() and len(answered) < 20:
        answered.append(timed(client))
    meanwhile = not done.is_set()
    thread.join()
    assert meanwhile, "twenty requests are answered before the file is read: nothing of ours waits for it"
    answered.sort()
    record_property(
        "figures",
        f"another request: {quiet * 1000:.0f} ms alone; while the worst file is read"
        f" {answered[len(answered) // 2] * 1000:.0f} ms in the middle, {answered[-1] * 1000:.0f} ms at most",
    )


def timed(client: Client) -> float:
    began = time.monotonic()
    assert client.get("/dang-nhap/").status_code == 200
    return time.monotonic() - began


def test_one_file_is_read_at_a_time_and_the_next_is_told_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "WAITS", 0.01)
    with reader.one_at_a_time:
        assert read("a.txt", b"x") == reader.BUSY
    assert isinstance(read("a.txt", b"x"), CleanPaper)


def test_a_list_is_opened_apart_too() -> None:
    """Rows without end, in a sheet that a search with steps back would walk through again and again."""
    rows = "<row " * 2_000_000
    sheet = ("application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml", rows)
    before = spent()
    with pytest.raises(Unreadable) as refused:
        open_workbook(io.BytesIO(office("xlsx", parts={"xl/worksheets/sheet1.xml": sheet})), IN_A_REQUEST)
    assert refused.value.code == "not_a_workbook"
    assert 0 < spent() - before < SECONDS + 0.5
    day, at = date(2026, 12, 3), time_of_day(7, 30)
    rows_given = [
        ["Họ và tên", "Ngày", "Giờ"],
        ["Lan", day, at],
        ["Hùng", 3.5, True],
        [None, timedelta(hours=40), "x\0"],
    ]
    assert [row_of(line) for line in lines_of([Given(rows_given)])] == [  # type: ignore[list-item]
        *rows_given[:1], ["Lan", datetime(2026, 12, 3), at], *rows_given[2:]
    ]  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A sheet of given cells."""

    cells: list[list[Any]]

    def rows(self) -> Iterator[list[Any]]:
        yield from self.cells


def test_a_photo_inside_keeps_its_drawing_and_the_file_all_else() -> None:
    image = relationship("image", "media/a.jpg")
    word = office(parts={"word/media/a.jpg": ("image/jpeg", jpeg())}, related=image)
    found = read("a.docx", word)
    assert isinstance(found, CleanPaper)
    with (
        Image.open(io.BytesIO(inside(found.content, "word/media/a.jpg"))) as kept,
        Image.open(io.BytesIO(jpeg())) as given,
    ):
        assert not kept.getexif() and list(kept.getdata()) == list(given.getdata())
    assert inside(found.content, "word/document.xml") == inside(word, "word/document.xml")
    given_pdf = pdf("x", photo_object(jpeg()))
    found = read("a.pdf", given_pdf)
    assert isinstance(found, CleanPaper) and len(found.content) == len(given_pdf), "nothing has moved"
    plain = office(parts={"word/media/a.jpg": ("image/jpeg", jpeg(place=False))}, related=image)
    found = read("a.docx", plain)
    assert isinstance(found, CleanPaper) and found.content == plain, "a file that tells nothing is kept as it came"


def inside(content: bytes, path: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(path)


def test_what_people_write_with_their_programs_is_taken() -> None:
    text, sheet, picture = io.BytesIO(), io.BytesIO(), io.BytesIO(jpeg(place=False))
    word = docx.Document()
    word.add_heading("Báo cáo")
    word.add_picture(picture)
    word.add_table(2, 2).cell(0, 0).text = "Giữ bí mật phiếu bầu"
    word.save(text)
    book = xlsxwriter.Workbook(sheet, {"in_memory": True})
    page, chart = book.add_worksheet("Mật độ"), book.add_chart({"type": "line"})
    page.write_row(0, 0, ["Thôn", 1, 2])
    page.write_comment("A1", "Theo báo cáo tháng 11")
    page.write_url("A2", "https://chinhphu.vn")
    page.set_header("&CMật độ dân số")
    page.insert_image("D1", "a.png", {"image_data": io.BytesIO(png())})
    chart.add_series({"values": "='Mật độ'!$B$1:$C$1"})
    page.insert_chart("D9", chart)
    book.close()
    for name, content in (("a.docx", text.getvalue()), ("a.xlsx", sheet.getvalue()), ("a.pdf", pdf())):
        found = read(name, content)
        assert isinstance(found, CleanPaper), found


def test_a_name_is_read_as_it_is_seen() -> None:
    file = SimpleUploadedFile("bao-cao-\u202excod.txt", b"x")
    file.name = "C:\\ảnh\\bao-cao-\u202excod\u200b\x07.txt"
    assert name_of(file) == "bao-cao-xcod.txt"
