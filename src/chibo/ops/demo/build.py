"""Loads the demo: who and where (`place`), then what each cell did month by month (`told`), two cells at a time."""

import os
from concurrent.futures import as_completed
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chibo.access.scope import system_scope
from chibo.lib.dates import at, now, today
from chibo.ops.commands.demo_users import DemoUser
from chibo.ops.demo import short
from chibo.ops.demo.asked import ask
from chibo.ops.demo.followed import follow
from chibo.ops.demo.inspected import inspect
from chibo.ops.demo.moves import move
from chibo.ops.demo.place import DemoCell, Place, read, settle
from chibo.ops.demo.reorganised import reorganise
from chibo.ops.demo.shift import months_from_story
from chibo.ops.demo.told import Telling
from chibo.ops.demo.worker import workers
from chibo.ops.terminal import Report

PROCESSES = min(2, os.cpu_count() or 1)
# Whose last minutes still wait for signatures; who has announced the next meeting.
UNSIGNED, ANNOUNCED = "van-phong-xa", "tram-y-te"
STEPS = 6


def load(progress: Report) -> list[DemoUser]:
    """Load everything into an empty tenant, and give the sign-ins."""
    present = now()
    progress("Số liệu hư cấu: tỉnh, xã, chi bộ, đảng viên…")
    with system_scope():
        place = settle(months_from_story(today()))
    cells = sorted(place.cells, key=lambda cell: -len(cell.tale["meetings"]))
    progress(f"Số liệu hư cấu: các buổi họp, 0/{len(cells)} chi bộ…")
    with workers(PROCESSES) as pool:
        jobs = [pool.submit(tell, replace(place, cells=[cell], users=[]), present) for cell in cells]
        for done, job in enumerate(as_completed(jobs), 1):
            job.result()
            if done % (len(cells) // STEPS) == 0 and done < len(cells):
                progress(f"Số liệu hư cấu: các buổi họp, {done}/{len(cells)} chi bộ…")
    move(place)
    ask(place)
    follow(place)
    inspect(place)
    reorganise(place)
    return place.users


def tell(place: Place, present: datetime) -> None:
    """All that the one cell of a place did up to the present, in one transaction."""
    (cell,) = place.cells
    with system_scope(), at(present):
        telling, meetings = Telling(place, cell, present), cell.tale["meetings"]
        for told in meetings:
            if cell.facts["story"]:
                telling.month(told, signed=not (cell.key == UNSIGNED and told is meetings[-1]))
            else:
                telling.from_paper(told)
        for one in cell.tale["progress"]:
            telling.say(one)
        if planned := cell.tale.get("planned"):
            _prepare_next(telling, planned, present)
        if cell.key == ANNOUNCED:
            _announce_next(telling, cell, present)


def _prepare_next(telling: Telling, planned: dict[str, Any], present: datetime) -> None:
    """The committee has met, reminded whoever is late, and is writing the programme."""
    telling.coming(planned)
    moment = telling.moment(planned["committee"]["date"], "20:45")
    if moment < present:
        telling.remind(planned["chair"], moment)


def _announce_next(telling: Telling, cell: DemoCell, present: datetime) -> None:
    """The notice of the next meeting is out, and most of the members have been told."""
    last = cell.tale["meetings"][-1]
    topics = read("short.json")[cell.facts["category"]]
    told = short.next_month(last, topics[0], cell.facts)
    planned = (present - timedelta(days=2)).replace(hour=20, minute=0, second=0, microsecond=0)
    meeting = telling.coming(told, planned)
    if meeting is not None:
        telling.tell_people(meeting, told["chair"], present - timedelta(minutes=5), left=2)
