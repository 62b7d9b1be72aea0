"""Which page of the users' guide belongs to a screen: the link "Hướng dẫn" at its foot (M18)."""

import re

# The first pattern that a path begins with.
JOBS = (
    (r"/tai-khoan/bao-mat/|/tai-khoan/thiet-bi/|/tai-khoan/mat-khau/|/dang-nhap/buoc-hai/", "bao-mat"),
    (r"/tai-khoan/ma-truy-cap/", "ma-truy-cap"),
    (r"/dang-nhap/|/loi-moi/|/vai/|/tai-khoan/", "dang-nhap"),
    (r"/so-chi-bo/ai-xem-duoc-gi/|/quyen-cua-toi/|/nguoi/|/cuoc-hop/[^/]+/ai-xem/", "ai-xem-duoc-gi"),
    (r"/cua-kiem-tra/", "cua-kiem-tra"),
    (r"/van-ban/", "kiem-tra-to-giay"),
    (r"/so-chi-bo/dang-vien/nhap/|/chi-bo/nhap/|/nhap-danh-sach/", "nhap-danh-sach"),
    (r"/so-chi-bo/chuyen-sinh-hoat/|/so-chi-bo/dang-vien/[^/]+/chuyen-sinh-hoat/|/khoa-don-vi/", "chuyen-sinh-hoat"),
    (r"/so-chi-bo/dang-vien/[0-9a-f]{8}-|/so-chi-bo/(to-dang|so-lieu|chuc-vu)/|/chi-bo/so-lieu/", "dang-vien-thay-doi"),
    (r"/so-chi-bo/nhat-ky/|/nhat-ky/", "nhat-ky"),
    (r"/du-lieu-cua-toi/|/yeu-cau-du-lieu/", "du-lieu-cua-toi"),
    (r"/bao-ve-du-lieu|/thoi-han-luu/|/su-co-du-lieu/|/ngay-nghi/", "bao-ve-du-lieu"),
    (r"/so-chi-bo/ho-so/|/chi-bo/ho-so/", "xuat-so-chi-bo"),
    (r"/so-chi-bo/", "so-chi-bo"),
    (r"/to-chuc/|/chi-bo/phu-trach/", "to-chuc"),
    (r"/phu-trach/", "cap-uy-vien"),
    (r"/chi-bo/|/lich-hop/|/hai-nguoi/", "dang-uy"),
    (r"/cong-viec/", "cong-viec"),
    (r"/cuoc-hop/ghi-lai/", "ghi-lai"),
    (r"/cuoc-hop/[^/]+/(thong-bao|lich\.ics|doi-lich)", "thong-bao"),
    (r"/cuoc-hop/[^/]+/(hoi-y|so-tay)/", "chuan-bi"),
    (r"/cuoc-hop/[^/]+/y-kien/", "dang-vien"),
    (r"/cuoc-hop/[^/]+/(bien-ban|van-ban)/", "bien-ban"),
    (r"/cuoc-hop/[^/]+/(phong/(may|ban-sao)|ghi-muon)/", "ghi-muon"),
    (r"/cuoc-hop/[^/]+/phong/man-chieu/", "man-chieu"),
    (r"/cuoc-hop/[^/]+/dang-hop/", "trong-buoi-hop"),
    (r"/diem-danh/", "trong-buoi-hop"),
    (r"/cuoc-hop/[^/]+/phong/(muc|y-kien)/", "ghi-y-kien"),
    (r"/cuoc-hop/[^/]+/phong/viec-", "viec-cu-viec-moi"),
    (r"/cuoc-hop/[^/]+/phong/cham-diem/", "cham-diem"),
    (r"/cuoc-hop/[^/]+/phong/(ket-luan|bieu-quyet|ket-thuc|hoan|doc-lai|dinh-chinh)/", "ket-luan"),
    (r"/cuoc-hop/[^/]+/phong/", "mo-phong"),
    (r"/cuoc-hop/", "chuan-bi"),
)


def guide_of(path: str) -> str:
    """The address of the guide's page for a screen; the front page where no job fits."""
    page = next((page for pattern, page in JOBS if re.match(pattern, path)), "")
    return f"/huong-dan/{page}/" if page else "/huong-dan/"
