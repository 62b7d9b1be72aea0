"""The draft of a resolution that chi ủy writes before the meeting, and brings along into the room."""
