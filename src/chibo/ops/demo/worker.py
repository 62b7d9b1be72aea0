"""Processes that tell cells side by side. Nothing of Django is imported before it is set up in the new process."""

import ctypes
import gc
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

KEYS = ("NAME", "USER", "PASSWORD", "HOST", "PORT")


def workers(count: int) -> ProcessPoolExecutor:
    """So many processes, each with its own connection to the database that this one uses.

    They are started anew, not forked: a fork would share the connection and lose the threads of the PDF renderer.
    """
    from django.conf import settings
    from django.db import connection

    database = {key: connection.settings_dict[key] for key in KEYS}
    arguments = (database, settings.FICTITIOUS)
    return ProcessPoolExecutor(count, get_context("spawn"), initializer=begin, initargs=arguments)


def begin(database: dict[str, Any], fictitious: bool) -> None:
    """Set Django up in a new process, as it is in the one that asked."""
    import django
    from django.conf import settings
    from django.db import connection

    django.setup()
    gc.set_threshold(50_000, 20, 100)  # a worker makes much and keeps little: a tenth of its time was collecting
    settings.FICTITIOUS = fictitious
    connection.settings_dict.update(database)
    # A worker sends the same few statements thousands of times: the server plans each once (an eighth of the time).
    connection.settings_dict["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": 2}
    # A cell is one transaction and an error ends the loading, so nothing goes back to a savepoint.
    connection.features.uses_savepoints = False
    end_with_parent()


def end_with_parent() -> None:
    """Ask the system to end this process when the one that started it is killed."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
