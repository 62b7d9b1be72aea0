"""Votes, secret votes and differing opinions as minutes say them."""

from uuid import UUID

from chibo.documents.blocks import Block, Item, Paragraph
from chibo.meetings.minutes.draft import Draft
from chibo.meetings.models import Vote as Row
from chibo.meetings.room.deciding import Choice, Secret, secrets_of
from chibo.meetings.room.fold import Differing, Vote
from chibo.meetings.room.paper_book import UnsaidVote, unsaid
from chibo.members.base_of_vote import format_hundredths, hundredths

DECIDING = (Row.Subject.RESOLUTION, Row.Subject.CONCLUSION)
MEDIA = {"paper": "", "device": " trên máy", "both": " trên máy và trên giấy"}


def votes_at(draft: Draft, item: UUID) -> list[Block]:
    """The votes taken at one item, but for the resolution and the conclusion."""
    votes: list[Vote | UnsaidVote] = [
        one for one in draft.room.votes.values() if one.item == item and one.subject not in DECIDING
    ]
    votes += [one for one in unsaid(draft.room).votes.values() if one.item == item and one.subject not in DECIDING]
    return [*(line for one in votes for line in _lines(one)), *_ballots_at(draft, item)]


def other_votes(draft: Draft) -> list[Block]:
    """On the resolution, on the conclusion, and what was voted at no item."""
    votes: list[Vote | UnsaidVote] = [
        one for one in draft.room.votes.values() if one.item is None or one.subject in DECIDING
    ]
    votes += [one for one in unsaid(draft.room).votes.values() if one.item is None or one.subject in DECIDING]
    return [*(line for one in votes for line in _lines(one)), *_ballots_at(draft, None)]


def _lines(vote: Vote | UnsaidVote) -> list[Block]:
    """A vote with its result; what was voted together stands below, line by line."""
    sentence = vote_sentence(vote) if isinstance(vote, Vote) else unsaid_sentence(vote)
    return [Paragraph(sentence), *(Item(matter) for matter in vote.matters)]


def unsaid_sentence(vote: UnsaidVote) -> str:
    """ "Biểu quyết …: sổ không ghi kết quả." """
    return f"Biểu quyết {vote.title}: sổ không ghi kết quả biểu quyết."


def vote_sentence(vote: Vote) -> str:
    """ "Biểu quyết …: 15/16 đồng chí tán thành, đạt 93,75%; …": counts of how many, and the result."""
    share = format_hundredths(hundredths(vote.in_favour, vote.size))
    others = [
        f"{n} {word}" for n, word in ((vote.against, "không tán thành"), (vote.abstained, "không biểu quyết")) if n
    ]
    tail = f"; {', '.join(others)}" if others else ""
    result = "" if vote.passed else " Không thông qua."
    return f"Biểu quyết {vote.title}: {vote.in_favour}/{vote.size} đồng chí tán thành, đạt {share}{tail}.{result}"


def _ballots_at(draft: Draft, item: UUID | None) -> list[Block]:
    """The secret votes taken at one item (or at none): the tellers, the ballots, each line with its sums."""
    lines: list[Block] = []
    for secret in secrets_of(draft.room).values():
        if secret.item == item:
            tellers = ", ".join(draft.name(one) for one in secret.tellers)
            lines.append(
                Paragraph(
                    f"Bỏ phiếu kín{MEDIA[secret.medium]}: {secret.title}. Kiểm phiếu: {tellers}. Phát ra "
                    f"{secret.issued} phiếu, thu về {secret.returned}, không hợp lệ {secret.invalid}."
                )
            )
            lines += [Item(ballot_sentence(secret, one)) for one in secret.choices]
    return lines


def ballot_sentence(secret: Secret, one: Choice) -> str:
    """ "Trần Văn A: 12/15 tán thành, đạt 80%; 2 không tán thành, 1 phiếu trắng." """
    size = secret.size
    share = format_hundredths(hundredths(one.in_favour, size))
    name = "" if one.name == secret.title else f"{one.name}: "
    result = "" if one.in_favour >= secret.needed else " Không đạt."
    counts = f"{one.against} không tán thành, {one.blank} phiếu trắng"
    return f"{name}{one.in_favour}/{size} tán thành, đạt {share}; {counts}.{result}"


def differing_sentence(one: Differing, name: str) -> str:
    """Who raised what, how many hold it too, what became of it, whether its author keeps it."""
    text = one.text if one.text.endswith((".", "!", "?", "…")) else f"{one.text}."
    said = [f"Ý kiến khác của đồng chí {name}: {text}"]
    if one.support:
        said.append(f"Có {one.support} đồng chí cùng ý kiến.")
    result = {"adopted": "Chi bộ tiếp thu", "not_adopted": "Chi bộ không tiếp thu"}.get(one.outcome)
    if result:
        said.append(f"{result}: {one.why}." if one.why else f"{result}.")
    if one.reserved:
        said.append(f"Đồng chí {name} bảo lưu ý kiến.")
    return " ".join(said)
