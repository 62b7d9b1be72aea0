"""The meeting and the browsers of joining up."""

from tests.meetings.device.joining.conftest import browser, meeting

__all__ = ["browser", "meeting"]
