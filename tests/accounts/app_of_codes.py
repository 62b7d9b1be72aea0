"""An app of codes as a phone has one, written from RFC 6238 and not from what is tested."""

import base64
import hashlib
import hmac
import re
import struct
from datetime import datetime

from django.test import Client

from chibo.accounts.models import User
from chibo.lib.dates import now

SET_UP = "/tai-khoan/bao-mat/bat/"


def code(secret: str, moment: datetime | None = None) -> str:
    """The six digits that the app shows at a moment."""
    counter = struct.pack(">Q", int((moment or now()).timestamp()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    place = digest[-1] & 15
    number = struct.unpack(">I", digest[place : place + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def wrong(secret: str) -> str:
    """Six digits that are no code of now or near it."""
    near = {code(secret, datetime.fromtimestamp(now().timestamp() + step * 30, now().tzinfo)) for step in range(-3, 4)}
    return next(f"{number:06}" for number in range(10) if f"{number:06}" not in near)


def scanned(page: str) -> str:
    """The secret of the page that sets an app up, as typed by hand."""
    return re.findall(r'class="key-text">([A-Z2-7 ]+)<', page)[0].replace(" ", "")


def set_up(client: Client) -> tuple[str, list[str]]:
    """Set an app up through the pages; gives its secret and the recovery codes."""
    secret = scanned(client.get(SET_UP).content.decode())
    answer = client.post(SET_UP, {"code": code(secret)})
    assert answer.headers["Location"] == "/tai-khoan/bao-mat/ma-du-phong/", answer.content.decode()
    page = client.get("/tai-khoan/bao-mat/ma-du-phong/").content.decode()
    codes = re.findall(r"<li>(\d{4} \d{4})</li>", page)
    assert client.post("/tai-khoan/bao-mat/ma-du-phong/", {"kept": "1"}).status_code == 302
    return secret, codes


PASSWORD = "bàu sen ngã ba gương"
STEP_TWO = "/dang-nhap/buoc-hai/"


def with_password(user: User) -> User:
    """Give an account the password of the tests."""
    user.set_password(PASSWORD)
    user.save()
    return user


def enter(client: Client, name: str, **fields: str):
    """The first step of signing in."""
    return client.post("/dang-nhap/", {"name": name, "password": PASSWORD, **fields})
