"""Who may see what, in plain words: read off the matrix, so that the page cannot say other than what is so."""

from dataclasses import dataclass

from chibo.access.matrix import TABLES, Term
from chibo.access.models import CELL_COMMITTEE, Office, TermOfOffice

# The rows of the table of design.md section 4, in the order of the work, with the tables that hold them.
CLASSES: dict[str, tuple[str, ...]] = {
    "lịch họp, loại họp": ("meetings_meeting", "meetings_part", "meetings_postponement"),
    "chương trình, câu hỏi, tài liệu": (
        "meetings_agendaitem",
        "meetings_question",
        "meetings_paper",
        "meetings_announcement",
        "meetings_posting",
    ),
    "hội ý trước buổi họp": ("meetings_consultation",),
    "dự thảo nghị quyết": ("resolutions_draftedresolution", "resolutions_draftedtask"),
    "ý kiến chuẩn bị": ("meetings_opinion",),
    "ai được mời, báo dự hay vắng": ("meetings_invitee",),
    "điểm danh, lý do vắng": ("meetings_attendance",),
    "nhật ký buổi họp, ý kiến đang ghi": ("meetings_entry", "meetings_guest", "meetings_remark", "meetings_checkin"),
    "máy trong phòng họp": ("meetings_roomdevice",),
    "phần ghi muộn, ngoài biên bản": ("meetings_setaside",),
    "kết quả biểu quyết": ("meetings_vote",),
    "biên bản": ("meetings_minutes", "meetings_minutessection", "meetings_signature", "meetings_annotation"),
    "dấu kiểm của biên bản đã ký": ("meetings_digestlist",),
    "nghị quyết, kết luận": ("resolutions_resolution",),
    "điểm chi bộ tự chấm, lý do trừ điểm": ("meetings_rating",),
    "công việc và tiến độ": (
        "resolutions_task",
        "resolutions_taskhelper",
        "resolutions_milestone",
        "resolutions_progress",
        "resolutions_review",
    ),
    "lời nhắc việc": ("resolutions_reminder",),
    "số liệu của buổi họp": ("resolutions_meetingfigures",),
    "văn bản đã ban hành": ("documents_issueddocument",),
    "danh sách đảng viên": (
        "members_person",
        "members_membership",
        "members_exemption",
        "members_temporaryleave",
        "members_unitpost",
        "members_partygroup",
        "members_groupmember",
    ),
    "quyết định đình chỉ sinh hoạt": ("members_suspension",),
    "xét chuyển chính thức, ra khỏi Đảng, thông tin trước khi sửa": (
        "members_probationdecision",
        "members_departure",
        "members_formerdetails",
    ),
    "chuyển sinh hoạt đang chờ": ("members_transfer",),
    "số điện thoại": ("members_contact",),
    "ai giữ chức vụ gì": ("access_termofoffice",),
    "cửa kiểm tra": ("access_inspectiondoor",),
    "phiên quản trị của người phụ trách máy": ("access_staffsession",),
    "danh sách đang nhập từ Excel": ("directory_importrun", "directory_importpiece", "directory_columnmatching"),
    "lần xuất danh sách cả chi bộ": ("directory_cellexport",),
    "việc từ cấp trên cần hai người": ("directory_twopersonact",),
    "ai từ bên ngoài đã xem": ("audit_reading",),
    "số tệp mỗi người đã tải trong từng giờ": ("audit_readcount",),
    "sổ ghi việc đã làm trong Chibo": ("audit_event",),
    "tên, mã và cấp trên của tổ chức đảng": (
        "orgs_organisation",
        "orgs_organisationname",
        "orgs_organisationcode",
        "orgs_organcestor",
        "orgs_term",
        "orgs_succession",
        "orgs_treeact",
        "orgs_treeactbody",
    ),
    "dấu khóa của tỉnh khác": ("members_knowntenant",),
    "yêu cầu về dữ liệu cá nhân gửi tới nơi mình giữ chức vụ": ("privacy_datarequest",),
    "sổ sự cố dữ liệu": ("privacy_breachentry",),
}
# Read by no person: the program's own notes.
NO_PERSON = ("orgs_treerecord",)

