"""PostgreSQL refuses to change or remove what the trail says, whoever asks; SQLite has `verify_audit` alone."""

from django.db import migrations

REFUSE = """
CREATE OR REPLACE FUNCTION accounts_auditevent_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The trail is append-only: % on accounts_auditevent refused', TG_OP;
END $$;
CREATE TRIGGER auditevent_no_change BEFORE UPDATE OR DELETE ON accounts_auditevent
    FOR EACH ROW EXECUTE FUNCTION accounts_auditevent_refuse();
CREATE TRIGGER auditevent_no_truncate BEFORE TRUNCATE ON accounts_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_auditevent_refuse();
"""
ALLOW = """
DROP TRIGGER auditevent_no_truncate ON accounts_auditevent;
DROP TRIGGER auditevent_no_change ON accounts_auditevent;
DROP FUNCTION accounts_auditevent_refuse();
"""


def refuse_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE, params=None)  # a bare % belongs to PL/pgSQL


def allow_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW, params=None)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes, allow_changes)]
