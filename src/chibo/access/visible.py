"""The terms of the matrix as conditions of the ORM: what `.visible_to(standing)` filters by."""

from typing import Any, Self, TypeVar

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, Model, OuterRef, Q, QuerySet

from chibo.access.matrix import TABLES, TableRule, Term
from chibo.access.models import ABOVE_CELLS, InspectionDoor, MeetingDuty, TermOfOffice
from chibo.access.standing import Standing
from chibo.lib.dates import today

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING
# What a term stands on. It can be true for nobody who has none of these; left out, the query is shorter to plan.
NEEDS: dict[Term, tuple[str, ...]] = {
    Term.MEMBER: ("member_cells",),
    Term.ON_ROLL: ("member_cells", "left_cells"),
    Term.ON_ROLL_SIGNED: ("member_cells", "left_cells"),
    Term.PRESENT: ("member_cells", "left_cells"),
    Term.LEFT_PRESENT: ("left_cells",),
    Term.COMMITTEE: ("committee_cells",),
    Term.RECEIVING: ("committee_cells",),
    Term.RECEIVING_FROM_OUTSIDE: ("committee_cells",),
    Term.DUTY: ("duty_meetings",),
    Term.HANDED_IN: ("committee_cells", "duty_meetings"),
    Term.GUEST: ("guest_meetings",),
    Term.FOLLOWER: ("followed_cells",),
    Term.FOLLOWER_SUBMITTED: ("followed_cells",),
    Term.COMMUNE: ("commune_paths",),
    Term.COMMUNE_REPORTED: ("commune_paths",),
    Term.PROVINCE: ("province_paths",),
    Term.INSPECTOR: ("inspected_meetings",),
    Term.DOOR_KEEPER: ("commune_paths", "province_paths"),
    Term.PERSON_READER: ("person_id", "staff"),
    Term.ANYONE: (),
    Term.ADDRESSEE: ("committee_cells", "commune_paths", "province_paths"),
    Term.EVENT_READER: ("person_id", "account_id"),
    Term.OPERATOR: ("account_id",),
    Term.OPERATOR_OWN: ("account_id",),
    Term.STAFF_OWN: ("staff",),
    Term.STAFF_OFFICE: ("staff",),
    Term.OVERSIGHT: ("commune_paths", "province_paths"),
}


M = TypeVar("M", bound=Model, covariant=True)


class GuardedQuerySet(QuerySet[M]):
    """A queryset of a guarded table; every one that reaches a view starts with `visible_to`."""

    def visible_to(self, standing: Standing) -> Self:
        """Only the rows that a person of this standing may read."""
        if standing.system:
            return self
        return self.filter(condition(self.model._meta.db_table, standing))


Q_ = TypeVar("Q_", bound=QuerySet[Any])


def visible(rows: Q_, standing: Standing) -> Q_:
    """The same for models that stand below access in the order of imports: people, memberships, their changes."""
    return rows if standing.system else rows.filter(condition(rows.model._meta.db_table, standing))


def condition(table: str, standing: Standing) -> Q:
    """The condition under which rows of a table are readable by a standing."""
    rule, found = TABLES[table], NOTHING
    for term in rule.read:
        needs = NEEDS.get(term, ("person_id",))
        if not needs or any(getattr(standing, needed) for needed in needs):
            found |= _Terms(rule, standing).of(term)
    return found


