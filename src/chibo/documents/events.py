"""What the events of numbers and papers say."""

from chibo.audit.sentences import register


def add_sentences() -> None:
    """Register the sentences of numbering (from AppConfig.ready)."""
    register({"numbers.set": "đặt số văn bản tiếp theo[ là {number}]"})
