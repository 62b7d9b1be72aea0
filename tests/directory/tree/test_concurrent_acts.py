"""Two officers who act on the same body at once: one wins, the other is told what to do; nothing is written twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from chibo.access.scope import system_scope
from chibo.access.standing import Standing
from chibo.directory.commands.days import NotPossible
from chibo.directory.tree.commands import Intent, decide
from chibo.lib.dates import today
from chibo.orgs.models import Kind as Body
from chibo.orgs.models import OrgAncestor, Organisation, TreeAct
from tests.directory.tree.place import Kind, Place, build


@pytest.fixture
def place(transactional_db: None) -> Place:
    with system_scope():
        return build()


def at_once(*intents: Intent) -> list[str]:
    """Decide all at the same moment; how each ended."""
    start = Barrier(len(intents))

    def one(intent: Intent) -> str:
        try:
            start.wait(timeout=20)
            with system_scope():
                decide(by=Standing.for_system(), intent=intent)
        except NotPossible as reason:
            return str(reason)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(intents)) as pool:
        return list(pool.map(one, intents))


def test_two_merge_the_same_commune_and_one_of_them_wins(place: Place) -> None:
    bodies = [str(place.dong.pk), str(place.tay.pk)]
    plans = [{"bodies": bodies, "new": {"name": name}} for name in ("Đảng ủy xã Sơn Hà", "Đảng ủy xã Sơn Trà")]
    ended = at_once(*(Intent(Kind.MERGE, None, place.province, today(), plan) for plan in plans))
    lost = [words for words in ended if words]
    assert len(lost) == 1
    assert "Tải lại trang" in lost[0]
    with system_scope():
        assert TreeAct.objects.filter(applied_at__isnull=False).count() == 1
        communes = Organisation.objects.standing().filter(kind=Body.COMMITTEE)
        assert communes.count() == 1
        assert Organisation.objects.cells().under([communes.get().path]).count() == 4


def test_a_cell_that_is_moved_while_its_commune_is_merged_stands_in_one_place(place: Place) -> None:
    with system_scope():
        third = Organisation.objects.plant(
            name="Đảng ủy xã Thứ Ba", kind=Body.COMMITTEE, parent=place.province, founded=today()
        )
    cell, bodies = place.tay_cells[0], [str(place.dong.pk), str(place.tay.pk)]
    at_once(
        Intent(Kind.MOVE, cell, place.province, today(), {"parent": str(third.pk)}),
        Intent(Kind.MERGE, None, place.province, today(), {"bodies": bodies, "into": str(place.dong.pk)}),
    )
    with system_scope():
        cell.refresh_from_db()
        assert cell.parent is not None
        assert cell.parent.dissolved is None
        assert cell.path == f"{cell.parent.path}{cell.pk.hex}/"
        above = OrgAncestor.objects.filter(descendant=cell, validity__contains=today()).exclude(ancestor=cell)
        assert set(above.values_list("ancestor_id", flat=True)) == {place.province.pk, cell.parent_id}
