"""The resolutions app."""

from django.apps import AppConfig


class ResolutionsConfig(AppConfig):
    """Registers the resolutions app under its short label."""

    name = "chibo.resolutions"
    label = "resolutions"

    def ready(self) -> None:
        """Join the meetings: kinds of entries, their rows, and what bars a closing."""
        from chibo.directory.tree.recorded import recorded_under
        from chibo.meetings import registries
        from chibo.meetings.room.kinds import register
        from chibo.resolutions import brought_along, events, on_agenda
        from chibo.resolutions.room import coverage, kinds, project, state

        events.add_sentences()
        events.add_objects()
        register(*kinds.KINDS)
        recorded_under["task."] = "lời báo về việc được giao"
        registries.projectors.append(project.rows)
        registries.judges.append(coverage.judge_coverage)
        registries.room_states["decisions"] = kinds.decisions
        registries.room_matters.append(state.unreviewed)
        registries.old_work.append(state.how_many_old)
        registries.reviewed_work.append(kinds.results)
        registries.closing_checks.append(state.closing_bars)
        registries.agenda_sources.append(on_agenda.open_tasks)
        registries.hall_sources.append(on_agenda.own_tasks)
        registries.pack_parts.append(brought_along.decisions)
        registries.prepared_sources.append(on_agenda.draft)
        registries.served_sources.append(on_agenda.resolutions_to_serve)
        self._join_papers()

    def _join_papers(self) -> None:
        """What decisions put into the minutes, the papers made of them, what is numbered at the second signature."""
        from chibo.directory.exports import parts
        from chibo.meetings import registries
        from chibo.resolutions import documents, in_minutes, signed_tables, whole_cell
        from chibo.resolutions.drafting import papers
        from chibo.resolutions.models import Resolution, Task

        parts.PARTS.extend([whole_cell.resolutions, whole_cell.tasks])
        registries.minutes_sources.append(in_minutes.SOURCE)
        registries.signed_tables.extend(signed_tables.TABLES)
        registries.correctable_sources.append(signed_tables.correctable)
        registries.document_builders["nghi-quyet"] = documents.build_resolution
        registries.document_builders["ket-luan"] = documents.build_conclusion
        registries.document_builders[papers.KIND] = papers.build_draft
        registries.signing_acts.append(documents.issue_with_minutes)
        registries.reported_models.extend([Resolution, Task])
