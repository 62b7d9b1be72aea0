"""Who may read a meeting's papers as they stand now: the matrix, with the meeting's own state put in."""

from dataclasses import dataclass
from typing import Any

from chibo.access.matrix import TABLES, Term
from chibo.access.models import InspectionDoor, Office, TermOfOffice
from chibo.access.standing import Standing
from chibo.access.visible import visible
from chibo.directory.rights import COMPOSITE, GROUPS, Group
from chibo.lib.dates import format_date, today
from chibo.members.models import Person

# What a meeting leaves behind → the terms that read it. A closed section is read by those who were there alone.
PAPERS: dict[str, tuple[Term, ...]] = {
    "Chương trình, câu hỏi, tài liệu": TABLES["meetings_agendaitem"].read,
    "Biên bản": TABLES["meetings_minutes"].read,
    "Mục tự phê bình và phê bình trong biên bản": (Term.COMMITTEE, Term.DUTY, Term.PRESENT),
    "Nghị quyết, kết luận": TABLES["resolutions_resolution"].read,
}
# Of the committee's own meetings nobody else reads anything.
_INSIDE = (Term.COMMITTEE, Term.DUTY)
_WORDS = {
    Term.ON_ROLL_SIGNED: "có tên trong danh sách buổi họp",
    Term.PRESENT: "có mặt hôm ấy",
}
# The state that a term waits for: the column, what it says once it is there, what is waited for.
_WAITS: dict[Term, tuple[str, str, str]] = {
    Term.ON_ROLL_SIGNED: ("signed_at", "từ khi ký", "chờ ký biên bản"),
    Term.PRESENT: ("signed_at", "từ khi ký", "chờ ký biên bản"),
    Term.INSPECTOR: ("signed_at", "từ khi ký", "chờ ký biên bản"),
    Term.FOLLOWER_SUBMITTED: ("submitted_at", "từ khi gửi lên", "chờ gửi lên cấp trên"),
    Term.COMMUNE_REPORTED: ("reported_at", "từ khi báo cáo", "chờ báo cáo lên cấp trên"),
}


@dataclass(frozen=True)
class Reader:
    """Some people who may read a paper, now or once something has happened."""

    who: str
    names: str
    when: str
    now: bool


def readers_of(meeting: Any, asker: Standing) -> dict[str, list[Reader]]:
    """Each paper of a meeting with its readers, in the order of the groups."""
    names = _names(meeting, asker)
    return {paper: list(_readers(meeting, terms, names)) for paper, terms in PAPERS.items()}


def _readers(meeting: Any, terms: tuple[Term, ...], names: dict[str, str]) -> Any:
    wanted = {one for term in terms for one in (term, *COMPOSITE.get(term, ()))}
    if meeting.body != "cell":
        wanted &= set(_INSIDE)
    for group in GROUPS:
        own = [term for term in group.terms if term in wanted]
        if own and not (group.key == "inspector" and not names["inspector"]):
            yield _reader(meeting, group, own[0], names.get(group.key, ""))


def _reader(meeting: Any, group: Group, term: Term, names: str) -> Reader:
    who = f"{group.who} {_WORDS[term]}" if term in _WORDS else group.who
    if term not in _WAITS:
        return Reader(who, names, "", True)
    column, since, waiting = _WAITS[term]
    moment = getattr(meeting, column)
    if moment is None:
        return Reader(who, names, waiting, False)
    return Reader(who, names, f"{since} ngày {format_date(moment)}", True)


def _names(meeting: Any, asker: Standing) -> dict[str, str]:
    """Who is of a group by name: offices of today, chair and clerk, inspectors."""
    terms = TermOfOffice.objects.on(today()).filter(organisation=meeting.cell_id).select_related("person")
    doors = visible(InspectionDoor.objects.open_on(today()).filter(meeting_id=meeting.pk), asker)
    people = visible(Person.objects.filter(pk__in=doors.values("person_id")), asker)
    keepers = [one.full_name for one in (meeting.chair, meeting.clerk) if one is not None]
    return {
        "committee": ", ".join(one.person.full_name for one in terms if one.office != Office.FOLLOWER),
        "follower": ", ".join(one.person.full_name for one in terms if one.office == Office.FOLLOWER),
        "duty": ", ".join(dict.fromkeys(keepers)),
        "inspector": ", ".join(people.in_order().values_list("full_name", flat=True)),
    }
