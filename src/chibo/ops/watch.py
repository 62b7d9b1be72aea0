"""Keeps the embedded database running: brings it back after it died, and says beforehand that the disk fills up."""

import os
import signal
import threading
import time
from typing import Self

from chibo.ops import disk
from chibo.ops.binaries import DatabaseError
from chibo.ops.postgres import Cluster
from chibo.ops.terminal import complain, say

LOOK_EVERY = 0.2
# Seconds before each try after the first; a server that then runs for STEADY seconds begins anew.
PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 30.0, 30.0, 30.0)
# A full disk is looked at again every few seconds, for as long as it takes.
TRIES_ON_A_FULL_DISK = 3
TRY_FOR = 5.0
STEADY = 60.0
LOOK_AT_DISK_EVERY = 60.0
SAY_AGAIN_AFTER = 3600.0


class Watch:
    """Watches the server of a cluster from a thread of its own, for the length of a `with`.

    After as many tries as there are pauses it gives up: `lost` says why, and this process is asked to end. Never on a
    full disk: somebody will make room.
    """

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.lost = ""
        self._tries, self._tried_at = 0, 0.0
        self._next_look, self._tell_again = 0.0, 0.0
        # It must outlive the server that it starts, which ends with the thread.
        self._thread = threading.Thread(target=self._watch, name="watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.cluster.ending.set()
        self._thread.join()

    def _watch(self) -> None:
        while not (self.lost or self.cluster.ending.wait(LOOK_EVERY)):
            self._look_at_disk()
            if not self.cluster.is_alive():
                self._revive()
            elif time.monotonic() - self._tried_at > STEADY:
                self._tries = 0

    def _look_at_disk(self) -> None:
        """Say now and then that it fills up."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + LOOK_AT_DISK_EVERY
        if now >= self._tell_again and (trouble := disk.trouble()):
            self._tell_again = now + SAY_AGAIN_AFTER
            complain(trouble)

    def _revive(self) -> None:
        """Try once more to start the server, after a pause that grows."""
        if self._tries == 0:
            complain("Cơ sở dữ liệu vừa dừng ngoài ý muốn. Đang khởi động lại…")
        if self.cluster.ending.wait(PAUSES[self._tries]):
            return
        try:
            self.cluster.revive(TRY_FOR)
            say("Cơ sở dữ liệu đã chạy lại.")
            full, failure = False, "Nó chạy lại rồi lại dừng."
        except DatabaseError as error:
            full, failure = disk.is_full(), str(error)
        self._tried_at = time.monotonic()
        if full and self._tries < TRIES_ON_A_FULL_DISK:
            complain("Đĩa đã đầy: dọn chỗ, cơ sở dữ liệu sẽ tự chạy lại.")
        self._tries = TRIES_ON_A_FULL_DISK if full else self._tries + 1
        if self._tries == len(PAUSES) and not self.cluster.ending.is_set():
            self.lost = failure
            os.kill(os.getpid(), signal.SIGTERM)
