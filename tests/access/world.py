"""One specimen of every class of data, in each state that changes who may read it, in the cell Phú Hòa."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from chibo.audit import events
from chibo.audit.models import ReadCount, Reading
from chibo.directory.models import CellExport, ColumnMatching, ImportPiece, ImportRun, TwoPersonAct
from chibo.documents.models import IssuedDocument
from chibo.lib.dates import now, today
from chibo.meetings.models import (
    Annotation,
    Announcement,
    Attendance,
    Body,
    CheckIn,
    Consultation,
    DigestList,
    Entry,
    Guest,
    Invitee,
    Meeting,
    Minutes,
    MinutesSection,
    Opinion,
    Paper,
    Posting,
    Postponement,
    Remark,
    RoomDevice,
    SetAside,
    Signature,
    State,
    Vote,
)
from chibo.members.models import Membership
from chibo.orgs.models import OrgAncestor, Succession, TreeAct, TreeActBody, TreeRecord
from chibo.privacy.models import BreachEntry, DataRequest
from chibo.resolutions.models import (
    DraftedResolution,
    DraftedTask,
    MeetingFigures,
    Milestone,
    Progress,
    Reminder,
    Review,
    TaskHelper,
)
from tests import make
from tests.people import People

World = dict[str, Model]


def build(people: People) -> World:
    """Every specimen by name."""
    world: World = {}
    _people(world, people)
    _tree(world, people)
    _lists(world, people)
    _coming(world, people, people.meeting, "coming")
    present = tuple(people.all()[name] for name in ("lan", "hung", "quyen", "tam", "binh", "mai", "son", "left"))
    for name, fields in {
        "unsigned": {"signed_at": None, "state": State.CLOSED},
        "signed": {},
        "submitted": {"submitted_at": now(), "reported_at": now()},
    }.items():
        held = make.signed(people.cell, present=present, **fields)
        _held(world, people, held, name)
    _of_the_committee(world, people)
    _doors(world, people)
    _privacy(world, people)
    return world


def _people(world: World, people: People) -> None:
    binh, mai, hung = people.binh, people.mai, people.hung
    world["person binh"], world["person lan"] = binh, people.lan
    world["membership binh"] = binh.memberships.get()
    world["contact binh"] = make.contact(binh, "0911111111")
    world["contact hung shared"] = make.contact(hung, "0922222222", shared=True)
    world["exemption tu"] = people.tu.exemptions.get()
    world["leave vinh"] = people.vinh.temporaryleaves.get()
    world["suspension"] = people.suspended.suspensions.get()
    world["post mai"] = make.post(mai, people.cell)
    world["probation decision mai"] = make.probation_decision(mai, people.cell)
    world["departure"] = make.departure(people.left, people.cell)
    world["former details binh"] = make.former_details(binh, people.cell)
    world["group"] = make.group(people.cell)
    world["group member binh"] = make.group_member(world["group"], binh)  # type: ignore[arg-type]
    world["transfer binh"] = make.transfer(binh, people.cell, people.sibling)
    world["transfer from elsewhere"] = make.transfer(people.son, None, people.sibling, from_place="Chi bộ cũ")
    world["known tenant"] = make.known_tenant(people.commune)
    world["office lan"] = people.lan.offices.get()
    world["event by binh"] = events.record("test.done", chain=people.cell.pk, by=binh.pk)
    world["event by khanh"] = events.record("test.done", chain=people.cell.pk, by=people.khanh.pk)
    world["reading by dung"] = Reading.objects.create(
        cell_id=people.cell.pk,
        person_id=people.dung.pk,
        capacity="above",
        what="minutes",
        object_type="meetings.meeting",
        object_id=people.meeting.pk,
        hour=now(),
    )


def _doors(world: World, people: People) -> None:
    """An inspection door of the signed meeting, one of the submitted meeting that was closed early; a staff session."""
    signed, submitted = world["signed meeting"], world["submitted meeting"]
    assert isinstance(signed, Meeting) and isinstance(submitted, Meeting)
    world["door open"] = make.door(signed, people.inspector, people.dung)
    world["door closed"] = make.door(
        submitted, people.inspector, people.dung, closed_at=now(), closed_by=people.dung.pk
    )
    world["staff session"] = make.staff_session(people.operator)
    world["person inspector"] = people.inspector
    world["person dung"], world["office dung"] = people.dung, people.dung.offices.get()


def _tree(world: World, people: People) -> None:
    """What is known of the cell's place, and an act that is only a specimen."""
    cell, sibling = people.cell, people.sibling
    world["organisation"] = cell
    world["organisation name"] = cell.names.get()
    world["organisation code"] = cell.codes.get()
    world["ancestor"] = OrgAncestor.objects.get(ancestor=people.commune, descendant=cell)
    world["term of the cell"] = cell.terms.get()
    act = TreeAct.objects.create(
        kind=TreeAct.Kind.RECODE, organisation=cell, place=people.commune, effective=today(), applied_at=now()
    )
    world["act on the tree"] = act
    world["body of an act"] = TreeActBody.objects.create(act=act, organisation=cell, role=TreeActBody.Role.SUBJECT)
    world["record of an act"] = TreeRecord.objects.create(act=act, plan={})
    world["succession"] = Succession.objects.create(
        act=act,
        predecessor=sibling,
        successor=cell,
        since=make.FOUNDED,
        handed_over=make.FOUNDED,
        keeps_archive=False,
    )


