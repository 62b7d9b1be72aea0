"""What happens in the 110 minutes, minute by minute, and on whose device it is recorded.

`lan` is the chair's laptop, which leads: roll, votes, old and new tasks, the resolution, the end. `tam` is the clerk's,
which takes down what is said. Without a network neither sees what the other records.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.script.people import BINH, HUNG, LAN, MAI, QUYEN, SON, TAM, TU


@dataclass(frozen=True)
class Act:
    """One thing that a person records: at a minute of the meeting, on a device."""

    minute: float
    device: str
    what: str
    fields: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.fields[name]
        except KeyError:
            raise AttributeError(name) from None


def lan(minute: float, what: str, /, **fields: Any) -> Act:
    """On the chair's laptop."""
    return Act(minute, "lan", what, fields)


def tam(minute: float, what: str, /, **fields: Any) -> Act:
    """On the clerk's laptop."""
    return Act(minute, "tam", what, fields)


GUEST = "Nguyễn Văn Khải"
GUEST_OFFICE = "Phó Chủ tịch Ủy ban nhân dân xã"
FEES = "22/24 đồng chí đã nộp đến hết tháng 11; hai đồng chí xin nộp cùng kỳ tháng 12."
DIFFERING = (
    "Tôi đề nghị không lắp gờ giảm tốc trong tháng này: đường trước nhà trẻ sắp làm lại, lắp bây giờ thì tháng "
    "Hai phải cạy lên, vừa tốn tiền của dân vừa khó ăn nói."
)
CORRECTION = "Ý kiến của đồng chí Nga: sửa “hai mươi mét” thành “mười hai mét”."
TASKS: tuple[dict[str, str], ...] = (
    {
        "what": "Lắp hai gương cầu lồi ở ngã ba Bàu Sen, một gương mỗi phía dốc",
        "lead": HUNG,
        "due": "2026-12-24",
        "how_checked": "Chi ủy đến xem tại ngã ba, ngày 25/12",
    },
    {
        "what": "Vận động 12 hộ sát mép đường ở ngã ba Bàu Sen cắt cây che tầm nhìn",
        "lead": BINH,
        "due": "2026-12-28",
        "how_checked": "Đếm số hộ đã cắt, báo ở kỳ họp tháng 1",
    },
    {
        "what": "Gửi văn bản kiến nghị Ủy ban nhân dân xã sơn lại vạch và cắm biển 30 km/h trước nhà trẻ",
        "lead": QUYEN,
        "due": "2026-12-10",
        "how_checked": "Có số văn bản và ngày xã nhận",
    },
)
TEXTS = {
    "conclusion": (
        "Chi bộ thống nhất tập trung tháng 12 cho an toàn giao thông ở ngã ba Bàu Sen: lắp gương, cắt cây, "
        "kiến nghị xã sơn vạch và cắm biển; việc lắp gờ giảm tốc chờ làm xong đường."
    ),
    "ideology": (
        "Nhân dân lo lắng về ba vụ va quẹt trong tháng 11 ở ngã ba, phần lớn là học sinh; bà con đồng tình góp công, "
        "chưa đồng tình góp tiền."
    ),
    "direction": "Làm trước những việc thôn tự làm được, không chờ kinh phí; việc vượt thẩm quyền thì kiến nghị ngay.",
}
# By code, in hundredths of a point, with why it is not all; the record settles the first line by itself.
SCORES = {
    "2": (400, "Một đồng chí đến muộn 20 phút, hai đồng chí vắng chưa rõ lý do."),
    "3.1": (500, ""),
    "3.2": (500, ""),
    "4.1": (500, ""),
    "4.2": (2300, "Đảng viên trẻ còn ít ý kiến."),
    "4.3": (1000, ""),
    "5": (500, ""),
    "6": (2600, "Một việc chưa xong, một việc xong một phần."),
}
# item, who, minutes at which they speak, text; recorded by the clerk
_NEWS = (
    (
        *("presenting", 14.0, LAN),
        "Thông tin của Đảng ủy xã tháng 11: kết quả thu hoạch lúa vụ mùa toàn xã đạt 92% diện tích; xã đang "
        "lấy ý kiến về phương án sắp xếp lại các điểm trường; từ ngày 01/12 tổng kiểm tra xe quá tải trên "
        "các tuyến đường liên thôn.",
    ),
    (
        *("", 19.0, BINH),
        "Việc sắp xếp điểm trường, bà con tổ 2 hỏi rất nhiều vì các cháu sẽ phải đi thêm ba cây số, qua đúng "
        "ngã ba Bàu Sen. Đề nghị chi bộ nói rõ với xã là phải có người đưa đón trước rồi mới sắp xếp.",
    ),
    (
        *("", 21.5, "Hồ Thị Nga"),
        "Tôi đã hỏi ba phụ huynh, người nào cũng sợ đoạn dốc. Xe ben chạy từ mỏ đá xuống lúc sáu giờ rưỡi là "
        "đúng giờ các cháu đi học, mà lề đường chỉ còn hai mươi mét là có chỗ tránh.",
    ),
    (
        *("guest", 24.0, GUEST),
        "Ủy ban xã ghi nhận. Phương án điểm trường mới là dự thảo, ngày 15/12 xã họp dân ở nhà văn hóa; đề "
        "nghị chi bộ cử người đến nói thẳng ý kiến này. Tổng kiểm tra xe quá tải thì công an xã bắt đầu từ tuần tới.",
    ),
)
_TOPIC = (
    (
        *("presenting", 38.0, HUNG),
        "Ba vụ va quẹt trong tháng 11, hai vụ vào buổi sáng, đều do người từ đường nhánh ra không thấy xe trên "
        "dốc. Tôi đã đo: đứng ở cột mốc km 4 thì tán cây nhà ông Bảy che mất gần hết tầm nhìn, và vạch sơn "
        "đã mờ từ hồi mùa mưa.",
    ),
    (
        *("", 41.0, "Ngô Quang Vinh"),
        "Lắp gương là việc làm được ngay. Năm ngoái thôn Dân Hiệp lắp hai cái, mỗi cái hơn một triệu, do các "
        "hộ mặt đường góp. Ta có thể xin quỹ an toàn giao thông của xã một cái, còn một cái thôn tự lo.",
    ),
    (
        *("", 43.0, "Mai Hữu Phúc"),
        "Gương mà đặt thấp thì trâu bò đi qua là vỡ. Phải chôn cột cao hai mét rưỡi, đổ bê tông chân cột. Tôi "
        "có thợ, công tôi góp, vật tư thì thôn mua.",
    ),
    (
        *("", 45.5, "Cao Thị Thu"),
        "Cây của mười hai hộ thì phải đến từng nhà nói chuyện, không dán thông báo. Nhà bà Tám mới mất chồng, "
        "để qua tuần cúng hãy đến. Hội Phụ nữ cử hai chị đi cùng.",
    ),
    (
        *("", 48.0, "Lý Thị Hường"),
        "Tôi thấy cần cả gờ giảm tốc trước nhà trẻ. Sáng nào tôi cũng đưa cháu, xe máy phóng qua không ai đi "
        "chậm. Hai gờ cao su, xin xã hỗ trợ, nửa ngày là xong.",
    ),
    (
        *("", 52.5, MAI),
        "Thưa chi bộ, em là dự bị nên không biểu quyết nhưng xin có ý kiến: lớp trẻ trong thôn có thể làm một "
        "buổi sáng chủ nhật, cắt cây và sơn lại các cột mốc. Em nhận đứng ra gọi, đã có mười một bạn đồng ý.",
    ),
    (
        *("", 55.0, SON),
        "Tôi sinh hoạt tạm thời ở đây, bên chi bộ cũ có kinh nghiệm là ghi biển số xe chạy ẩu gửi công an xã mỗi tuần. "
        "Làm hai tháng thì xe ben đi chậm hẳn. Chi bộ có thể giao dân phòng làm.",
    ),
    (
        *("", 57.0, "Tạ Văn Nghĩa"),
        "Đồng ý với các ý kiến trên. Riêng tiền, đề nghị công khai ngay ở bảng tin: mua gì, hết bao nhiêu, ai "
        "góp. Năm ngoái làm đường bê tông bà con còn thắc mắc vì ta thông báo chậm.",
    ),
    (
        *("", 60.5, "Trương Thị Ánh"),
        "Trường mẫu giáo đã có biển báo cũ, chữ bong hết. Biển 30 km/h là thẩm quyền của xã, mình phải có văn "
        "bản, nói miệng ba lần rồi không ai nhớ.",
    ),
    (
        *("", 62.5, TU),
        "Tôi già rồi, được miễn sinh hoạt nhưng chuyện này phải nói: tôi thấy cả ba vụ. Người ta không sợ "
        "biển, người ta sợ bị nhìn thấy. Treo gương xong nhớ lau, đừng để như cái gương ở cầu Ông Tầm.",
    ),
)
_ANSWER = (
    "Chi bộ thống nhất: gương và cắt cây làm ngay trong tháng 12; biển và vạch sơn kiến nghị xã bằng văn bản; "
    "gờ giảm tốc chờ làm xong đoạn đường trước nhà trẻ."
)
_SELF = (
    (
        *("", 74.0, LAN),
        "Tôi tự nhận khuyết điểm: hai tháng liền giao việc dọn cây ngã đổ mà không kiểm tra giữa kỳ, để tới "
        "ngày hạn mới biết chưa có máy cưa. Từ tháng này tôi hỏi lại từng việc vào giữa tháng.",
    ),
    (
        *("", 77.0, HUNG),
        "Việc dọn cây là tôi chủ trì, tôi chủ quan vì nghĩ mượn được máy của xã. Xin nhận và làm xong trước ngày 10.",
    ),
    (
        *("", 80.0, "Nguyễn Hữu Lộc"),
        "Góp ý với chi ủy: thông báo nội dung họp sớm hơn, đừng để tối hôm trước mới gửi, người làm ca không "
        "kịp chuẩn bị.",
    ),
)


