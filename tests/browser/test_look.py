"""The page of all parts, and the scripts, in a real browser under the real content policy.

The server here is small and has no database: the look needs none, and keep.js is tried against each answer that a
server may give.
"""

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from time import sleep
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import Context, Template
from django.test.utils import override_settings
from django.urls import include, path
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import serving

pytestmark = pytest.mark.browser

FRAME = {
    "nav": [
        {"label": "Trang đầu", "url": "/", "icon": "house", "current": True},
        {"label": "Cuộc họp", "url": "/cuoc-hop/", "icon": "calendar", "current": False},
        {"label": "Công việc", "url": "/cong-viec/", "icon": "list-checks", "current": False},
        {"label": "Sổ chi bộ", "url": "/so-chi-bo/", "icon": "book-open", "current": False},
    ],
    "hat": {"organisation_name": "Chi bộ thôn Phú Hòa"},
    "person": "Nguyễn Thị Hồng Hạnh",
    "role": "bí thư",
    "fictitious": True,
}
FORM = """{% extends "base.html" %}{% block title %}Soạn{% endblock %}{% block main %}<h1>Soạn</h1>
<form method="post" action="/gui/">{% csrf_token %}
<input type="hidden" name="version" value="{{ version }}">
<div class="field"><label for="y">Ý kiến</label>
<textarea class="input" id="y" name="text" data-autosave="/luu/" data-keep-key="y">{{ text }}</textarea></div>
{% save_sign %}<div class="actions"><button class="button button-main">Gửi</button></div></form>{% endblock %}"""
ROOM = """{% extends "room_base.html" %}{% block title %}Đang họp{% endblock %}
{% block room_name %}Họp chi bộ tháng 12{% endblock %}
{% block room_facts %}<b data-since="{{ began|date:'c' }}">0</b>/105 phút{% endblock %}
{% block rail %}<div class="room-actions"><div class="page room-wide"><a class="button" href="#m">Biểu quyết</a>
<a class="button" href="#m">Xong mục này</a></div></div>{% endblock %}
{% block main %}<h1>An toàn giao thông</h1><p id="m">Mục 4</p>{% endblock %}"""


ENTRY = """{% extends "base.html" %}{% block title %}Ghi việc{% endblock %}{% block main %}<h1>Ghi việc</h1>
<form method="post" action="/gui/" data-keep="viec">{% csrf_token %}
<div class="field"><label for="w">Việc gì</label><input class="input" id="w" name="what"></div>
<div class="field"><label for="n">Ghi chú</label><textarea class="input" id="n" name="text"></textarea></div>
<label class="choice"><input type="radio" name="kind" value="a"><span>Mới</span></label>
<label class="choice"><input type="radio" name="kind" value="b"><span>Cũ</span></label>
<div class="actions"><button class="button button-main">Gửi</button></div></form>{% endblock %}"""


class Desk:
    """What the small server holds, and how it answers next."""

    text = ""
    version = 1
    answer = 200
    sent = 0
    saves = 0


def frame(request: HttpRequest) -> dict[str, Any]:
    return {
        "frame": {
            **FRAME,
            "keep_secret": b64encode(b"k" * 32).decode(),
            "person": type("P", (str,), {"pk": "p1"})(FRAME["person"]),
        }
    }


def write(request: HttpRequest) -> HttpResponse:
    page = Template(FORM).render(
        Context({"text": Desk.text, "version": Desk.version, **frame(request), "csrf_token": _token(request)})
    )
    return HttpResponse(page)


def enter(request: HttpRequest) -> HttpResponse:
    return HttpResponse(Template(ENTRY).render(Context({**frame(request), "csrf_token": _token(request)})))