def _lists(world: World, people: People) -> None:
    """A file on its way in, and an export of the whole cell that waits."""
    lan = {"person": people.lan, "organisation": people.cell}
    run = ImportRun.objects.create(**lan, since=today())
    world["import run lan"] = run
    world["import piece lan"] = ImportPiece.objects.create(run=run, person=people.lan, number=1, rows=1, content=b"x")
    world["matching lan"] = ColumnMatching.objects.create(**lan, kind="people", words="so may", key="phone")
    asked = {"kind": "way_in", "place": people.cell, "person": people.lan, "asked_by": people.dung.pk}
    world["act of two"] = TwoPersonAct.objects.create(**asked)
    world["files taken by binh"] = ReadCount.objects.create(
        cell_id=people.cell.pk, person_id=people.binh.pk, hour=now(), number=3
    )
    world["cell export lan"] = CellExport.objects.create(cell=people.cell, asked_by=people.lan)


def _coming(world: World, people: People, meeting: Meeting, name: str) -> None:
    """A meeting in preparation, and what is made while preparing and holding it."""
    keys = meeting.keys
    item = make.item(meeting)
    world[f"{name} meeting"] = meeting
    world[f"{name} part"] = meeting.parts.get()
    world[f"{name} postponement"] = Postponement.objects.create(
        **keys, was_at=now(), now_at=meeting.starts_at, reason="mưa bão"
    )
    world[f"{name} item"] = item
    world[f"{name} question"] = make.question(item)
    world[f"{name} paper"] = Paper.objects.create(
        **keys, name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64, content=b"x"
    )
    world[f"{name} announcement"] = Announcement.objects.create(**keys, number=1, text="Họp", effective_at=now())
    world[f"{name} posting"] = Posting.objects.create(**keys, what="before", posted_at=now())
    world[f"{name} consultation"] = Consultation.objects.create(
        **keys, held_at=now(), participants="Lan, Hùng", agreed="Bàn gương cầu"
    )
    world[f"{name} drafted resolution"] = DraftedResolution.objects.create(**keys, direction="Giữ ngã ba an toàn")
    world[f"{name} drafted task"] = DraftedTask.objects.create(**keys, position=1, what="Lắp 2 gương cầu lồi")
    world[f"{name} invitee binh"] = Invitee.objects.create(**keys, person=people.binh)
    world[f"{name} opinion draft binh"] = Opinion.objects.create(**keys, author=people.binh, text="riêng", item=item)
    world[f"{name} opinion handed in binh"] = Opinion.objects.create(
        **keys, author=people.binh, text="đã gửi", handed_in_at=now()
    )
    world[f"{name} entry"] = Entry.objects.create(
        **keys,
        device=people.cell.pk,
        counter=1,
        kind="test",
        author_id=people.tam.pk,
        seq=1,
        payload="{}",
        salt=b"s",
        digest=b"d",
        previous=b"p",
        hash=b"h",
    )
    world[f"{name} check-in"] = CheckIn.objects.create(**keys, code="4821")
    world[f"{name} device tam"] = RoomDevice.objects.create(
        **keys, account=people.cell.pk, person=people.tam, label="Chrome trên máy tính Linux"
    )
    world[f"{name} set aside"] = SetAside.objects.create(
        **keys,
        entry=people.cell.pk,
        device=people.cell.pk,
        counter=1,
        kind="remark",
        author=people.binh,
        payload="{}",
        salt=b"s",
        digest=b"d",
        why="signed",
    )
    world[f"{name} guest"] = Guest.objects.create(**keys, name="Khách")
    world[f"{name} remark"] = Remark.objects.create(
        **keys, item=item, person=people.binh, text="Nói", order=1, written_by=people.tam.pk
    )
    world[f"{name} document agenda"] = issued(meeting, "agenda")


