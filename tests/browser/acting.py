"""The meeting of the script, by hands: what each act takes on the screens of the room on a device."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, expect

from tests.browser.device import Device
from tests.browser.speaking import concludes, speaks
from tests.script.acts import Act
from tests.script.people import PROGRAMME, Cast, clock

TITLES = {key: title for key, title, *_ in PROGRAMME}
REASONS = {"health": "Sức khỏe", "unknown": "Chưa rõ lý do"}
ANSWERS = {"done": "Xong", "partly": "Một phần", "not_done": "Chưa"}
WAYS = {"full": "Ghi đầy đủ"}
KEYS = {
    "opening": "diem-danh",
    "review": "viec-cu",
    "tasks": "viec-moi",
    "conclusion": "ket-luan",
    "closing": "ket-thuc",
}

# Done when the screen of the address stands there: the page's own listener is heard first.
GO = """key => location.hash === key || new Promise((done) => {
  window.addEventListener("hashchange", () => done(true), { once: true });
  location.hash = key;
})"""


class Hands:
    """Two hands on one device of the room."""

    def __init__(self, device: Device, cast: Cast) -> None:
        self.device = device
        self.cast = cast
        self.current = "opening"

    def take(self, act: Act) -> None:
        """Do one act; the screen says then that it is recorded."""
        self.set_clock(act.minute)
        does: Callable[[Act], None] = getattr(self, f"_{act.what}")
        try:
            does(act)
        except (AssertionError, Error) as error:
            error.add_note(f"{act}\n{self.device.page.url}\n{self.device.page.locator('body').inner_text()}")
            raise

    def set_clock(self, minute: float) -> None:
        """The time of this device, by its own clock."""
        now = self.device.page.evaluate("Date.now()")
        ahead = clock(minute).timestamp() * 1000 - now
        if ahead > 0:
            self.device.page.clock.fast_forward(round(ahead))

    # ---------- getting about ----------
    def go(self, key: str) -> None:
        """To a screen, by its address; a person follows the steps."""
        self.device.page.evaluate(GO, f"#{self.cast.meeting.pk}/{key}")
        expect(self.device.page.locator("h1")).to_be_visible()

    def at(self, item: str) -> None:
        """To the screen on which an item is spoken of."""
        self.go(KEYS.get(item, f"muc/{self.cast.items[item].pk}"))

    def says(self, words: str) -> None:
        expect(self.device.page.locator("main")).to_contain_text(words)

    def said(self, words: str) -> None:
        """What was just done is said; screens that lead on elsewhere have done so then."""
        expect(self.device.page.locator("main [role=status]").first).to_contain_text(words)

    def _fold_out(self, words: str) -> Any:
        found = self.device.page.locator("details", has=self.device.page.locator("summary", has_text=words)).first
        if found.get_attribute("open") is None:
            found.locator("summary").first.click()
        return found

    # ---------- the acts ----------
    def _open(self, act: Act) -> None:
        self.device.page.get_by_label("Thư ký").select_option(label="Chi bộ cử tại buổi họp")
        self.device.tap("Mở phòng họp")
        expect(self.device.page.locator("h1")).to_have_text("Cử thư ký ghi biên bản")

    def _clerk(self, act: Act) -> None:
        self.device.tap(f"Cử đồng chí {act.who}")
        expect(self.device.page.locator("h1")).to_contain_text("Điểm danh")

    def _absent(self, act: Act) -> None:
        line = self.device.page.locator(f"#nguoi-{self.cast[act.who].pk}")
        line.locator("summary").click()
        line.get_by_role("button", name=REASONS[act.reason]).click()
        self.says(f"{act.who}: vắng")

    def _came(self, act: Act) -> None:
        self.device.page.locator("li", has_text=act.who).get_by_role("button", name="Có dự").click()
        self.says(f"{act.who}: có mặt")

    def _rest(self, act: Act) -> None:
        self.device.page.get_by_role("button", name="đồng chí còn lại có mặt").click()
        expect(self.device.page.locator("h1")).to_contain_text("Có mặt ")

    def _called(self, who: str) -> Any:
        self.go("diem-danh")
        line = self.device.page.locator("li", has_text=who).last
        line.locator("summary").first.click()
        return line

    def _late(self, act: Act) -> None:
        line = self._called(act.who)
        line.get_by_role("button", name="Có mặt", exact=True).click()
        line = self.device.page.locator("li", has_text=act.who).last
        if line.locator("details").get_attribute("open") is None:
            line.locator("summary").first.click()
        line.get_by_label("Muộn mấy phút").fill(str(act.minutes))
        line.get_by_role("button", name="Ghi đến muộn").click()
        self.says(f"đến muộn {act.minutes} phút")

    def _left(self, act: Act) -> None:
        self._called(act.who).get_by_role("button", name="Về sớm", exact=True).click()
        self.says(f"{act.who}: có mặt, về sớm")

    def _guest(self, act: Act) -> None:
        self._fold_out("Thêm khách")
        self.device.enter("Họ tên khách", act.name)
        self.device.enter("Chức vụ, đơn vị", act.office)
        self.device.tap("Thêm khách")
        self.says(f"Đã thêm khách {act.name}")

    def _fees(self, act: Act) -> None:
        self.device.enter("Tình hình nộp đảng phí", act.text)
        self.device.tap("Ghi đảng phí")
        self.says("Đã ghi tình hình nộp đảng phí.")

    def _turn(self, act: Act) -> None:
        self.at(self.current)
        self.device.page.get_by_role("button", name=re.compile(r"^(Xong mục|Sang )")).first.click()
        if act.item == "conclusion":  # the cell scores before it, and the hall may go on first
            self.device.page.wait_for_url("**/cham-diem")
            self.device.page.get_by_role("button", name="Sang mục sau").click()
        self.current = act.item
        path = KEYS.get(act.item, f"muc/{self.cast.items[act.item].pk}")
        self.device.page.wait_for_url(f"**/{path}")

    def _remark(self, act: Act) -> None:
        self.at(act.item)
        speaks(self.device.page, act.who)
        self.device.page.get_by_label("Ý kiến", exact=True).fill(act.text)
        if act.how == "presenting":
            self.device.tap("Trình bày")
        self.device.tap("Ghi vào biên bản")
        self.says("Đã ghi ")
        expect(self.device.page.get_by_label("Ý kiến", exact=True)).to_have_value("")

    def _answer(self, act: Act) -> None:
        self.at(act.item)
        concludes(self.device.page, act.text)
        self.says("Đã ghi kết luận của chủ trì")

    def _keep(self, act: Act) -> None:
        self.at(act.item)
        self.device.page.get_by_label(WAYS[act.how]).check()
        self.device.tap("Chọn cách ghi này")
        expect(self.device.page.get_by_label("Ý kiến", exact=True)).to_be_visible()

    def _differ(self, act: Act) -> None:
        self.at(act.item)
        speaks(self.device.page, act.who)
        self.device.page.get_by_label("Ý kiến", exact=True).fill(act.text)
        self.device.tap("Ý kiến khác")
        self.says(f"Đã ghi ý kiến khác: {act.who}.")

    def _support(self, act: Act) -> None:
        self.go("y-kien-khac")
        self._fold_out("Bao nhiêu đồng chí cùng ý kiến").get_by_label("Số đồng chí").fill(str(act.number))
        self.device.tap("Ghi số đồng chí")
        self.says("đồng chí cùng ý kiến)")

    def _put(self, act: Act) -> None:
        self.go("y-kien-khac")
        self.device.page.get_by_role("link", name="Đưa ra biểu quyết").first.click()
        for label, number in (
            ("Tán thành", act.in_favour),
            ("Không tán thành", act.against),
            ("Không biểu quyết", act.abstained),
        ):
            self.device.page.get_by_label(label, exact=True).fill(str(number))
        self.device.tap("Ghi kết quả")
        self.said(f"{act.in_favour}/22 tán thành, ")

    def _vote(self, act: Act) -> None:
        self.go(f"bieu-quyet/{act.subject}")
        self.device.page.get_by_role("button", name="đồng chí tán thành").click()
        self.said("tán thành, ")

    def _review(self, act: Act) -> None:
        self.go("viec-cu")
        task = self.cast.tasks[act.task]
        line = self.device.page.locator("li.task", has_text=task.what)
        answer = line.get_by_role("button", name=ANSWERS[act.result], exact=True)
        answer.click()
        expect(answer).to_have_attribute("aria-pressed", "true")
        if act.result == "done":
            return
        line.get_by_label("Vì sao chưa xong").fill(act.cause)
        line.get_by_label("Hạn mới").fill(act.new_due)
        line.get_by_role("button", name="Ghi vì sao và hạn mới").click()
        expect(line).not_to_contain_text("Chưa ghi vì sao")

    def _task(self, act: Act) -> None:
        self.go("viec-moi")
        what = act.fields["what"]
        self.device.enter("Làm gì", what)
        self.device.choose("Ai chủ trì", act.lead)
        self.device.enter("Xong đến hết ngày", act.due)
        self.device.enter("Kiểm tra bằng cách nào", act.how_checked)
        self.device.tap("Thêm việc này")
        keep = self.device.page.get_by_role("button", name="Giữ câu của tôi")
        self.device.page.wait_for_timeout(300)
        if keep.count():
            keep.click()
        self.said("Đã thêm việc ")
        expect(self.device.page.get_by_label("Làm gì")).to_have_value("")

    def _conclude(self, act: Act) -> None:
        self.go("ket-luan")
        self.device.tick("Nghị quyết")
        self.device.page.get_by_label("Kết luận của chủ trì").fill(act.texts["conclusion"])
        self._fold_out("Các phần của nghị quyết")
        self.device.enter("I.1 Chính trị tư tưởng", act.texts["ideology"])
        self.device.enter("II Phương hướng", act.texts["direction"])
        self.device.tap("Ghi dự thảo")
        self.says("Đã ghi nghị quyết tháng 12/2026")

    def _score(self, act: Act) -> None:
        self.go("cham-diem")
        heading = self.device.page.locator("h1")
        before = heading.inner_text()
        line = self.device.page.locator(f'[id="cham-diem-points-{act.code}"]')
        points = str(act.points // 100)
        if line.locator(".points").count():
            line.get_by_role("radio", name=re.compile(rf"^{points}\s")).check()
        else:
            line.get_by_role("textbox").first.fill(points)
        if act.note:
            line.get_by_label("Vì sao").fill(act.note)
        self.device.tap("Ghi điểm")
        expect(heading).not_to_have_text(before)

    def _read(self, act: Act) -> None:
        self.go("bien-ban")
        self.device.tap("Đã đọc lại, chi bộ thông qua")
        self.says("Đã đọc lại biên bản, chi bộ thông qua.")

    def _correct(self, act: Act) -> None:
        self.go("ket-thuc")
        self._fold_out("đính chính").get_by_role("textbox").fill(act.text)
        self.device.tap("Ghi ý kiến đính chính")
        self.says("Đã ghi ý kiến đính chính.")

    def _close(self, act: Act) -> None:
        self.go("ket-thuc")
        self.device.tap("Kết thúc buổi họp")
        self.says("Đã kết thúc")
