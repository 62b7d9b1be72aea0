"""The classes of data that are erased after their time: what each is, what the next run would take, how it is taken.

The number of days is a rule (`retention_…`) with its source; the province sets another by a row of its own. What has no
number is kept for ever: minutes, resolutions, issued papers. Erasing twice finds nothing the second time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet

from chibo.access.models import TermOfOffice
from chibo.accounts.models import AccountReset, FailedSignIn, Invitation
from chibo.audit.erasing import KEPT_WHOLE
from chibo.audit.models import Event, Reading
from chibo.directory.models import ImportRun
from chibo.lib.dates import ZONE, add_months
from chibo.meetings.models import Attendance, Invitee, Opinion, SetAside, State
from chibo.members.models import Contact, Membership
from chibo.orgs.models import Term
from chibo.privacy.models import DataRequest

FOREVER = "forever"
# The log itself lets nothing be taken that is younger (access/audit_functions.py).
LEAST_DAYS_OF_THE_LOG = 31
# A cell is elected for five years at the most (Điều lệ Đảng, Điều 22 and 24).
LONGEST_TERM_MONTHS = 60


Rows = Callable[[date], "QuerySet[Any]"]


@dataclass(frozen=True)
class RetentionClass:
    """One class of data.

    key: of its rule. due: what is past its time, given the day before which it must lie; several where it stands in
    several tables, none where it is kept for ever. erase: how rows are taken; None: by the log's own functions.
    least: the fewest days that may be set.
    """

    key: str
    title: str
    due: tuple[Rows, ...] = ()
    erase: Callable[["QuerySet[Any]"], int] | None = None
    least: int = 0

    def count(self, before: date) -> int:
        """How much is past its time."""
        return sum(rows(before).count() for rows in self.due)


def start_of(day: date) -> datetime:
    """Midnight, in Vietnam."""
    return datetime.combine(day, time(), ZONE)


def delete(rows: "QuerySet[Any]") -> int:
    """Delete rows; how many there were, without what fell with them."""
    count = rows.count()
    rows.delete()
    return count


def _term_over(day: date) -> Q:
    """The term of the cell in which the meeting was held has ended by a day, as far as the cell has entered its terms.

    Else another began since, or the cell ended, or the longest term that there can be is over: words do not stay for
    ever because nobody entered a day.
    """
    held = OuterRef("meeting__starts_at__date")
    terms = Term.objects.filter(organisation=OuterRef("cell_id"))
    own = terms.filter(validity__startswith__lte=held)
    ended = own.filter(validity__endswith__lte=day, validity__endswith__gt=held)
    goes_on = own.filter(validity__endswith__gt=day)
    next_one = terms.filter(validity__startswith__gt=held, validity__startswith__lte=day)
    longest = Q(meeting__starts_at__lt=start_of(add_months(day, -LONGEST_TERM_MONTHS)))
    over = Q(Exists(next_one)) | Q(cell__dissolved__lte=day) | longest & ~Q(Exists(goes_on))
    return Q(Exists(ended)) | over


def absence_words(day: date) -> "QuerySet[Any]":
    """Words about an absence, of signed meetings of a term that is over; the category stays (never hold 6)."""
    return Attendance.objects.exclude(reason_text="").filter(_term_over(day), meeting__signed_at__isnull=False)


def absence_words_told(day: date) -> "QuerySet[Any]":
    """The same, as told beforehand."""
    return Invitee.objects.exclude(reason_text="").filter(_term_over(day))


def _blank(rows: "QuerySet[Any]") -> int:
    """Erase the words, of the roll together with their salt: the digest that was signed stays and tells nothing."""
    gone: dict[str, Any] = {"reason_text": ""} | ({"reason_salt": None} if rows.model is Attendance else {})
    return int(rows.model._default_manager.filter(pk__in=list(rows.values_list("pk", flat=True))).update(**gone))


def contacts(day: date) -> "QuerySet[Any]":
    """Phones of people who belong to no cell and hold no office since before a day."""
    still = Q(validity__endswith__isnull=True) | Q(validity__endswith__gt=day)
    member = Membership.objects.filter(still, person=OuterRef("person_id"))
    office = TermOfOffice.objects.filter(still, person=OuterRef("person_id"))
    known = Membership.objects.filter(person=OuterRef("person_id"))
    held = TermOfOffice.objects.filter(person=OuterRef("person_id"))
    # Someone entered a moment ago and not yet placed anywhere has neither: that is not having left.
    return Contact.objects.filter(~Exists(member), ~Exists(office)).filter(Exists(known) | Exists(held))


def drafts(day: date) -> "QuerySet[Any]":
    """Opinions for meetings that were cancelled, or whose day passed without being held."""
    never = Q(meeting__state__in=(State.CANCELLED, State.DRAFT, State.ANNOUNCED))
    return Opinion.objects.filter(never, meeting__starts_at__lt=start_of(day))


def invitations(day: date) -> "QuerySet[Any]":
    """Printed ways in that were used or cancelled, or whose days passed."""
    before = start_of(day)
    return Invitation.objects.filter(Q(used_at__lt=before) | Q(cancelled_at__lt=before) | Q(expires_at__lt=before))


def data_requests(day: date) -> "QuerySet[Any]":
    """What was asked and answered, once settled; the days and the outcome stay."""
    settled = Q(answered_at__lt=start_of(day)) | Q(withdrawn_at__lt=start_of(day))
    return DataRequest.objects.filter(settled).exclude(text="", answer="")


def late_entries(day: date) -> "QuerySet[Any]":
    """What came to a meeting after its signatures and was neither made a correction nor put away; its digest stays."""
    return SetAside.objects.filter(received_at__lt=start_of(day), payload__isnull=False)


def _erase_late(rows: "QuerySet[Any]") -> int:
    return int(rows.update(payload=None, salt=None, at=None))


def _forget_words(rows: "QuerySet[Any]") -> int:
    return int(rows.update(text="", answer=""))


CLASSES: tuple[RetentionClass, ...] = (
    RetentionClass("retention_minutes", "Biên bản, nghị quyết, kết luận, văn bản đã ban hành"),
    RetentionClass(
        "retention_absence_words",
        "Lời ghi thêm về lý do vắng (sau khi hết nhiệm kỳ)",
        (absence_words, absence_words_told),
        _blank,
    ),
    RetentionClass("retention_contact", "Số điện thoại của người đã rời chi bộ", (contacts,), delete),
    RetentionClass("retention_drafts", "Ý kiến soạn dở của buổi không họp", (drafts,), delete),
    RetentionClass("retention_late", "Phần ghi muộn, ngoài biên bản", (late_entries,), _erase_late),
    RetentionClass("retention_invitations", "Tờ mời đăng nhập đã dùng, hết hạn", (invitations,), delete),
    RetentionClass(
        "retention_failed_sign_ins",
        "Lần đăng nhập sai",
        (lambda day: FailedSignIn.objects.filter(at__lt=start_of(day)),),
        delete,
        least=1,
    ),
    RetentionClass(
        "retention_sessions",
        "Phiên đăng nhập hết hạn",
        (lambda day: Session.objects.filter(expire_date__lt=start_of(day)),),
        delete,
    ),
    RetentionClass(
        "retention_resets",
        "Dấu vết đặt lại mật khẩu, lớp bảo vệ thứ hai",
        (lambda day: AccountReset.objects.filter(at__lt=start_of(day)),),
        delete,
    ),
    RetentionClass(
        "retention_imports",
        "Danh sách Excel nhập dở",
        (lambda day: ImportRun.objects.filter(made_at__lt=start_of(day)),),
        delete,
        least=1,
    ),
    RetentionClass(
        "retention_readings",
        "Dấu vết ai từ bên ngoài đã xem",
        (lambda day: Reading.objects.filter(hour__lt=start_of(day)),),
        least=LEAST_DAYS_OF_THE_LOG,
    ),
    RetentionClass(
        "retention_event_details",
        "Chi tiết trong nhật ký (ai, khi nào, việc gì vẫn còn)",
        (lambda day: Event.objects.filter(at__lt=start_of(day), payload__isnull=False).exclude(kind__in=KEPT_WHOLE),),
        least=LEAST_DAYS_OF_THE_LOG,
    ),
    RetentionClass(
        "retention_data_requests",
        "Lời yêu cầu, lời trả lời về dữ liệu cá nhân",
        (data_requests,),
        _forget_words,
        least=90,
    ),
)
BY_KEY = {one.key: one for one in CLASSES}