def room(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    context = {"now": now, "began": now - timedelta(minutes=56), **frame(request)}
    return HttpResponse(Template(ROOM).render(Context(context)))


def save(request: HttpRequest) -> HttpResponse:
    Desk.saves += 1
    if Desk.answer == 401:
        return HttpResponse(status=401)
    if request.POST["version"] != str(Desk.version) and request.POST["text"] != Desk.text:
        return JsonResponse({"theirs": Desk.text, "version": Desk.version}, status=409)
    Desk.text, Desk.version = request.POST["text"], Desk.version + 1
    return JsonResponse({"version": Desk.version, "saved": "19:42"})


def send(request: HttpRequest) -> HttpResponse:
    Desk.sent += 1
    sleep(0.5)  # A weak network: time enough for a second tap.
    Desk.text = request.POST["text"]
    return HttpResponse("<!doctype html><html lang='vi'><title>Đã gửi</title><h1>Đã gửi</h1></html>")


def _token(request: HttpRequest) -> str:
    from django.middleware.csrf import get_token

    return get_token(request)


urlpatterns = [
    path("kieu-mau/", include("chibo.look.urls")),
    path("soan/", write),
    path("ghi-viec/", enter),
    path("phong/", room),
    path("luu/", save),
    path("gui/", send),
]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    settings = override_settings(
        ROOT_URLCONF=__name__,
        MIDDLEWARE=["chibo.access.middleware.HeadersMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
        CSRF_FAILURE_VIEW="django.views.csrf.csrf_failure",
        ALLOWED_HOSTS=["*"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [f"{__name__}.frame"],
                    "builtins": ["chibo.look.templatetags.look", "django.templatetags.static"],
                },
            }
        ],
    )
    with settings, serving(connections_override={}) as address:
        yield address


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console said: a broken policy or script fails the test."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    Desk.text, Desk.version, Desk.answer, Desk.sent, Desk.saves = "", 1, 200, 0, 0
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()


def assert_no_sideways_scroll(page: Page) -> None:
    width, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width <= window


@pytest.mark.parametrize("where", ["/kieu-mau/", "/soan/", "/phong/"])
# 640 × 450 is what a window of 1280 × 900 holds at 200 %; 320 is the narrowest of WCAG 1.4.10.
@pytest.mark.parametrize(("width", "height"), [(320, 640), (360, 740), (640, 450), (1280, 900)])
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    page: Page, address: str, complaints: list[str], where: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address + where)
    assert_no_sideways_scroll(page)
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()
    assert complaints == []


def test_touch_targets_are_large_enough(page: Page, address: str) -> None:
    page.goto(f"{address}/kieu-mau/")
    small = page.evaluate(
        """() => {
          const targets = ".button, .segments button, .segments label, .tool, .input";
          const shown = [...document.querySelectorAll(targets)].filter((one) => one.getClientRects().length);
          return shown.filter((one) => one.getBoundingClientRect().height < 47).map((one) => one.outerHTML);
        }"""
    )
    assert small == []


def test_two_hundred_percent_zoom_leaves_nothing_fixed(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 640, "height": 370})
    page.goto(f"{address}/phong/")
    fixed = "[...document.querySelectorAll('body *')].filter((one) => ['fixed', 'sticky']"
    assert page.evaluate(fixed + ".includes(getComputedStyle(one).position)).length") == 0


def test_the_page_reads_without_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/soan/")
    expect(page.get_by_role("heading", name="Soạn")).to_be_visible()
    page.get_by_label("Ý kiến").fill("Lắp gương trước")
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", name="Đã gửi")).to_be_visible()
    assert Desk.text == "Lắp gương trước"
    context.close()


def test_typing_is_saved_after_a_pause_and_the_device_forgets_it(page: Page, address: str) -> None:
    page.goto(f"{address}/soan/")
    page.get_by_label("Ý kiến").press_sequentially("Lắp gương")
    page.wait_for_timeout(500)
    assert kept(page) == ["Lắp gương"]
    expect(page.locator("[data-save]")).to_have_text("Đã lưu lúc 19:42", timeout=8000)
    assert Desk.text == "Lắp gương"
    assert kept(page) == []
    assert page.locator("input[name=version]").input_value() == "2"


def test_without_a_network_the_text_stays_here_and_goes_up_later(page: Page, address: str) -> None:
    page.goto(f"{address}/soan/")
    page.context.set_offline(True)
    page.get_by_label("Ý kiến").fill("Đang mất mạng")
    expect(page.locator("[data-save]")).to_have_text("Đã lưu trên máy này · chờ mạng", timeout=8000)
    assert kept(page) == ["Đang mất mạng"]
    page.context.set_offline(False)
    expect(page.locator("[data-save]")).to_have_text("Đã lưu lúc 19:42", timeout=12000)
    assert Desk.text == "Đang mất mạng"


def test_two_editors_see_both_texts_and_nothing_is_replaced(page: Page, address: str) -> None:
    page.goto(f"{address}/soan/")
    Desk.text, Desk.version = "Bản của thư ký", 5
    page.get_by_label("Ý kiến").fill("Bản của tôi đây")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Chưa bản nào bị thay", timeout=6000)
    expect(notice).to_contain_text("Bản của thư ký")
    assert Desk.text == "Bản của thư ký"
    assert page.get_by_label("Ý kiến").input_value() == "Bản của tôi đây"
    assert Axe().run(page).violations_count == 0
    page.get_by_role("button", name="Ghép hai bản").click()
    expect(notice).to_have_count(0)
    page.wait_for_timeout(500)
    assert Desk.text.replace("\r", "") == "Bản của tôi đây\n\nBản của thư ký"