class _Terms:
    """Renders each term for one table and one standing."""

    def __init__(self, rule: TableRule, standing: Standing) -> None:
        self.rule, self.who = rule, standing

    def of(self, term: Term) -> Q:
        return getattr(self, f"_{term.value}")()  # type: ignore[no-any-return]

    def _cells(self, cells: tuple[Any, ...]) -> Q:
        return Q(**{f"{self.rule.cell}__in": cells})

    def _public(self) -> Q:
        """Rows of the committee's own meetings are for the committee alone."""
        return Q(body="cell") if self.rule.body else Q()

    def _roll(self, **state: str) -> Exists:
        attendance = apps.get_model("meetings", "Attendance")
        same = {"meeting_id": OuterRef(self.rule.meeting), "person_id": self.who.person_id}
        return Exists(attendance._default_manager.filter(**same, **state))

    def _meeting(self, **conditions: Any) -> Exists:
        meeting = apps.get_model("meetings", "Meeting")
        return Exists(meeting._default_manager.filter(pk=OuterRef(self.rule.meeting), **conditions))

    def _membership(self, cells: tuple[Any, ...], person: str) -> Exists:
        membership = apps.get_model("members", "Membership")
        return Exists(membership._default_manager.filter(person_id=OuterRef(person), cell_id__in=cells))

    def _membership_today(self, cells: tuple[Any, ...], person: str) -> Exists:
        membership = apps.get_model("members", "Membership")
        same = {"person_id": OuterRef(person), "cell_id__in": cells, "validity__contains": today()}
        return Exists(membership._default_manager.filter(**same))

    def _under(self, paths: tuple[str, ...], cell: str) -> Exists:
        organisation = apps.get_model("orgs", "Organisation")
        return Exists(organisation._default_manager.filter(pk=OuterRef(cell)).under(paths))

    def _covered(self, cell: str) -> Q:
        """The cell stands under one's commune: its few cells are found once, and the index on cells used.

        As an EXISTS among other terms it would be asked for every meeting of the tenant.
        """
        organisation = apps.get_model("orgs", "Organisation")
        cells = organisation._default_manager.under(self.who.commune_paths).values("pk")
        among = Func(F(cell), ArraySubquery(cells), arg_joiner=" = ANY (", template="%(expressions)s)")
        among.output_field = BooleanField()
        return Q(among)

    def _own(self) -> Q:
        return Q(**{self.rule.own: self.who.person_id}) if self.who.person_id else NOTHING

    def _own_here(self) -> Q:
        who = self.who
        cells = self._cells((*who.member_cells, *who.committee_cells, *who.followed_cells))
        return self._public() & self._own() & (cells | self._guest())

    def _member(self) -> Q:
        return self._public() & self._cells(self.who.member_cells)

    def _on_roll(self) -> Q:
        here = self._cells(self.who.member_cells) & Q(self._roll())
        if self.who.left_cells:
            here |= self._cells(self.who.left_cells) & Q(self._roll(state="present"))
        return self._public() & here

    def _on_roll_signed(self) -> Q:
        return self._on_roll() & Q(self._meeting(signed_at__isnull=False))

    def _present(self) -> Q:
        cells = (*self.who.member_cells, *self.who.left_cells)
        return self._public() & self._cells(cells) & Q(self._roll(state="present"))

    def _left_present(self) -> Q:
        return self._public() & self._cells(self.who.left_cells) & Q(self._roll(state="present"))

    def _committee(self) -> Q:
        return self._cells(self.who.committee_cells)

    def _receiving(self) -> Q:
        return Q(to_cell_id__in=self.who.committee_cells)

    def _receiving_from_outside(self) -> Q:
        return self._receiving() & Q(from_cell_id=None)

    def _duty(self) -> Q:
        return Q(**{f"{self.rule.meeting}__in": self.who.duty_meetings})

    def _guest(self) -> Q:
        return self._public() & Q(**{f"{self.rule.meeting}__in": self.who.guest_meetings})

    def _follower(self) -> Q:
        return self._public() & self._cells(self.who.followed_cells)

    def _follower_submitted(self) -> Q:
        return self._follower() & Q(self._meeting(submitted_at__isnull=False))

    def _commune(self) -> Q:
        return self._public() & self._covered(self.rule.cell)

    def _province(self) -> Q:
        return self._public() & Q(self._under(self.who.province_paths, self.rule.cell))

    def _commune_reported(self) -> Q:
        return self._commune() & Q(reported_at__isnull=False)

    def _handed_in(self) -> Q:
        return Q(handed_in_at__isnull=False) & (self._committee() | self._duty())

    def _section_reader(self) -> Q:
        closed, discussed = Q(data_class="self_criticism"), Q(data_class="discussion")
        signed = Q(self._meeting(signed_at__isnull=False))
        open_ = discussed & (self._on_roll() | self._follower_submitted())
        found = signed & ((closed & self._present()) | open_)
        return found | (discussed & self._inspector()) if self.who.inspected_meetings else found

    def _document_reader(self) -> Q:
        agenda = Q(data_class="agenda") & (self._member() | self._guest() | self._follower())
        reported = self._commune() & Q(self._meeting(reported_at__isnull=False))
        resolution = Q(data_class="resolution") & (self._member() | self._follower() | reported)
        minutes = Q(data_class="discussion") & (self._on_roll() | self._follower_submitted())
        found = agenda | resolution | minutes | (Q(data_class="self_criticism") & self._present())
        inspected = ~Q(data_class="self_criticism") & self._inspector()
        return found | inspected if self.who.inspected_meetings else found

    def _person_reader(self) -> Q:
        who = self.who
        cells = (*who.member_cells, *who.committee_cells, *who.followed_cells)
        office = TermOfOffice.objects.filter(person_id=OuterRef("id"))
        found = self._signed_in() & Q(Exists(office))
        if cells:
            found |= Q(self._membership(cells, "id"))
        if who.commune_paths:
            membership = apps.get_model("members", "Membership")
            found |= Q(Exists(membership._default_manager.filter(self._covered("cell_id"), person_id=OuterRef("id"))))
        if who.staff:
            found |= Q(Exists(office.filter(office__in=ABOVE_CELLS)))
        if who.inspected_meetings:
            named = MeetingDuty.objects.filter(person_id=OuterRef("id"), meeting_id__in=who.inspected_meetings)
            found |= Q(Exists(named))
        if who.committee_cells or who.commune_paths or who.province_paths:
            doors = visible(InspectionDoor.objects.filter(person_id=OuterRef("id")), who)
            found |= Q(Exists(doors))
        return found

    def _contact_reader(self) -> Q:
        shared = Q(shared_with_cell=True) & Q(self._membership_today(self.who.member_cells, "person_id"))
        return Q(self._membership_today(self.who.committee_cells, "person_id")) | shared

    def _anyone(self) -> Q:
        return EVERYTHING

    def _signed_in(self) -> Q:
        return EVERYTHING if self.who.person_id else NOTHING

    def _inspector(self) -> Q:
        mine = self._public() & Q(**{f"{self.rule.meeting}__in": self.who.inspected_meetings})
        return mine & Q(self._meeting(signed_at__isnull=False))

    def _door_keeper(self) -> Q:
        above = Q(self._under((*self.who.commune_paths, *self.who.province_paths), self.rule.cell))
        return self._public() & ~Q(person_id=self.who.person_id) & above

    def _addressee(self) -> Q:
        organisation = apps.get_model("orgs", "Organisation")
        own = (*self.who.commune_paths, *self.who.province_paths)
        above = Exists(organisation._default_manager.filter(pk=OuterRef(self.rule.cell), path__in=own))
        return self._committee() | Q(above) if own else self._committee()

    def _operator(self) -> Q:
        return EVERYTHING

    def _operator_own(self) -> Q:
        return Q(**{self.rule.own: self.who.account_id})

    def _staff_own(self) -> Q:
        return self._operator_own()

    def _staff_office(self) -> Q:
        return Q(office__in=ABOVE_CELLS) & ~Q(person_id=self.who.person_id)

    def _oversight(self) -> Q:
        return EVERYTHING

    def _event_reader(self) -> Q:
        found = Q(chain__in=self.who.committee_cells) | self._own()
        return found | self._operator_own() if self.who.account_id else found
