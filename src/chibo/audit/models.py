"""Events: who did what to which object, in a chain per cell. Ids only, no foreign keys, no names."""

from django.db import models

from chibo.lib.uuid7 import uuid7


class ChainHead(models.Model):
    """The newest link of each chain; its row is the chain's lock."""

    chain = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField()


class Event(models.Model):
    """One thing that a person did. Append-only: the application's role may not update or delete it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    chain = models.UUIDField(help_text="the cell, or the organisation, in whose life it happened")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True, help_text="the person; empty when the system did it")
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField(null=True)
    payload = models.TextField(null=True, help_text="JSON, erasable")
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_place_once")]
        indexes = [models.Index(fields=["object_id"]), models.Index(fields=["actor_id", "at"])]


class Checkpoint(models.Model):
    """A seal over the heads of all chains at one moment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField()
    chains = models.IntegerField()
    root = models.BinaryField()
