"""The health page, and the check that row-level security binds the login."""

import pytest
from django.test import Client

from chibo.ops import health
from chibo.ops.tenants import as_owner
from tests.conftest import TENANT, TestDatabase


@pytest.mark.django_db
def test_all_is_well_for_the_application_role(client: Client) -> None:
    answer = client.get("/suc-khoe/")
    assert answer.status_code == 200
    assert answer.json()["kiem_tra"] == {"co-so-du-lieu": "tốt", "bang": "tốt", "quyen": "tốt"}


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
    with test_database.administrator(test_database.name) as connection:
        connection.execute(f"DELETE FROM {TENANT}.django_migrations WHERE app = 'accounts'")
    assert "accounts.0001_initial" in health.migration_trouble()


@pytest.mark.django_db
def test_a_person_gets_a_page_and_a_watcher_json(client: Client) -> None:
    page = client.get("/suc-khoe/", headers={"accept": "text/html,*/*"})
    assert "Máy chủ chạy tốt" in page.content.decode()
    assert client.get("/suc-khoe/").json()["tot"] is True
