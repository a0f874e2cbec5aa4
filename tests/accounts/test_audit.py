"""The trail: one chain per region, what `verify_audit` finds, what PostgreSQL refuses, two writers at once."""

from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from io import StringIO
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F

from accounts import audit, trail
from accounts.models import AuditChain, AuditEvent, User
from accounts.trail import Break
from tests.factories import NOW, make_region, make_user


@pytest.fixture
def region(db):
    return make_region()


@pytest.fixture
def open_trail(db):
    """Somebody with the database's own rights: PostgreSQL's refusal is lifted for the length of the test."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER USER")


def write(count=1, *, region=None, at=NOW, by=None):
    """`count` events in one chain."""
    return [
        audit.record(action="answer.saved", subject=f"answer:{n}", by=by, at=at, region=region, details={"old": n})
        for n in range(1, count + 1)
    ]


def found():
    return list(trail.breaks())


def test_each_region_and_the_portal_have_a_chain_of_their_own(region):
    other = make_region("63.05", "Kabupaten Tapin")
    write(2, region=region)
    write(1, region=other)
    write(3)

    heads = AuditChain.objects.order_by("sequence").values_list("region__code", "sequence")
    assert list(heads) == [("63.05", 1), ("63.10", 2), (None, 5)]  # the portal's also tells that two others began
    assert (AuditChain.objects.count(), found()) == (3, [])


def test_event_carries_the_fingerprint_before_it(region):
    first, second = write(2, region=region)

    assert (first.previous, second.previous) == ("0" * 64, first.fingerprint)
    assert (first.sequence, second.sequence) == (1, 2)
    assert second.fingerprint == audit.fingerprint_of(AuditEvent.objects.get(pk=second.pk))


def test_region_may_be_named_by_its_key(region):
    (event,) = write(1, region=region)
    by_key = audit.record(action="answer.saved", subject="answer:9", by=None, at=NOW, region_id=region.pk)

    assert (by_key.chain_id, by_key.sequence) == (event.chain_id, 2)


@pytest.mark.django_db(transaction=True)
def test_event_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        write()

    assert (AuditEvent.objects.count(), AuditChain.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_event_goes_away_with_the_act_that_failed():
    make_user("ADMIN", username="sudah.ada")

    with pytest.raises(IntegrityError), transaction.atomic():
        write(), make_user("ADMIN", username="sudah.ada")

    with transaction.atomic():
        write()
    assert (AuditEvent.objects.get().sequence, found()) == (1, [])


@pytest.mark.parametrize("field", ["action", "subject", "details", "at", "by", "previous", "fingerprint"])
def test_edited_event_is_found(region, open_trail, field):
    _, second, third = write(3, region=region)
    changed = {
        "action": "answer.seen", "subject": "answer:7", "details": {"old": 7}, "at": NOW.replace(year=2024),
        "by": make_user("ADMIN"), "previous": "f" * 64, "fingerprint": "f" * 64,
    }  # fmt: skip
    AuditEvent.objects.filter(pk=second.pk).update(**{field: changed[field]})

    edited = Break("Kabupaten Tanah Bumbu", 2, "isi kejadian diubah")
    torn = {"previous": Break("Kabupaten Tanah Bumbu", 2, "tidak menyambung dengan kejadian sebelumnya")}
    after = {"fingerprint": Break("Kabupaten Tanah Bumbu", 3, "tidak menyambung dengan kejadian sebelumnya")}
    assert found() == [*([torn[field]] if field in torn else []), edited, *([after[field]] if field in after else [])]


def test_event_sealed_again_after_an_edit_no_longer_fits_the_next(region, open_trail):
    _, second, _ = write(3, region=region)
    second.details = {"old": 7}
    AuditEvent.objects.filter(pk=second.pk).update(details={"old": 7}, fingerprint=audit.fingerprint_of(second))

    assert found() == [Break("Kabupaten Tanah Bumbu", 3, "tidak menyambung dengan kejadian sebelumnya")]


def test_missing_event_is_found(region, open_trail):
    AuditEvent.objects.filter(pk=write(3, region=region)[1].pk).delete()

    assert found() == [Break("Kabupaten Tanah Bumbu", 2, "1 kejadian hilang")]


@pytest.mark.parametrize("lost", [1, 3])
def test_events_cut_off_at_the_end_are_found(region, open_trail, lost):
    events = write(3, region=region)
    AuditEvent.objects.filter(pk__in=[event.pk for event in events[-lost:]]).delete()

    assert found() == [Break("Kabupaten Tanah Bumbu", 3, "akhir rantai tidak sama dengan catatannya")]


def test_reordered_events_are_found(region, open_trail):
    _, second, third = write(3, region=region)
    AuditEvent.objects.filter(pk=third.pk).update(sequence=99)
    AuditEvent.objects.filter(pk=second.pk).update(sequence=3)
    AuditEvent.objects.filter(pk=third.pk).update(sequence=2)

    assert {each.sequence for each in found()} == {2, 3}


def test_event_moved_to_another_chain_is_found(region, open_trail):
    write(2, region=region)
    portal = AuditChain.objects.get(region=None)
    AuditEvent.objects.filter(chain__region=region, sequence=2).update(chain=portal)

    assert {each.chain for each in found()} == {"Kabupaten Tanah Bumbu", "portal"}


def test_command_says_that_the_trail_is_whole(region):
    write(2, region=region)
    write(1)
    out = StringIO()

    call_command("verify_audit", stdout=out)

    head = AuditChain.objects.get(region=None).head
    assert out.getvalue() == f"Jejak utuh: 4 kejadian, 2 rantai.\nSidik akhir rantai portal: {head}\n"


def test_command_finds_a_fingerprint_that_was_written_down(region):
    (event,) = write(1, region=region)
    call_command("verify_audit", sidik=event.fingerprint, stdout=StringIO())

    with pytest.raises(CommandError, match="ditulis ulang"):
        call_command("verify_audit", sidik="f" * 64, stdout=StringIO())


def test_whole_chain_that_is_gone_is_found(region, open_trail):
    write(2, region=region)
    write(1, region=make_region("63.05", "Kabupaten Tapin"))
    AuditEvent.objects.filter(chain__region=region).delete()
    AuditChain.objects.filter(region=region).delete()

    assert found() == [Break("Kabupaten Tanah Bumbu", 0, "seluruh rantai hilang")]


def test_chain_of_the_portal_that_is_gone_is_found(region, open_trail):
    write(1, region=region)
    AuditEvent.objects.filter(chain__region=None).delete()
    AuditChain.objects.filter(region=None).delete()

    assert found() == [Break("portal", 0, "seluruh rantai hilang")]


def test_trail_that_is_gone_although_people_came_in_is_found(db):
    User.objects.filter(pk=make_user("ADMIN").pk).update(last_login=NOW)

    assert found() == [Break("portal", 0, "seluruh rantai hilang")]


def test_end_cut_off_together_with_its_record_is_found_after_the_daily_seal(region, open_trail):
    first, *rest = write(3, region=region)
    audit.seal_chains(NOW.date(), NOW)
    AuditEvent.objects.filter(pk__in=[event.pk for event in rest]).delete()
    AuditChain.objects.filter(region=region).update(sequence=1, head=first.fingerprint)

    assert found() == [Break("Kabupaten Tanah Bumbu", 2, "2 kejadian yang sudah disegel hilang")]


def test_chain_written_anew_is_found_after_the_daily_seal(region, open_trail):
    (event,) = write(1, region=region)
    audit.seal_chains(NOW.date(), NOW)
    event.details = {"old": 7}
    again = audit.fingerprint_of(event)
    AuditEvent.objects.filter(pk=event.pk).update(details={"old": 7}, fingerprint=again)
    AuditChain.objects.filter(region=region).update(head=again)

    assert found() == [Break("Kabupaten Tanah Bumbu", 1, "tidak sama dengan segel harian")]


def test_event_put_behind_the_end_is_found(region, open_trail):
    _, second = write(2, region=region)
    AuditChain.objects.filter(region=region).update(sequence=1, head=second.previous)

    assert found() == [Break("Kabupaten Tanah Bumbu", 2, "kejadian di luar rantai")]


def test_day_is_sealed_once_and_tells_only_of_chains_that_moved(region):
    write(1, region=region)
    for day in (20, 20, 21):
        audit.seal_chains(NOW.date().replace(day=day), NOW)

    told = AuditEvent.objects.filter(action="trail.sealed").order_by("pk").values_list("details", flat=True)
    assert [list(each["heads"]) for each in told] == [[str(region.pk)], []]


def test_command_fails_on_a_broken_trail(region, open_trail):
    AuditEvent.objects.filter(pk=write(3, region=region)[1].pk).delete()
    err = StringIO()

    with pytest.raises(CommandError) as refusal:  # exit code 1 for the shell
        call_command("verify_audit", stdout=StringIO(), stderr=err)

    assert (refusal.value.returncode, str(refusal.value)) == (1, "Jejak rusak pada 1 tempat.")
    assert err.getvalue() == "Kabupaten Tanah Bumbu, kejadian 2: 1 kejadian hilang.\n"


@pytest.mark.parametrize("act", ["update", "delete"])
def test_database_refuses_to_change_the_trail(region, act):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL refuses; elsewhere verify_audit finds it")
    write(2, region=region)
    events = AuditEvent.objects.filter(sequence=1)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        events.update(action="answer.seen") if act == "update" else events.delete()

    assert (AuditEvent.objects.count(), found()) == (3, [])  # with the portal's word that the chain began


@pytest.mark.django_db
def test_database_refuses_to_empty_the_trail():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL refuses; SQLite knows no TRUNCATE")
    migration = import_module("accounts.migrations.0002_audit_append_only")
    with connection.cursor() as cursor:  # the suite lifts this trigger, for it tidies up by TRUNCATE: here as migrated
        cursor.execute("DROP TRIGGER auditevent_no_change ON accounts_auditevent")
        cursor.execute(migration.REFUSE)
        write(2)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("TRUNCATE accounts_auditevent CASCADE")

    assert AuditEvent.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_keep_the_chain():
    region, user, start = make_region(), make_user("ADMIN"), Barrier(2)

    def work(_):
        start.wait(10)
        try:
            for _ in range(10):
                with transaction.atomic():
                    write(1, region=region, by=User(pk=user.pk))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))

    places = AuditEvent.objects.filter(chain__region=region).order_by("sequence").values_list("sequence", flat=True)
    assert (list(places), found()) == (list(range(1, 21)), [])
    assert AuditChain.objects.filter(sequence=F("auditevent__sequence")).count() == 2
