"""What a cell may issue, and under which symbol (domain section 4)."""

import pytest

from chibo.documents.kinds import CELL_TYPES, Body, DocumentType, MayNotIssue


@pytest.mark.parametrize("title", ["Quy định", "Hướng dẫn", "Chỉ thị", "Thông tri"])
def test_a_cell_and_its_committee_may_not_issue(title: str) -> None:
    kind = next(kind for kind in DocumentType if kind.title == title)
    assert kind not in CELL_TYPES
    for body in Body:
        with pytest.raises(MayNotIssue, match=f"Chi bộ không ban hành {title.lower()}"):
            kind.symbol(body)


def test_a_cell_may_issue_thirteen_types_and_invitations() -> None:
    assert {kind.symbol() for kind in CELL_TYPES} == {
        "NQ/CB", "QĐ/CB", "KL/CB", "QC/CB", "TB/CB", "BC/CB", "KH/CB", "CTr/CB", "ĐA/CB", "PA/CB", "TTr/CB", "CV/CB",
        "BB/CB", "GM/CB",
    }  # fmt: skip


def test_the_committee_numbers_under_its_own_symbol() -> None:
    assert DocumentType.MINUTES.symbol(Body.COMMITTEE) == "BB/CU"


def test_a_type_is_found_by_its_key() -> None:
    assert all(DocumentType.of(kind.key) is kind for kind in DocumentType)
    with pytest.raises(ValueError, match="no document type"):
        DocumentType.of("NQ")
