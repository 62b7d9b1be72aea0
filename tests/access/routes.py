"""Every path of the site and who is let in; whoever is not named is answered as if the page did not exist.

`world` names the thing that a path is about: "meeting" a coming one, "held" one going on, "signed" one that is over.
"""

from dataclasses import dataclass, field

from tests.access.expected import COMMITTEE, COMMUNE, FOLLOWER, MEMBERS, PROVINCE

EVERYONE = {"operator", "suspended", "left", "former", "phuc", "inspector"} | MEMBERS | FOLLOWER | COMMUNE | PROVINCE
ANYONE = EVERYONE | {"anonymous"}
WITH_A_STANDING = EVERYONE - {"operator", "suspended"}
NOBODY: set[str] = set()
# Who acts in a cell: its members and committee. The others open their own cell's book, whatever hat was on.
IN_A_CELL = MEMBERS | FOLLOWER | COMMUNE | {"phuc", "former", "left"}
LEADING_A_CELL = COMMITTEE | {"phuc"}
KEEPERS = COMMITTEE | {"tam"}  # Tâm minutes the coming meeting and the one going on
SIGNERS = {"lan", "tam"}  # chair and clerk of the meeting that is over
ON_ROLL = MEMBERS | {"left"}
IN_THE_HALL = MEMBERS  # of a meeting that is going on: those on its roll, suspended ones never


@dataclass(frozen=True)
class Line:
    """Who is let in, by which method, on what."""

    who: set[str]
    world: dict[str, str] = field(default_factory=dict)
    method: str = "get"
    typed: dict[str, str] = field(default_factory=dict)


def post(who: set[str], typed: dict[str, str] | None = None, **world: str) -> Line:
    return Line(who, world, "post", typed or {})


def get(who: set[str], **world: str) -> Line:
    return Line(who, world)


PREPARE = "cuoc-hop/<uuid:meeting_id>/"
ROOM = "cuoc-hop/<uuid:id>/phong/"
HALL = "cuoc-hop/<uuid:id>/dang-hop/"
BOOK = "so-chi-bo/"
MEMBER = "so-chi-bo/dang-vien/<uuid:person_id>/"
API_BODY = "api/v1/organisations/<uuidstr:organisation_id>"