_SIGNED_IN = (Term.MEMBER, Term.COMMITTEE, Term.DUTY, Term.FOLLOWER, Term.COMMUNE, Term.PROVINCE)
COMPOSITE: dict[Term, tuple[Term, ...]] = {
    Term.SECTION_READER: (Term.ON_ROLL_SIGNED, Term.FOLLOWER_SUBMITTED, Term.INSPECTOR),
    Term.DOCUMENT_READER: (Term.MEMBER, Term.FOLLOWER_SUBMITTED, Term.COMMUNE_REPORTED, Term.INSPECTOR),
    Term.PERSON_READER: (Term.MEMBER, Term.COMMITTEE, Term.FOLLOWER, Term.COMMUNE),
    Term.CONTACT_READER: (Term.COMMITTEE,),
    Term.EVENT_READER: (Term.COMMITTEE, Term.OWN),
    Term.SIGNED_IN: _SIGNED_IN,
    Term.ANYONE: _SIGNED_IN,
    Term.OVERSIGHT: (Term.COMMUNE, Term.PROVINCE),
    Term.RECEIVING: (Term.COMMITTEE,),
    Term.ADDRESSEE: (Term.COMMITTEE, Term.COMMUNE, Term.PROVINCE),
}
CONDITIONS: dict[Term, str] = {
    Term.ON_ROLL: "của buổi mình có tên",
    Term.ON_ROLL_SIGNED: "của buổi mình có tên, khi đã ký",
    Term.PRESENT: "của buổi mình có mặt",
    Term.LEFT_PRESENT: "của buổi mình đã dự",
    Term.HANDED_IN: "khi người viết đã gửi",
    Term.FOLLOWER_SUBMITTED: "khi đã gửi lên, trừ phần kín",
    Term.COMMUNE_REPORTED: "khi đã báo cáo lên",
    Term.INSPECTOR: "đã ký, của buổi được kiểm tra, trừ phần kín",
}


@dataclass(frozen=True)
class Group:
    """Some people with the same rights, and from where these come."""

    key: str
    who: str
    why: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Row:
    """Who, who they are by name today, what they see, why."""

    group: Group
    names: str
    sees: list[str]


GROUPS = (
    Group("committee", "Chi ủy", "giữ chức vụ bí thư, phó bí thư hoặc chi ủy viên", (Term.COMMITTEE, Term.HANDED_IN)),
    Group("duty", "Chủ trì và thư ký một buổi họp", "được giao việc ở buổi ấy", (Term.DUTY, Term.HANDED_IN)),
    Group(
        "member",
        "Đảng viên của chi bộ",
        "đang sinh hoạt ở chi bộ",
        (Term.MEMBER, Term.ON_ROLL, Term.ON_ROLL_SIGNED, Term.PRESENT),
    ),
    Group("own", "Riêng mỗi người", "là việc của chính mình", (Term.OWN,)),
    Group("left", "Người mới chuyển đi", "trong 30 ngày sau khi chuyển đi", (Term.LEFT_PRESENT,)),
    Group("guest", "Khách mời của một buổi họp", "được mời dự buổi ấy", (Term.GUEST,)),
    Group(
        "follower",
        "Cấp ủy viên phụ trách",
        "được Đảng ủy phân công theo dõi chi bộ",
        (Term.FOLLOWER, Term.FOLLOWER_SUBMITTED),
    ),
    Group(
        "commune",
        "Đảng ủy cấp trên và cán bộ giúp việc",
        "chi bộ trực thuộc Đảng ủy",
        (Term.COMMUNE, Term.COMMUNE_REPORTED),
    ),
    Group("province", "Cán bộ cấp tỉnh", "tổng hợp số liệu toàn tỉnh", (Term.PROVINCE,)),
    Group(
        "inspector",
        "Người kiểm tra, khi có cửa kiểm tra đang mở",
        "cấp trên mở cửa cho một cuộc họp, có văn bản, có tên, có hạn ngày",
        (Term.INSPECTOR,),
    ),
    Group(
        "staff",
        "Người phụ trách máy, trong phiên quản trị",
        "không còn ai khác ghi được cán bộ cấp trên chi bộ",
        (Term.STAFF_OWN, Term.STAFF_OFFICE),
    ),
)
NOBODY_SEES = (
    "Ai bỏ phiếu thế nào: Chibo chỉ ghi số phiếu.",
    "Ý kiến chuẩn bị chưa gửi: chỉ người viết đọc được, kể cả bí thư cũng không.",
    "Phần tự phê bình và phê bình: chỉ người có mặt hôm ấy và chi ủy; không đi lên trên, không mở cho kiểm tra.",
    "Đồng chí đang bị đình chỉ sinh hoạt không xem được gì. Người phụ trách máy chủ không có quyền xem nội dung.",
)


def sees(group: Group) -> list[str]:
    """The classes that a group reads, each with its condition, straight from the matrix."""
    found = []
    for name, tables in CLASSES.items():
        terms = {one for table in tables for term in TABLES[table].read for one in (term, *COMPOSITE.get(term, ()))}
        own = [term for term in group.terms if term in terms]
        if not own:
            continue
        conditions = [CONDITIONS.get(term, "") for term in own]
        condition = "" if "" in conditions else conditions[0]
        found.append(f"{name} ({condition})" if condition else name)
    return found


def who_sees_what(offices: list[TermOfOffice]) -> list[Row]:
    """Every group with the names of those who are of it today."""
    names = {
        "committee": ", ".join(term.person.full_name for term in offices if term.office in CELL_COMMITTEE),
        "follower": ", ".join(term.person.full_name for term in offices if term.office == Office.FOLLOWER),
    }
    return [Row(group, names.get(group.key, ""), sees(group)) for group in GROUPS if sees(group)]
