import secrets

from django.db import migrations

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def give(apps, schema_editor):
    """Papers that exist get a code, what they are about in one column, and the moment they were last true."""
    Document = apps.get_model("reports", "Document")
    batch = []
    for document in Document.objects.only("pk", "evaluation_id", "requested_at").iterator(chunk_size=500):
        document.code = "".join(secrets.choice(SIGNS) for _ in range(12))
        document.about = f"evaluation:{document.evaluation_id}"
        document.current_at = document.requested_at
        batch.append(document)
        if len(batch) == 500:
            Document.objects.bulk_update(batch, ["code", "about", "current_at"])
            batch = []
    Document.objects.bulk_update(batch, ["code", "about", "current_at"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_kinds_houses_and_codes")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
