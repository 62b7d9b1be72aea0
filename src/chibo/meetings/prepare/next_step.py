"""The one thing to do next in a meeting, with its date: for the home page and the meeting's own page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chibo.lib.dates import format_date, format_time_sentence, now
from chibo.lib.vietnamese import no_break, number_word
from chibo.meetings.models import Body, Meeting, Posting, State
from chibo.meetings.prepare.receipts import Receipts
from chibo.meetings.room.addresses import room_url


@dataclass(frozen=True)
class Step:
    """What to do, where, why, and until when. `phase` is 1 prepare, 2 hold, 3 after; `button` the word to tap."""

    title: str
    url: str
    why: str
    due: datetime | None
    button: str
    phase: int = 1


def next_step(meeting: Meeting, receipts: Receipts | None = None) -> Step:
    """The next step of a meeting: programme, notice, room, signatures, posting within two days, done.

    receipts: where the page has read them already.

    Papers and notice are due 24 hours before the start, posting by the end of the second day after
    (Hướng dẫn 42-HD/BTCTW, domain.md 2.8).
    """
    # A group's name may end in a number: with no comma, "tổ đảng số 1 tháng 12" has a date in it.
    group = f"{no_break(meeting.group_words)}, " if meeting.group_words else ""
    base, period = f"/cuoc-hop/{meeting.pk}/", f"{group}{no_break(f'tháng {meeting.period.month}')}"
    if meeting.state == State.CANCELLED:
        return Step("Cuộc họp đã hủy", base, meeting.cancel_reason, None, "Xem lại", 3)
    if meeting.state == State.DRAFT:
        return _draft(meeting, base, period)
    if meeting.state == State.ANNOUNCED:
        return _announced(meeting, receipts or Receipts.of(meeting), base, period)
    if meeting.state == State.OPEN:
        title = f"Đang họp {period}" if not meeting.held_on_paper else f"Ghi tiếp buổi họp {period}"
        return Step(title, room_url(meeting.pk), "Phòng họp đang mở.", None, "Vào phòng họp", 2)
    due = meeting.posting_due
    if meeting.state == State.CLOSED:
        what = "kết luận" if meeting.group_words else "nghị quyết"
        why = f"{held_words(meeting)} Thư ký và chủ trì đọc lại rồi ký. Ký xong mới có {what}, công việc vào sổ."
        return Step(f"Ký biên bản {period}", f"{base}bien-ban/", why, due, "Đọc và ký biên bản", 3)
    return _signed(meeting, base, period, due)


def held_words(meeting: Meeting) -> str:
    """When a meeting was held: "Đã họp từ 19 giờ 30 đến 21 giờ, ngày 03/12/2026."."""
    if meeting.opened_at is None or meeting.closed_at is None:
        return "Đã họp."
    end, day = format_time_sentence(meeting.closed_at), format_date(meeting.day)
    if meeting.aborted_why:
        return f"Hoãn giữa chừng lúc {end}, ngày {day}: {meeting.aborted_why.rstrip('.')}."
    return f"Đã họp từ {format_time_sentence(meeting.opened_at)} đến {end}, ngày {day}."


def _draft(meeting: Meeting, base: str, period: str) -> Step:
    """Before the notice: a programme without a single question is not ready to be sent."""
    if meeting.held_on_paper:
        why = "Buổi này đã họp trên giấy. Ghi người dự, ý kiến, kết luận theo sổ."
        return Step(f"Ghi lại buổi họp {period}", room_url(meeting.pk), why, None, "Ghi lại buổi họp", 2)
    if meeting.starts_at <= now():
        why = "Giờ họp đã qua mà chưa gửi thông báo. Chọn ngày khác, hoặc hủy rồi ghi lại buổi đã họp."
        return Step(f"Đổi ngày họp {period}", f"{base}doi-lich/", why, None, "Đổi ngày họp")
    due = meeting.starts_at - timedelta(hours=24)
    if meeting.body == Body.CELL and not meeting.question_rows.exists():
        why = "Chọn việc để bàn, nêu một, hai câu hỏi gợi ý. Việc kỳ trước đã có sẵn trong chương trình."
        return Step(f"Soạn chương trình họp {period}", f"{base}chuan-bi/", why, due, "Soạn chương trình")
    why = "Gửi trước giờ họp ít nhất 24 giờ để đảng viên chuẩn bị ý kiến."
    return Step(f"Gửi thông báo họp {period}", f"{base}thong-bao/", why, due, "Xem và gửi thông báo")


def _announced(meeting: Meeting, receipts: Receipts, base: str, period: str) -> Step:
    if receipts.has_news(meeting):
        why = "Chương trình đã đổi sau khi gửi thông báo. Các đồng chí chưa biết."
        return Step(f"Gửi đính chính họp {period}", f"{base}thong-bao/#dinh-chinh", why, None, "Gửi đính chính")
    waiting = receipts.not_told if meeting.days_to_go > 0 else 0
    if waiting:
        why = "Thông báo đến từng đảng viên. Ai chưa xem trong Chibo thì gặp hoặc gọi."
        title = f"Báo nốt {number_word(waiting)} đồng chí chưa biết"
        return Step(title, f"{base}thong-bao/", why, meeting.starts_at - timedelta(hours=24), "Xem ai chưa biết")
    why = "Đã gửi thông báo. Đến giờ, chủ trì mở phòng họp."
    return Step(f"Mở phòng họp {period}", room_url(meeting.pk), why, meeting.starts_at, "Mở phòng họp", 2)


def _signed(meeting: Meeting, base: str, period: str, due: datetime) -> Step:
    posted = Posting.objects.filter(meeting=meeting, what=Posting.What.AFTER).exists()
    if posted or meeting.body == Body.COMMITTEE:
        return Step(f"Xong buổi họp {period}", base, "Biên bản đã ký, tài liệu đã đăng.", None, "Xem buổi họp", 3)
    why = "Đăng biên bản, nghị quyết lên Sổ tay đảng viên điện tử trong 2 ngày."
    return Step(f"Đăng tài liệu họp {period}", f"{base}so-tay/", why, due, "Gói tài liệu để đăng", 3)
