"""Name, code and category of a body from a day on."""

from datetime import date
from typing import Any

from psycopg.types.range import DateRange

from chibo.directory.commands.days import NotPossible
from chibo.directory.tree.work import Role, Work, require_free_name, require_standing
from chibo.lib.dates import format_date
from chibo.lib.vietnamese import fold, normalise, sort_key
from chibo.orgs.models import Category, Organisation, OrganisationCode, OrganisationName


def _subject(work: Work) -> Organisation:
    """The body that the act is about, locked."""
    one = work.subject()
    if one.dissolved is not None:
        require_standing(one, work.day)
    if work.day < one.founded:
        first = format_date(one.founded)
        raise NotPossible(f"“{one.name}” lập ngày {first}. Nhập ngày từ {first}.")
    work.concerns(one, Role.SUBJECT)
    return one


def _relabel(work: Work, model: type[Any], one: Organisation, column: str, value: str) -> bool:
    """Give a label from the day on, up to the next one that is recorded; whether it holds today."""
    day, rows = work.day, model.objects.select_for_update().filter(organisation=one)
    here = rows.filter(validity__contains=day).first()
    after: date | None = here.validity.upper if here is not None else None
    if here is None:
        following = rows.filter(validity__startswith__gt=day).order_by("validity").first()
        after = following.validity.lower if following is not None else None
    if here is not None:
        work.journal.end(here, day)
    if value:
        work.journal.create(model(organisation=one, **{column: value}, validity=DateRange(day, after)))
    return after is None


def rename(work: Work, plan: dict[str, Any]) -> None:
    """Another name from the day on; papers of before keep the old one.

    Raises:
        NotPossible: it has this name already, or another body beside it has.
    """
    one, name = _subject(work), normalise(plan["name"])
    was = one.name_on(work.day)
    if was == name:
        raise NotPossible(f"Ngày ấy tổ chức đã tên là “{name}”. Ghi tên khác.")
    require_free_name(one.parent, fold(name), one.pk)
    work.act.was, work.act.became = was, name
    if _relabel(work, OrganisationName, one, "name", name):
        work.journal.change(one, name=name, folded=fold(name), sort_key=sort_key(name))
    day = format_date(work.day)
    work.say(f"Từ ngày {day}, văn bản và màn hình ghi tên “{name}”. Văn bản trước ngày ấy giữ tên “{was}”.")


def recode(work: Work, plan: dict[str, Any]) -> None:
    """Another code from the day on: a label, never parsed (domain.md 1.2).

    Raises:
        NotPossible: it has this code already, or another body has it.
    """
    one, code = _subject(work), normalise(plan["code"]).strip()
    row = OrganisationCode.objects.filter(organisation=one, validity__contains=work.day).first()
    was = row.code if row is not None else ""
    if was == code:
        raise NotPossible("Ngày ấy tổ chức đã có mã số này. Ghi mã số khác.")
    other = Organisation.objects.standing().filter(code=code).exclude(pk=one.pk).first() if code else None
    if other is not None:
        raise NotPossible(f"Mã số {code} đang là của “{other.name}”. Kiểm tra lại mã số.")
    work.act.was, work.act.became = was, code
    if _relabel(work, OrganisationCode, one, "code", code):
        work.journal.change(one, code=code)
    work.say(f"Mã số {f'{was} đổi thành {code}' if was else code} từ ngày {format_date(work.day)}.")


def reclassify(work: Work, plan: dict[str, Any]) -> None:
    """Another category of cell (domain.md 2.7).

    Raises:
        NotPossible: it is of this category already.
    """
    one, category = _subject(work), Category(plan["category"])
    if one.category == category:
        raise NotPossible(f"Chi bộ đang thuộc loại “{category.label}”. Chọn loại khác.")
    work.act.was, work.act.became = one.get_category_display(), category.label
    work.journal.change(one, category=category.value)
    work.say(f"Chương trình họp gợi ý theo loại “{category.label}”. Những buổi đã có chương trình không đổi.")
