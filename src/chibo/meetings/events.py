"""What the events of meetings say, and how a meeting is called in the log."""

from collections.abc import Iterable
from uuid import UUID

from chibo.access.standing import Standing
from chibo.audit.sentences import Sentence, register
from chibo.directory.history import objects
from chibo.directory.history.objects import Named
from chibo.lib.dates import format_date
from chibo.meetings.models import Invitee, Meeting, Posting, SetAside


def names_of_meetings(ids: Iterable[UUID], standing: Standing) -> dict[UUID, Named]:
    """Meetings by their title and day."""
    rows = Meeting.objects.visible_to(standing).filter(pk__in=list(ids)).prefetch_related("parts")
    return {
        one.pk: Named(f"{one.title}, ngày {format_date(one.day)}", f"/cuoc-hop/{one.pk}/", one.cell_id) for one in rows
    }


def add_objects() -> None:
    """Register meetings as objects of the log (from AppConfig.ready)."""
    objects.register("meetings.meeting", "cuoc-hop", "Cuộc họp", names_of_meetings)


def add_sentences() -> None:
    """Register the sentences of preparing, holding and signing (from AppConfig.ready)."""
    answers = {"": "bỏ câu trả lời trước", Invitee.Answer.COMING: "sẽ dự", Invitee.Answer.ABSENT: "xin vắng"}
    ways = {"": "bỏ ghi nhận trước", **{value: label.lower() for value, label in Invitee.Way.choices}, "zalo": "Zalo"}
    roles = {"role": {"clerk": "người ghi biên bản", "chair": "chủ trì"}}
    where = {"where": {"device": "(ghi trên máy lúc mất mạng, gửi sau)"}}
    table = {"table": {"other": "theo bảng khác bảng hiện có cho ngày họp"}}
    late = {"why": dict(SetAside.Why.choices)}
    posted = {"what": {value: label.lower() for value, label in Posting.What.choices}}
    register(
        {
            "meeting.planned": "đặt lịch cuộc họp",
            "meeting.combined": "gộp sinh hoạt chuyên đề vào cuộc họp",
            "meeting.separated": "tách sinh hoạt chuyên đề khỏi cuộc họp",
            "meeting.theme_named": "ghi chuyên đề của cuộc họp",
            "meeting.moved": "dời cuộc họp[ từ {was}][ sang {now}]",
            "meeting.held_online": "đặt họp trực tuyến, hoặc sửa lý do, văn bản cho phép",
            "meeting.held_in_person": "đổi từ họp trực tuyến sang họp trực tiếp",
            "meeting.groups_restated": "sửa lý do, văn bản cho phép họp theo tổ đảng",
            "meeting.cancelled": "hủy cuộc họp",
            "meeting.restored": "khôi phục cuộc họp đã hủy",
            "meeting.consulted": "ghi việc bí thư, phó bí thư hội ý trước cuộc họp",
            "meeting.posted": Sentence("ghi việc đưa tài liệu lên Sổ tay đảng viên[: {what}]", posted),
            "meeting.posting_withdrawn": "bỏ ghi nhận đã đưa tài liệu lên Sổ tay đảng viên",
            "meeting.announced": "gửi thông báo họp",
            "meeting.notice_cancelled": "rút thông báo vừa gửi[ (lần {number})]",
            "meeting.corrected": "gửi thông báo bổ sung[ (lần {number})]",
            "meeting.opened": Sentence("mở cuộc họp[, {chair} chủ trì][ {where}]", where),
            "meeting.opening_confirmed": "xác nhận lần mở cuộc họp[ của đồng chí {person}]",
            "meeting.opening_voided": "bỏ lần mở cuộc họp[ của đồng chí {person}][, để riêng {number} dòng]",
            "meeting.check_in_opened": "đưa mã điểm danh lên màn chiếu",
            "meeting.check_in_closed": "đóng mã điểm danh",
            "meeting.closed": Sentence("kết thúc cuộc họp[ {where}]", where),
            "meeting.broken_off": Sentence("dừng cuộc họp giữa chừng[ {where}]", where),
            "meeting.end_taken_back": Sentence("mở lại cuộc họp đã ghi là kết thúc[ {where}]", where),
            "meeting.device_registered": "chuẩn bị một máy để họp được khi mất mạng",
            "meeting.device_removed": "ngắt một máy khỏi cuộc họp[, máy của {person}]",
            "meeting.device_taken_back": "nhận lại một máy đã ngắt khỏi cuộc họp[, máy của {person}]",
            "meeting.device_given_up": "cho xóa phần còn giữ trên một máy đã ngắt[, máy của {person}]",
            "meeting.ballot_begun_again": "mở lại hòm phiếu trên máy, vì hòm trước đã mất; mọi đồng chí bỏ phiếu lại",
            "meeting.device_ballots_allowed": "cho các chi bộ chọn bỏ phiếu kín trên máy",
            "meeting.device_ballots_ended": "chỉ cho bỏ phiếu kín trên giấy",
            "invitee.answered": Sentence("trả lời thông báo họp[: {answer}]", {"answer": answers}),
            "invitee.told": Sentence("ghi đã báo tin họp[ cho {person}][: {way}]", {"way": ways}),
            "opinion.handed_in": "gửi ý kiến chuẩn bị cho chi ủy",
            "opinion.taken_back": "rút lại ý kiến chuẩn bị",
            "agenda.added": "thêm một mục vào chương trình",
            "agenda.changed": "sửa một mục của chương trình",
            "agenda.removed": "bỏ một mục khỏi chương trình",
            "agenda.restored": "đưa lại mục đã bỏ vào chương trình",
            "paper.added": "thêm tài liệu vào chương trình",
            "paper.removed": "bỏ tài liệu khỏi chương trình",
            "paper.restored": "đưa lại tài liệu đã bỏ",
            "minutes.signed": Sentence(
                "ký biên bản[ với vai {role}][, đã hỏi {devices} máy có thể chưa gửi hết]", roles
            ),
            "minutes.completed": "hoàn tất biên bản: đủ chữ ký, có số",
            "minutes.sealed": "niêm phong biên bản đã ký từ trước",
            "minutes.corrected": "hoàn tất đính chính[ số {number}]: đủ chữ ký",
            "minutes.rated": Sentence("chốt điểm chi bộ tự chấm cùng biên bản[: {total}/{due} điểm][, {table}]", table),
            "minutes.given_back": "rút chữ ký đầu để sửa biên bản",
            "minutes.signature_lapsed": "ghi thêm vào bản ghi sau chữ ký đầu, nên chữ ký ấy dưới biên bản hết hiệu lực",
            "meeting.copy_loaded": "nạp bản sao từ máy của [{person}|một đồng chí][: {number} dòng mới]",
            "minutes.late_put_away": "bỏ một dòng ghi muộn",
            "minutes.set_aside": Sentence("gửi[ {number}] dòng để riêng, ngoài biên bản[: {why}]", late),
            "minutes.submitted": "gửi biên bản, nghị quyết lên cấp trên",
            "minutes.annotation_signed": Sentence("ký đính chính biên bản[ với vai {role}]", roles),
        }
    )
