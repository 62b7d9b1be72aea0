"""Of nobody: citizen number, people, religion, address, family; refused beside each field that holds a person."""

import pytest
from django import forms as django_forms

from chibo.directory.spreadsheets import values
from chibo.directory.spreadsheets.problems import Unreadable
from chibo.lib.never_held import is_citizen_number, never_held_in
from chibo.look import gate
from chibo.look.forms import Form, LookForm
from tests.privacy.test_gate import forms_of_the_product

HELD_OF_NOBODY = {
    "số căn cước": [
        "045068001234",
        "045 068 001 234",
        "CCCD 045068001234",
        "261234567",
        "261 234 567",
        "CMND: 261234567",
    ],
    "dân tộc": [
        "Khmer",
        "Kinh",
        "dân tộc: Kinh",
        "Tổ đảng dân tộc Khmer",
        "người Khmer",
        "Dân tộc Hoa",
        "DÂN TỘC CHĂM",
    ],
    "tôn giáo": [
        "Phật giáo",
        "đạo Phật",
        "tôn giáo: không",
        "theo đạo Tin Lành",
        "Công giáo",
        "giáo dân",
        "Tôn giáo Cao Đài",
    ],
    "địa chỉ": [
        "địa chỉ: thôn 2",
        "số 12 đường Trần Phú",
        "thường trú tại xã Hàm Thuận",
        "12/4 hẻm 5",
        "số nhà 7",
        "quê quán Nghệ An",
    ],
    "gia đình": ["vợ đồng chí Hùng", "con của đ/c Lan", "hoàn cảnh gia đình khó khăn"],
}
FINE = [
    *(
        "45.001215",
        "45 001215",
        "ĐV-00123",
        "45.001.215",
        "38.168.053.000.001",
        "0912345678",
        "QĐ 12-QĐ/ĐU ngày 05/11/2026",
    ),
    *(
        "Phó Trưởng Ban Dân tộc",
        "Trường Phổ thông Dân tộc nội trú",
        "Ban Tôn giáo tỉnh",
        "Trưởng ban Công tác Mặt trận",
    ),
    *(
        "Lò Thị Hoa",
        "Thái Văn Kinh",
        "Đảng ủy phường Phan Thiết",
        "Tổ đảng số 2",
        "Tổ đảng khu phố 3",
        "đồng chí Nguyễn Văn Thọ",
    ),
    *(
        "Hiệu trưởng",
        "Hội Liên hiệp Phụ nữ",
        "Đoàn kết các dân tộc",
        "ốm, nằm viện",
        "con ốm",
        "Chi bộ thôn Phú Hòa, xã Hàm Thuận",
    ),
]
# Each text field of a form either holds a person, or stands here.
OF_NO_PERSON = {
    *(
        "credential",
        "login",
        "text",
        "pasted",
        "content",
        "public_key",
        "authority",
        "locality",
        "meeting_place",
        "place",
    ),
    *(
        "online_reason",
        "online_document",
        "groups_reason",
        "groups_document",
        "reason",
        "cancel_reason",
        "purpose",
        "title",
    ),
    *(
        "questions",
        "serves",
        "closed_paper",
        "theme",
        "agreed",
        "page",
        "why",
        "seen",
        "matters",
        "source",
        "what",
        "how",
    ),
    *(
        "measures",
        "answer",
        "conclusion",
        "ideology",
        "political_tasks",
        "praise",
        "shortcomings",
        "direction",
        "cause",
    ),
    *("implementation", "new_value", "how_checked", "milestone_1", "milestone_2", "name_1", "name_2", "name_3"),
}
# Names and codes of bodies, programs, terms; codes that one types to prove who one is.
BODIES = {
    *("CellForm", "NewCellForm", "TermForm", "KeyForm", "MergeForm", "NewBodyForm", "RecodeForm", "RenameForm"),
    *("TokenForm", "HolidayForm", "SignInForm"),
}


@pytest.mark.parametrize(("what", "text"), [(what, one) for what, texts in HELD_OF_NOBODY.items() for one in texts])
def test_what_is_held_of_nobody_is_known(what: str, text: str) -> None:
    assert never_held_in(text) == what


@pytest.mark.parametrize("text", FINE)
def test_offices_documents_and_member_codes_pass(text: str) -> None:
    assert never_held_in(text, whole=not text.startswith(("Lò", "Thái"))) == ""


def test_every_field_that_holds_a_person_refuses_it_in_words() -> None:
    checked = 0
    for form in forms_of_the_product():
        for name, field in getattr(form, "base_fields", {}).items():
            if not isinstance(field, django_forms.CharField) or not gate.is_free_text(field) or name == "phone":
                continue
            assert issubclass(form, LookForm)
            proves = name in ("code", "document", "name") and name not in form.about_people
            known = name in OF_NO_PERSON or form.__name__ in BODIES or proves or type(field).__name__ == "DateField"
            assert name in form.about_people or known, (
                f"{form}: put {name} into about_people, or into OF_NO_PERSON here"
            )
            if name not in form.about_people:
                continue
            alone = type("Alone", (Form,), {name: field, "about_people": (name,)})
            for text in ("045068001234", "261 234 567", "dân tộc: Kinh", "tôn giáo: không", "thường trú xã Hàm Thuận"):
                (error,) = alone({name: text}).errors[name]
                assert "Chibo không giữ" in error, (form, name, text)
            checked += 1
    assert checked > 25


def test_lists_refuse_it_cell_by_cell() -> None:
    for text in ("261234567", "045068001234"):
        with pytest.raises(Unreadable, match="Chibo không giữ số căn cước"):
            values.member_code(text)
    with pytest.raises(Unreadable, match="địa chỉ"):
        values.about_person("số 12 đường Trần Phú", 120)
    assert values.member_code("45.001215") == "45.001215" and not is_citizen_number("45.001215")
