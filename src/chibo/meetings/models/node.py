"""Which machines serve this site: the urn of a ballot on devices stands in the memory of one."""

from django.db import models


class Node(models.Model):
    """One machine that serves the site, by a digest of what it is; its processes share one folder of urns."""

    id = models.CharField(max_length=64, primary_key=True)
    heard_at = models.DateTimeField(help_text="when it last said so, to the minute, by the database's clock")
