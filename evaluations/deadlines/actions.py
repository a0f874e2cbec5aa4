"""Moving a deadline: by the administrator, with the letter that allows it, told to everybody it concerns."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from accounts import audit
from accounts.models import User
from clusters.models import Cycle, StageWindow
from clusters.stages import Stage, crossed
from evaluations import rules
from evaluations.models import DeadlineMove, Evaluation
from kla_portal.numbers import saat
from notices import actions as notices
from notices.models import Notice


@dataclass(frozen=True, slots=True)
class Letter:
    """What a window is moved with."""

    number: str
    on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The window as it shall be."""

    opens_at: datetime
    closes_at: datetime
    time_zone: str


class Refused(Exception):
    """It cannot be moved there; the text says why and what to do."""


class Unconfirmed(Exception):
    """What speaks against it, so that it is done only when asked for twice.

    `shortens`: the deadline would come earlier than people were told. `crossings`: stages would close in another order
    than they follow each other, in sentences; a letter may move one stage before the next letter moves the other.
    """

    def __init__(self, *, shortens: bool, crossings: list[str]) -> None:
        super().__init__("Belum ditandai.")
        self.shortens, self.crossings = shortens, crossings


class MovedMeanwhile(Exception):
    """Another administrator has moved the window since this page was read."""

    def __init__(self, last: DeadlineMove) -> None:
        super().__init__("Jadwal ini baru saja diubah orang lain.")
        self.last = last


@transaction.atomic
def move(
    *, cycle: Cycle, stage: Stage, span: Span, letter: Letter, seen: int, shorten: bool = False, cross: bool = False,
    by: User, at: datetime,
) -> DeadlineMove:  # fmt: skip
    """Set or move a stage's window; `seen` is the last move the person knew of (0: none).

    Raises `MovedMeanwhile`, `Refused`, or `Unconfirmed` unless what speaks against it was seen (`shorten`, `cross`).
    The same letter sent twice moves once.
    """
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    window = StageWindow.objects.filter(cycle=cycle, stage=stage).first()
    last = last_move(window)
    if last is not None and last.pk != seen:
        if _same(last, span, letter, by):
            return last
        raise MovedMeanwhile(last)
    _check(window, span, at)
    shortens, crossings = window is not None and span.closes_at < window.closes_at, _crossings(cycle, stage, span)
    if (shortens and not shorten) or (crossings and not cross):
        raise Unconfirmed(shortens=shortens, crossings=crossings)
    before = (window.opens_at, window.closes_at) if window else (None, None)
    window, _ = StageWindow.objects.update_or_create(
        cycle=cycle, stage=stage,
        defaults={"opens_at": span.opens_at, "closes_at": span.closes_at, "time_zone": span.time_zone},
    )  # fmt: skip
    done = DeadlineMove.objects.create(
        window=window, opens_before=before[0], closes_before=before[1], opens_at=span.opens_at,
        closes_at=span.closes_at, time_zone=span.time_zone, letter_number=letter.number, letter_on=letter.on,
        reason=letter.reason, moved_at=at, moved_by=by,
    )  # fmt: skip
    audit.record(
        action="deadline.moved", subject=f"cycle:{cycle.pk}", by=by, at=at,
        details={"stage": stage, "from": before[1], "to": span.closes_at, "letter": letter.number},
    )  # fmt: skip
    _tell(cycle, stage, done, by, at)
    return done


def last_move(window: StageWindow | None) -> DeadlineMove | None:
    """The letter that counts now; None for a window that was never moved."""
    return None if window is None else window.moves.select_related("moved_by").order_by("-pk").first()


def _same(last: DeadlineMove, span: Span, letter: Letter, by: User) -> bool:
    return (last.opens_at, last.closes_at, last.time_zone, last.letter_number, last.moved_by_id) == (
        span.opens_at, span.closes_at, span.time_zone, letter.number, by.pk,
    )  # fmt: skip


def _crossings(cycle: Cycle, stage: Stage, span: Span) -> list[str]:
    """Stages that this one would overtake or be overtaken by."""
    windows = {Stage(each.stage): each for each in StageWindow.objects.filter(cycle=cycle)}
    closing = {each: window.closes_at for each, window in windows.items()} | {stage: span.closes_at}
    found = []
    for first, second in crossed(closing, cycle.stages):
        if stage in (first, second):
            side, other = ("sesudah", second) if stage is first else ("sebelum", first)
            until = saat(windows[other].closes_at, windows[other].time_zone)
            found.append(
                f"{stage.label} akan ditutup {saat(span.closes_at, span.time_zone)}, "
                f"{side} {other.label.lower()} yang ditutup {until}."
            )
    return found


def _check(window: StageWindow | None, span: Span, at: datetime) -> None:
    if span.opens_at >= span.closes_at:
        raise Refused("Tahap harus dibuka sebelum ditutup. Periksa kedua waktunya.")
    if span.closes_at <= at:
        raise Refused(f"Tenggat baru {saat(span.closes_at, span.time_zone)} sudah lewat. Pilih waktu yang akan datang.")
    if window is None:
        return
    if (window.opens_at, window.closes_at, window.time_zone) == (span.opens_at, span.closes_at, span.time_zone):
        raise Refused("Waktunya sama dengan jadwal sekarang, jadi tidak ada yang dipindahkan.")


def _tell(cycle: Cycle, stage: Stage, done: DeadlineMove, by: User, at: datetime) -> None:
    """Everybody but the mover; the region's people are led to their evaluation, the others to the list."""
    until = saat(done.closes_at, done.time_zone)
    was = f" dari {saat(done.closes_before, done.time_zone)}" if done.closes_before else ""
    text = f"{cycle.name}: tenggat {stage.label} dipindahkan{was} menjadi {until}, surat {done.letter_number}."
    if done.closes_before is None:
        text = f"{cycle.name}: jadwal {stage.label} ditetapkan sampai {until}, surat {done.letter_number}."
    people = dict(rules.people_of_cycle(cycle.pk).exclude(pk=by.pk).values_list("pk", "region_id"))
    cases = dict(Evaluation.objects.filter(cycle=cycle).values_list("region_id", "pk"))
    links: dict[str, list[int]] = {}
    for person, region in people.items():
        case = cases.get(region) if region else None
        link = reverse("evaluations:overview", args=[case]) if case else reverse("evaluations:index")
        links.setdefault(link, []).append(person)
    for link, told in links.items():
        notices.tell(users=told, kind=Notice.Kind.DEADLINE, key=f"move:{done.pk}", text=text, link=link, at=at)
