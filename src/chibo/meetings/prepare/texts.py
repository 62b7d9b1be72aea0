"""What a notice says, as plain text: to the members, for Zalo, and what a correction changes."""

from typing import Any

from chibo.lib.dates import ZONE, format_date, format_time_sentence, weekday_name
from chibo.lib.vietnamese import number_word
from chibo.meetings.models import AgendaItem, Body, Meeting
from chibo.meetings.prepare.programme import Programme


def kind_words(programme: Programme) -> str:
    """ "thường kỳ", "thường kỳ và chuyên đề"; empty for the committee."""
    if programme.meeting.body == Body.COMMITTEE:
        return ""
    return " và ".join(part.name for part in programme.parts)


def name_of(programme: Programme) -> str:
    """ "họp chi bộ thường kỳ tháng 12"."""
    meeting, period = programme.meeting, f"tháng\u00a0{programme.meeting.period.month}"
    if meeting.body == Body.COMMITTEE:
        return f"họp chi ủy {period}"
    return f"họp {meeting.group_words or 'chi bộ'} {kind_words(programme)}".strip() + f" {period}"


def moment_words(meeting: Meeting) -> str:
    """ "19 giờ 30, thứ Năm 03/12/2026"."""
    at = meeting.starts_at
    return f"{format_time_sentence(at)}, {weekday_name(at)} {format_date(at)}"


def main_content(programme: Programme) -> str:
    """The numbered items in one line; a closed item is named by nothing but its being closed."""
    titles = [line.item.title for line in programme.main_lines if line.item.kind != AgendaItem.Kind.CONCLUSION]
    return "; ".join(title[0].lower() + title[1:] if _is_plain(title) else title for title in titles)


def _is_plain(title: str) -> bool:
    """Whether a title's first word is an ordinary word, not a name: its second word begins small."""
    words = title.split()
    return len(words) > 1 and words[1][:1].islower() and words[0][1:].islower()


def questions_lead(programme: Programme) -> str:
    """ "Đề nghị đồng chí suy nghĩ trước hai câu:"."""
    return f"Đề nghị đồng chí suy nghĩ trước {number_word(len(programme.questions))} câu:"


def papers_words(programme: Programme) -> str:
    """ "Gửi kèm để đọc trước: a.pdf; b.docx."; empty where nothing is enclosed."""
    names = "; ".join(paper.name for paper in programme.papers)
    return f"Gửi kèm để đọc trước: {names}." if names else ""


def notice_text(programme: Programme) -> str:
    """The notice as sent and kept: time, place, content and questions."""
    meeting = programme.meeting
    lines = [f"Kính mời đồng chí dự {name_of(programme)}, lúc {moment_words(meeting)}, tại {meeting.place}."]
    lines += meeting.reasons
    if content := main_content(programme):
        lines.append(f"Nội dung: {content}.")
    if programme.questions:
        lines.append(questions_lead(programme))
        lines += [f"{number}. {question.text}" for number, question in enumerate(programme.questions, 1)]
    if papers := papers_words(programme):
        lines.append(papers)
    return "\n".join(lines)


def zalo_text(programme: Programme, link: str, signature: str, *, with_questions: bool) -> str:
    """A text to paste into a group: time, place, link. It leaves Chibo, so questions go along by choice only."""
    meeting = programme.meeting
    lines = [
        f"Kính mời đồng chí dự {name_of(programme)}.",
        f"Thời gian: {moment_words(meeting)}.",
        f"Địa điểm: {meeting.place}.",
    ]
    if with_questions and programme.questions:
        lines.append(questions_lead(programme))
        lines += [f"{number}. {question.text}" for number, question in enumerate(programme.questions, 1)]
    lines.append(f"Xem chương trình, tài liệu và báo dự họp: {link}")
    if signature:
        lines.append(signature)
    return "\n".join(lines).replace("\u00a0", " ")


# ---------- What a correction changes ----------
def facts_of(programme: Programme) -> dict[str, Any]:
    """What a notice tells, kept to see later what has changed since."""
    meeting = programme.meeting
    return {
        "starts_at": moment_key(meeting),
        "place": meeting.place,
        "items": [line.item.title for line in programme.main_lines],
        "questions": [question.text for question in programme.questions],
        "papers": [paper.name for paper in programme.papers],
    }


def moment_key(meeting: Meeting) -> str:
    """The start in one spelling, whatever zone the database answers in."""
    return meeting.starts_at.astimezone(ZONE).isoformat()


def changes_since(programme: Programme, facts: dict[str, Any]) -> str:
    """What differs from the last notice, a line each; empty when nothing that it told has changed."""
    now, lines = facts_of(programme), []
    if facts.get("starts_at") != now["starts_at"]:
        lines.append(f"Họp lúc {moment_words(programme.meeting)}.")
    if facts.get("place") != now["place"]:
        lines.append(f"Họp tại {now['place']}.")
    lines += _list_changes(facts.get("items", []), now["items"], "mục")
    lines += _list_changes(facts.get("questions", []), now["questions"], "câu hỏi")
    # A notice of an earlier version did not tell its papers.
    lines += _list_changes(facts.get("papers", now["papers"]), now["papers"], "tài liệu")
    return "\n".join(lines)


def _list_changes(before: list[str], after: list[str], word: str) -> list[str]:
    added = [f"Thêm {word}: {one}" for one in after if one not in before]
    dropped = [f"Bỏ {word}: {one}" for one in before if one not in after]
    return added + dropped
