"""Events, readings from outside, and the seals over the chains. Ids only, no foreign keys, no names."""

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
    about_id = models.UUIDField(null=True, help_text="the meeting or the person that the object belongs to")
    form = models.PositiveSmallIntegerField(db_default=1, help_text="which fields the hash covers; `events.header_of`")
    payload = models.TextField(null=True, help_text="JSON, erasable")
    salt = models.BinaryField(null=True)
    digest = models.BinaryField()
    previous = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="event_place_once")]
        indexes = [
            models.Index(fields=["object_id"]),
            models.Index(fields=["actor_id", "at"]),
            models.Index(fields=["about_id"], condition=models.Q(about_id__isnull=False), name="audit_event_about"),
        ]


class Checkpoint(models.Model):
    """A seal over the chains that moved since the one before (design.md section 3, rule 9). Append-only.

    The seals are a chain themselves: `root` covers `previous`, so one that is kept elsewhere holds all before it.
    Those without a number were made before seals listed their heads, and hold nothing that can be checked.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(null=True, unique=True)
    at = models.DateTimeField()
    chains = models.IntegerField(help_text="how many chains moved")
    heads = models.BinaryField(null=True, help_text="chain, seq, hash of each, 56 bytes, in the order of their ids")
    previous = models.BinaryField(null=True)
    root = models.BinaryField()


class SealedPlace(models.Model):
    """Up to where a chain is sealed: tells the next seal which chains moved. Derived from the checkpoints."""

    chain = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField()


class Reading(models.Model):
    """Somebody from outside a cell read or took out something of it (design.md section 4). Append-only.

    One row a person, object and hour; not the daily work of the cell's own people.
    """

    class What(models.TextChoices):
        """What of the cell was read."""

        PROGRAMME = "programme", "chương trình cuộc họp"
        PAPER = "paper", "tài liệu cuộc họp"
        MINUTES = "minutes", "biên bản"
        DOCUMENT = "document", "tệp văn bản"
        TASKS = "tasks", "nghị quyết, công việc"
        MEMBERS = "members", "danh sách đảng viên"
        EXPORT = "export", "danh sách xuất ra Excel"

    class Capacity(models.TextChoices):
        """In which capacity: what gave the right to read."""

        FOLLOWER = "follower", "cấp ủy viên phụ trách"
        ABOVE = "above", "cán bộ cấp trên"
        PROVINCE = "province", "cán bộ cấp tỉnh"
        INSPECTOR = "inspector", "người kiểm tra"
        GUEST = "guest", "khách mời"
        LEFT = "left", "đảng viên đã chuyển đi"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cell_id = models.UUIDField(help_text="whose it is")
    person_id = models.UUIDField(help_text="who read it")
    capacity = models.CharField(max_length=12, choices=Capacity.choices)
    what = models.CharField(max_length=12, choices=What.choices)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField()
    hour = models.DateTimeField(help_text="the hour that it falls in, not the minute")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "object_id", "what", "hour"], name="reading_once_an_hour")
        ]
        indexes = [models.Index(fields=["cell_id", "hour"]), models.Index(fields=["hour"])]


class ReadCount(models.Model):
    """How many files of a cell a person has taken one by one in the present hour; no more, and not which.

    One row a person and cell: the next hour begins again at one. What it reaches is an event (`readings.count_file`).
    """

    cell_id = models.UUIDField()
    person_id = models.UUIDField()
    hour = models.DateTimeField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "cell_id"], name="read_count_once")]
