"""A package to another tenant: sealed, signed, addressed, in time, once; what is allowed of a person and no more."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chibo.directory.commands.days import NotPossible
from chibo.directory.commands.members import change_kind
from chibo.directory.transfers import package
from chibo.directory.transfers.crossing import read_introduction
from chibo.directory.transfers.keys import fingerprint_of, own_key
from chibo.lib.dates import add_months, now, today
from chibo.lib.uuid7 import uuid7
from chibo.members.models import KnownTenant, Membership, Person, TemporaryLeave, Transfer
from chibo.members.roster import roster
from tests import make
from tests.people import People, sign_in

PAGE = "/so-chi-bo/chuyen-sinh-hoat/"
TODAY = today()
As = Callable[[str], Any]


@pytest.fixture
def acting(settings: Any, tmp_path: Path) -> As:
    """Whose key signs: `with acting("abroad"):` is the other tenant, outside it is our own."""
    settings.TRANSFER_KEY_FILE = tmp_path / "home"

    @contextmanager
    def at(name: str) -> Iterator[None]:
        settings.TRANSFER_KEY_FILE = tmp_path / name
        yield
        settings.TRANSFER_KEY_FILE = tmp_path / "home"

    return at


@pytest.fixture
def known(acting: As, people: People) -> KnownTenant:
    """The other tenant, whose key was compared and noted here."""
    with acting("abroad"):
        key = own_key()
    return KnownTenant.objects.create(
        organisation=people.province,
        name="Tỉnh ủy Đắk Lắk",
        public_key=key.public,
        fingerprint=key.fingerprint,
        noted_at=now(),
    )


def introduction(**changes: Any) -> dict[str, Any]:
    """The body of a package that comes here; sign it as the other tenant."""
    return {
        "id": str(uuid7()),
        "issued_on": TODAY.isoformat(),
        "expires_on": (TODAY + timedelta(days=80)).isoformat(),
        "from_tenant": "",
        "from_place": "Chi bộ buôn Ky, Đảng ủy phường Thành Nhất, Tỉnh ủy Đắk Lắk",
        "to_tenant": own_key().fingerprint,
        "to_place": "Chi bộ thôn Phú Hòa",
        "kind": "official",
        "purpose": "",
        "first_day": TODAY.isoformat(),
        "last_day": None,
        "decision": "12-GT/CB",
        "full_name": "Y Nguyên Niê",
        "birth_year": 1988,
        "sex": "male",
        "code": "66.000123",
        "standing": "official",
        "admitted_on": None,
    } | changes


def signed(acting: As, body: dict[str, Any], who: str = "abroad", kind: str = package.INTRODUCTION) -> bytes:
    """A package that someone else signs, sealed for us."""
    ours = own_key().public
    with acting(who):
        return package.seal(kind, {**body, "from_tenant": own_key().fingerprint}, ours)


def inside(acting: As, content: bytes, who: str = "abroad") -> dict[str, Any]:
    """What only the other tenant can read of a package that we made."""
    with acting(who):
        found: dict[str, Any] = json.loads(own_key().open(json.loads(content)["sealed"]))
    return found


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("goi.json", content, "application/json")


def test_it_carries_the_standing_of_the_day_it_is_made(people: People, acting: As, known: KnownTenant) -> None:
    """Official since the transfer began: the other tenant would receive a probationary member otherwise."""
    row = make.transfer(people.mai, people.cell, None, tenant=known.fingerprint, standing="probationary")
    assert inside(acting, package.introduction_of(row, known))["standing"] == "probationary"
    home = people.mai.memberships.get()
    change_kind(by=people.standing("lan"), membership=home, kind="official", since=TODAY)
    assert inside(acting, package.introduction_of(row, known))["standing"] == "official"


class TestArriving:
    """A member who comes from another tenant."""

    def test_it_works(self, client: Client, people: People, acting: As, known: KnownTenant) -> None:
        content = signed(acting, introduction())
        before = Person.objects.count()
        page = sign_in(client, people.lan).post(f"{PAGE}goi/", {"file": upload(content)})
        text = page.content.decode()
        assert "Y Nguyên Niê chờ chi bộ tiếp nhận" in text and "Chữ ký đúng của Tỉnh ủy Đắk Lắk" in text
        assert Person.objects.count() == before, "nothing is written by looking"
        answer = client.post(f"{PAGE}goi/", {"content": content.decode(), "first_day": TODAY.isoformat()})
        assert answer.status_code == 302
        row = Transfer.objects.get()
        assert (row.outcome, row.to_cell, row.from_cell) == ("confirmed", people.cell, None)
        assert row.person is not None and row.person.code == "66.000123"
        assert any(line.full_name == "Y Nguyên Niê" for line in roster(people.cell, TODAY))
        reply = client.get(f"{PAGE}{row.pk}/tra-loi.json")
        assert reply.headers["Content-Type"] == "application/json"
        assert inside(acting, reply.content)["outcome"] == "confirmed"

    def test_for_a_time_it_ends_and_is_in_no_party_number(
        self, client: Client, people: People, acting: As, known: KnownTenant
    ) -> None:
        last = add_months(TODAY, 5)
        body = introduction(kind="temporary", purpose="study", last_day=last.isoformat())
        content = signed(acting, body).decode()
        sign_in(client, people.lan).post(f"{PAGE}goi/", {"content": content, "first_day": TODAY.isoformat()})
        membership = Membership.objects.get(person__full_name="Y Nguyên Niê")
        assert (membership.kind, membership.validity.upper) == ("temporary", last + timedelta(days=1))

    def test_sent_back_enters_nobody_and_answers_why(
        self, client: Client, people: People, acting: As, known: KnownTenant
    ) -> None:
        content = signed(acting, introduction()).decode()
        typed = {"content": content, "refuse": "1", "note": "Đồng chí ấy thuộc chi bộ thôn khác"}
        assert sign_in(client, people.lan).post(f"{PAGE}goi/", typed).status_code == 302
        assert not Person.objects.filter(full_name="Y Nguyên Niê").exists()
        row = Transfer.objects.get()
        body = inside(acting, client.get(f"{PAGE}{row.pk}/tra-loi.json").content)
        assert (body["outcome"], body["note"]) == ("returned", "Đồng chí ấy thuộc chi bộ thôn khác")

    def test_a_package_is_received_once(self, client: Client, people: People, acting: As, known: KnownTenant) -> None:
        content = signed(acting, introduction()).decode()
        sign_in(client, people.lan).post(f"{PAGE}goi/", {"content": content, "first_day": TODAY.isoformat()})
        for again in ({"content": content, "first_day": TODAY.isoformat()}, {"file": upload(content.encode())}):
            answer = client.post(f"{PAGE}goi/", again)
            assert answer.status_code == 422
            assert "không nhận hai lần" in answer.content.decode()
        assert Person.objects.filter(full_name="Y Nguyên Niê").count() == 1

    def test_not_by_another_cell_either(self, client: Client, people: People, acting: As, known: KnownTenant) -> None:
        """The sibling's secretary does not see the first one's row, and still cannot take the member twice."""
        content = signed(acting, introduction()).decode()
        sign_in(client, people.lan).post(f"{PAGE}goi/", {"content": content, "first_day": TODAY.isoformat()})
        answer = sign_in(client, people.phuc).post(f"{PAGE}goi/", {"content": content, "first_day": TODAY.isoformat()})
        assert answer.status_code == 422
        assert "không nhận hai lần" in answer.content.decode()
        assert Person.objects.filter(full_name="Y Nguyên Niê").count() == 1


class TestRefused:
    """Each with a sentence, none with an error of the program."""

    def refusal(self, content: bytes) -> str:
        with pytest.raises(NotPossible) as reason:
            read_introduction(content)
        return str(reason.value)

    @pytest.mark.parametrize("name", ["sealed", "to", "key"])
    def test_altered(self, people: People, acting: As, known: KnownTenant, name: str) -> None:
        found = json.loads(signed(acting, introduction()))
        raw = bytearray(found[name].encode())
        raw[7] = ord("A") if raw[7] != ord("A") else ord("B")
        words = self.refusal(json.dumps(found | {name: raw.decode()}).encode())
        assert "đã bị sửa sau khi ký" in words or (name == "key" and "Chưa biết đơn vị ký" in words)

    def test_every_byte_of_the_signature_counts(self, people: People, acting: As, known: KnownTenant) -> None:
        found = json.loads(signed(acting, introduction()))
        raw = bytearray(base64.b64decode(found["signature"]))
        for place in (0, 31, 63):
            broken = bytearray(raw)
            broken[place] ^= 1
            wrong = json.dumps(found | {"signature": base64.b64encode(broken).decode()}).encode()
            assert "đã bị sửa sau khi ký" in self.refusal(wrong)

    def test_addressed_to_another(self, people: People, acting: As, known: KnownTenant) -> None:
        with acting("third"):
            third = own_key().public
        with acting("abroad"):
            content = package.seal(package.INTRODUCTION, introduction(), third)
        assert "gửi cho đơn vị khác" in self.refusal(content)

    def test_whoever_finds_the_file_reads_nothing_of_the_member(
        self, people: People, acting: As, known: KnownTenant
    ) -> None:
        content = signed(acting, introduction())
        assert "Nguyên" not in content.decode() and "66.000123" not in content.decode()
        for who in ("abroad", "third"):
            with acting(who), pytest.raises(ValueError, match="sealed for another"):
                own_key().open(json.loads(content)["sealed"])

    def test_of_a_sender_who_is_not_known(self, people: People, acting: As, known: KnownTenant) -> None:
        with acting("third"):
            third = own_key().fingerprint
        words = self.refusal(signed(acting, introduction(), who="third"))
        assert "Chưa biết đơn vị ký" in words and third in words

    def test_signed_by_one_in_the_name_of_another(self, people: People, acting: As, known: KnownTenant) -> None:
        ours = own_key().public
        with acting("abroad"):
            content = package.seal(package.INTRODUCTION, introduction(from_tenant="AAAA BBBB"), ours)
        assert "khác với người ký" in self.refusal(content)

    def test_what_another_sealed_is_not_passed_on_under_ones_own_name(
        self, people: People, acting: As, known: KnownTenant
    ) -> None:
        """A known tenant signs anew what it could not read."""
        content = json.loads(signed(acting, introduction(), who="third"))
        content.pop("signature")
        with acting("abroad"):
            content["key"] = own_key().public
            content["signature"] = own_key().sign(package._message(content))
        assert "khác với người ký" in self.refusal(json.dumps(content).encode())

    def test_out_of_time(self, people: People, acting: As, known: KnownTenant) -> None:
        body = introduction(expires_on=(TODAY - timedelta(days=1)).isoformat())
        assert "đã hết hạn ngày" in self.refusal(signed(acting, body))

    def test_an_answer_is_no_introduction_even_renamed(self, people: People, acting: As, known: KnownTenant) -> None:
        content = signed(acting, introduction(), kind=package.ANSWER)
        assert "cần gói giới thiệu" in self.refusal(content)
        renamed = json.dumps(json.loads(content) | {"chibo": package.INTRODUCTION}).encode()
        assert "đã bị sửa sau khi ký" in self.refusal(renamed)

    def test_of_a_later_version(self, people: People, acting: As, known: KnownTenant) -> None:
        later = json.dumps(json.loads(signed(acting, introduction())) | {"version": 2}).encode()
        assert "Nâng cấp" in self.refusal(later)

    @pytest.mark.parametrize("more", ["address", "citizen_number", "religion"])
    def test_it_carries_nothing_that_is_not_held(
        self, people: People, acting: As, known: KnownTenant, more: str
    ) -> None:
        assert "không hợp lệ" in self.refusal(signed(acting, introduction() | {more: "x"}))

    @pytest.mark.parametrize(
        "changes",
        [
            {"id": "x"},
            {"first_day": "hôm nay"},
            {"birth_year": "1988"},
            {"birth_year": True},
            {"birth_year": 3000},
            {"full_name": "Niê"},
            {"full_name": "A " * 100},
            {"full_name": 5},
            {"kind": "for ever"},
            {"kind": "temporary"},
            {"sex": "other"},
            {"standing": "temporary"},
            {"decision": None},
        ],
        ids=str,
    )
    def test_signed_but_not_right(
        self, people: People, acting: As, known: KnownTenant, changes: dict[str, Any]
    ) -> None:
        assert "không hợp lệ" in self.refusal(signed(acting, introduction(**changes)))

    @pytest.mark.parametrize(
        "content",
        [b"", b"[]", b"{}", b"null", b"\xff\xfe", b"[" * 20_000, b'{"chibo": 1}', b"x" * 40_000, b"NaN"],
        ids=range(9),
    )
    def test_no_package_at_all(self, people: People, known: KnownTenant, content: bytes) -> None:
        assert "không phải gói" in self.refusal(content)

    def test_on_the_screen_it_stands_beside_the_file(self, client: Client, people: People, known: KnownTenant) -> None:
        answer = sign_in(client, people.lan).post(f"{PAGE}goi/", {"file": upload(b"{}")})
        assert answer.status_code == 422
        assert "không phải gói" in answer.content.decode()


class TestLeaving:
    """A member who goes to another tenant: home until its answer is loaded."""

    def start(self, client: Client, people: People, known: KnownTenant, **changes: str) -> Transfer:
        fields = {"tenant": known.fingerprint, "to_place": "Chi bộ buôn Ky", "kind": "official", "decision": "GT 3"}
        path = f"/so-chi-bo/dang-vien/{people.binh.pk}/chuyen-sinh-hoat/?noi=don-vi"
        typed = fields | {"first_day": TODAY.isoformat()} | changes
        assert sign_in(client, people.lan).post(path, typed).status_code == 302
        return Transfer.objects.get()

    def answer(self, client: Client, acting: As, row: Transfer, who: str = "abroad", **changes: Any) -> Any:
        body = {
            "id": str(row.pk),
            "issued_on": TODAY.isoformat(),
            "expires_on": (TODAY + timedelta(days=30)).isoformat(),
            "to_tenant": own_key().fingerprint,
            "outcome": "confirmed",
            "first_day": TODAY.isoformat(),
            "note": "",
        } | changes
        content = signed(acting, body, who, package.ANSWER)
        return client.post(f"{PAGE}{row.pk}/", {"act": "answer", "answer-file": upload(content)})

    def test_it_works(self, client: Client, people: People, acting: As, known: KnownTenant) -> None:
        row = self.start(client, people, known)
        content = client.get(f"{PAGE}{row.pk}/gioi-thieu.json").content
        body = inside(acting, content)
        assert body.keys() == package.FIELDS[package.INTRODUCTION]
        assert (body["full_name"], body["to_tenant"]) == ("Đặng Văn Bình", known.fingerprint)
        assert "Chi bộ thôn Phú Hòa" in body["from_place"]
        assert people.binh.memberships.get().validity.upper is None
        assert self.answer(client, acting, row).status_code == 302
        assert people.binh.memberships.get().validity.upper == TODAY
        row.refresh_from_db()
        assert row.outcome == "confirmed"

    def test_the_other_side_can_read_it(self, client: Client, people: People, acting: As, known: KnownTenant) -> None:
        row = self.start(client, people, known)
        content = client.get(f"{PAGE}{row.pk}/gioi-thieu.json").content
        home = own_key()
        known.delete()
        KnownTenant.objects.create(
            organisation=people.province,
            name="Tỉnh ủy Lâm Đồng",
            public_key=home.public,
            fingerprint=home.fingerprint,
            noted_at=now(),
        )
        with acting("abroad"):
            loaded = package.load(content, package.INTRODUCTION)
        assert loaded.transfer_id == row.pk
        assert loaded.body["full_name"] == "Đặng Văn Bình"

    def test_for_a_time_the_member_is_away_and_counts_at_home(
        self, client: Client, people: People, acting: As, known: KnownTenant
    ) -> None:
        last = add_months(TODAY, 6).isoformat()
        row = self.start(client, people, known, kind="temporary", purpose="work", last_day=last)
        self.answer(client, acting, row)
        assert TemporaryLeave.objects.get(person=people.binh).destination == "Chi bộ buôn Ky"
        assert people.binh.memberships.get().validity.upper is None

    def test_sent_back_the_member_stays(self, client: Client, people: People, acting: As, known: KnownTenant) -> None:
        row = self.start(client, people, known)
        self.answer(client, acting, row, outcome="returned", note="Thiếu ngày")
        row.refresh_from_db()
        assert (row.outcome, row.note) == ("returned", "Thiếu ngày")
        assert people.binh.memberships.get().validity.upper is None

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"id": str(uuid7())}, "của một việc chuyển khác"),
            ({"expires_on": "2026-01-01"}, "đã hết hạn"),
            ({"outcome": "withdrawn"}, "không hợp lệ"),
            ({"to_tenant": "AAAA"}, "khác với người ký"),
            ({"first_day": "2020-01-01"}, "Nhập ngày từ"),
        ],
    )
    def test_an_answer_that_may_not_be_received(
        self, client: Client, people: People, acting: As, known: KnownTenant, changes: dict[str, str], words: str
    ) -> None:
        row = self.start(client, people, known)
        found = self.answer(client, acting, row, **changes)
        assert found.status_code == 422
        assert words in found.content.decode()
        assert people.binh.memberships.get().validity.upper is None

    def test_another_known_tenant_does_not_answer_for_it(
        self, client: Client, people: People, acting: As, known: KnownTenant
    ) -> None:
        with acting("third"):
            key = own_key()
        KnownTenant.objects.create(
            organisation=people.province,
            name="Tỉnh ủy khác",
            public_key=key.public,
            fingerprint=key.fingerprint,
            noted_at=now(),
        )
        row = self.start(client, people, known)
        found = self.answer(client, acting, row, who="third")
        assert "một đơn vị khác ký" in found.content.decode()

    def test_a_withdrawn_one_is_not_answered(
        self, client: Client, people: People, acting: As, known: KnownTenant
    ) -> None:
        row = self.start(client, people, known)
        client.post(f"{PAGE}{row.pk}/", {"act": "withdraw"})
        assert self.answer(client, acting, row).status_code == 404
        assert people.binh.memberships.get().validity.upper is None


class TestKeys:
    """Made once, kept for its owner alone; others' keys are noted by an office above the cells after comparing."""

    PAGE = "/khoa-don-vi/"

    def test_it_is_made_once_and_read_by_its_owner_alone(self, acting: As, settings: Any) -> None:
        first = own_key().public
        assert own_key().public == first
        path = Path(settings.TRANSFER_KEY_FILE)
        assert path.stat().st_mode & 0o777 == 0o600
        assert [one.name for one in path.parent.iterdir() if one.name.startswith(".home")] == []
        assert fingerprint_of(first) == own_key().fingerprint
        assert len(own_key().fingerprint.split()) == 8

    def test_noting_and_forgetting(self, client: Client, people: People, acting: As) -> None:
        with acting("abroad"):
            key = own_key()
        typed = {"name": "Tỉnh ủy Đắk Lắk", "public_key": f" {key.public} ", "compared": "on"}
        page = sign_in(client, people.thu).get(self.PAGE).content.decode()
        assert own_key().fingerprint in page
        assert client.post(self.PAGE, typed).status_code == 302
        row = KnownTenant.objects.get()
        assert row.fingerprint == key.fingerprint
        assert "Khóa này đã ghi" in client.post(self.PAGE, typed).content.decode()
        assert client.post(f"{self.PAGE}{row.pk}/bo/").status_code == 302
        assert not KnownTenant.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"public_key": "abc"}, "không phải khóa của Chibo"),
            ({"public_key": ""}, "Chưa ghi"),
            ({"compared": ""}, "Chưa đánh dấu"),
            ({"name": ""}, "Chưa ghi"),
        ],
    )
    def test_it_validates(
        self, client: Client, people: People, acting: As, changes: dict[str, str], words: str
    ) -> None:
        with acting("abroad"):
            key = own_key().public
        typed = {"name": "Tỉnh ủy Đắk Lắk", "public_key": key, "compared": "on"} | changes
        answer = sign_in(client, people.thu).post(self.PAGE, typed)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert not KnownTenant.objects.exists()

    def test_ones_own_key_is_not_noted(self, client: Client, people: People, acting: As) -> None:
        typed = {"name": "Mình", "public_key": own_key().public, "compared": "on"}
        assert "chính đơn vị mình" in sign_in(client, people.thu).post(self.PAGE, typed).content.decode()

    @pytest.mark.parametrize("who", ["lan", "binh", "khanh", "phuc"])
    def test_it_checks_access(self, client: Client, people: People, known: KnownTenant, who: str) -> None:
        sign_in(client, people.all()[who])
        assert client.get(self.PAGE).status_code == 404
        assert client.post(f"{self.PAGE}{known.pk}/bo/").status_code == 404


