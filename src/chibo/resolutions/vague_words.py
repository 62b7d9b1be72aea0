"""The words by which the wording checker knows a slogan from a task, as they are met in resolutions of cells.

Phrases are compared by whole words, whatever the case and the place of the tone mark.
"""

# Words with which a sentence may begin before it says what is done.
# fmt: off
LEADING = (
    "tiếp tục", "thường xuyên", "tích cực", "chủ động", "tập trung", "kiên quyết", "thực hiện", "triển khai",
    "tham gia", "cố gắng", "quyết tâm", "khẩn trương", "tổ chức thực hiện", "tổ chức triển khai",
)
# fmt: on

# Words that say how well or how much, and not what; only a number makes them fit to be checked.
# fmt: off
VAGUE = (
    "tăng cường", "đẩy mạnh", "quan tâm", "phấn đấu", "nâng cao", "chú trọng", "phát huy", "quán triệt",
    "thực hiện tốt", "làm tốt", "phối hợp tốt", "phối hợp chặt chẽ", "chấp hành tốt", "chấp hành nghiêm",
    "thực hiện nghiêm", "thực hiện nghiêm túc", "thực hiện có hiệu quả", "triển khai tốt", "triển khai có hiệu quả",
    "hoàn thành tốt", "hoàn thành xuất sắc", "bảo đảm", "đảm bảo", "giữ vững", "giữ gìn", "đổi mới", "quyết liệt",
    "đồng bộ", "hiệu quả", "có hiệu quả", "sâu rộng", "nghiêm túc", "củng cố", "chăm lo", "tạo điều kiện",
    "góp phần", "từng bước", "không ngừng", "nắm tình hình", "nắm chắc", "lãnh đạo", "chỉ đạo", "đôn đốc",
    "vận dụng", "cải thiện", "xây dựng chi bộ", "khắc phục", "nêu gương", "gương mẫu",
)
# fmt: on

# Work that needs a number or a place to be more than a slogan.
# fmt: off
THIN = (
    "tuyên truyền", "vận động", "động viên", "nhắc nhở", "theo dõi", "phối hợp", "học tập và làm theo",
)
# fmt: on

# Acts of which anyone sees whether they were done.
# fmt: off
CONCRETE = (
    "lắp", "làm", "phát quang", "nộp", "lập", "trồng", "sửa", "mua", "gặp", "thăm", "họp", "trình", "hoàn tất",
    "hoàn thành", "hướng dẫn", "đặt", "dọn", "quét", "treo", "in", "phát", "ký", "báo cáo", "thu", "giúp", "tặng",
    "kiểm tra", "rà soát", "tổ chức", "mở", "xây", "đào", "nạo vét", "đổ", "sơn", "vẽ", "cắm", "kẻ", "gắn", "dựng",
    "cử", "mời", "gửi", "viết", "soạn", "chọn", "bầu", "giới thiệu", "xem", "đo", "ghi", "thống kê", "lấy", "đăng",
    "bàn giao", "chuyển", "khảo sát", "phân công", "bổ sung", "cập nhật", "tiêm", "phun", "khám", "dạy", "đón",
    "trao", "hòa giải", "giải quyết", "trả lời", "niêm yết", "công khai", "đối thoại", "tập huấn", "cắt", "tháo",
    "thay", "xin", "đề nghị", "vệ sinh", "thành lập", "bàn", "đọc",
)
# fmt: on

# Fields of work: two of them in one vague sentence are two tasks.
# fmt: off
THEMES = (
    "tuyên truyền", "bảo đảm trật tự", "đảm bảo trật tự", "giữ gìn trật tự", "bảo đảm an ninh", "đảm bảo an ninh",
    "giữ vững an ninh", "phát triển kinh tế", "phát triển đảng viên", "giảm nghèo", "xây dựng nông thôn mới",
    "phòng chống dịch", "vệ sinh môi trường", "thu đảng phí", "công tác dân vận", "kiểm tra giám sát",
    "xây dựng chi bộ", "phòng chống tội phạm",
)
# fmt: on

# Words that lead to a place.
# fmt: off
PLACES = (
    "ở", "tại", "dọc", "đoạn", "ngã ba", "ngã tư", "ngõ", "xóm", "ấp", "khu phố", "tổ dân phố", "trường",
    "nhà văn hóa", "chợ", "trạm", "nghĩa trang",
)
# fmt: on

# Words that stand where a day should.
# fmt: off
VAGUE_TIMES = (
    "trong thời gian tới", "thời gian tới", "trong thời gian sớm nhất", "thời gian sớm nhất", "sớm nhất có thể",
    "sớm", "khi có điều kiện", "từng bước", "lâu dài", "cuối tháng", "cuối năm", "đầu năm", "kịp thời",
    "trong tháng", "trong năm",
)
# fmt: on

# Beginnings of what is no one person.
# fmt: off
EVERYONE = (
    "toàn thể", "toàn chi bộ", "toàn đảng bộ", "cả chi bộ", "chi bộ", "chi ủy", "tất cả", "mọi", "mỗi đồng chí",
    "mỗi đảng viên", "các", "tập thể", "đảng viên", "ban công tác", "mặt trận", "chi đoàn", "chi hội", "đoàn thể",
    "đoàn thanh niên", "hội phụ nữ", "hội nông dân", "hội cựu chiến binh", "tổ đảng",
)
# fmt: on

# Helpers who are nobody in particular.
# fmt: off
NOBODY = (
    "các ngành", "các đoàn thể", "các bộ phận", "liên quan", "các đồng chí", "các đơn vị", "các cấp",
)
# fmt: on

# Ways of checking that do not say what is looked at.
# fmt: off
EMPTY_CHECKS = (
    "thường xuyên", "theo dõi", "đôn đốc", "kiểm tra", "giám sát", "nhắc nhở", "chi bộ kiểm tra", "tự kiểm tra",
    "kiểm tra thường xuyên", "thường xuyên kiểm tra", "theo dõi thường xuyên", "kiểm tra giám sát",
    "theo dõi đôn đốc", "kiểm tra đôn đốc", "chi ủy theo dõi",
)
# fmt: on

# A number after one of these names a thing and counts nothing: tháng 12, Chỉ thị 50, tổ 2.
# fmt: off
LABELS = frozenset((
    "tháng", "năm", "ngày", "quý", "số", "tổ", "thôn", "phố", "xóm", "ngõ", "ấp", "đường", "lộ", "khóa", "điều",
    "khoản", "mục", "thị", "quyết", "luận", "định", "dẫn", "hoạch", "thứ", "lúc", "trước", "hạn", "phần", "bảng",
    "kỳ", "đoạn", "hẻm", "đảng",
))
# fmt: on

# Numbers written out; năm is left out because it is a year as often.
# fmt: off
NUMBER_WORDS = frozenset((
    "một", "hai", "ba", "bốn", "sáu", "bảy", "tám", "chín", "mười", "chục", "trăm",
))
# fmt: on

# After these, một counts nothing: một số, một cách.
# fmt: off
NOT_ONE = frozenset((
    "số", "phần", "cách", "trong", "bước", "lòng", "loạt", "mặt",
))
# fmt: on
