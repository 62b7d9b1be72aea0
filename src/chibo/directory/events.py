"""What the events of members, offices, cells and lists say."""

from chibo.access.models import Office
from chibo.audit.sentences import Sentence, register
from chibo.members.models import Membership, ProbationDecision


def add_sentences() -> None:
    """Register the sentences of the cell's book and of lists (from AppConfig.ready)."""
    kinds = {"membership": dict(Membership.Kind.choices)}
    offices = {"office": {value: label[0].lower() + label[1:] for value, label in Office.choices}}
    outcomes = {"outcome": {value: label.lower() for value, label in ProbationDecision.Outcome.choices}}
    register(
        {
            "member.entered": Sentence("ghi tên đảng viên[ {membership}] vào danh sách[, từ ngày {since}]", kinds),
            "member.corrected": "sửa thông tin của đảng viên",
            "member.own_phone": "sửa số điện thoại của mình",
            "member.kind_changed": Sentence(
                "ghi [{person}|một đồng chí] là đảng viên[ {membership}][ từ ngày {since}]", kinds
            ),
            "member.dated_back": "ghi lại ngày [{person}|một đồng chí] bắt đầu sinh hoạt ở chi bộ[: {since}]",
            "member.left": "ghi [{person}|một đồng chí] chuyển đi khỏi chi bộ[, ngày cuối {last_day}]",
            "member.departed": "ghi [{person}|một đồng chí] ra khỏi danh sách đảng viên[, ngày cuối {last_day}]",
            "member.admission_set": "ghi ngày kết nạp[ của {person}][: {admitted_on}]",
            "member.probation_decided": Sentence(
                "ghi kết quả xét đảng viên dự bị[ {person}][: {outcome}][, từ {effective_on}]",
                outcomes,
            ),
            "member.exemption": "ghi [{person}|một đồng chí] được miễn công tác, sinh hoạt đảng[ từ ngày {since}]",
            "member.exemption_ended": "ghi [{person}|một đồng chí] thôi miễn sinh hoạt đảng[, ngày cuối {last_day}]",
            "member.temporaryleave": "ghi [{person}|một đồng chí] tạm vắng, sinh hoạt đảng nơi khác[ từ {since}]",
            "member.temporaryleave_ended": "ghi [{person}|một đồng chí] trở về sinh hoạt[, ngày vắng cuối {last_day}]",
            "member.suspension": "ghi [{person}|một đồng chí] bị đình chỉ sinh hoạt đảng[ từ {since}]",
            "member.suspension_ended": "ghi [{person}|một đồng chí] hết đình chỉ sinh hoạt[, ngày cuối {last_day}]",
            "member.post_held": "ghi chức danh ở đơn vị[ của {person}]",
            "member.unitpost_ended": "ghi [{person}|một đồng chí] thôi chức danh ở đơn vị[, ngày cuối {last_day}]",
            "office.begun": Sentence("ghi [{person}|một đồng chí] giữ chức vụ[ {office}][ từ ngày {since}]", offices),
            "office.dated_back": Sentence(
                "ghi lại ngày [{person}|một đồng chí] bắt đầu giữ chức vụ[ {office}][: {since}]", offices
            ),
            "office.ended": Sentence(
                "ghi [{person}|một đồng chí] thôi chức vụ[ {office}][, ngày cuối {last_day}]", offices
            ),
            "account.invited": "tạo lời mời đăng nhập[ cho {person}]",
            "account.password_set": "đặt mật khẩu của mình",
            "committee.created": "lập đảng bộ và giao người quản lý đầu tiên",
            "inspection.opened": "mở cửa kiểm tra một cuộc họp[ cho {person}][, đến hết ngày {last_day}]",
            "inspection.closed": "đóng sớm cửa kiểm tra[ của {person}]",
            "staff.begun": "mở phiên quản trị[, đến {until}]",
            "staff.ended": "kết thúc phiên quản trị",
            "cell.created": "lập chi bộ",
            "cell.founded_earlier": "ghi ngày thành lập chi bộ[: {since}]",
            "cell.described": "sửa thông tin chi bộ",
            "cell.term_set": "ghi nhiệm kỳ chi bộ[ từ {since}][ đến {until}]",
            "organisation.created": "lập tổ chức đảng",
            "organisation.described": "sửa thông tin tổ chức đảng",
            "members.imported": "nhập danh sách từ Excel[: {added} đảng viên mới][, {changed} đảng viên thay đổi]"
            "[, {offices} chức vụ]",
            "cell.export_asked": "yêu cầu xuất toàn bộ hồ sơ chi bộ",
            "cell.export_allowed": "đồng ý cho xuất toàn bộ hồ sơ chi bộ[, đến hết ngày {until}]",
            "cell.export_refused": "từ chối yêu cầu xuất toàn bộ hồ sơ chi bộ",
            "cell.export_closed": "đóng yêu cầu xuất toàn bộ hồ sơ chi bộ",
            "cell.export_taken": "tải toàn bộ hồ sơ chi bộ[: {files} tệp]",
            "members.exported": "xuất danh sách đảng viên ra Excel[: {people} người]",
        }
    )
