"""Plain words that name a printed page: things, animals and food, each heard and written apart from all others.

No two are the same without marks, or where a region says d, gi, r, v or l, n or s, x or ch, tr alike: a word can be
read out over the telephone. The list is part of papers that were issued: it is never changed, a new one would be added.
"""

_LISTED = """
áo bàn bắp bé bếp biển bóng bơi bưởi bút bướm búa cá cam cau cày
cháo chày chén chim chìa chiếu chợ chuông cò cốc cổng cơm cửa cuốc dâu dây
dép dừa đá đàn đèn đò đồi đồng đường gà gạo gạch ghế gỗ gối gốm
hạt hành hoa hổ hộp hồng kéo kèn khăn khế khoai khóa khung kiến kim kính
lá làng lụa lưới lò máy mận mèo mía mít mũ muối mưa mực nai nấm
nhà nhãn nho nón nồi núi nước ngô ngọc ngói ong ốc ổi phở phòng quạt
quế quýt rừng sách sân sen sao sông sỏi suối tay táo tàu thang thỏ thóc
thìa thuyền thuốc tỏi tôm trâu trà trống tủ túi tường vịt xe xoài ếch én
"""
WORDS = tuple(_LISTED.split())
