"""`bin/chibo committee create NAME`: the first step on an empty database; the rest is done on the screens."""

import argparse
import secrets

from chibo.ops import machine
from chibo.ops.terminal import CommandError, say

HELP = "tạo Đảng ủy xã, phường và tài khoản cán bộ đầu tiên, để bắt đầu từ trang trắng"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take `create NAME` with who stands above and who works there."""
    parser.add_argument("action", choices=["create"], metavar="create")
    parser.add_argument("name", metavar="TÊN", help="ví dụ: “Đảng ủy xã Hàm Thạnh”")
    parser.add_argument("--province", required=True, metavar="TÊN", help="ví dụ: “Tỉnh ủy Lâm Đồng”")
    parser.add_argument("--locality", default="", metavar="ĐỊA_DANH", help="địa danh ghi trên văn bản: “Hàm Thạnh”")
    parser.add_argument("--officer", required=True, metavar="HỌ_TÊN", help="cán bộ Đảng ủy sẽ lập các chi bộ")


def run(options: argparse.Namespace) -> int:
    """Create both and print the sign-in once; raises CommandError when it cannot be."""
    with machine.application():
        from chibo.access.scope import system_scope
        from chibo.directory.commands.committees import begin_committee
        from chibo.directory.commands.days import NotPossible

        password = secrets.token_urlsafe(9)
        with system_scope() as standing:
            try:
                begun = begin_committee(
                    by=standing,
                    name=options.name,
                    province=options.province,
                    locality=options.locality,
                    officer=options.officer,
                    password=password,
                )
            except NotPossible as error:
                raise CommandError(str(error)) from error
    say(f"Đã tạo {begun.committee.name}. {options.officer} đăng nhập bằng:")
    say(f"  Tên đăng nhập: {begun.officer.login}")
    say(f"  Mật khẩu (chỉ hiện một lần): {password}")
    say("Vào trang Chi bộ → Lập chi bộ để nhập chi bộ đầu tiên.")
    return 0
