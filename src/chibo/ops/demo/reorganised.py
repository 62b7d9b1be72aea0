"""What was decided about bodies: the departments of the commune, a merger that waits for its day; who follows whom."""

from datetime import timedelta

from chibo.access.models import Office, TermOfOffice
from chibo.access.scope import system_scope
from chibo.access.standing import found, standing_of
from chibo.directory.tree.commands import Intent, decide
from chibo.directory.tree.following import assign
from chibo.lib.dates import add_months, month_start, today
from chibo.members.models import Person
from chibo.ops.demo.place import Place
from chibo.orgs.models import Category, Kind, Organisation, TreeAct

DEPARTMENTS = ("Ban Xây dựng Đảng", "Văn phòng Đảng ủy", "Ủy ban Kiểm tra Đảng ủy")
FOLLOWED = 6


def reorganise(place: Place) -> None:
    """Two cells of schools, of which no story is told, are to be one from the month after next."""
    with system_scope():
        told = next(one.organisation for one in place.cells if one.facts["story"])
        commune = found(told.parent)
        officer = TermOfOffice.objects.on(today()).filter(office=Office.UPPER_STAFF, organisation=commune)[0]
        by = standing_of(officer.person_id)
        for name in DEPARTMENTS:
            plan = {"parent": str(commune.pk), "body_kind": Kind.DEPARTMENT.value, "name": name}
            decide(by=by, intent=Intent(TreeAct.Kind.CREATE, None, commune, month_start(today()), plan))
        schools = Organisation.objects.cells().filter(parent=commune, category=Category.SCHOOL).in_order()
        invented = [one for one in schools if not place_tells(place, one)][:2]
        if len(invented) == 2:
            new = {"name": f"Chi bộ Trường học liên cấp {commune.locality}"}
            merged = {"bodies": [str(one.pk) for one in invented], "new": new}
            day = add_months(month_start(today()), 2)
            decide(by=by, intent=Intent(TreeAct.Kind.MERGE, None, commune, day, merged))
        follower = Person.objects.filter(offices__office=Office.UPPER_MEMBER, offices__organisation=commune).first()
        if follower is not None:
            cells = list(Organisation.objects.cells().filter(parent=commune).in_order()[:FOLLOWED])
            others = TermOfOffice.objects.on(today()).filter(office=Office.UPPER_SECRETARY, organisation=commune)
            second = others.values_list("person_id", flat=True).first()
            assign(
                by=by, cells=cells, person=follower, since=today() - timedelta(days=60), instead=False, second=second
            )


def place_tells(place: Place, cell: Organisation) -> bool:
    """Whether the demo tells a story of a cell."""
    return any(one.organisation == cell and one.facts["story"] for one in place.cells)
