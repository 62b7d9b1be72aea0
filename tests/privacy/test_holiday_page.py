"""A committee enters a day off or made up with its source, for itself and all under it."""

from datetime import date

import pytest
from django.http import Http404
from django.test import Client

from chibo.access.scope import scope
from chibo.audit.models import Event
from chibo.privacy.holidays.commands import enter_holiday
from chibo.rules.models import Holiday
from chibo.rules.working_days import calendar_of
from tests.people import People, sign_in

pytestmark = pytest.mark.django_db
STORM = {"day": "01/12/2026", "kind": "off", "name": "Nghỉ bão số 9", "source": "Công điện 12/CĐ-UBND"}


def test_it_works_and_the_cells_under_it_count_by_it(people: People) -> None:
    client = sign_in(Client(), people.dung)
    assert client.post("/ngay-nghi/", STORM).status_code == 302
    assert not calendar_of(people.cell.path_ids).is_working(date(2026, 12, 1))
    assert calendar_of(people.province.path_ids).is_working(date(2026, 12, 1))
    page = client.get("/ngay-nghi/?nam=2026").content.decode()
    assert "Nghỉ bão số 9" in page and "Công điện 12/CĐ-UBND" in page and "Tết Nguyên đán" in page
    assert Event.objects.filter(kind="holiday.entered", chain=people.commune.pk).count() == 1


def test_entered_again_the_later_word_stands(people: People) -> None:
    client = sign_in(Client(), people.dung)
    client.post("/ngay-nghi/", STORM)
    client.post("/ngay-nghi/", STORM | {"kind": "usual", "name": "Bão không vào"})
    assert Holiday.objects.get(scope_organisation_id=people.commune.pk).kind == "usual"
    assert calendar_of(people.cell.path_ids).is_working(date(2026, 12, 1))


def test_it_validates_the_source(people: People) -> None:
    answer = sign_in(Client(), people.dung).post("/ngay-nghi/", STORM | {"source": ""})
    assert answer.status_code == 422
    assert "Chưa ghi “Theo văn bản nào”." in answer.content.decode()


def test_it_checks_access(people: People) -> None:
    for who in ("lan", "binh", "khanh", "operator"):
        assert sign_in(Client(), people.all().get(who) or people.operator).get("/ngay-nghi/").status_code == 404
    dung = people.standing("dung")
    values = {"day": date(2026, 12, 1), "kind": "off", "name": "x", "source": "x"}
    with scope(dung), pytest.raises(Http404):
        enter_holiday(by=dung, organisation=people.province, **values)  # type: ignore[arg-type]
