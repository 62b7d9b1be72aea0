"""Sentences with the objections to them, for the twin of the wording checker on the devices."""

from dataclasses import asdict
from datetime import date
from typing import Any

from chibo.lib.vietnamese import no_break
from chibo.resolutions import vague_words
from chibo.resolutions.brought_along import LISTS
from chibo.resolutions.wording import EarlierTask, MonthWork, Objection, capacity, check, check_count, similar
from tests.resolutions.test_wording import AUTUMN, GOOD, MEETING, VAGUE

ODD = (
    "",
    "  ",
    "Vệ sinh",
    "Lắp 2 gương " * 20,
    "CỦNG CỐ KHỐI ĐOÀN KẾT",
    "Phát huy hoà thuận trong thôn",
    "👍 lắp 1/2 gương!",
)
ODD += ("Tăng cường, đẩy mạnh tuần tra", "Tổ chức nâng cao, đẩy mạnh phong trào", "Tổ chức nâng cao phong trào")
LEADS = ("Trần Văn Lộc", "", "toàn thể đảng viên", "Hội Văn Tám", "Ban công tác Mặt trận")
HELPERS = ("", "Chi đoàn, Hội Phụ nữ thôn", "các ngành liên quan")
DUES = ("2026-12-20", "2026-12-03", "2026-12-02", "2027-01-03", "2027-01-04", "2028-01-01", "", "cuối tháng")
CHECKS = ("có ảnh", "", "Thường xuyên", "theo dõi, đôn đốc")
EARLIER = [EarlierTask(what, date(2026, 9 + place % 3, 1)) for place, what in enumerate(GOOD[::3] + VAGUE[::4])]


def _told(found: Objection) -> dict[str, Any]:
    values = asdict(found)
    values["pattern"] = values.pop("pattern_with_blanks")
    return {**values, "marked": list(found.marked)}


def _case(**typed: Any) -> dict[str, Any]:
    """One task as typed, on a device and to the server's checker."""
    due = typed["due"]
    is_day = due[:2] == "20"
    found = check(
        **{**typed, "due": date.fromisoformat(due) if is_day else due},
        today=MEETING,
        meeting_date=MEETING,
        earlier=EARLIER,
        milestone_days=31,
        similar_percent=80,
    )
    return {"typed": typed, "objections": [_told(one) for one in found]}


def cases() -> dict[str, Any]:
    """Sentences and what is said to them; pairs of sentences and how alike they are; counts and when they are many."""
    right: dict[str, Any] = {"lead": LEADS[0], "helpers": "", "due": DUES[0], "how_checked": CHECKS[0], "milestones": 0}
    whats = [*GOOD, *VAGUE, *ODD, *(f"{one} trong tháng 12/2026" for one in GOOD[:8]), *(one.upper() for one in VAGUE)]
    found = [_case(**{**right, "what": what}) for what in whats]
    found += [_case(**{**right, "what": GOOD[0], "lead": one}) for one in LEADS]
    found += [_case(**{**right, "what": GOOD[0], "helpers": one}) for one in HELPERS]
    found += [
        _case(**{**right, "what": f"{GOOD[0]} trong thời gian tới", "due": one, "milestones": steps})
        for one in DUES
        for steps in (0, 1)
    ]
    found += [_case(**{**right, "what": GOOD[0], "how_checked": one}) for one in CHECKS]
    everything = [*GOOD, *VAGUE, *ODD]
    pasts: list[list[MonthWork]] = [[], AUTUMN, AUTUMN[2:], [MonthWork(date(2026, 11, 1), given=6, done=0)]]
    return {
        "checks": found,
        "wording": {
            **{name: sorted(getattr(vague_words, name.upper())) for name in LISTS},
            "earlier": [{"what": one.what, "month": no_break(f"tháng {one.period.month}")} for one in EARLIER],
            "milestone_days": 31,
            "similar_percent": 80,
        },
        "meeting": MEETING.isoformat(),
        "likeness": [[one, other, similar(one, other)] for one in everything for other in everything],
        "counts": [_counted(past, count, cap) for past in pasts for count in range(1, 13) for cap in (3, 5)],
    }


def _counted(past: list[MonthWork], count: int, cap: int) -> dict[str, Any]:
    months = [{"month": no_break(f"tháng {one.period.month}"), "given": one.given, "done": one.done} for one in past]
    said = check_count(count, past, cap)
    told = _told(said) if said else None
    return {"past": months, "count": count, "cap": cap, "objection": told, "capacity": asdict(capacity(past, cap))}
