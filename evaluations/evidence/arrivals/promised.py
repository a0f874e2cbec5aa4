"""What arrivals promise to do later: take an archive apart, sweep what was given up."""

from datetime import UTC, datetime, time, timedelta

from jobs.models import Job
from jobs.promises import promise

UNPACK, SWEEP = "unpack_archive", "sweep_arrivals"


def unpacking(archive_id: int, at: datetime) -> Job:
    """Promise to take an archive apart; promised while that runs, it is taken up again where it stopped."""
    return promise(kind=UNPACK, key=str(archive_id), queue=Job.Queue.SCAN, at=at, archive_id=archive_id)


def sweeping(at: datetime) -> Job:
    """Promise one sweep for everything of a day, at the midnight when the last of it is a day old."""
    due = datetime.combine(at.astimezone(UTC).date() + timedelta(days=2), time(), UTC)
    return promise(kind=SWEEP, key=due.date().isoformat(), queue=Job.Queue.SCAN, at=due)
