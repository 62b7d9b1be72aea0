"""The health page, and the check that row-level security binds the login."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from chibo.lib.dates import at, now
from chibo.ops import health
from chibo.ops.models import JobRun
from chibo.ops.tenants import as_owner
from tests import make
from tests.conftest import TENANT, TestDatabase


@pytest.mark.django_db
def test_all_is_well_for_the_application_role(client: Client) -> None:
    answer = client.get("/suc-khoe/")
    assert answer.status_code == 200
    checks = ("co-so-du-lieu", "bang", "quyen", "dia", "gio")
    assert answer.json()["kiem_tra"] == dict.fromkeys(checks, "tốt")


@pytest.mark.django_db(transaction=True)
def test_the_owner_of_the_tables_may_not_serve(test_database: TestDatabase) -> None:
    with as_owner(test_database.settings(test_database.name, "owner")):
        assert "sở hữu" in health.login_trouble()


@pytest.mark.django_db(transaction=True)
def test_a_superuser_may_not_serve(test_database: TestDatabase) -> None:
    superuser = test_database.settings(test_database.name, "owner") | {"USER": "postgres"}
    with as_owner(superuser):
        assert "vượt chính sách dòng" in health.login_trouble()


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_was_not_applied_is_named(test_database: TestDatabase) -> None:
    with test_database.administrator(test_database.name) as administrator:
        administrator.execute(f"DELETE FROM {TENANT}.django_migrations WHERE app = 'accounts'")
    assert "accounts.0001_initial" in health.migration_trouble()


@pytest.mark.django_db
def test_a_person_gets_a_page_and_a_watcher_json(client: Client) -> None:
    page = client.get("/suc-khoe/", headers={"accept": "text/html,*/*"})
    assert "Máy chủ chạy tốt" in page.content.decode()
    assert client.get("/suc-khoe/").json()["tot"] is True


@pytest.mark.django_db
def test_another_time_zone_of_the_database_is_told_of() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
    assert "múi giờ UTC" in health.clock_trouble()


@pytest.mark.django_db
def test_a_clock_that_differs_is_told_of() -> None:
    with at(now() + timedelta(minutes=5)):
        assert re.search(r"lệch nhau (299|300) giây", health.clock_trouble())


@pytest.mark.django_db
def test_jobs_that_nobody_works_off_are_told_of() -> None:
    assert "Không có tiến trình nào chạy việc nền" in health.jobs_trouble()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert health.jobs_trouble() == ""
    make.failed_job("ops.clear_jobs")
    assert health.jobs_trouble().startswith("1 việc hỏng")


@pytest.mark.django_db
def test_a_certificate_that_ends_soon_is_told_of() -> None:
    assert "Chưa đọc được chứng chỉ" in health.certificate_trouble()
    run = JobRun.objects.create(name="ops.look_at_certificate", ended_at=now(), figures={"ngày còn lại": 90})
    assert health.certificate_trouble() == ""
    run.ended_at, run.figures = now() - timedelta(days=3), {"ngày còn lại": 20}
    run.save()
    assert health.certificate_trouble().startswith("Chứng chỉ còn 17 ngày")
