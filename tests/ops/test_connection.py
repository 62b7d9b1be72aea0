"""Where the database is, as read from the environment."""

from pathlib import Path

import pytest

from chibo.ops import connection, tenants
from chibo.ops.connection import ConfigurationError


def test_without_an_address_the_embedded_database_of_the_tenant_is_meant(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("CHIBO_DATA", str(tmp_path))
    monkeypatch.setenv("CHIBO_TENANT", "lamdong")
    settings = connection.database_settings("owner")
    assert settings["USER"] == "lamdong_owner"
    assert settings["HOST"] == str(connection.socket_directory(tmp_path))


def test_the_socket_path_stays_short_for_a_long_data_path(tmp_path: Path) -> None:
    deep = tmp_path / ("thư mục rất dài " * 12)
    assert len(str(connection.socket_directory(deep) / ".s.PGSQL.5432").encode()) < 100


def test_an_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ten:m%40t@may:5433/chibo?sslmode=require")
    settings = connection.database_settings("app")
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [settings[key] for key in keys] == ["chibo", "ten", "m@t", "may", "5433"]
    assert settings["OPTIONS"]["sslmode"] == "require"


def test_the_owner_needs_an_address_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://ten@may/chibo")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(ConfigurationError, match="DATABASE_OWNER_URL"):
        connection.database_settings("owner")


@pytest.mark.parametrize("address", ["mysql://ten@may/chibo", "postgresql://may", "chibo"])
def test_what_is_no_address_of_postgresql_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ConfigurationError, match="không phải địa chỉ PostgreSQL"):
        connection.database_settings("app")


@pytest.mark.parametrize("name", ["Lâm Đồng", "1abc", "a;drop", "a", "", "A"])
def test_a_tenant_name_that_could_not_be_a_schema_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError):
        connection.check_tenant_name(name)


@pytest.mark.parametrize("length", [2, 41])
def test_what_a_restore_sets_aside_has_a_name_that_no_tenant_can_have(length: int) -> None:
    aside = tenants.name_aside(connection.check_tenant_name("x" * length))
    with pytest.raises(ConfigurationError):
        connection.check_tenant_name(aside)
    assert len(aside.encode()) < 64  # PostgreSQL cuts what is longer, and two names could become one
