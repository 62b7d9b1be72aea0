"""`bin/chibo user create|password|second-factor|list`: accounts, for the IT officer. Never shows what they may read."""

import argparse
import getpass
import secrets
import sys
from typing import TYPE_CHECKING

from chibo.ops import machine
from chibo.ops.terminal import CommandError, say, table

if TYPE_CHECKING:
    from chibo.accounts.models import User

HELP = "tạo tài khoản, đặt lại mật khẩu, liệt kê tài khoản"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Take the action and its words."""
    actions = parser.add_subparsers(dest="action", metavar="VIỆC", required=True)
    create = actions.add_parser("create", help="tạo tài khoản")
    create.add_argument("login", metavar="TÊN_ĐĂNG_NHẬP")
    create.add_argument("--name", metavar="HỌ_TÊN", help="tạo kèm một người có họ tên này")
    create.add_argument("--operator", action="store_true", help="người quản trị máy: chỉ tài khoản và sức khỏe")
    password = actions.add_parser("password", help="đặt lại mật khẩu")
    password.add_argument("login", metavar="TÊN_ĐĂNG_NHẬP")
    factor = actions.add_parser("second-factor", help="bỏ lớp bảo vệ thứ hai đã mất, để đặt lại")
    factor.add_argument("login", metavar="TÊN_ĐĂNG_NHẬP")
    for one in (create, password):
        one.add_argument("--generate", action="store_true", help="sinh mật khẩu ngẫu nhiên và in ra một lần")
    actions.add_parser("list", help="liệt kê tài khoản")


def run(options: argparse.Namespace) -> int:
    """Do the action as the system."""
    with machine.application():
        from chibo.access.scope import system_scope

        with system_scope():
            actions = {"create": create, "password": set_password, "second-factor": drop_factor, "list": show}
            return actions[options.action](options)


def create(options: argparse.Namespace) -> int:
    """Open an account; raises CommandError when the login is taken."""
    from chibo.accounts.models import User
    from chibo.members.models import Person

    login = options.login.strip().lower()
    if User.objects.filter(login=login).exists():
        raise CommandError(f"Tên đăng nhập “{login}” đã có. Chọn tên khác, hoặc: bin/chibo user password {login}")
    password = new_password(options)
    person = Person.objects.enter(options.name) if options.name else None
    User.objects.open(login, person=person, password=password, is_operator=options.operator)
    say(f"Đã tạo tài khoản “{login}”.")
    return 0


def set_password(options: argparse.Namespace) -> int:
    """Set another password, recorded and told; raises CommandError when there is no such account."""
    from chibo.directory.commands.accounts import set_at_the_machine

    user = account(options.login)
    set_at_the_machine(user=user, password=new_password(options, user))
    say(f"Đã đặt lại mật khẩu của “{user.login}”. Lần đăng nhập tới, người dùng được báo việc này.")
    return 0


def drop_factor(options: argparse.Namespace) -> int:
    """Take a lost second factor away; raises CommandError when there is none."""
    from chibo.access.standing import Standing
    from chibo.directory.commands.accounts import drop_second_factor

    user = account(options.login)
    if not drop_second_factor(by=Standing.for_system(), user=user):
        raise CommandError(f"Tài khoản “{user.login}” không có lớp bảo vệ thứ hai.")
    say(f"Đã bỏ lớp bảo vệ thứ hai của “{user.login}”. Lần đăng nhập tới, người dùng được báo và đặt lại.")
    return 0


def show(options: argparse.Namespace) -> int:
    """List the accounts by login."""
    from chibo.accounts.models import User

    rows = [
        [
            user.login,
            user.person.full_name if user.person else "–",
            "quản trị máy" if user.is_operator else "",
            "" if user.is_active else "đã khóa",
        ]
        for user in User.objects.select_related("person").order_by("login")
    ]
    say(table(["Tên đăng nhập", "Họ tên", "Vai trò", "Trạng thái"], rows))
    return 0


def account(login: str) -> "User":
    """The account of a login; raises CommandError when there is none."""
    from chibo.accounts.models import User

    user = User.objects.filter(login=login.strip().lower()).first()
    if user is None:
        raise CommandError(f"Không có tài khoản “{login}”. Xem danh sách: bin/chibo user list")
    return user


def new_password(options: argparse.Namespace, user: "User | None" = None) -> str:
    """A generated password, or one that was typed twice (from a pipe: one line).

    Raises CommandError when it is too weak or the two differ.
    """
    if options.generate:
        password = secrets.token_urlsafe(9)
        say(f"Mật khẩu (chỉ hiện một lần): {password}")
        return password
    if not sys.stdin.isatty():
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass("Mật khẩu: ")
        if password != getpass.getpass("Gõ lại mật khẩu: "):
            raise CommandError("Hai lần gõ không giống nhau. Hãy gõ lại.")
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
