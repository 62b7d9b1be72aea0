"""A text that the server refuses as classified is refused on a device too, where no server is asked."""

import json
import random
from pathlib import Path

from chibo.lib.classified import marking_in
from chibo.look.gate import refusal
from tests.lib.markings import MARKED, PLAIN
from tests.meaning.test_two_places import run

PIECES = "mật Mật MẬT tối TỐI tuyệt TUYỆT độ Độ dấu đóng có mang tài liệu văn bản công văn số 12 không của bí nhà nước"
PIECES += " BMNN bmnn thuộc danh mục MAT TOI TUYET ong thám : ( ) [ ] . ; – , ĐẢNG ỦY xã huyện nếu M Ậ T"
PIECES += (
    " М Ậ Т ＭẬＴ ΜẬΤ M4T T0I M@T m4t maatj tuye65t mât mẬt M\u200bẬT chưa được mang đọc gửi mà cấm hành vi “ ” chữ ø"
)


def drawn(how_many: int) -> list[str]:
    """The words that markings are made of, thrown together."""
    chance, pieces = random.Random(), PIECES.split(" ")
    between = [" ", " ", " ", " ", "\n", "  ", "   ", "", "\t", ".", "-", "_", "*", " / ", ", "]
    texts = []
    for _ in range(how_many):
        size = chance.randrange(1, 9)
        texts.append("".join(chance.choice(pieces) + chance.choice(between) for _ in range(size)))
    return texts


def test_what_is_refused_as_classified_is_the_same_in_both_places(tmp_path: Path) -> None:
    texts = [*MARKED, *PLAIN, *(f"Ý kiến: {one} Xin cảm ơn." for one in (*MARKED, *PLAIN)), *drawn(20_000)]
    said = [(text, marking_in(text) or "") for text in texts]
    assert sum(bool(marking) for _, marking in said) > 1000
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps([[text, marking, refusal(marking) if marking else ""] for text, marking in said]))
    done = run("tests/room_js/classified.test.mjs", CASES=str(cases))
    assert done.returncode == 0, done.stdout[-2000:]
