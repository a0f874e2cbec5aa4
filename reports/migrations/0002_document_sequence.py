"""Numbers of papers run per region and year; a paper's date stands apart from the request's."""

from datetime import UTC, datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="document",
            name="sequence",
            field=models.PositiveIntegerField(default=0, verbose_name="nomor urut"),
        ),
        migrations.AddField(
            model_name="document",
            name="issued_at",
            field=models.DateTimeField(default=datetime(2024, 1, 1, tzinfo=UTC), verbose_name="tanggal dokumen"),
            preserve_default=False,
        ),
    ]