def _held(world: World, people: People, meeting: Meeting, name: str) -> None:
    """A meeting held: what is recorded, decided and given."""
    keys = meeting.keys
    world[f"{name} meeting"] = meeting
    world[f"{name} attendance binh"] = Attendance.objects.get(meeting=meeting, person=people.binh)
    vote = Vote.objects.create(
        **keys,
        subject="resolution",
        title="Nghị quyết",
        base={},
        base_size=7,
        needed=4,
        in_favour=7,
        against=0,
        abstained=0,
        passed=True,
        order=1,
    )
    world[f"{name} vote"] = vote
    minutes = Minutes.objects.create(**keys, number=1)
    world[f"{name} minutes"] = minutes
    for position, data_class in enumerate(("discussion", "self_criticism")):
        world[f"{name} section {data_class}"] = MinutesSection.objects.create(
            **keys,
            minutes=minutes,
            position=position,
            key=data_class,
            title="Phần",
            data_class=data_class,
            content=[],
            salt=b"s",
            digest=b"d",
        )
        world[f"{name} document {data_class}"] = issued(meeting, data_class)
    world[f"{name} section figures"] = MinutesSection.objects.create(
        **keys,
        minutes=minutes,
        position=9,
        key="figures",
        title="Số liệu ký cùng biên bản",
        data_class="figures",
        content={},
        salt=b"s",
        digest=b"d",
    )
    world[f"{name} signature"] = Signature.objects.create(
        **keys, minutes=minutes, role="chair", person=people.lan, root=b"r"
    )
    for number, data_class in enumerate(("discussion", "self_criticism"), 1):
        world[f"{name} annotation {data_class}"] = Annotation.objects.create(
            **keys, minutes=minutes, number=number, data_class=data_class, text="Sửa", written_by=people.lan.pk
        )
    world[f"{name} digests"] = DigestList.objects.create(
        **keys, minutes=minutes, covers="root", form=2, rows=[], digest=b"d"
    )
    reported = {"reported_at": meeting.reported_at}
    world[f"{name} resolution"] = make.resolution(meeting, vote=vote, **reported)
    world[f"{name} document resolution"] = issued(meeting, "resolution")
    if name in ("signed", "submitted"):  # it is written with the second signature, and chi ủy does not score itself
        world[f"{name} rating"] = make.rating(meeting, **reported)
    task = make.task(meeting, people.binh, **reported)
    row = {**keys, "task": task}
    world[f"{name} task"] = task
    world[f"{name} helper"] = TaskHelper.objects.create(**row, person=people.mai)
    world[f"{name} milestone"] = Milestone.objects.create(**row, what="Mua gương", due=today())
    world[f"{name} progress"] = Progress.objects.create(**row, state="under_way", by=people.binh)
    world[f"{name} reminder binh"] = Reminder.objects.create(**row, person=people.binh, by=people.lan.pk)
    world[f"{name} review"] = Review.objects.create(**row, result="done", due_then=today(), order=1)
    world[f"{name} figures"] = MeetingFigures.objects.create(
        **keys,
        period=meeting.period,
        held_on=meeting.day,
        expected=8,
        present=7,
        length_minutes=98,
        tasks_reviewed=1,
        tasks_done=1,
        tasks_given=1,
    )


def _of_the_committee(world: World, people: People) -> None:
    """The committee's own meeting, held and submitted: still for the committee alone."""
    meeting = make.signed(
        people.cell,
        body=Body.COMMITTEE,
        present=(people.lan, people.hung, people.quyen),
        submitted_at=now(),
        reported_at=now(),
    )
    # The roll of the committee holds the committee alone.
    Attendance.objects.filter(meeting=meeting).exclude(person__in=(people.lan, people.hung, people.quyen)).delete()
    _held_by_committee: Callable[..., None] = _held
    binh = Attendance.objects.create(**meeting.keys, person=people.binh, kind=Membership.Kind.OFFICIAL)
    _held_by_committee(world, people, meeting, "committee")
    binh.delete()
    del world["committee attendance binh"]
    world["committee item"] = make.item(meeting)


def _privacy(world: World, people: People) -> None:
    """Requests to the cell and, from its secretary, to the committee above; a line of the register of breaches."""
    days = {"acknowledge_by": today(), "answer_by": today()}
    asked = {"kind": "deletion", "subject": "contact", **days}
    world["data request of binh"] = DataRequest.objects.create(person=people.binh, answerer=people.cell, **asked)
    world["data request of lan"] = DataRequest.objects.create(person=people.lan, answerer=people.commune, **asked)
    world["breach"] = BreachEntry.objects.create(
        breach=people.cell.pk, number=1, version=1, organisation=people.province, detected_at=now(), what="Mất máy"
    )


def issued(meeting: Meeting, data_class: str) -> IssuedDocument:
    """An issued document of a class, without its files."""
    fields: dict[str, Any] = {"content": {}, "docx": b"", "docx_sha256": "", "pdf": b"", "pdf_sha256": ""}
    return IssuedDocument.objects.create(
        **meeting.keys,
        kind="bien-ban",
        document_type="minutes",
        title="Văn bản",
        data_class=data_class,
        made_at=now(),
        made_by=meeting.pk,
        **fields,
    )