def acts() -> Iterator[Act]:
    """Everything, in the order of the clock."""
    found = [*_opening(), *_middle(), *_end()]
    for item, said in (("news", _NEWS), ("topic", _TOPIC), ("self", _SELF)):
        for how, minute, who, text in said:
            # The clerk's device has not heard of a guest whom the chair's has noted.
            device = lan if how == "guest" else tam
            found.append(device(minute, "remark", item=item, how=how, who=who, text=text))
    yield from sorted(found, key=lambda act: act.minute)


def _opening() -> list[Act]:
    return [
        lan(0, "open", chair=LAN),
        lan(1, "clerk", who=TAM),
        lan(2.0, "absent", who="Đoàn Văn Lợi", reason="health"),
        lan(2.5, "absent", who="Phan Thị Yến", reason="unknown"),
        lan(3.0, "absent", who="Huỳnh Ngọc Ẩn", reason="unknown"),
        lan(3.5, "came", who=TU),
        lan(4.0, "rest"),
        lan(5.0, "guest", name=GUEST, office=GUEST_OFFICE),
        lan(6.5, "fees", text=FEES),
        lan(8.0, "vote", subject="agenda"),
        lan(11.0, "turn", item="news"),
        lan(21.0, "late", who="Huỳnh Ngọc Ẩn", minutes=20),
        lan(26.0, "turn", item="review"),
    ]


