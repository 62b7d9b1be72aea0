"""The tables that the signatures under minutes cover: which columns, and of every other why not.

Held against every column by tests/meetings/test_tampering.py; the columns that are not covered stand in the guide for
operators too. Columns of form 2: never change these tuples; what is added later belongs to a later form.
"""

from chibo.documents.models import IssuedDocument
from chibo.meetings.models import (
    AgendaItem,
    Annotation,
    Attendance,
    Guest,
    Meeting,
    Minutes,
    MinutesSection,
    Part,
    Rating,
    Signature,
    Vote,
)
from chibo.meetings.registries import SignedTable, columns

LATER = "when it was sent up, after the signatures"

TABLES = (
    SignedTable(
        Meeting,
        "cuộc họp",
        root=columns(
            "cell_id body period starts_at place chair_id clerk_id planned_chair planned_clerk held_on_paper purpose"
            " online_reason online_document group_id group_name gatherings groups_reason groups_document version"
            " announced_at opened_at closed_at cancelled_at cancel_reason aborted_why created_by created_at"
        ),
        seal=("state", "signed_at"),
        not_covered={
            "previous_id": "a link to the meeting before, taken away when that one is deleted",
            "submitted_at": LATER,
            "reported_at": LATER,
        },
    ),
    SignedTable(Part, "phần của buổi họp", root=("cell_id", "body", "kind", "position", "theme")),
    SignedTable(
        AgendaItem,
        "mục của chương trình",
        root=columns(
            "cell_id body part_id position title kind work presenter_id presenter_text minutes text serves"
            " serves_resolution_id closed_paper template_key version removed_at"
        ),
    ),
    SignedTable(
        Attendance,
        "dòng điểm danh",
        root=columns(
            "cell_id body person_id kind exempt away suspended state late_minutes left_early reason reason_digest"
            " marked_by"
        ),
        not_covered={
            "reason_text": "held by `reason_digest`, until the words are erased after the term",
            "reason_salt": "held by `reason_digest`, until the words are erased after the term",
        },
    ),
    SignedTable(Guest, "khách dự", root=("cell_id", "body", "name", "office")),
    SignedTable(
        Vote,
        "lượt biểu quyết",
        root=columns(
            "cell_id body item_id subject title base base_size needed in_favour against abstained passed order"
        ),
    ),
    SignedTable(
        MinutesSection,
        "mục của biên bản",
        root=columns("cell_id body minutes_id position key title data_class content salt digest"),
    ),
    SignedTable(
        Minutes,
        "biên bản",
        root=("cell_id", "body", "read_at", "outline", "form", "frozen_at"),
        seal=("number", "root"),
    ),
    SignedTable(
        Signature,
        "chữ ký",
        seal=columns("cell_id body minutes_id annotation_id role person_id signed_at root"),
    ),
    SignedTable(
        Annotation,
        "đính chính",
        root=columns(
            "cell_id body minutes_id number section_key data_class fact field fact_name old_value new_value text"
            " written_by written_at"
        ),
    ),
    SignedTable(
        Rating,
        "bảng điểm",
        seal=columns("cell_id body period rubric title source total due lowest highest lines"),
        not_covered={"reported_at": LATER},
    ),
    SignedTable(
        IssuedDocument,
        "văn bản đã ban hành",
        seal=columns(
            "cell_id body kind document_type series_id number symbol title data_class content docx docx_sha256 pdf"
            " pdf_sha256 made_at made_by token pages"
        ),
    ),
)
# Tables under a meeting that no signature covers.
NOT_SIGNED = {
    "meetings_entry": "a hash chain of its own, whose texts are erased at signing",
    "meetings_remark": "erased at signing: what was minuted stands in the sections",
    "meetings_opinion": "erased at signing: what was minuted stands in the sections",
    "meetings_checkin": "erased at signing",
    "meetings_digestlist": "the digests themselves: held by the signatures and by the log of the cell",
    "meetings_roomdevice": "machines of the room, taken away after their time",
    "meetings_setaside": "what came after the signatures, outside the minutes",
    "meetings_question": "announced beforehand; minutes do not have it",
    "meetings_paper": "announced beforehand; minutes have its name alone, in their sections",
    "meetings_announcement": "the notice of the meeting, before it",
    "meetings_posting": "when papers were posted elsewhere, after the signatures",
    "meetings_postponement": "the schedule, before the meeting",
    "meetings_consultation": "the committee's own preparation",
    "meetings_invitee": "who was told and what they answered, before the meeting",
    "resolutions_draftedresolution": "the draft before the meeting, erased at signing",
    "resolutions_draftedtask": "the draft before the meeting, erased at signing",
    "resolutions_progress": "what becomes of a task after the meeting that gave it",
    "resolutions_reminder": "what becomes of a task after the meeting that gave it",
}
