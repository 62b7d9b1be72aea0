"""The access rule and the assessment say what is configured, live, and leave blank what people must fill in."""

from typing import Any

import pytest
from django.test import Client

from chibo.directory.rights import NOBODY_SEES
from chibo.lib.dates import format_date, today
from chibo.privacy.retention.run import set_days
from tests import make
from tests.documents.reading import docx_paragraphs
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db


def words_of(client: Client, name: str) -> str:
    answer = client.get(f"/bao-ve-du-lieu/{name}.docx")
    assert answer.status_code == 200
    return "\n".join(docx_paragraphs(answer.content))


def test_the_access_rule_is_read_off_the_matrix(people: People) -> None:
    words = words_of(sign_in(Client(), people.thu), "quy-dinh-truy-cap")
    for part in ("Chi ủy", "Cấp ủy viên phụ trách", "số điện thoại", NOBODY_SEES[0], format_date(today())):
        assert part in words, part
    assert "đơn vị tự ghi" in words


def test_the_assessment_follows_the_configuration(people: People, settings: Any) -> None:
    client = sign_in(Client(), people.thu)
    settings.SECOND_FACTOR_REQUIRED, settings.HTTPS = True, True
    words = words_of(client, "danh-gia-tac-dong")
    assert "bắt buộc với người giữ chức vụ" in words
    assert "CHƯA bật HTTPS" not in words
    settings.SECOND_FACTOR_REQUIRED, settings.HTTPS = False, False
    set_days(by=people.standing("thu"), key="retention_contact", days=77, source="Quyết định")
    make.cell(people.commune, "Chi bộ mới")
    words = words_of(client, "danh-gia-tac-dong")
    for part in ("chưa bắt buộc", "CHƯA bật HTTPS", "giữ 77 ngày", "sao lưu", "đơn vị tự ghi", "A05"):
        assert part in words, part


def test_it_names_nobody_and_holds_no_content(people: People) -> None:
    make.item(people.meeting, "Chuyện riêng của chi bộ")
    client = sign_in(Client(), people.operator)
    for name in ("quy-dinh-truy-cap", "danh-gia-tac-dong"):
        words = words_of(client, name)
        assert not [one.full_name for one in people.all().values() if one.full_name in words]
        assert "Chuyện riêng" not in words
        assert client.get(f"/bao-ve-du-lieu/{name}.pdf").content.startswith(b"%PDF")


def test_the_page_leads_each_to_what_is_theirs(people: People) -> None:
    pages = {
        who: sign_in(Client(), people.all().get(who) or people.operator).get("/bao-ve-du-lieu/").content.decode()
        for who in ("lan", "dung", "thu", "operator")
    }
    leads = {who: {path for path in PATHS if f'href="{path}"' in page} for who, page in pages.items()}
    assert leads == {
        "lan": {"/yeu-cau-du-lieu/"},
        "dung": {"/yeu-cau-du-lieu/", "/ngay-nghi/", "/phieu-kin-tren-may/"},
        "thu": set(PATHS),
        "operator": {"/su-co-du-lieu/", "/bao-ve-du-lieu/danh-gia-tac-dong.docx"},
    }


PATHS = (
    "/yeu-cau-du-lieu/",
    "/ngay-nghi/",
    "/phieu-kin-tren-may/",
    "/thoi-han-luu/",
    "/su-co-du-lieu/",
    "/bao-ve-du-lieu/danh-gia-tac-dong.docx",
)
