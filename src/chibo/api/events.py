"""What the events of access tokens say."""

from chibo.audit.sentences import register


def add_sentences() -> None:
    """Register the sentences of access tokens (from AppConfig.ready)."""
    register(
        {
            "account.token_made": "tạo mã truy cập cho một phần mềm[, dùng đến hết ngày {last_day}]",
            "account.token_cut_off": "cắt một mã truy cập của mình",
        }
    )