class TestPaper:
    """From and to a place without Chibo: this side records both."""

    def test_a_member_comes_with_a_paper(self, client: Client, people: People) -> None:
        typed = {
            "full_name": "Trương Văn Bảy",
            "from_place": "Chi bộ Công ty Cà phê, Đắk Lắk",
            "kind": "official",
            "standing": "probationary",
            "first_day": TODAY.isoformat(),
            "admitted_on": "01/06/2026",
        }
        assert sign_in(client, people.lan).post(f"{PAGE}den/", typed).status_code == 302
        membership = Membership.objects.get(person__full_name="Trương Văn Bảy")
        assert (membership.kind, str(membership.probation_ends)) == ("probationary", "2027-06-01")
        assert Transfer.objects.get().from_place == "Chi bộ Công ty Cà phê, Đắk Lắk"
        again = client.post(f"{PAGE}den/", typed | {"kind": "temporary"})
        assert again.status_code == 422
        assert "Ghi ngày cuối cùng" in again.content.decode()

    def test_a_member_goes_with_a_paper_and_stays_until_the_other_place_says_so(
        self, client: Client, people: People
    ) -> None:
        path = f"/so-chi-bo/dang-vien/{people.hung.pk}/chuyen-sinh-hoat/?noi=giay"
        typed = {"to_place": "Chi bộ Cảng", "kind": "official", "first_day": TODAY.isoformat()}
        sign_in(client, people.lan).post(path, typed)
        row = Transfer.objects.get()
        assert people.hung.memberships.get().validity.upper is None
        answer = client.post(f"{PAGE}{row.pk}/", {"act": "received", "received-first_day": TODAY.isoformat()})
        assert answer.status_code == 302
        assert people.hung.memberships.get().validity.upper == TODAY
        assert not people.hung.offices.filter(validity__contains=TODAY).exists()

    def test_the_sender_does_not_say_so_for_a_cell_that_can(self, client: Client, people: People) -> None:
        row = make.transfer(people.binh, people.cell, people.sibling)
        typed = {"act": "received", "received-first_day": TODAY.isoformat()}
        assert sign_in(client, people.lan).post(f"{PAGE}{row.pk}/", typed).status_code == 404
