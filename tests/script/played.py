"""Plays the script with the server's own commands: two pens, one of each device, the clock of the script."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from chibo.access.standing import standing_of
from chibo.lib.dates import period_name
from chibo.meetings.models import Meeting
from chibo.meetings.room import commands, dissent, kept, log
from chibo.meetings.room.screens import rules_of
from chibo.meetings.scoring.commands import score
from chibo.members.base_of_vote import base_of_vote
from chibo.resolutions.room import commands as deciding
from tests.script.acts import Act, acts
from tests.script.people import LAN, TAM, Cast, clock


def play(cast: Cast) -> Meeting:
    """Hold the whole meeting; it is closed and not signed."""
    player = Player(cast)
    for act in acts():
        player.take(act)
    cast.meeting.refresh_from_db()
    return cast.meeting


class Player:
    """Records each act with the pen of its device."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.devices = {"lan": (cast[LAN], uuid4()), "tam": (cast[TAM], uuid4())}
        self.current = "opening"

    def take(self, act: Act) -> None:
        self.cast.meeting.refresh_from_db()
        person, device = self.devices[act.device]
        self.pen = commands.Pen(self.cast.meeting, standing_of(person.pk), device, clock(act.minute))
        does: Callable[[Act], object] = getattr(self, f"_{act.what}")
        does(act)

    def _who(self, name: str) -> UUID:
        return self.cast[name].pk

    def _open(self, act: Act) -> None:
        commands.open_room(pen=self.pen, chair=self._who(act.chair))

    def _clerk(self, act: Act) -> None:
        commands.elect_clerk(pen=self.pen, member=self._who(act.who))

    def _absent(self, act: Act) -> None:
        commands.call(pen=self.pen, members=[self._who(act.who)], state="absent", reason=act.reason)

    def _came(self, act: Act) -> None:
        commands.call(pen=self.pen, members=[self._who(act.who)], state="present")

    def _late(self, act: Act) -> None:
        commands.call(pen=self.pen, members=[self._who(act.who)], state="present", late_minutes=act.minutes)

    def _left(self, act: Act) -> None:
        commands.call(pen=self.pen, members=[self._who(act.who)], state="present", left_early=True)

    def _rest(self, act: Act) -> None:
        roll = log.room_of(self.cast.meeting).roll.values()
        rest = [line.person for line in roll if line.expected and not line.state]
        commands.call(pen=self.pen, members=rest, state="present")

    def _guest(self, act: Act) -> None:
        self.pen.write("guest", name=act.name, office=act.office)

    def _fees(self, act: Act) -> None:
        self.pen.write("note", about="fees", text=act.text)

    def _turn(self, act: Act) -> None:
        commands.finish(pen=self.pen, item=self.cast.items[self.current], following=self.cast.items[act.item])
        self.current = act.item

    def _remark(self, act: Act) -> None:
        guest = act.who if act.how == "guest" else ""
        commands.record_remark(
            pen=self.pen,
            item=self.cast.items[act.item],
            text=act.text,
            member=None if guest else self._who(act.who),
            guest=guest,
            presenting=act.how == "presenting",
        )

    def _answer(self, act: Act) -> None:
        commands.record_remark(
            pen=self.pen, item=self.cast.items[act.item], text=act.text, member=self._who(LAN), is_answer=True
        )

    def _keep(self, act: Act) -> None:
        kept.keep_as(pen=self.pen, item=self.cast.items[act.item], how=act.how)

    def _differ(self, act: Act) -> None:
        item = self.cast.items[act.item]
        dissent.raise_differing(pen=self.pen, item=item, text=act.text, member=self._who(act.who))

    def _support(self, act: Act) -> None:
        (one,) = log.room_of(self.cast.meeting).differing.values()
        dissent.support(pen=self.pen, differing=one, number=act.number)

    def _put(self, act: Act) -> None:
        (one,) = log.room_of(self.cast.meeting).differing.values()
        counts = {name: act.fields[name] for name in ("in_favour", "against", "abstained")}
        title = f"ý kiến khác thứ nhất, mục “{self.cast.items['topic'].title}”"
        self._take_vote("differing", title, item=one.item, differing=one.id, **counts)

    def _vote(self, act: Act) -> None:
        what = {"agenda": "Chương trình họp", "resolution": "Nghị quyết"}[act.subject]
        self._take_vote(
            act.subject, f"{what} {period_name(self.cast.meeting.period)}", item=self.cast.items[self.current].pk
        )

    def _take_vote(self, subject: str, title: str, *, item: UUID, differing: UUID | None = None, **counts: int) -> None:
        exclusions = rules_of(self.cast.meeting).words("vote_base_exclusions")
        base = base_of_vote(log.room_of(self.cast.meeting).voters(), exclusions)
        commands.take_vote(
            pen=self.pen,
            base=base,
            exclusions=exclusions,
            subject=subject,
            title=title,
            item=item,
            differing=differing,
            **(counts or {"in_favour": base.present}),
        )

    def _score(self, act: Act) -> None:
        room = log.room_of(self.cast.meeting)
        score(pen=self.pen, room=room, code=act.code, points=act.points, note=act.note)

    def _review(self, act: Act) -> None:
        new_due = act.fields.get("new_due")
        deciding.review(
            pen=self.pen,
            task=self.cast.tasks[act.task],
            result=act.result,
            cause=act.fields.get("cause", ""),
            new_due=date.fromisoformat(new_due) if new_due else None,
        )

    def _task(self, act: Act) -> None:
        lead, due = self._who(act.lead), date.fromisoformat(act.due)
        deciding.give(pen=self.pen, draft=deciding.Draft(act.fields["what"], lead, due, act.how_checked))

    def _conclude(self, act: Act) -> None:
        deciding.conclude(pen=self.pen, kind=act.kind, parts=act.texts)

    def _read(self, act: Act) -> None:
        commands.read_back(pen=self.pen)

    def _correct(self, act: Act) -> None:
        commands.correct(pen=self.pen, text=act.text)

    def _close(self, act: Act) -> None:
        commands.close(pen=self.pen)
