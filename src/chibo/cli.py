"""`bin/chibo`: everything that is done at the terminal. Each command is one module of chibo.ops.commands."""

import argparse
import importlib
import os
import sys
from types import ModuleType

from chibo.ops import machine
from chibo.ops.binaries import DatabaseError
from chibo.ops.connection import ConfigurationError
from chibo.ops.terminal import CommandError, complain

COMMANDS = {
    "start": "start",
    "tenant": "tenant",
    "committee": "committee",
    "user": "user",
    "cells": "cells",
    "import": "import_people",
    "document": "document",
    "verify": "verify",
    "seal": "seal",
    "retention": "retention",
    "backup": "backup",
    "restore": "restore",
    "jobs": "jobs",
    "demo-users": "demo_users",
    "prepare": "prepare",
    "manage": "manage",
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; give its exit code (2 for a wrong call)."""
    given = sys.argv[1:] if arguments is None else arguments
    options = parser().parse_args(given)
    machine.choose(data=getattr(options, "data", None), tenant=getattr(options, "tenant", None))
    try:
        return int(options.run(options))
    except CommandError as error:
        complain(str(error))
        return error.code
    except (ConfigurationError, DatabaseError) as error:
        complain(str(error))
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our lines has seen enough (`| head`); Python must not complain of it again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def parser() -> argparse.ArgumentParser:
    """The whole command line. `--data` and `--tenant` may stand before or after the command."""
    everywhere = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    everywhere.add_argument("--data", metavar="THƯ_MỤC", help="thư mục dữ liệu (mặc định: var trong dự án)")
    everywhere.add_argument("--tenant", metavar="TÊN", help="đơn vị (mặc định: chibo)")
    top = argparse.ArgumentParser(prog="bin/chibo", description="Chibo ở cửa sổ lệnh", parents=[everywhere])
    commands = top.add_subparsers(metavar="LỆNH", required=True)
    for name, module_name in COMMANDS.items():
        module = command(module_name)
        one = commands.add_parser(name, help=module.HELP, description=module.HELP, parents=[everywhere])
        module.arguments(one)
        one.set_defaults(run=module.run)
    return top


def command(name: str) -> ModuleType:
    """The module of a command: HELP, arguments(parser), run(options) -> exit code."""
    return importlib.import_module(f"chibo.ops.commands.{name}")


if __name__ == "__main__":
    sys.exit(main())
