"""What entries are called, what a call of the roll says, and what is said of entries that do not fit together."""

from collections.abc import Mapping

from chibo.meetings.models import Attendance, Reason

KIND_WORDS = {
    "open": "Mở buổi họp",
    "close": "Kết thúc buổi họp",
    "abort": "Hoãn giữa chừng",
    "attend": "Điểm danh",
    "clerk": "Cử thư ký",
    "remark": "Ý kiến",
    "remark-edit": "Sửa ý kiến",
    "agree": "Nhất trí",
    "spoke": "Phát biểu không nêu tên",
    "observers": "Dự thính",
    "differ": "Ý kiến khác",
    "differ-support": "Số đồng chí cùng ý kiến khác",
    "differ-outcome": "Kết quả một ý kiến khác",
    "vote": "Biểu quyết",
    "vote-covers": "Biểu quyết cả nội dung máy khác ghi",
    "ballot": "Bỏ phiếu kín",
    "secret": "Kết quả kiểm phiếu",
    "recount": "Tính lại một lần biểu quyết",
    "review": "Kiểm điểm việc",
    "task": "Việc mới",
    "conclude": "Dự thảo",
    "guest": "Khách dự",
    "correct": "Đề nghị sửa biên bản",
    "item": "Chuyển mục",
    "read": "Đã đọc lại biên bản",
    "undo": "Hoàn tác một dòng",
    "note": "Đảng phí",
    "task-edit": "Sửa việc mới",
    "task-withdraw": "Bỏ việc mới",
    "remark-withdraw": "Bỏ một ý kiến",
    "differ-reserve": "Bảo lưu ý kiến khác",
    "lead": "Máy điều hành",
    "score": "Chấm điểm một tiêu chí",
    "unsaid-roll": "Sổ không ghi danh sách dự họp",
    "unsaid-vote": "Sổ không ghi kết quả biểu quyết",
    "unsaid-reading": "Sổ không ghi việc đọc lại biên bản",
    "opening-doubt": "Hỏi lại một lần mở",
    "opening-confirm": "Xác nhận một lần mở",
    "opening-void": "Bỏ một lần mở",
    "time-doubt": "Giờ của một máy",
    "time-move": "Sửa giờ của một máy",
    "both-stand": "Giữ cả hai dòng",
}

NOT_KNOWN = "Không khớp với phần đã ghi."
ODD = {
    "two_devices": "Hai máy ghi khác nhau, chưa máy nào thấy máy kia.",
    "vote_base": "Điểm danh đổi sau khi biểu quyết, kết quả sẽ khác. Sửa điểm danh, biểu quyết lại, hoặc tính lại.",
    "unknown_vote": "Tính lại một lần biểu quyết đã bị hoàn tác ở máy khác. Bỏ dòng này.",
    "voted_twice": "Hai máy chưa thấy nhau đều ghi kết quả việc này. Chọn lần đúng.",
    "vote_roll": "Số đồng chí biểu quyết nhiều hơn số có mặt theo điểm danh. Chọn bên đúng.",
    "vote_not_seen": "Máy ghi biểu quyết chưa có nội dung này. Bỏ đi, biểu quyết lại, hoặc ghi là đã biểu quyết cả.",
    "ended_beside": "Máy này chỉ ghi cùng, không điều hành, nên buổi họp không kết thúc ở đây. Bỏ lần này.",
    "too_many_hands": "Số tay giơ nhiều hơn cơ sở tính. Đếm lại, rồi ghi lại.",
    "differing_open": "Biểu quyết khi còn ý kiến khác chưa kết luận. Kết luận ý kiến ấy, rồi biểu quyết lại.",
    "differing_left": "Ý kiến khác chưa kết luận mà buổi họp đã kết thúc.",
    "not_a_keeper": "Người ghi không phải chủ trì, thư ký hay chi ủy viên.",
    "ballots_do_not_add_up": "Số phiếu cộng lại không khớp. Đếm lại rồi ghi lại.",
    "election_on_devices": "Bầu cử thì bỏ phiếu giấy, không bỏ trên máy. Hoàn tác, rồi bỏ phiếu giấy.",
    "unknown_ballot": "Kết quả của một lần bỏ phiếu đã bị hoàn tác ở máy khác.",
    "opened_without_right": "Người mở không phải chi ủy viên hay chủ trì được phân công. Chi ủy xác nhận hoặc bỏ.",
    "opened_twice": "Hai máy cùng mở buổi họp. Lần mở đầu được tính; bỏ lần này.",
    "closed_twice": "Buổi họp được kết thúc hai lần. Đang tính lần trước; chọn lần đúng.",
    "not_on_the_roll": "Người này không có trong danh sách nên không được tính. Bỏ dòng này; có dự thì ghi là khách.",
    "base_not_on_the_roll": "Cơ sở tính có người không có trong danh sách, không tính người ấy. Bấm tính lại, hoặc bỏ.",
    "not_on_paper": "“Sổ không ghi” chỉ dùng khi ghi lại buổi đã họp trên giấy. Bỏ dòng này, rồi ghi như thường.",
    "score_of_no_rubric": "Điểm theo bảng khác với bảng đã chốt khi mở buổi họp. Bỏ dòng này, rồi chấm lại.",
    "score_of_no_criterion": "Điểm của một tiêu chí không có trong bảng. Bỏ dòng này.",
    "score_not_due": "Tiêu chí này chưa đến hạn chấm. Bỏ dòng này; chấm sau buổi họp.",
    "score_out_of_range": "Điểm thấp hơn 0 hoặc cao hơn mức tối đa. Bỏ dòng này, rồi chấm lại.",
    "score_between_steps": "Điểm lẻ hơn mức mà bảng cho phép. Bỏ dòng này, rồi chấm lại.",
    "written_twice": "Hai máy cùng ghi, gần giống nhau. Nói một lần thì giữ một dòng; nói hai lần thì giữ cả hai.",
    "time_doubted": "Đồng hồ của một máy sai, giờ trong biên bản sẽ sai. Chọn giờ đúng.",
    "after_closing": "Ghi khi máy đã biết buổi họp kết thúc. Bỏ dòng này, hoặc ghi thành đề nghị sửa biên bản.",
}


def words_of_call(values: Mapping[str, object]) -> str:
    """How a line of the roll reads."""
    if values.get("state") == Attendance.State.ABSENT:
        reason = Reason(str(values.get("reason") or Reason.UNKNOWN)).label
        return f"vắng, {reason}"
    if values.get("state") != Attendance.State.PRESENT:
        return "chưa điểm danh"
    late = f", đến muộn {values['late_minutes']} phút" if values.get("late_minutes") else ""
    return f"có mặt{late}{', về sớm' if values.get('left_early') else ''}"
