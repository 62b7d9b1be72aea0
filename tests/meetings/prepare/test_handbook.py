"""The package for the handbook app: what was issued, byte for byte, and links to nothing else."""

import io
import zipfile

from django.test import Client

from chibo.documents.models import IssuedDocument
from tests.crawl.page import read
from tests.crawl.worlds import signed
from tests.people import People, sign_in


def test_the_package_after_signing_holds_the_files_that_were_issued(client: Client, people: People) -> None:
    meeting = signed(people)
    answer = sign_in(client, people.lan).get(f"/cuoc-hop/{meeting.pk}/so-tay/goi.zip")
    issued = {one.kind: one for one in IssuedDocument.objects.filter(meeting_id=meeting.pk)}
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == {
        "Biên bản.docx": bytes(issued["bien-ban"].docx),
        "Biên bản.pdf": bytes(issued["bien-ban"].pdf),
        "Nghị quyết.docx": bytes(issued["nghi-quyet"].docx),
        "Nghị quyết.pdf": bytes(issued["nghi-quyet"].pdf),
    }


def test_every_paper_that_is_listed_can_be_opened(client: Client, people: People) -> None:
    meeting = signed(people)
    path = f"/cuoc-hop/{meeting.pk}/so-tay/"
    papers = [link for link in read(path, sign_in(client, people.lan).get(path).content).links if "/van-ban/" in link]
    assert len(papers) == 4
    assert {client.get(one).status_code for one in papers} == {200}