def test_a_lost_sign_in_keeps_the_text_and_saves_it_when_one_is_back(page: Page, address: str) -> None:
    page.goto(f"{address}/soan/")
    Desk.answer = 401
    page.get_by_label("Ý kiến").fill("Chưa kịp lưu")
    link = page.get_by_role("link", name="Đăng nhập ở trang mới")
    expect(link).to_be_visible(timeout=6000)
    assert link.get_attribute("target") == "_blank"
    assert kept(page) == ["Chưa kịp lưu"]
    Desk.answer = 200
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-save]")).to_have_text("Đã lưu lúc 19:42", timeout=8000)
    assert Desk.text == "Chưa kịp lưu"


def test_what_was_typed_before_a_crash_is_offered_and_never_put_in_by_itself(page: Page, address: str) -> None:
    page.goto(f"{address}/soan/")
    page.context.set_offline(True)
    page.get_by_label("Ý kiến").fill("Gõ dở thì máy tắt")
    page.wait_for_timeout(600)
    Desk.answer = 401  # The page that goes away must not save it in passing.
    context = page.context
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(f"{address}/soan/")
    Desk.answer = 200
    assert page.get_by_label("Ý kiến").input_value() == ""
    page.get_by_role("button", name="Khôi phục nội dung đang gõ").click()
    assert page.get_by_label("Ý kiến").input_value() == "Gõ dở thì máy tắt"
    expect(page.locator("[data-save]")).to_have_text("Đã lưu lúc 19:42", timeout=8000)
    assert kept(page) == []


def test_text_that_the_browser_itself_brings_back_is_not_taken_for_saved(page: Page, address: str) -> None:
    # As browsers do on reload: the field is filled while the page is read, before any script of ours.
    page.add_init_script(
        """new MutationObserver((_, observer) => {
          const field = document.getElementById("y");
          if (!field) return;
          field.value = "Gõ rồi tải lại trang";
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true })"""
    )
    page.goto(f"{address}/soan/")
    expect(page.locator("[data-save]")).to_have_text("Đã lưu lúc 19:42", timeout=15000)
    assert Desk.text == "Gõ rồi tải lại trang"


def test_a_whole_form_is_kept_until_it_is_sent(page: Page, address: str) -> None:
    page.goto(f"{address}/ghi-viec/")
    page.get_by_label("Việc gì").fill("Lắp 2 gương")
    page.get_by_label("Cũ").check()
    page.wait_for_timeout(600)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(f"{address}/ghi-viec/")
    assert page.get_by_label("Việc gì").input_value() == ""
    page.get_by_role("button", name="Khôi phục nội dung đang gõ").click()
    assert page.get_by_label("Việc gì").input_value() == "Lắp 2 gương"
    assert page.get_by_label("Cũ").is_checked()
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", name="Đã gửi")).to_be_visible()
    page.goto(f"{address}/ghi-viec/")
    assert page.get_by_role("button", name="Khôi phục nội dung đang gõ").count() == 0
    assert kept(page) == []


def test_a_form_is_sent_once_and_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/soan/")
    page.get_by_label("Ý kiến").fill("Một lần")
    said = page.evaluate(
        """async () => {
          const button = document.querySelector(".button-main");
          button.click();
          button.click();
          await new Promise((done) => setTimeout(done, 50));
          return [button.textContent, button.disabled];
        }"""
    )
    assert said == ["Đang gửi…", True]
    expect(page.get_by_role("heading", name="Đã gửi")).to_be_visible()
    assert Desk.sent == 1
    assert Desk.text == "Một lần"


def test_the_clock_of_the_room_runs_on_the_servers_time(page: Page, address: str) -> None:
    page.goto(f"{address}/phong/")
    expect(page.locator("[data-since]")).to_have_text("56")
    shown = page.locator("[data-clock]").inner_text()
    assert len(shown) == 5
    assert shown[2] == ":"


def kept(page: Page) -> list[str]:
    """The drafts on this device."""
    assert "text" not in str(page.evaluate("Object.values(localStorage).map((one) => Object.keys(JSON.parse(one)))"))
    script = """async () => {
      const { device } = await import("/static/look/device.js");
      const drafts = await Promise.all(device.keys().map((key) => device.read(key)));
      return drafts.map((one) => one && one.text);
    }"""
    return list(page.evaluate(script))
