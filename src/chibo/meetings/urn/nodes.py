"""Ballots on devices need that one machine serves the site: an urn stands in the memory of one alone."""

import hashlib
import logging
import socket
import threading
import time
from functools import cache
from pathlib import Path

from django.db import DatabaseError, connection

from chibo.meetings.urn import places

log = logging.getLogger("chibo.meetings")
MACHINE = Path("/etc/machine-id")
EVERY_SECONDS = 60  # how often a process says that it serves
# A machine that was not heard for so long takes no part; who takes one out of service waits as long.
SERVES_MINUTES = 5
KEPT_DAYS = 1

_NOTE = (
    "INSERT INTO meetings_node (id, heard_at) VALUES (%s, date_trunc('minute', now()))"
    " ON CONFLICT (id) DO UPDATE SET heard_at = excluded.heard_at"
)
_OTHERS = "SELECT EXISTS (SELECT 1 FROM meetings_node WHERE id <> %s AND heard_at > now() - %s * interval '1 minute')"
_FORGET = "DELETE FROM meetings_node WHERE heard_at < now() - %s * interval '1 day'"


class SeveralNodes(Exception):
    """Another machine serves the site too: part of the voters would not find the urn. Paper, or one machine."""


@cache
def _digest(folder: str) -> str:
    machine = MACHINE.read_text() if MACHINE.exists() else ""
    return hashlib.sha256(f"{machine}\n{socket.gethostname()}\n{folder}".encode()).hexdigest()


def here() -> str:
    """This machine: the same after it has started anew, another where the folder of urns is another."""
    return _digest(str(places.root()))


def note() -> None:
    """Keep that this machine serves."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [here()])


def others() -> bool:
    """Whether another machine has served the site in the last minutes."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [here(), SERVES_MINUTES])
        return bool(cursor.fetchone()[0])


def forget() -> None:
    """Remove machines that have long not served."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [KEPT_DAYS])


def keep_noting() -> None:
    """Say so once a minute as long as this process lives, in a thread of its own.

    Never by a request: whoever opens or casts a ballot leaves nothing in the database, not even this.
    """
    threading.Thread(target=_note_for_ever, name="chibo-node", daemon=True).start()


def _note_for_ever() -> None:
    while True:
        try:
            note()
        except DatabaseError:  # not there yet, or started anew: the next minute will do
            log.debug("could not note that this machine serves", exc_info=True)
        finally:
            connection.close()
        time.sleep(EVERY_SECONDS)
