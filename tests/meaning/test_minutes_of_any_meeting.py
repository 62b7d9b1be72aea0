"""Nothing recorded is lost, and nothing is said that was not recorded, whatever meeting it was: in the sections, on the
list of what does not stand in them, and as a device reads them back."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.meetings.device.minuted import plain
from chibo.meetings.minutes import left_out as aside
from chibo.meetings.minutes import sections, votes
from chibo.meetings.minutes.draft import Draft
from chibo.meetings.models import Reason
from chibo.meetings.room import fold as meaning
from chibo.meetings.room.fold import Record, fold
from chibo.meetings.room.undo import Undone
from chibo.meetings.scoring.evidence import SENTENCES
from chibo.resolutions.brought_along import label_of
from chibo.resolutions.models import Review
from chibo.resolutions.room.kinds import PARTS
from tests.meaning.evenings import BEGUN, Evening, World, held
from tests.meaning.minuted import judge
from tests.meaning.recorded import minutes_of
from tests.meaning.test_two_places import run
from tests.meaning.vectors import as_entry

A_FILE = 500


def draft_of(evening: Evening) -> Draft:
    return Draft(evening.world.facts, fold(evening.server.log))


@settings(deadline=None, max_examples=150, database=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_each_text_stands_once_or_on_the_list_of_what_does_not(chance: Random) -> None:
    evening = held(chance)
    judge(evening.server.log, draft_of(evening))


def _seeds(how_many: int) -> Iterator[int]:
    start = int.from_bytes(os.urandom(4), "big")
    return iter(range(start, start + how_many))


@pytest.mark.parametrize("how_many", [2000, pytest.param(20_000, marks=[pytest.mark.long, pytest.mark.longest])])
def test_it_holds_for_thousands_of_meetings_here_and_as_a_device_reads_them(how_many: int, tmp_path: Path) -> None:
    moments: list[dict[str, Any]] = []
    seeds = _seeds(how_many)
    for number, seed in enumerate(seeds, 1):
        evening = held(Random(seed))
        draft = draft_of(evening)
        try:
            judge(evening.server.log, draft)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}: {error}") from error
        moments.append({"seed": seed, "pack": pack_of(evening.world), **moment_of(evening, draft)})
        if len(moments) == A_FILE or number == how_many:
            file = tmp_path / "moments.json"
            file.write_text(json.dumps({"moments": moments}, ensure_ascii=False))
            done = run("tests/room_js/minuted.test.mjs", MOMENTS=str(file))
            assert done.returncode == 0, done.stdout[-3000:]
            moments = []


def moment_of(evening: Evening, draft: Draft) -> dict[str, Any]:
    """A meeting as the device is compared with it."""
    return {"log": [as_entry(one) for one in evening.server.log], "at": BEGUN + 300 * 60_000, **minutes_of(draft)}


def pack_of(world: World) -> dict[str, Any]:
    """What a device would have brought along."""
    facts, known = world.facts, {line["person"]: line for line in world.roll}
    return {
        "meeting": {
            "starts_at": int(facts.starts_at.timestamp() * 1000),
            "period_title": facts.period,
            "place": facts.place,
            "body": facts.body,
            "reasons": list(facts.reasons),
            "held_on_paper": facts.held_on_paper,
        },
        "minuted": plain(facts),
        "people": [{"id": str(one), "name": name, **known[str(one)]} for one, name in facts.names.items()],
        "names": {},
        "steps": [
            {
                "item": str(one.id),
                "item_kind": one.kind,
                "kind": one.kind,
                "title": one.title,
                "presented_by": "",
                "paper": one.closed_paper,
                "part": one.part,
                "self_criticism": one.kind == "self_criticism",
            }
            for one in facts.items
        ],
        "old_tasks": [{"id": str(id_), "what": one.what, "lead_name": one.lead} for id_, one in facts.tasks.items()],
        "results": Review.Result.choices,
        "parts": [[name, label_of(name)] for name in PARTS],
        "reasons": Reason.choices,
        "scoring": {},
        "sentences": {f"score.{key}": words for key, words in SENTENCES.items()},
    }


# ---------- What one might write instead ----------
def _presented_at_the_end_is_dropped(planting: pytest.MonkeyPatch) -> None:
    """T2: what was presented at the steps of the end stands nowhere."""
    planting.setattr(sections._Assembly, "_steps", lambda self, kind: iter(()))


def _rows_in_another_order(planting: pytest.MonkeyPatch) -> None:
    """T3: by counter and id, and not by counter, device and id."""
    said = Draft.remarks_at

    def by_id(draft: Draft, item: Any) -> Any:
        return sorted(said(draft, item), key=lambda one: (one.order, str(one.id)))

    planting.setattr(Draft, "remarks_at", by_id)


def _votes_twice(planting: pytest.MonkeyPatch) -> None:
    """A vote on the resolution stands at its item and at the end."""
    planting.setattr(votes, "DECIDING", ())


def _withdrawn_is_kept(planting: pytest.MonkeyPatch) -> None:
    """T4 in minutes: what was taken back later stands as if it had not been."""
    said = Draft.differing_at

    def all_of_them(draft: Draft, item: Any) -> Any:
        taken_back = [
            one for one in draft.room.differing.values() if one.item == item.id and one.outcome == "withdrawn"
        ]
        return [*said(draft, item), *taken_back]

    planting.setattr(Draft, "differing_at", all_of_them)


def _undone_stays(planting: pytest.MonkeyPatch) -> None:
    """T4: what was undone counts on."""
    planting.setattr(meaning, "undone_in", lambda ordered: Undone())


def _removed_items_are_dropped(planting: pytest.MonkeyPatch) -> None:
    """T14: only the programme of the server is walked."""
    planting.setattr(Draft, "strays", [])


def _uncalled_are_not_absent(planting: pytest.MonkeyPatch) -> None:
    """T5: whoever was not called is forgotten."""
    planting.setattr("chibo.meetings.minutes.opening._waiting", lambda lines: [])


def _kept_out_without_a_word(planting: pytest.MonkeyPatch) -> None:
    """What the cell's choice keeps out is on no list."""
    planting.setattr(aside, "_of_an_item", lambda draft, item: iter(()))


FAULTS = (
    *(_presented_at_the_end_is_dropped, _rows_in_another_order, _votes_twice, _withdrawn_is_kept, _undone_stays),
    *(_removed_items_are_dropped, _uncalled_are_not_absent, _kept_out_without_a_word),
)


@pytest.fixture(scope="module")
def evenings() -> list[Evening]:
    """Held before anything is planted: people who cannot take back a mark would never come to an end."""
    return [held(Random(seed)) for seed in range(500)]


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__.strip("_"))
def test_what_one_might_write_instead_is_found(
    plant: Any, evenings: list[Evening], monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        for evening in evenings:
            judge(evening.server.log, draft_of(evening))


def test_the_record_of_a_meeting_is_the_order_of_its_log(tmp_path: Path) -> None:
    """Whatever the order of arrival, the same minutes."""
    for seed in range(60):
        evening = held(Random(seed))
        log: list[Record] = list(evening.server.log)
        Random(seed).shuffle(log)
        facts = evening.world.facts
        assert minutes_of(Draft(facts, fold(log))) == minutes_of(draft_of(evening))
