"""With no server in reach a device says what bars the end, and reads the minutes back: both as the server would."""

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from chibo.access.standing import standing_of
from chibo.meetings.models import Paper
from chibo.meetings.room import commands, counting, dissent, kept, log
from chibo.meetings.room.deciding import ballots_of
from chibo.meetings.room.screens import rules_of
from chibo.meetings.scoring.commands import score
from chibo.members.base_of_vote import Base, base_of_vote
from chibo.resolutions.room import commands as deciding
from chibo.resolutions.room.kinds import decisions
from tests.meaning.recorded import Watched
from tests.meaning.test_two_places import run
from tests.people import sign_in
from tests.script.acts import acts
from tests.script.people import BINH, DAY, HUNG, LAN, MAI, NAMES, QUYEN, SON, TAM, TU, Cast, build, clock
from tests.script.played import Player

pytestmark = pytest.mark.django_db

# In hundredths, until every line is settled; one against the record, which has it otherwise.
SCORES = (
    *(("3.1", 500, ""), ("4.2", 2400, "Ít ý kiến phản biện"), ("2", 300, "Vắng nhiều."), ("3.2", 400, "")),
    *(("4.1", 500, ""), ("4.3", 1000, ""), ("5", 500, ""), ("6", 3000, "Một việc chưa xong"), ("1", 0, "Hoãn")),
)


@pytest.fixture
def cast() -> Iterator[Cast]:
    with time_machine.travel(clock(-5), tick=True):
        yield build()


@pytest.fixture
def watched(cast: Cast, client: Client) -> Watched:
    """What the chair's laptop brings along before the meeting; a paper lies under its second item, and one of the old
    tasks is due that very day."""
    cast.tasks[2].due = DAY
    cast.tasks[2].save(update_fields=["due"])
    content = b"%PDF-1.4"
    Paper.objects.create(
        **cast.meeting.keys,
        item=cast.items["news"],
        name="Kế hoạch 15 của Đảng ủy.pdf",
        media_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
    )
    with time_machine.travel(clock(-5), tick=True):
        answer = sign_in(client, cast[LAN].user).get(f"/cuoc-hop/{cast.meeting.pk}/phong/goi/")
    return Watched(answer.json())


def equal_on_a_device(watched: Watched, tmp_path: Path) -> None:
    """Hold the devices' reckoning to the server's at each moment."""
    file = Path(os.environ.get("KEEP_MOMENTS", tmp_path / "moments.json"))
    file.write_text(json.dumps({"pack": watched.pack, "moments": watched.moments}, ensure_ascii=False))
    done = run("tests/room_js/minuted.test.mjs", MOMENTS=str(file))
    assert done.returncode == 0, done.stdout[-3000:]


def test_bars_and_minutes_are_the_same_after_every_act_of_the_script(
    cast: Cast, watched: Watched, tmp_path: Path
) -> None:
    player = Player(cast)
    for act in acts():
        player.take(act)
        watched.look(cast.meeting, clock(act.minute))
    assert watched.moments[-2]["bars"] == [] and len(watched.moments) > 50
    equal_on_a_device(watched, tmp_path)


