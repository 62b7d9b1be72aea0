"""The meetings app."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Registers the meetings app: its kinds of entries, what its events say, and the chains that it keeps."""

    name = "chibo.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Add the meeting's own kinds of entries, and the check of its chains to what `verify` walks."""
        from chibo.audit import chains
        from chibo.directory.exports import parts
        from chibo.directory.tree.recorded import recorded_under
        from chibo.meetings import events, registries, whole_cell
        from chibo.meetings.minutes.signed_tables import TABLES
        from chibo.meetings.minutes.verify import minutes_breaks
        from chibo.meetings.models import Entry, Rating
        from chibo.meetings.room import (
            contradictions,
            deciding,
            hall,
            in_short,
            kinds,
            log,
            moments,
            paper_book,
            recorded,
            scored,
            verdicts,
        )

        events.add_sentences()
        events.add_objects()
        kinds.register(*recorded.KINDS, *deciding.KINDS, *hall.KINDS, *scored.KINDS, *paper_book.KINDS, *verdicts.KINDS)
        kinds.register(*moments.KINDS, *in_short.KINDS)
        registries.judges.append(contradictions.mark_contradictions)
        registries.signed_tables.extend(TABLES)
        registries.reported_models.append(Rating)
        parts.PARTS.append(whole_cell.minutes)
        recorded_under.update(
            {"meeting.": "việc về cuộc họp", "agenda.": "nội dung chương trình", "minutes.": "biên bản"}
        )
        chains.CHECKS["minutes"] = minutes_breaks
        chains.register_keeper("meetings", chains.Keeper(Entry, "meeting_id", log.read_link))
