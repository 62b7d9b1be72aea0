"""The guide's little Markdown."""

from chibo.help.markdown import html_of, title_of


def html(text: str) -> str:
    return html_of(text, link=lambda path: f"/huong-dan/{path}", picture=lambda path: f"/anh/{path}")


def test_it_works() -> None:
    assert html("# Ký biên bản\n\nThư ký **ký trước**.") == "<h1>Ký biên bản</h1>\n<p>Thư ký <b>ký trước</b>.</p>"


def test_a_line_that_is_indented_goes_on_with_its_item() -> None:
    assert (
        html("1. Mở phòng,\n   cử thư ký.\n2. Điểm danh.")
        == "<ol><li>Mở phòng, cử thư ký.</li><li>Điểm danh.</li></ol>"
    )


def test_a_picture_and_a_link_get_their_addresses() -> None:
    assert 'src="/anh/a.png" alt="Phòng họp"' in html("![Phòng họp](a.png)")
    assert html("Xem [biên bản](bien-ban.md).") == '<p>Xem <a href="/huong-dan/bien-ban.md">biên bản</a>.</p>'


def test_what_is_not_known_is_text_and_is_escaped() -> None:
    assert html("<script>a & b</script>") == "<p>&lt;script&gt;a &amp; b&lt;/script&gt;</p>"
    assert "<b>&lt;i&gt;</b>" in html("**<i>**")


def test_a_comment_is_left_out() -> None:
    assert html("Một\n\n<!-- hai -->\n\nBa") == "<p>Một</p>\n<p>Ba</p>"


def test_the_title_is_the_first_heading() -> None:
    assert title_of("# Ký biên bản\n\nChữ.") == "Ký biên bản"
