"""Preparing a meeting: the secretary on a laptop, a member on a phone."""

from datetime import date

from playwright.sync_api import expect

from chibo.meetings.models import AgendaItem, Meeting
from tests.browser.device import Count, Device
from tests.browser.village import OLD_TASK

TOPIC = "An toàn giao thông ở ngã ba Bàu Sen"
QUESTIONS = (
    "Vì sao đã có biển báo mà từ tháng 6 vẫn xảy ra ba vụ va chạm?",
    "Mỗi đồng chí nhận được việc gì trong 30 ngày tới?",
)
OPINION = "Tôi nhận nói với 12 hộ sát đường. Xin chi bộ hỏi xã tiền lắp gương."


def plan(lan: Device) -> Count:
    """From the home page to the notice: the last meeting's frame, one topic, two questions, sent."""
    lan.open("/")
    with lan.counting() as count:
        lan.tap("Chuẩn bị cuộc họp")
        lan.sees("19 giờ 30", "03/12/2026", "Nhà văn hóa thôn Phú Hòa")
        lan.tap("Đúng, soạn chương trình")
        lan.sees(OLD_TASK)
        write_topic(lan)
        lan.tap("Sang bước thông báo")
        lan.sees(*QUESTIONS, "03/12/2026")
        lan.tap("Gửi thông báo")
    lan.sees("Đã nhận lệnh gửi.")
    return count


def write_topic(lan: Device) -> None:
    """The advice beside the programme leads to the item that waits for a topic of the cell's own."""
    lan.tap("Ghi việc cần bàn")
    lan.enter("Bàn việc gì", TOPIC)
    lan.enter("Câu hỏi gợi ý thảo luận", "\n".join(QUESTIONS))
    lan.tap("Xong mục này")
    lan.sees(TOPIC, *QUESTIONS)


def the_meeting() -> Meeting:
    """The meeting of December."""
    return Meeting.objects.get(period=date(2026, 12, 1), body="cell")


def topic_of(meeting: Meeting) -> AgendaItem:
    """Its item with the topic."""
    return AgendaItem.objects.get(meeting=meeting, title=TOPIC)


def consult(lan: Device, meeting: Meeting) -> None:
    """Secretary and deputy confer, and the programme's advice knows of it."""
    lan.open(f"/cuoc-hop/{meeting.pk}/hoi-y/")
    lan.enter("Ngày hội ý", "2026-11-24")
    lan.enter("Giờ", "18:30")
    lan.enter("Ai hội ý", "bí thư Lan, phó bí thư Hùng")
    lan.enter("Đã thống nhất điều gì", "Đưa việc ngã ba ra chi bộ, hỏi hai câu.")
    lan.tap("Ghi lần hội ý")
    lan.sees("Đã ghi lần hội ý ngày 24/11/2026.")


def answer_on_the_phone(binh: Device, meeting: Meeting) -> None:
    """Comes, and hands in an opinion that nobody reads before."""
    binh.open("/")
    binh.sees("Nghĩ trước hai câu hỏi", *QUESTIONS)
    binh.tap("Trả lời và chuẩn bị ý kiến")
    binh.tap("Tôi sẽ dự")
    expect(binh.page.get_by_role("button", name="Tôi sẽ dự")).to_have_attribute("aria-pressed", "true")
    binh.sees("Chưa gửi thì chỉ đồng chí đọc được.")
    binh.enter("Ý kiến của tôi", OPINION)
    if binh.script:
        expect(binh.page.locator("[data-save]").first).to_contain_text("Đã lưu lúc", timeout=8000)


def hand_in(binh: Device) -> None:
    """One tap."""
    binh.tap("Gửi trước cho chi ủy")
    binh.sees("Đã gửi ý kiến cho chi ủy.", OPINION)
