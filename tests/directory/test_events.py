"""What is done to people, offices and accounts is recorded in the cell's chain, as ids, and the chains hold."""

import json

import pytest
from django.test import Client

from chibo.audit.models import Event
from chibo.audit.verify import breaks
from chibo.lib.dates import today
from tests.people import People, sign_in

DAY = today().isoformat()
ACTS: dict[str, tuple[str, dict[str, str]]] = {
    "member.entered": ("dang-vien/moi/", {"full_name": "Trương Văn Bảy", "kind": "official"}),
    "member.corrected": ("dang-vien/{binh}/sua/", {"full_name": "Đặng Văn Bình", "phone": "0912345678"}),
    "member.kind_changed": ("dang-vien/{mai}/loai/", {"kind": "official", "since": DAY}),
    "member.exemption": ("dang-vien/{binh}/mien/", {"since": DAY, "decision": "NQ 05", "application": "written"}),
    "member.temporaryleave": ("dang-vien/{binh}/tam-di/", {"since": DAY, "destination": "Huế"}),
    "member.suspension": ("dang-vien/{binh}/dinh-chi/", {"since": DAY, "decision": "QĐ 07"}),
    "member.post_held": ("dang-vien/{binh}/chuc-danh/", {"title": "Trưởng thôn", "since": DAY}),
    "member.admission_set": ("dang-vien/{mai}/ngay-ket-nap/", {"admitted_on": "01/10/2025"}),
    "member.departed": ("dang-vien/{binh}/ra-khoi-dang/", {"kind": "expelled", "last_day": DAY, "decision": "QĐ 7 A"}),
    "member.left": ("dang-vien/{binh}/chuyen-di/", {"last_day": DAY}),
    "office.begun": ("chuc-vu/", {"person": "{binh}", "office": "committee_member", "since": DAY}),
    "account.invited": ("loi-moi/", {"person": "{binh}"}),
    "cell.term_set": ("thong-tin/", {"term": "1", "term-name": "2025-2030", "term-since": "01/01/2025"}),
}


@pytest.mark.parametrize("kind", ACTS)
def test_each_act_is_recorded_without_names(client: Client, people: People, kind: str) -> None:
    path, fields = ACTS[kind]
    ids = {name: person.pk for name, person in people.all().items()}
    typed = {name: value.format(**ids) for name, value in fields.items()}
    answer = sign_in(client, people.lan).post(f"/so-chi-bo/{path.format(**ids)}", typed)
    assert answer.status_code in (200, 302)
    event = Event.objects.get(kind=kind)
    assert (event.chain, event.actor_id) == (people.cell.pk, people.lan.pk)
    words = json.dumps(json.loads(event.payload), ensure_ascii=False)
    assert not [value for value in typed.values() if " " in value and value in words]
    assert "Huế" not in words
    assert not list(breaks())


def test_a_change_behind_the_back_breaks_the_chain(client: Client, people: People) -> None:
    sign_in(client, people.lan).post("/so-chi-bo/dang-vien/moi/", {"full_name": "Trương Văn Bảy", "kind": "official"})
    event = Event.objects.get(kind="member.entered")
    event.actor_id = people.binh.pk
    from chibo.audit import chains
    from chibo.audit.events import header_of

    assert chains.link(bytes(event.previous), header_of(event), bytes(event.digest)) != bytes(event.hash)