def _middle() -> list[Act]:
    return [
        lan(28.0, "review", task=0, result="done"),
        lan(30.0, "review", task=1, result="not_done", cause="Chưa mượn được máy cưa của xã", new_due="2026-12-10"),
        lan(33.0, "review", task=2, result="partly", cause="Hộ ông Lành đi vắng, hẹn tuần sau", new_due="2026-12-12"),
        lan(36.0, "turn", item="topic"),
        lan(50.0, "differ", item="topic", who="Đinh Văn Thạch", text=DIFFERING),
        lan(51.0, "support", number=3),
        lan(64.0, "put", in_favour=18, against=2, abstained=1),
        tam(66.0, "answer", item="topic", text=_ANSWER),
        lan(70.0, "turn", item="self"),
        lan(71.0, "keep", item="self", how="full"),
        tam(72.0, "keep", item="self", how="full"),
    ]


def _end() -> list[Act]:
    given = [lan(84.0 + 3 * number, "task", **task) for number, task in enumerate(TASKS)]
    return [
        lan(82.5, "turn", item="tasks"),
        *given,
        lan(92.0, "left", who="Kiều Văn Ổn"),
        lan(93.0, "turn", item="conclusion"),
        lan(94.0, "conclude", kind="resolution", texts=TEXTS),
        *scores(),
        lan(99.0, "vote", subject="resolution"),
        lan(101.0, "turn", item="closing"),
        lan(102.0, "read"),
        lan(106.0, "correct", text=CORRECTION),
        lan(110.5, "close"),  # to the half minute: hands that are slower or quicker say the same length
    ]


def remarks() -> list[Act]:
    """What is said, without the chair's answers."""
    return [act for act in acts() if act.what == "remark"]


def scores() -> list[Act]:
    """The meeting scores itself, after the draft is written and before it is voted on."""
    return [
        lan(96.0 + number / 4, "score", code=code, points=points, note=note)
        for number, (code, (points, note)) in enumerate(SCORES.items())
    ]
