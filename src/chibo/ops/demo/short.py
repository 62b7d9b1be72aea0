"""The last months of the cells of which no story is told, in the shape of a story: short, and no two alike."""

from datetime import date, datetime, time, timedelta
from typing import Any

from chibo.lib.dates import add_months
from chibo.ops.demo.shift import LAST_PERIOD

# The first commune has had Chibo for two months, so that its officer sees tasks reviewed; the others begin now.
MONTHS = {"ham-thuan-dong": 2}
LENGTH = timedelta(minutes=95)
RESIDENTIAL = {"hamlet": "residential", "street": "residential"}
REASONS = ("work", "health", "family", "work", "unknown")


def began(facts: dict[str, Any]) -> date:
    """The first month that a cell entered: nothing before it is missed."""
    return add_months(LAST_PERIOD, 1 - MONTHS.get(facts["commune"], 1))


def months_of(facts: dict[str, Any], members: list[dict[str, Any]], topics: dict[str, list[Any]]) -> list[Any]:
    """The told months of one cell; a few have no news of the last one, a few held it some days late."""
    found: list[dict[str, Any]] = []
    number = facts["number"]
    for back in range(MONTHS.get(facts["commune"], 1) - 1, -1, -1):
        if back == 0 and number % 17 == 6:
            break
        period = add_months(LAST_PERIOD, -back)
        day = period.replace(day=facts["day"]) + timedelta(days=4 if back == 0 and number % 13 == 4 else 0)
        found.append(_month(facts, members, topics, period, day, found[-1] if found else None))
    return found


def _month(
    facts: dict[str, Any],
    members: list[dict[str, Any]],
    topics: dict[str, list[Any]],
    period: date,
    day: date,
    before: dict[str, Any] | None,
) -> dict[str, Any]:
    """One month: news, the review, one topic with its question, one task, a conclusion."""
    pool = topics[RESIDENTIAL.get(facts["category"], facts["category"])]
    topic = pool[(3 * facts["number"] + period.month) % len(pool)]
    turn = facts["number"] + period.month
    here = [m["key"] for m in members if not m.get("exempt_from") and not m.get("away_from")]
    others = [key for key in here if key not in ("0", "1", "2")] or here
    absent = [others[turn % len(others)]] + ([others[(turn + 3) % len(others)]] if turn % 3 == 0 else [])
    absent = list(dict.fromkeys(absent)) if len(here) > 4 else []
    speakers = [key for key in here[1:] if key not in absent] or here
    lead = speakers[turn % len(speakers)]
    start, key = time.fromisoformat(facts["start"]), f"{period:%Y-%m}"
    task = topic["task"]
    return {
        "period": key,
        "date": day.isoformat(),
        "start": facts["start"],
        "end": (datetime.combine(day, start) + LENGTH).strftime("%H:%M"),
        "place": facts["place"],
        "chair": "0",
        "clerk": "2" if facts["committee"] else "1",
        "guests": [],
        "committee": None,
        "absent": [{"member": one, "reason": REASONS[(turn + n) % len(REASONS)]} for n, one in enumerate(absent)],
        "agenda": _agenda(topic, speakers, turn, period),
        "reviews": [{"task": one["id"], "result": "done", "note": ""} for one in before["tasks"]] if before else [],
        "tasks": [
            {
                "id": f"{key}-1",
                "what": task["what"],
                "lead": lead,
                "helpers": [],
                "due": (day + timedelta(days=task["days"])).isoformat(),
                "check": task["check"],
                "milestones": [],
            }
        ],
        "conclusion": f"Chi bộ thống nhất giải quyết việc: {topic['title']}; giao một đầu việc, kiểm điểm ở kỳ sau.",
        "resolution": None,
        "votes": [{"subject": "conclusion", "item": None, "in_favour": None, "against": 0, "abstained": 0}],
    }


def _agenda(topic: dict[str, Any], speakers: list[str], turn: int, period: date) -> list[dict[str, Any]]:
    """The items: as in a plain month of a small cell."""
    remarks = [
        {"speaker": speakers[(turn + n) % len(speakers)], "text": text} for n, text in enumerate(topic["remarks"])
    ]
    return [
        _item("opening", "Mở đầu: điểm danh, cử thư ký, thông qua chương trình", 10, "0"),
        _item("information", f"Thông tin thời sự tháng {period.month}", 15, "1"),
        _item("review", "Kiểm điểm việc kỳ trước", 15, "0"),
        _item("discussion", topic["title"], 35, "0") | {"questions": [topic["question"]], "remarks": remarks},
        _item("self_criticism", "Tự phê bình và phê bình", 10, "0"),
        _item("conclusion", "Kết luận, đọc lại biên bản", 10, "0"),
    ]


def _item(kind: str, title: str, minutes: int, presenter: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "part": "regular",
        "title": title,
        "work": "party",
        "minutes": minutes,
        "presenter": presenter,
        "text": None,
        "questions": [],
        "remarks": [],
        "conclusion": None,
    }


def next_month(told: dict[str, Any], topic: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """The coming meeting of a cell: the programme of its last one with a topic of its own."""
    period = add_months(LAST_PERIOD, 1)
    agenda = [one | {"text": None, "remarks": [], "questions": [], "conclusion": None} for one in told["agenda"]]
    for one in agenda:
        one["title"] = one["title"].replace(f"tháng {LAST_PERIOD.month}", f"tháng {period.month}")
        if one["kind"] == "discussion":
            one |= {"title": topic["title"], "questions": [topic["question"]], "part": "regular"}
    return told | {
        "period": f"{period:%Y-%m}",
        "date": period.replace(day=facts["day"]).isoformat(),
        "thematic": None,
        "committee": None,
        "agenda": agenda,
    }
