"""How long a transfer may take and a temporary stay may last, read off the rules (domain.md 1.2, 1.7)."""

from datetime import date, timedelta

from chibo.directory.commands.days import NotPossible
from chibo.lib.dates import add_months, format_date, today
from chibo.members.models import Transfer
from chibo.orgs.models import Organisation
from chibo.rules.models import Rule
from chibo.rules.working_days import add_working_days

DAY = timedelta(days=1)


def due_day(cell: Organisation) -> date:
    """The last working day by which a transfer that starts today is received (rule `transfer_working_days`)."""
    number = Rule.objects.book(today(), cell.path_ids).number("transfer_working_days")
    return add_working_days(today(), number, cell.path_ids)


def require_length(cell: Organisation, first_day: date, last_day: date | None, purpose: str) -> date:
    """Hold a temporary stay from a cell to its length: 3 months to less than a year, study up to two years.

    Raises:
        NotPossible: there is no last day, or the stay is too short or too long; the message cites the rule.
    """
    if last_day is None:
        raise NotPossible("Sinh hoạt tạm thời có hạn. Ghi ngày cuối cùng.", "last_day")
    book = Rule.objects.book(today(), cell.path_ids)
    shortest, below = book["temporary_transfer_months"].value
    earliest = add_months(first_day, shortest) - DAY
    if last_day < earliest:
        raise NotPossible(
            f"Ngắn hơn {shortest} tháng thì không làm thủ tục tạm thời. Nhập ngày từ {format_date(earliest)}.",
            "last_day",
        )
    if purpose == Transfer.Purpose.STUDY:
        latest = add_months(first_day, book.number("temporary_transfer_study_months")) - DAY
    else:
        latest = add_months(first_day, below) - 2 * DAY
    if last_day > latest:
        day = format_date(latest)
        words = f"Dài quá: đi học đến 2 năm, việc khác dưới 1 năm. Nhập ngày đến {day}; hết hạn thì gia hạn."
        raise NotPossible(words, "last_day")
    return last_day