class _Odd:
    """A meeting of everything that seldom happens; one step after another."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.minute = cast, 0
        self.device = uuid4()

    @property
    def pen(self) -> commands.Pen:
        self.cast.meeting.refresh_from_db()
        return commands.Pen(self.cast.meeting, standing_of(self.cast[LAN].pk), self.device, clock(self.minute))

    @property
    def base(self) -> tuple[Base, tuple[str, ...]]:
        exclusions = rules_of(self.cast.meeting).words("vote_base_exclusions")
        return base_of_vote(log.room_of(self.cast.meeting).voters(), exclusions), exclusions

    def opening(self) -> list[Callable[[], Any]]:
        """A roll of every kind, and a clerk who sits on the committee."""
        here = [self.cast[name].pk for name in NAMES[:18]]
        absent = [self.cast[name].pk for name in NAMES[19:]]
        return [
            lambda: commands.open_room(pen=self.pen, chair=self.cast[LAN].pk),
            lambda: commands.call(pen=self.pen, members=here, state="present"),
            lambda: commands.call(pen=self.pen, members=absent[:3], state="absent", reason="none"),
            lambda: commands.call(pen=self.pen, members=absent[3:5], state="absent", reason="family"),
            lambda: commands.call(pen=self.pen, members=absent[5:], state="absent"),
            lambda: commands.elect_clerk(pen=self.pen, member=self.cast[QUYEN].pk),
        ]

    def talking(self) -> list[Callable[[], Any]]:
        """Put off, turned to, kept on paper; opinions that are settled in every way."""
        news, topic, alone = (self.cast.items[key] for key in ("news", "topic", "self"))
        return [
            lambda: commands.put_off(pen=self.pen, item=news, why="chờ văn bản của xã"),
            *(lambda item=item: commands.go_to(pen=self.pen, item=item) for item in (alone, topic, alone)),
            lambda: kept.keep_as(pen=self.pen, item=alone, how="conclusion"),
            lambda: commands.record_remark(pen=self.pen, item=alone, text="Xin nhận.", member=self.cast[HUNG].pk),
            lambda: commands.record_remark(
                pen=self.pen, item=alone, text="Chi bộ ghi nhận.", member=self.cast[LAN].pk, is_answer=True
            ),
            lambda: kept.keep_as(pen=self.pen, item=alone, how="paper", page="trang 12"),
            lambda: commands.go_to(pen=self.pen, item=topic),
            *(lambda name=name: self._differ(name) for name in (TU, BINH, MAI)),
            lambda: self._settle(TU, "withdrawn"),
            lambda: self._settle(BINH, "not_adopted", "chưa có kinh phí"),
            lambda: dissent.reserve(pen=self.pen, differing=self._differing(BINH)),
            lambda: dissent.reserve(pen=self.pen, differing=self._differing(MAI)),
        ]

    def _differ(self, name: str) -> None:
        text = f"Ý của {name}"
        dissent.raise_differing(pen=self.pen, item=self.cast.items["topic"], text=text, member=self.cast[name].pk)

    def _differing(self, name: str) -> Any:
        found = log.room_of(self.cast.meeting).differing.values()
        return next(one for one in found if one.person == self.cast[name].pk)

    def _settle(self, name: str, outcome: str, why: str = "") -> None:
        dissent.settle_differing(pen=self.pen, differing=self._differing(name), outcome=outcome, why=why)

    def deciding(self) -> list[Callable[[], Any]]:
        """Tasks with helpers and milestones, answers that lack something, votes that fail, secret votes."""
        old = self.cast.tasks
        draft = deciding.Draft(
            what="Lắp hai gương.",
            lead=self.cast[HUNG].pk,
            due=date(2027, 2, 1),
            how_checked="chi ủy xem.",
            helpers=[self.cast[TAM].pk, self.cast[SON].pk],
            helpers_text="Chi đoàn",
            milestones=[("Mua gương.", date(2026, 12, 20)), ("Chôn cột", date(2027, 1, 10))],
        )
        return [
            lambda: deciding.review(pen=self.pen, task=old[0], result="put_off"),
            lambda: deciding.review(pen=self.pen, task=old[1], result="not_done", cause="thiếu máy."),
            lambda: deciding.review(pen=self.pen, task=old[0], result="put_off", cause="chờ xã"),
            lambda: deciding.review(pen=self.pen, task=old[2], result="partly"),
            lambda: deciding.give(pen=self.pen, draft=draft),
            lambda: deciding.give(pen=self.pen, draft=draft),
            lambda: deciding.withdraw(pen=self.pen, task=next(iter(self._tasks()))),
            lambda: deciding.conclude(pen=self.pen, kind="conclusion"),
            lambda: deciding.conclude(pen=self.pen, parts={"political_tasks": "Xong một trong ba việc."}),
            lambda: deciding.conclude(pen=self.pen, parts={"conclusion": "Chi bộ thống nhất."}),
            lambda: self._vote("other", "các việc sau", 3, matters=["Kết nạp", "Xóa tên"]),
            lambda: self._vote("conclusion", "Kết luận", 2),
            *(
                lambda code=code, points=points, note=note: self._score(code, points, note)
                for code, points, note in SCORES
            ),
            lambda: self._vote("conclusion", "Kết luận", 14),
            lambda: deciding.conclude(pen=self.pen, parts={"conclusion": "Chi bộ thống nhất lại."}),
            lambda: self._put("Chọn đại biểu", [self.cast[HUNG].full_name, self.cast[BINH].full_name]),
            lambda: self._put("Có làm cổng chào không", []),
            *(lambda place=place: self._count(place) for place in (0, 1)),
            lambda: commands.correct(pen=self.pen, text="Sửa “hai” thành “ba”."),
            lambda: commands.read_back(pen=self.pen),
            lambda: commands.break_off(pen=self.pen, why="mất điện"),
        ]

    def _tasks(self) -> Any:
        return decisions(log.room_of(self.cast.meeting)).tasks

    def _score(self, code: str, points: int, note: str) -> None:
        score(pen=self.pen, room=log.room_of(self.cast.meeting), code=code, points=points, note=note)

    def _vote(self, subject: str, title: str, in_favour: int, **more: Any) -> None:
        base, exclusions = self.base
        counts = {"in_favour": in_favour, "against": 1, "abstained": base.present - in_favour - 1}
        commands.take_vote(
            pen=self.pen, base=base, exclusions=exclusions, subject=subject, title=title, **counts, **more
        )

    def _put(self, title: str, names: list[str]) -> None:
        counting.put_to_ballot(
            pen=self.pen, title=title, names=names, fraction="half", tellers=[self.cast[TAM].pk], item=None
        )

    def _count(self, place: int) -> None:
        base, exclusions = self.base
        ballot = list(ballots_of(log.room_of(self.cast.meeting)).values())[place]
        out = base.present
        choices = [{"name": name, "in_favour": out - 3, "against": 1, "blank": 1} for name in ballot.lines]
        counting.count_ballots(
            pen=self.pen,
            ballot=ballot,
            base=base,
            exclusions=exclusions,
            sums=counting.Sums(issued=out, returned=out, invalid=1, choices=choices),
        )


def test_bars_and_minutes_are_the_same_through_everything_that_seldom_happens(
    cast: Cast, watched: Watched, tmp_path: Path
) -> None:
    odd = _Odd(cast)
    for step in (*odd.opening(), *odd.talking(), *odd.deciding()):
        odd.minute += 2
        with time_machine.travel(clock(odd.minute), tick=False):
            step()
        watched.look(cast.meeting, clock(odd.minute))
    annexes = [section["blocks"][-1]["rows"] for section in watched.minutes("score")]
    assert len(annexes) > len(SCORES) and annexes[-1][-1][1:] == ["Tổng điểm, không kể tiêu chí 7", "95", "86"]
    assert "86/95 điểm, xếp loại Khá hoặc Tốt." in str(watched.minutes("conclusion")[-1])
    equal_on_a_device(watched, tmp_path)