ROUTES: dict[str, Line] = {
    # home
    "": get(EVERYONE),
    "lich-hop/": get(EVERYONE),
    "phu-trach/": get(FOLLOWER),
    "phu-trach/<uuid:id>/": get(FOLLOWER, id="cell"),
    # accounts
    "dang-nhap/": get(ANYONE),
    "dang-nhap/buoc-hai/": get(EVERYONE),
    "dang-nhap/tinh/": get(set()),  # off unless a province's sign-in is configured
    "dang-nhap/tinh/ve/": get(set()),
    "dang-nhap/tinh/gan/": get(set()),
    "dang-xuat/": post(ANYONE),
    # one's own account; accounts that one stands above
    "tai-khoan/bao-mat/": get(EVERYONE),
    "tai-khoan/bao-mat/bat/": get(EVERYONE),
    "tai-khoan/bao-mat/khoa/": post(EVERYONE),
    "tai-khoan/bao-mat/ma-du-phong/": get(EVERYONE),
    "tai-khoan/bao-mat/bo/": post(EVERYONE),
    "tai-khoan/bao-mat/xac-nhan/": get(EVERYONE),
    "tai-khoan/mat-khau/": get(EVERYONE),
    "tai-khoan/thiet-bi/": get(EVERYONE),
    "tai-khoan/thiet-bi/khac/": post(EVERYONE),
    "tai-khoan/thiet-bi/<uuid:device_id>/": post(EVERYONE, device_id="cell"),  # of nobody: nothing happens
    "tai-khoan/": get(COMMUNE | PROVINCE),
    "tai-khoan/<uuid:person_id>/": get(COMMITTEE | COMMUNE, person_id="binh"),
    "tai-khoan/<uuid:person_id>/to-moi/": post(COMMITTEE | COMMUNE, person_id="binh"),
    "tai-khoan/<uuid:person_id>/lop-hai/": post(COMMITTEE | COMMUNE, person_id="binh"),
    "vai/": get(EVERYONE),
    "loi-moi/": get(ANYONE),
    "loi-moi/mat-khau/": get(ANYONE),
    "loi-moi/<str:token>/": get(ANYONE, token="token"),
    # the book
    BOOK: get(IN_A_CELL),
    f"{BOOK}thong-tin/": get(LEADING_A_CELL),
    f"{BOOK}ai-xem-duoc-gi/": get(IN_A_CELL),
    f"{BOOK}so-van-ban/": get(LEADING_A_CELL),
    # the one page that says to anyone that a number exists; its text is for the paper's readers
    "van-ban/<slug:token>/": get(ANYONE, token="token of a paper"),
    f"{BOOK}loi-moi/": get(LEADING_A_CELL),
    f"{BOOK}chuc-vu/": get(LEADING_A_CELL),
    f"{BOOK}chuc-vu/<uuid:term_id>/": get(COMMITTEE, term_id="term"),
    f"{BOOK}dang-vien/": get(IN_A_CELL),
    f"{BOOK}dang-vien/moi/": get(LEADING_A_CELL),
    f"{BOOK}dang-vien/dan/": get(LEADING_A_CELL),
    f"{BOOK}dang-vien/dien-thoai/": get(IN_A_CELL),
    MEMBER: get(COMMITTEE | {"binh"}, person_id="binh"),
    f"{MEMBER}sua/": get(COMMITTEE, person_id="binh"),
    f"{MEMBER}<slug:change>/": get(COMMITTEE, person_id="binh", change="mien"),
    f"{MEMBER}<slug:change>/<uuid:row_id>/": get(COMMITTEE, person_id="tu", change="mien", row_id="exemption"),
    f"{BOOK}chuyen-sinh-hoat/": get(LEADING_A_CELL),
    f"{BOOK}chuyen-sinh-hoat/den/": get(LEADING_A_CELL),
    f"{BOOK}chuyen-sinh-hoat/goi/": get(LEADING_A_CELL),
    f"{BOOK}chuyen-sinh-hoat/<uuid:transfer_id>/": get(COMMITTEE | {"phuc"}, transfer_id="transfer"),
    f"{BOOK}chuyen-sinh-hoat/<uuid:transfer_id>/gioi-thieu.json": get(COMMITTEE, transfer_id="transfer abroad"),
    f"{BOOK}chuyen-sinh-hoat/<uuid:transfer_id>/tra-loi.json": get(COMMITTEE, transfer_id="transfer from abroad"),
    f"{BOOK}so-lieu/": get(LEADING_A_CELL),
    "chi-bo/so-lieu/": get(COMMUNE | PROVINCE),
    f"{BOOK}to-dang/": get(IN_A_CELL),
    f"{BOOK}to-dang/<uuid:group_id>/": get(COMMITTEE, group_id="group"),
    f"{BOOK}to-dang/<uuid:group_id>/<uuid:row_id>/": get(COMMITTEE, group_id="group", row_id="group member"),
    f"{MEMBER}chuyen-sinh-hoat/": get(COMMITTEE, person_id="binh"),
    "khoa-don-vi/": get(COMMUNE | PROVINCE),
    "khoa-don-vi/<uuid:tenant_id>/bo/": post(COMMUNE | PROVINCE, tenant_id="tenant"),
    f"{BOOK}dang-vien/nhap/": get(LEADING_A_CELL),
    f"{BOOK}xuat.xlsx": get(LEADING_A_CELL),
    f"{BOOK}mau.xlsx": get(LEADING_A_CELL),
    # the log
    f"{BOOK}nhat-ky/": get(LEADING_A_CELL),
    f"{BOOK}nhat-ky/ben-ngoai/": get(LEADING_A_CELL),
    "nhat-ky/cua-toi/": get(EVERYONE - {"operator", "suspended"}),
    "nhat-ky/<slug:slug>/<uuid:object_id>/": get(MEMBERS | FOLLOWER | COMMUNE, slug="cuoc-hop", object_id="meeting"),
    # the commune's cells
    "chi-bo/nhap/": get(COMMUNE | PROVINCE),
    "chi-bo/xuat.xlsx": get(COMMUNE | PROVINCE),
    "chi-bo/mau.xlsx": get(COMMUNE | PROVINCE),
    # the export of a whole cell: asked by Lan, answered by another of the committee, taken by her
    f"{BOOK}ho-so/": get(LEADING_A_CELL),
    "chi-bo/ho-so/": get(COMMUNE),
    # what takes two people: Dũng asks for a sheet for Lan; whoever agrees is neither
    "hai-nguoi/": get(LEADING_A_CELL | COMMUNE | PROVINCE),
    "hai-nguoi/<uuid:act_id>/dong-y/": post({"hung", "quyen", "hoa", "thu"}, act_id="act of two"),
    "hai-nguoi/<uuid:act_id>/tu-choi/": post({"hung", "quyen", "hoa", "thu"}, act_id="act of two"),
    "hai-nguoi/<uuid:act_id>/rut/": post({"dung"}, act_id="act of two"),
    "hai-nguoi/<uuid:act_id>/to-moi/": post({"dung"}, act_id="agreed act of two"),
    "ho-so-chi-bo/<uuid:export_id>/cho-phep/": post({"hung", "quyen"} | COMMUNE, export_id="export"),
    "ho-so-chi-bo/<uuid:export_id>/tu-choi/": post({"hung", "quyen"} | COMMUNE, export_id="export"),
    "ho-so-chi-bo/<uuid:export_id>/dong/": post(COMMITTEE | COMMUNE, export_id="export"),
    "ho-so-chi-bo/<uuid:export_id>/tai.zip": get({"lan"}, export_id="allowed export"),
    # a list on its way is for whoever chose the file
    "nhap-danh-sach/<uuid:run_id>/": get({"lan"}, run_id="import"),
    "nhap-danh-sach/<uuid:run_id>/cot/": post({"lan"}, run_id="import"),
    "nhap-danh-sach/<uuid:run_id>/ghi/": post({"lan"}, run_id="import"),
    "nhap-danh-sach/<uuid:run_id>/buoc/": post({"lan"}, run_id="import"),
    "nhap-danh-sach/<uuid:run_id>/dung/": post({"lan"}, run_id="import"),
    "nhap-danh-sach/<uuid:run_id>/can-sua.xlsx": get({"lan"}, run_id="import"),
    "chi-bo/": get(COMMUNE),
    "chi-bo/moi/": get(COMMUNE),
    "chi-bo/<uuid:cell_id>/": get(COMMUNE, cell_id="cell"),
    "chi-bo/<uuid:cell_id>/loi-moi/": post(COMMUNE, cell_id="cell"),
    # who may see what, and why
    "quyen-cua-toi/": get(WITH_A_STANDING),
    "nguoi/<uuid:person_id>/xem-duoc-gi/": get(COMMITTEE | {"binh"}, person_id="binh"),
    f"{PREPARE}ai-xem/": get(ON_ROLL | FOLLOWER | COMMUNE | {"inspector"}, meeting_id="signed"),
    # the inspection door; the staff session, which is off here
    "cua-kiem-tra/": get(WITH_A_STANDING),
    "cua-kiem-tra/chi-bo/<uuid:cell_id>/": get(COMMUNE | PROVINCE, cell_id="cell"),
    "cua-kiem-tra/<uuid:door_id>/": get(COMMITTEE | COMMUNE | PROVINCE | {"inspector"}, door_id="door"),
    "cua-kiem-tra/<uuid:door_id>/dong/": post(COMMUNE | PROVINCE, door_id="door"),
    "phien-quan-tri/": get(COMMUNE | PROVINCE | {"operator"}),
    "phien-quan-tri/ket-thuc/": post(NOBODY),
    "phien-quan-tri/can-bo/<uuid:organisation_id>/": get(NOBODY, organisation_id="commune"),
    "phien-quan-tri/to-moi/<uuid:term_id>/": post(NOBODY, term_id="office above"),
    # the tree
    "to-chuc/": get(COMMUNE | PROVINCE),
    "to-chuc/<uuid:body_id>/": get(MEMBERS | FOLLOWER | COMMUNE | PROVINCE, body_id="cell"),
    "to-chuc/<uuid:body_id>/ghi/<slug:slug>/": get(COMMUNE, body_id="cell", slug="doi-ten"),
    "to-chuc/<uuid:body_id>/chuc-vu/": get(PROVINCE, body_id="commune"),
    "to-chuc/<uuid:body_id>/chuc-vu/<uuid:term_id>/": get(PROVINCE, body_id="commune", term_id="office of the commune"),
    "to-chuc/<uuid:body_id>/nhiem-ky/": get(COMMITTEE | COMMUNE, body_id="cell"),
    "to-chuc/<uuid:body_id>/nhiem-ky/<uuid:term_id>/": get(
        COMMITTEE | COMMUNE, body_id="cell", term_id="term of the cell"
    ),
    "to-chuc/viec/<uuid:act_id>/": get(MEMBERS | FOLLOWER | COMMUNE | PROVINCE, act_id="waiting act"),
    "to-chuc/viec/<uuid:act_id>/rut/": post(COMMUNE, act_id="waiting act"),
    "to-chuc/viec/<uuid:act_id>/hoan-tac/": post(COMMUNE, act_id="waiting act"),
    "chi-bo/phu-trach/": get(COMMUNE),
    # meetings: preparing
    "cuoc-hop/": get(IN_A_CELL | FOLLOWER),
    "cuoc-hop/moi/": get(LEADING_A_CELL),
    "cuoc-hop/ghi-lai/": get(LEADING_A_CELL),
    PREPARE: get(MEMBERS | FOLLOWER | COMMUNE, meeting_id="meeting"),  # the commune: when and where alone
    f"{PREPARE}chuan-bi/": get(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}chuan-bi/gop-chuyen-de/": post(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}chuan-bi/bo-chuyen-de/": post(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}chuan-bi/chuyen-de/<uuid:part_id>/": post(COMMITTEE, meeting_id="meeting", part_id="thematic"),
    f"{PREPARE}noi-dung/moi/": get(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}noi-dung/<uuid:item_id>/": get(COMMITTEE, meeting_id="meeting", item_id="item"),
    f"{PREPARE}noi-dung/<uuid:item_id>/khoi-phuc/": post(COMMITTEE, meeting_id="meeting", item_id="item"),
    f"{PREPARE}noi-dung/<uuid:item_id>/tai-lieu/": post(COMMITTEE, meeting_id="meeting", item_id="item"),
    f"{PREPARE}tai-lieu/<uuid:paper_id>/": get(MEMBERS | FOLLOWER, meeting_id="announced", paper_id="announced paper"),
    f"{PREPARE}tai-lieu/<uuid:paper_id>/bo/": post(COMMITTEE, meeting_id="meeting", paper_id="paper"),
    f"{PREPARE}tai-lieu/<uuid:paper_id>/khoi-phuc/": post(COMMITTEE, meeting_id="meeting", paper_id="paper"),
    f"{PREPARE}thong-bao/": get(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}thong-bao/huy/": post(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}thong-bao/dinh-chinh/": post(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}thong-bao/da-bao-nhom/": post(COMMITTEE, meeting_id="announced"),
    f"{PREPARE}thong-bao/da-bao/<uuid:person_id>/": post(COMMITTEE, meeting_id="announced", person_id="binh"),
    f"{PREPARE}lich.ics": get(MEMBERS | FOLLOWER, meeting_id="announced"),
    f"{PREPARE}so-tay/": get(KEEPERS, meeting_id="meeting"),
    f"{PREPARE}so-tay/goi.zip": get(KEEPERS, meeting_id="meeting"),
    f"{PREPARE}so-tay/<uuid:posting_id>/bo/": post(KEEPERS, meeting_id="meeting", posting_id="posting"),
    f"{PREPARE}du-thao/": get(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}du-thao/gui-kem/": post(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}du-thao/loi-van/": post(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}du-thao/viec/": post(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}du-thao/viec/<uuid:task_id>/": get(COMMITTEE, meeting_id="meeting", task_id="drafted task"),
    f"{PREPARE}du-thao/viec/<uuid:task_id>/khoi-phuc/": post(COMMITTEE, meeting_id="meeting", task_id="drafted task"),
    f"{PREPARE}y-kien/": get(MEMBERS | FOLLOWER | COMMUNE, meeting_id="announced"),
    f"{PREPARE}y-kien/<uuid:item_id>/": post(MEMBERS, meeting_id="announced", item_id="announced item"),
    f"{PREPARE}y-kien/<uuid:item_id>/rut/": post({"binh"}, meeting_id="announced", item_id="announced item"),
    f"{PREPARE}du-hop/": post({"binh", "mai", "khanh"}, meeting_id="announced"),
    f"{PREPARE}du-hop/<uuid:person_id>/": post(COMMITTEE, meeting_id="announced", person_id="binh"),
    f"{PREPARE}doi-lich/": get(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}huy/": post(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}khoi-phuc/": post(COMMITTEE, meeting_id="meeting"),
    f"{PREPARE}hoi-y/": get(COMMITTEE, meeting_id="meeting"),
    # the room
    ROOM: get(KEEPERS, id="held"),
    f"{ROOM}goi/": get(KEEPERS, id="held"),
    f"{ROOM}im-lang/": get({"lan"}, id="held"),  # the chair alone
    f"{ROOM}mo/": post(KEEPERS, id="held"),
    f"{ROOM}thu-ky/": get(KEEPERS, id="held"),
    f"{ROOM}diem-danh/": get(KEEPERS, id="held"),
    f"{ROOM}khach/": post(KEEPERS, id="held"),
    f"{ROOM}dang-phi/": post(KEEPERS, id="held"),
    f"{ROOM}hoan-tac/<uuid:entry>/": post(KEEPERS, id="held", entry="entry"),
    f"{ROOM}xem-lai/": post(KEEPERS, id="held"),
    f"{ROOM}lan-mo/": get(COMMITTEE, id="held"),
    f"{ROOM}muc/<uuid:item>/": get(KEEPERS, id="held", item="held item"),
    f"{ROOM}muc/<uuid:item>/cach-ghi/": post(KEEPERS, {"how": "full"}, id="held", item="self-criticism"),
    f"{ROOM}muc/<uuid:item>/tien-do/": post(KEEPERS, {"state": "open"}, id="held", item="held item"),
    f"{ROOM}muc/<uuid:item>/phat-bieu/": post(KEEPERS, {"act": "strike"}, id="held", item="held item"),
    f"{ROOM}may/": get(KEEPERS, id="held"),
    f"{ROOM}may/<uuid:device>/": get({"lan"}, id="held", device="room device"),
    f"{ROOM}may/<uuid:device>/ngat/": post(COMMITTEE, id="held", device="room device"),
    f"{ROOM}may/<uuid:device>/nhan-lai/": post(KEEPERS, id="held", device="room device"),
    f"{ROOM}may/<uuid:device>/xoa/": post(KEEPERS, id="held", device="room device"),
    f"{ROOM}ban-sao/": get(KEEPERS, id="held"),
    f"{ROOM}nhat-ky/": get(KEEPERS, id="held"),
    f"{ROOM}man-chieu/": get(KEEPERS, id="held"),
    f"{ROOM}ma-diem-danh/": post(KEEPERS, {"act": "open"}, id="held"),
    f"{HALL}": get(IN_THE_HALL, id="held"),
    # Bình alone has been called: the others are not there yet, and have no ballot.
    f"{HALL}bo-phieu/<uuid:ballot>/": get({"binh"}, id="held", ballot="ballot on devices"),
    f"{HALL}phat-bieu/": post(IN_THE_HALL, {"act": "take_back"}, id="held"),
    "diem-danh/<uuid:id>/": get(IN_THE_HALL | FOLLOWER, id="held"),
    # the room on a device: a page without content
    "phong-hop/": get(ANYONE),
    "phong-hop/sw.js": get(ANYONE),
    "phong-hop/kich-ban.json": get(ANYONE),
    "phong-hop/phong-hop.webmanifest": get(ANYONE),
    f"{ROOM}muc/<uuid:item>/y-kien-gui/<uuid:opinion>/": post(
        KEEPERS, id="held", item="held item", opinion="held opinion"
    ),
    f"{ROOM}y-kien/<uuid:remark>/": post(KEEPERS, id="held", remark="remark"),
    f"{ROOM}bieu-quyet/": get(KEEPERS, id="held"),
    f"{ROOM}cham-diem/": get(KEEPERS, id="held"),
    f"{ROOM}ket-thuc/": get(KEEPERS, id="held"),
    f"{ROOM}hoan/": post(KEEPERS, id="held"),
    f"{ROOM}doc-lai/": post(KEEPERS, id="held"),
    f"{ROOM}dinh-chinh/": post(KEEPERS, id="held"),
    f"{ROOM}bo-phieu-kin/": get(KEEPERS, id="held"),
    f"{ROOM}bo-phieu-kin/<uuid:ballot>/": get(KEEPERS, id="held", ballot="ballot"),
    f"{ROOM}bo-phieu-kin/<uuid:ballot>/phieu/": get(KEEPERS, id="held", ballot="ballot"),
    f"{ROOM}bo-phieu-kin/<uuid:ballot>/chuyen-may/": get(KEEPERS, id="held", ballot="ballot on devices"),
    f"{ROOM}y-kien-khac/": get(KEEPERS, id="held"),
    f"{ROOM}y-kien-khac/<uuid:differing>/": post(KEEPERS, {"act": "reserve"}, id="held", differing="differing"),
    f"{ROOM}viec-cu/": get(KEEPERS, id="held"),
    f"{ROOM}viec-moi/": get(KEEPERS, id="held"),
    f"{ROOM}viec-moi/loi-van/": post(KEEPERS, id="held"),
    f"{ROOM}viec-moi/<uuid:task>/": post(KEEPERS, id="held", task="held task"),
    f"{ROOM}ket-luan/": get(KEEPERS, id="held"),
    # after
    f"{PREPARE}bien-ban/": get(ON_ROLL | {"inspector"}, meeting_id="signed"),
    f"{PREPARE}bien-ban/ky/": post(SIGNERS, meeting_id="signed"),
    f"{PREPARE}bien-ban/tra-lai/": post(SIGNERS, meeting_id="signed"),
    f"{PREPARE}bien-ban/gui/": post(COMMITTEE, meeting_id="signed"),
    f"{PREPARE}bien-ban/dinh-chinh/": get(SIGNERS, meeting_id="signed"),
    f"{PREPARE}bien-ban/dinh-chinh/<uuid:annotation_id>/ky/": get(
        SIGNERS, meeting_id="signed", annotation_id="annotation"
    ),
    "cuoc-hop/<uuid:id>/ghi-muon/": get(SIGNERS, id="signed"),
    "cuoc-hop/<uuid:id>/ghi-muon/<uuid:row>/dinh-chinh/": get(SIGNERS, id="signed", row="set aside"),
    "cuoc-hop/<uuid:id>/ghi-muon/<uuid:row>/bo/": post(SIGNERS, id="signed", row="set aside"),
    f"{PREPARE}van-ban/<slug:kind>.<slug:extension>": get(
        MEMBERS | FOLLOWER, meeting_id="announced", kind="chuong-trinh", extension="docx"
    ),
    # tasks
    "cong-viec/": get(IN_A_CELL | FOLLOWER),
    "cong-viec/<uuid:task_id>/": get(MEMBERS | FOLLOWER, task_id="task"),
    "cong-viec/<uuid:task_id>/tien-do/": post(COMMITTEE | {"binh"}, {"state": "done"}, task_id="task"),
    "cong-viec/<uuid:task_id>/tien-do/<uuid:progress_id>/rut/": post({"binh"}, task_id="task", progress_id="progress"),
    "cong-viec/<uuid:task_id>/nhac/": post(COMMITTEE, task_id="task"),
    # one's own data, requests about it
    "du-lieu-cua-toi/": get(WITH_A_STANDING),
    "du-lieu-cua-toi/yeu-cau/": get(WITH_A_STANDING),
    "du-lieu-cua-toi/yeu-cau/<uuid:request_id>/rut/": post({"binh"}, request_id="data request"),
    "du-lieu-cua-toi/ban-sao.<slug:ending>": get(WITH_A_STANDING, ending="json"),
    "yeu-cau-du-lieu/": get(LEADING_A_CELL | COMMUNE | PROVINCE),
    "yeu-cau-du-lieu/<uuid:request_id>/": get(COMMITTEE, request_id="data request"),
    "yeu-cau-du-lieu/ghi-ho/<uuid:person_id>/": get(COMMITTEE, person_id="binh"),
    "bao-ve-du-lieu/": get(LEADING_A_CELL | COMMUNE | PROVINCE | {"operator"}),
    "bao-ve-du-lieu/<slug:name>.<slug:ending>": get(PROVINCE | {"operator"}, name="quy-dinh-truy-cap", ending="docx"),
    "ngay-nghi/": get(COMMUNE | PROVINCE),
    "phieu-kin-tren-may/": get(COMMUNE | PROVINCE),
    "thoi-han-luu/": get(PROVINCE),
    "thoi-han-luu/<slug:key>/": get(PROVINCE, key="retention_contact"),
    "su-co-du-lieu/": get(PROVINCE | {"operator"}),
    "su-co-du-lieu/moi/": get(PROVINCE | {"operator"}),
    "su-co-du-lieu/<uuid:breach>/": get(PROVINCE | {"operator"}, breach="breach"),
    "su-co-du-lieu/<uuid:breach>/dinh-chinh/": get(PROVINCE | {"operator"}, breach="breach"),
    "su-co-du-lieu/<uuid:breach>/thong-bao.<slug:ending>": get(PROVINCE | {"operator"}, breach="breach", ending="docx"),
    # the API: as the pages of the same data. Lists are open to whoever is signed in, and hold what is theirs
    "api/v1/": get(NOBODY),  # no page of its own
    "api/v1/openapi.json": get(ANYONE),
    "api/v1/health": get(ANYONE),
    "api/v1/me": get(EVERYONE),
    "api/v1/organisations": get(EVERYONE),
    f"{API_BODY}": get(MEMBERS | FOLLOWER | COMMUNE | PROVINCE, organisation_id="cell"),
    f"{API_BODY}/history": get(MEMBERS | FOLLOWER | COMMUNE | PROVINCE, organisation_id="cell"),
    f"{API_BODY}/months": get(COMMUNE, organisation_id="commune"),
    f"{API_BODY}/figures": get(COMMUNE | PROVINCE, organisation_id="commune"),
    f"{API_BODY}/counts": get(COMMITTEE | COMMUNE | PROVINCE, organisation_id="cell"),
    "api/v1/cells/<uuidstr:cell_id>/months": get(MEMBERS | FOLLOWER | COMMUNE, cell_id="cell"),
    "api/v1/cells/<uuidstr:cell_id>/members": get(MEMBERS, cell_id="cell"),
    "api/v1/meetings": get(EVERYONE),
    "api/v1/meetings/<uuidstr:meeting_id>": get(MEMBERS | FOLLOWER | COMMUNE, meeting_id="meeting"),
    "api/v1/resolutions": get(EVERYONE),
    "api/v1/resolutions/<uuidstr:resolution_id>": get(MEMBERS | FOLLOWER | {"inspector"}, resolution_id="resolution"),
    "api/v1/tasks": get(EVERYONE),
    "api/v1/tasks/<uuidstr:task_id>": get(MEMBERS | FOLLOWER, task_id="task"),
    "api/v1/tasks/<uuidstr:task_id>/progress": post({"binh"}, task_id="task"),  # its leader alone
    "tai-khoan/ma-truy-cap/": get(WITH_A_STANDING),
    "tai-khoan/ma-truy-cap/moi/": get(EVERYONE),  # asks for the password first
    "tai-khoan/ma-truy-cap/<uuid:token_id>/": post(WITH_A_STANDING, token_id="cell"),  # of nobody: nothing happens
    # the rest
    "huong-dan/": get(ANYONE),
    "huong-dan/<slug:name>/": get(ANYONE, name="guide"),
    "kieu-mau/": get(ANYONE),
    "may-chu/": get({"operator"}),
    "may-chu/so-do": get(set()),  # a watcher with a token; none is set
    "may-chu/tai-khoan/": get({"operator"}),
    "may-chu/tai-khoan/<uuid:user_id>/": get({"operator"}, user_id="account"),
    "may-chu/tai-khoan/<uuid:user_id>/trang-thai/": post({"operator"}, user_id="account"),
    "may-chu/tai-khoan/<uuid:user_id>/thiet-bi/": post({"operator"}, user_id="account"),
    "may-chu/viec-nen/": get({"operator"}),
    "may-chu/viec-nen/<str:name>/chay/": post({"operator"}, name="ops.clear_jobs"),
    "may-chu/viec-nen/<int:queued_id>/thu-lai/": post({"operator"}, queued_id="failed job"),
    "may-chu/sao-luu/": get({"operator"}),
    "suc-khoe/": get(ANYONE),  # whatever watches the machine asks it; it tells nothing of what the tables hold
}
