"""What the events of accounts say."""

from chibo.audit.sentences import register


def add_sentences() -> None:
    """Register the sentences of accounts (from AppConfig.ready)."""
    register(
        {
            "account.password_changed": "đổi mật khẩu của mình",
            "account.second_factor_on": "bật lớp bảo vệ thứ hai của tài khoản mình",
            "account.second_factor_off": "tắt lớp bảo vệ thứ hai của tài khoản mình",
            "account.passkey_added": "thêm khóa của một máy vào tài khoản mình",
            "account.passkey_removed": "bỏ khóa của một máy khỏi tài khoản mình",
            "account.codes_made": "lấy mã dự phòng mới cho tài khoản mình",
            "account.province_bound": "gắn một tài khoản của tỉnh với tài khoản mình",
            "account.devices_cut_off": "đăng xuất[ {number}] thiết bị của mình từ xa",
            "account.password_reset": "in tờ mời mới để đặt lại mật khẩu[ cho {person}]",
            "account.second_factor_reset": "bỏ lớp bảo vệ thứ hai của tài khoản[ của {person}] để đặt lại",
        }
    )
