"""Which addresses this machine has in local networks, and which of them may be served on."""

import fcntl
import re
import socket
import struct
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from chibo.ops.terminal import CommandError

# RFC 1918, and the machine itself, to try it out. Other addresses may be reached from the Internet.
LOCAL_NETWORKS = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8")))
_GET_ADDRESS = 0x8915  # SIOCGIFADDR
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def choose_address(wanted: str, found: Iterable[IPv4Address] | None = None) -> IPv4Address:
    """The address to serve on: the wanted one, or with "" the machine's first in a local network.

    Arguments:
        wanted: what was typed after `--lan`.
        found: addresses of this machine; asked of the system when left out.
    Raises CommandError: not an address of a local network, or the machine has none.
    """
    known = addresses() if found is None else list(found)
    if wanted:
        return _check(wanted)
    for one in known:
        if is_local(one) and not one.is_loopback:
            return one
    others = ", ".join(str(one) for one in known if not one.is_loopback)
    if others:
        raise CommandError(
            f"Máy này chỉ có địa chỉ {others}, không thuộc mạng nội bộ (10.…, 172.16.…–172.31.…, 192.168.…). "
            "--lan không mở Chibo ra Internet; muốn vậy, xem mục HTTPS trong docs/operators/README.vi.md."
        )
    raise CommandError("Máy này chưa vào mạng nào. Nối Wi-Fi, dây mạng hoặc điểm phát của điện thoại rồi chạy lại.")


def is_local(address: IPv4Address) -> bool:
    """Whether no packet to this address comes from the Internet."""
    return any(address in network for network in LOCAL_NETWORKS)


def addresses() -> list[IPv4Address]:
    """IPv4 addresses of this machine's interfaces, real ones before those of virtual machines and containers."""
    interfaces = [name for _, name in socket.if_nameindex()]
    interfaces.sort(key=lambda name: not Path(f"/sys/class/net/{name}/device").exists())
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for name in interfaces:
            try:
                answer = fcntl.ioctl(asking, _GET_ADDRESS, struct.pack("256s", name.encode()[:15]))
            except OSError:
                continue  # this one is down or has none
            found.append(IPv4Address(answer[20:24]))
    return found


def local_name(host: str | None = None) -> str | None:
    """The name that phones find this machine by without a server of names (mDNS), if its own name can be one."""
    label = (socket.gethostname() if host is None else host).partition(".")[0].lower()
    return f"{label}.local" if _LABEL.fullmatch(label) else None


def _check(wanted: str) -> IPv4Address:
    """What was typed, as an address of a local network that this machine has."""
    try:
        address = IPv4Address(wanted)
    except ValueError:
        raise CommandError(f"“{wanted}” không phải địa chỉ mạng. Viết như: --lan 192.168.1.10") from None
    if not is_local(address):
        raise CommandError(f"{address} không thuộc mạng nội bộ. --lan không mở Chibo ra Internet.")
    with socket.socket() as probe:
        try:
            probe.bind((str(address), 0))
        except OSError:
            raise CommandError(f"Máy này không có địa chỉ {address}.") from None
    return address
