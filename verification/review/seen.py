"""What a reviewer has looked at: a short mark of an answer and its evidence that changes when either does."""

from django.db.models import CharField, Count, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat, Length

from evaluations.models import EvidenceUse, MatrixVersion

NOTHING = "0"  # no document, no table
MOST_LETTERS = 1000  # more than the words about pages can have: a change of ticks never hides behind shorter words


def mark() -> Concat:
    """The mark of the answers of a query: version, documents, what is written about them and what they cover, table.

    Counted from rows, not from moments: two requests may commit in another order than they arrived.
    """
    uses = EvidenceUse.objects.filter(answer=OuterRef("pk"), removed_at__isnull=True).order_by().values("answer")
    documents = uses.annotate(
        mark=Concat(
            Cast(Count("pk"), CharField()),
            Value("-"),
            Cast(Sum("evidence_id"), CharField()),
            Value("-"),
            Cast(Sum(F("evidence__details_version") + Length("pages") + F("placements") * MOST_LETTERS), CharField()),
            output_field=CharField(),
        )
    )
    tables = (
        MatrixVersion.objects.current()
        .filter(answer=OuterRef("pk"))
        .values_list(Cast(F("version"), CharField()), flat=True)
    )
    return Concat(
        Cast(F("version"), CharField()),
        Value("/"),
        Coalesce(Subquery(documents.values("mark")), Value(NOTHING)),
        Value("/"),
        Coalesce(Subquery(tables), Value(NOTHING)),
        output_field=CharField(),
    )
