"""Words that somebody marked as wrong, as part of what they said."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _lazy

from annotation.models.judgments import Judgment
from annotation.models.rules import append_only, one_of
from corpus.marking import CATEGORIES, SEVERITIES, VERSION, Mark, Region

NO_REGION = Q(x=None, y=None, width=None, height=None)
# A comparison with NULL would pass, so that each number must be told to be there.
WHOLE_REGION = Q(
    x__isnull=False, y__isnull=False, width__isnull=False, height__isnull=False
)
INSIDE_THE_IMAGE = Q(
    x__gte=0,
    y__gte=0,
    width__gt=0,
    height__gt=0,
    x__lte=Value(1) - F("width"),
    y__lte=Value(1) - F("height"),
)


class Span(models.Model):
    """An error: code points `start` to `end` of a text, of what kind and how bad.

    It may be tied to a region of the image, in fractions of its width and height. The
    words are kept too, so that nobody has to trust the numbers.
    """

    class Side(models.TextChoices):
        SOURCE = "source", _lazy("Source")
        CANDIDATE = "candidate", _lazy("Candidate")

    # An index of its own would repeat the one of `span_once`.
    judgment = models.ForeignKey(
        Judgment, models.PROTECT, related_name="spans", db_index=False
    )
    side = models.CharField(max_length=9, choices=Side)
    field = models.CharField(max_length=40)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.TextField()
    category = models.CharField(
        max_length=20, choices=[(c.code, _lazy(c.label)) for c in CATEGORIES]
    )
    severity = models.CharField(
        max_length=8, choices=[(s.code, _lazy(s.label)) for s in SEVERITIES]
    )
    taxonomy = models.CharField(max_length=20, default=VERSION)
    x = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    y = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    width = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    height = models.DecimalField(max_digits=5, decimal_places=4, null=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            one_of("span", "side", "source", "candidate"),
            one_of("span", "category", *(c.code for c in CATEGORIES)),
            one_of("span", "severity", *(s.code for s in SEVERITIES)),
            models.UniqueConstraint(
                fields=["judgment", "side", "field", "start", "end", "category"],
                name="span_once",
            ),
            models.CheckConstraint(
                condition=Q(start__lt=F("end")), name="span_has_a_length"
            ),
            models.CheckConstraint(
                condition=Exact(Length("words"), F("end") - F("start")),
                name="span_holds_its_words",
            ),
            models.CheckConstraint(
                condition=Q(category="omission", side="source")
                | (~Q(category="omission") & Q(side="candidate")),
                name="span_omits_from_the_source",
            ),
            models.CheckConstraint(
                condition=NO_REGION | (WHOLE_REGION & INSIDE_THE_IMAGE),
                name="span_region_inside_the_image",
            ),
        ]
        triggers = append_only("span")

    def __str__(self) -> str:
        return f"{self.get_category_display()}, {self.get_severity_display()}"

    @property
    def region(self) -> Region | None:
        if None in (edges := (self.x, self.y, self.width, self.height)):
            return None
        x, y, width, height = (float(edge) for edge in edges if edge is not None)
        return x, y, width, height

    @property
    def mark(self) -> Mark:
        """What the row says, as it was said."""
        return Mark(
            self.side,
            self.field,
            self.start,
            self.end,
            self.words,
            self.category,
            self.severity,
            self.region,
        )
