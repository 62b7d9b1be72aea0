"""Points at a task that cannot be checked next month, as it is typed (M10).

A new resolution must hold "công việc rất cụ thể, phân công rõ trách nhiệm và xác định rõ thời gian … Không nên đề ra
quá nhiều việc hoặc nêu việc chung chung" (Kết luận of the provincial Standing Committee, 09/9/2014). An objection is
to the sentence, never to its writer; it says why and shows a pattern with blanks; it neither rewrites nor locks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.utils.text import capfirst

from chibo.lib.dates import UnreadableDate, format_date, parse_vietnamese_date
from chibo.lib.vietnamese import fold, no_break, normalise, number_word, sort_key
from chibo.resolutions import vague_words

# Said where a group gathers (domain.md 1.6).
NO_RESOLUTION = "Nghị quyết cần cả chi bộ họp. Buổi họp tổ đảng kết thúc bằng kết luận."
HEADING = "Câu này tháng sau khó kiểm tra"
PATTERN_WHAT = "[Làm gì] cho [bao nhiêu] [ai, cái gì] ở [nơi nào]"
PATTERN_LEAD = "[Họ tên một đồng chí] chủ trì, [ai] phối hợp"
PATTERN_DUE = "Xong đến hết ngày [ngày/tháng/năm]"
PATTERN_MILESTONE = "Đến [ngày/tháng] xong [phần nào]"
PATTERN_CHECK = "[Ai] xem [cái gì] ở [nơi nào], ngày [ngày/tháng]"
LONG_SENTENCE_WORDS = 45
# A task holds 500 characters; what is longer is refused elsewhere, and need not be read to its end here.
READ_CHARACTERS = 2000

_WORD = re.compile(r"\d+(?:[./,-]\w+)*%?|[^\W\d_]+")
_PERIOD = re.compile(r"\b(?:thang|quy|nam)\s+[\divx]+(?:/\d+)?\b|\b\d{1,2}/\d{1,2}(?:/\d{4})?\b")


@dataclass(frozen=True)
class Objection:
    """One thing that makes a task hard to check.

    Attributes:
        field: what, lead, helpers, due, how_checked, or count.
        problem: what stands there, in one sentence.
        reason: why it matters next month, or what to do.
        pattern_with_blanks: how such a sentence is built; blanks stand in square brackets.
        marked: the words of the sentence that are meant, as they are written.
    """

    field: str
    problem: str
    reason: str
    pattern_with_blanks: str = ""
    marked: tuple[str, ...] = ()

    @property
    def pattern_pieces(self) -> tuple[tuple[str, bool], ...]:
        """The pattern in pieces, each with whether it is a blank to fill."""
        pieces = re.split(r"\[([^\]]*)\]", self.pattern_with_blanks)
        return tuple((piece, position % 2 == 1) for position, piece in enumerate(pieces) if piece)


@dataclass(frozen=True)
class EarlierTask:
    """A task of an earlier month, to compare with."""

    what: str
    period: date


@dataclass(frozen=True)
class MonthWork:
    """What a cell gave itself for a month, and how much of it was done."""

    period: date
    given: int
    done: int


@dataclass(frozen=True)
class Capacity:
    """How many tasks a month fit a cell (empty while it has no past), and from which one on it is reminded."""

    fits: int | None
    reminds_from: int


def check(
    what: str,
    lead: str,
    helpers: str,
    due: date | str | None,
    how_checked: str,
    today: date,
    meeting_date: date,
    *,
    milestones: int = 0,
    earlier: Sequence[EarlierTask] = (),
    milestone_days: int = 31,
    similar_percent: int = 80,
) -> tuple[Objection, ...]:
    """Return what makes a task hard to check; nothing for a good one.

    Args:
        what, lead, helpers, how_checked: as typed or chosen; empty where missing. `lead` is a name.
        due: a date, or what was typed and could not be read as one.
        today, meeting_date: a deadline lies on or after the meeting, and within a year of both.
        milestones: how many steps on the way have been set.
        earlier: tasks of the months before.
        milestone_days, similar_percent: the rules `task_milestones_after_days` and `similar_sentence_percent`.

    Raises:
        UnusableText: a text holds a NUL or half a surrogate pair.
    """
    found = [
        *_check_what(_Sentence(what)),
        *_check_repetition(what, earlier, similar_percent),
        *_check_lead(_Sentence(lead)),
        *_check_helpers(_Sentence(helpers)),
        *_check_due(_Sentence(what), due, today, meeting_date),
        *_check_how(_Sentence(how_checked)),
    ]
    day = _as_date(due)
    if day and (lasts := (day - meeting_date).days) > milestone_days and not milestones:
        problem = f"Việc kéo dài {lasts} ngày mà chưa có mốc giữa chừng."
        reason = "Có mốc thì kỳ họp giữa chừng biết việc đến đâu."
        found.append(Objection("due", problem, reason, PATTERN_MILESTONE))
    return tuple(found)


def similar(first: str, second: str) -> int:
    """Return how alike two sentences are, in percent of their words; months and dates left out, numbers doubled."""
    one, other = _comparable(first), _comparable(second)
    if not one or not other:
        return 0
    ratios = (SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in ((one, other), (other, one)))
    return int(max(ratios) * 100)


def capacity(past: Sequence[MonthWork], soft_cap: int = 5) -> Capacity:
    """Reckon how many tasks fit a cell: the most it finished in one of the months given.

    Args:
        past: the last months, usually three.
        soft_cap: the rule `task_soft_cap`; a cell is reminded past it, or past one more than it ever finished.
    """
    if not past:
        return Capacity(None, soft_cap + 1)
    fits = max(1, max(month.done for month in past))
    return Capacity(fits, min(soft_cap, max(2, fits + 1)) + 1)


def check_count(count: int, past: Sequence[MonthWork], soft_cap: int = 5) -> Objection | None:
    """Object to more tasks than a cell finishes, with what it finished in the months before."""
    limits = capacity(past, soft_cap)
    if count < limits.reminds_from:
        return None
    done = ", ".join(f"{_month(month.period)} làm xong {month.done}/{month.given}" for month in past)
    advice = "Chọn việc cần trước, việc khác để kỳ sau."
    problem = f"{capfirst(number_word(count))} việc, nhiều hơn sức chi bộ thường làm xong trong một tháng."
    return Objection("count", problem, f"{capfirst(done)}. {advice}" if done else advice)


class _Sentence:
    """A text in words, compared wherever the tone marks stand and whatever the case."""

    def __init__(self, text: str) -> None:
        self.text = normalise(text[:READ_CHARACTERS]).strip()
        self.words = list(_WORD.finditer(self.text))
        self.keys = [sort_key(word.group()) for word in self.words]

    def spans(self, phrases: Iterable[tuple[str, ...]]) -> list[tuple[int, int]]:
        """Where phrases stand, as first and last word, neighbours joined, in order."""
        hits: set[int] = set()
        for phrase in phrases:
            for start in range(len(self.keys) - len(phrase) + 1):
                if tuple(self.keys[start : start + len(phrase)]) == phrase:
                    hits.update(range(start, start + len(phrase)))
        joined: list[tuple[int, int]] = []
        for word in sorted(hits):
            if joined and joined[-1][1] == word - 1 and not self._parted(word):
                joined[-1] = (joined[-1][0], word)
            else:
                joined.append((word, word))
        return joined

    def written(self, span: tuple[int, int]) -> str:
        """The words of a span as they are written."""
        return self.text[self.words[span[0]].start() : self.words[span[1]].end()]

    def begins_with(self, phrases: Iterable[tuple[str, ...]], start: int = 0) -> int:
        """How many words the longest of the phrases that stands at a place has; 0 for none."""
        return max(
            (len(phrase) for phrase in phrases if tuple(self.keys[start : start + len(phrase)]) == phrase), default=0
        )

    def has_quantity(self) -> bool:
        """Whether it counts something, as "12 hộ" does and "tháng 12", "Chỉ thị 50-CT/TW" or "năm 2026" do not."""
        return any(self._counts(position) for position in range(len(self.words)))

    def _counts(self, position: int) -> bool:
        word = self.words[position].group().lower()
        before = self.words[position - 1].group().lower() if position else ""
        after = self.words[position + 1].group().lower() if position + 1 < len(self.words) else ""
        if before in vague_words.LABELS:
            return False
        if word[0].isdigit():
            return bool(re.fullmatch(r"\d{1,3}(?:[.,]\d+)*%?|\d{4,}", word)) and not re.fullmatch(r"(19|20)\d\d", word)
        return word in vague_words.NUMBER_WORDS and not (word == "một" and after in vague_words.NOT_ONE)

    def _parted(self, word: int) -> bool:
        """Whether punctuation stands before a word."""
        return bool(self.text[self.words[word - 1].end() : self.words[word].start()].strip())


LEADING, VAGUE, THIN, CONCRETE, THEMES, PLACES, VAGUE_TIMES, EVERYONE, NOBODY, EMPTY_CHECKS = (
    tuple(tuple(sort_key(word) for word in phrase.split()) for phrase in phrases)
    for phrases in (
        vague_words.LEADING,
        vague_words.VAGUE,
        vague_words.THIN,
        vague_words.CONCRETE,
        vague_words.THEMES,
        vague_words.PLACES,
        vague_words.VAGUE_TIMES,
        vague_words.EVERYONE,
        vague_words.NOBODY,
        vague_words.EMPTY_CHECKS,
    )
)


def _check_what(sentence: _Sentence) -> Iterator[Objection]:
    """Object to an empty, a vague, a manifold or an endless sentence."""
    if not sentence.words:
        yield Objection(
            "what", "Chưa ghi làm gì.", "Ghi một việc mà tháng sau nói được là xong hay chưa.", PATTERN_WHAT
        )
        return
    spans = _vague_spans(sentence)
    if spans:
        marked = tuple(sentence.written(span) for span in spans)
        quoted = ", ".join(f"“{words}”" for words in marked)
        reason = "Tháng sau không có gì để so xem đã xong chưa."
        yield Objection("what", f"{quoted}: chưa nói làm gì.", reason, PATTERN_WHAT, marked)
        missing = "Chưa có con số." if _names_place(sentence) else "Chưa có con số, chưa có nơi làm."
        yield Objection("what", missing, "Có con số, có nơi làm thì ai xem cũng nói giống nhau.", PATTERN_WHAT)
        themes = tuple(dict.fromkeys(sentence.written(span) for span in sentence.spans(THEMES)))
        if len(themes) > 1:
            quoted = " và ".join(f"“{theme}”" for theme in themes[:2])
            reason = "Tách ra thì mỗi việc có một người chủ trì và một hạn."
            yield Objection("what", f"{quoted}: hai việc khác nhau, nên tách.", reason, "", themes)
    elif len(sentence.words) < 3 and not sentence.has_quantity():
        reason = "Thêm bao nhiêu, cái gì, ở đâu."
        yield Objection("what", f"“{sentence.text}” chưa rõ là việc gì.", reason, PATTERN_WHAT, (sentence.text,))
    if len(sentence.words) > LONG_SENTENCE_WORDS:
        problem = f"Câu dài {len(sentence.words)} chữ."
        yield Objection("what", problem, "Tách ra thì mỗi việc có một người chủ trì và một hạn.", PATTERN_WHAT)


def _vague_spans(sentence: _Sentence) -> list[tuple[int, int]]:
    """The words that say nothing to check; none where a number does, or where it begins with a plain act."""
    if sentence.has_quantity():
        return []
    start = 0
    while skipped := sentence.begins_with(LEADING, start):
        if sentence.begins_with(VAGUE, start) > skipped:
            break
        start += skipped
    vague = sentence.spans(VAGUE)
    is_act = sentence.begins_with(CONCRETE, start) > sentence.begins_with(VAGUE, start)
    if is_act and len(vague) < 2 and start + 1 < len(sentence.words):
        return []
    is_thin = bool(sentence.begins_with(THIN, start))
    if is_thin and not vague and _names_place(sentence):
        return []
    leading = [] if vague or is_thin else sentence.spans(LEADING)
    return sentence.spans((*VAGUE, *LEADING, *(THIN if is_thin and not vague else ()))) if vague or is_thin else leading


def _names_place(sentence: _Sentence) -> bool:
    return bool(sentence.spans(PLACES)) or bool(re.search(r"\b(tổ|thôn|đường)\s+\d", sentence.text, re.IGNORECASE))


def _check_repetition(what: str, earlier: Sequence[EarlierTask], similar_percent: int) -> Iterator[Objection]:
    """Object to a sentence nearly the same as one of an earlier month: the nearest of them."""
    if not what.strip() or not earlier:
        return
    nearest = max(earlier, key=lambda task: similar(what, task.what))
    percent = similar(what, nearest.what)
    if percent >= similar_percent:
        problem = f"Giống {percent}% một việc của {_month(nearest.period)}: “{nearest.what}”"
        yield Objection(
            "what", problem, "Việc cũ chưa xong thì chuyển việc ấy sang kỳ này; việc mới thì ghi rõ phần khác."
        )


def _check_lead(sentence: _Sentence) -> Iterator[Objection]:
    """Object to no lead, a body of people, or several leads."""
    one_only = "Một đồng chí chủ trì thì có người báo kết quả. Các đồng chí khác ghi vào phần phối hợp."
    if not sentence.words:
        yield Objection("lead", "Chưa có người chủ trì.", one_only, PATTERN_LEAD)
    elif sentence.begins_with(EVERYONE):
        yield Objection("lead", f"“{sentence.text}” không phải là một người.", one_only, PATTERN_LEAD, (sentence.text,))
    elif len(names := [name for name in re.split(r"[,;+&/]|\bvà\b|\bcùng\b", sentence.text) if name.strip()]) > 1:
        problem = f"Có {number_word(len(names))} người chủ trì."
        yield Objection("lead", problem, one_only, PATTERN_LEAD, (sentence.text,))


def _check_helpers(sentence: _Sentence) -> Iterator[Objection]:
    """Object to helpers who are nobody in particular."""
    if spans := sentence.spans(NOBODY):
        words = sentence.written(spans[0])
        yield Objection(
            "helpers", f"“{words}” chưa rõ là ai.", "Ghi tên đồng chí hoặc tên đoàn thể.", PATTERN_LEAD, (words,)
        )


def _check_due(what: _Sentence, due: date | str | None, today: date, meeting_date: date) -> Iterator[Objection]:
    """Object to no deadline, one that is no day, one before the meeting, or one more than a year away."""
    day = _as_date(due)
    if day is None:
        typed = due.strip() if isinstance(due, str) else ""
        spans = what.spans(VAGUE_TIMES)
        words = typed or (what.written(spans[0]) if spans else "")
        problem = f"“{words}” chưa phải là một ngày." if words else "Chưa có hạn."
        reason = "Ghi ngày phải xong thì biết khi nào là quá hạn."
        yield Objection("due", problem, reason, PATTERN_DUE, (words,) if words else ())
    elif day < meeting_date:
        problem = f"Hạn {format_date(day)} trước ngày họp."
        yield Objection("due", problem, f"Nhập ngày từ {format_date(meeting_date)}.", PATTERN_DUE)
    elif (day - max(today, meeting_date)).days > 366:
        problem = f"Hạn {format_date(day)} còn hơn một năm."
        yield Objection("due", problem, "Chọn phần làm được trong những tháng tới.", PATTERN_DUE)


def _check_how(sentence: _Sentence) -> Iterator[Objection]:
    """Object to a task of which nobody will look at the outcome."""
    reason = "Biết trước ai xem, xem cái gì thì kỳ sau không phải hỏi lại."
    if not sentence.words:
        yield Objection("how_checked", "Chưa ghi kiểm tra bằng cách nào.", reason, PATTERN_CHECK)
    elif tuple(sentence.keys) in EMPTY_CHECKS:
        problem = f"“{sentence.text}” chưa nói xem cái gì."
        yield Objection("how_checked", problem, reason, PATTERN_CHECK, (sentence.text,))


def _as_date(due: date | str | None) -> date | None:
    if not isinstance(due, str):
        return due
    try:
        return parse_vietnamese_date(due)
    except UnreadableDate:
        return None


def _comparable(text: str) -> list[str]:
    words = _WORD.findall(_PERIOD.sub(" ", fold(text)))
    return [copy for word in words for copy in ([word, word] if word[0].isdigit() else [word])]


def _month(period: date) -> str:
    return no_break(f"tháng {period.month}")
