"""What an event is about, as a name with a link; rooms that own the things register how to find them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts import rules
from accounts.events import SUBJECTS
from accounts.models import AuditEvent, Region, User

MOST = 200  # subjects that words may stand for


@dataclass(frozen=True, slots=True)
class Subject:
    """A thing of the portal; `url` is empty where the reader may not open it or there is no page."""

    label: str
    url: str = ""


Finder = Callable[[User, Sequence[int]], dict[int, Subject]]
Seeker = Callable[[User, str], Iterable[str]]  # words -> subjects as events write them ("answer:12")
_finders: dict[str, Finder] = {}
_seekers: list[Seeker] = []


def register(finders: dict[str, Finder], *seekers: Seeker) -> None:
    """Called when a room is ready; a finder takes all keys of a page at once and costs one query."""
    _finders.update(finders)
    _seekers.extend(each for each in seekers if each not in _seekers)


def subjects_of(user: User, events: Iterable[AuditEvent]) -> dict[str, Subject]:
    """Every event's subject by its name in the trail; as many queries as there are kinds of things."""
    wanted: dict[str, set[int]] = {}
    names = {event.subject for event in events}
    for name in names:
        kind, key = _key(name)
        if key is not None:
            wanted.setdefault(kind, set()).add(key)
    found = {kind: _finders[kind](user, sorted(keys)) for kind, keys in wanted.items() if kind in _finders}
    return {name: _one(name, found) for name in names}


def _one(name: str, found: dict[str, dict[int, Subject]]) -> Subject:
    kind, key = _key(name)
    known = found.get(kind, {}).get(key) if key is not None else None
    return known or Subject(f"{SUBJECTS.get(kind, 'butir')} {name.partition(':')[2]}")


def _key(name: str) -> tuple[str, int | None]:
    """Kind and key of a subject; a second number only says which part of it ("duty:5:12")."""
    kind, _, number = name.partition(":")
    number = number.partition(":")[0]
    return kind, int(number) if number.isdecimal() and len(number) < 19 else None


def sought(user: User, words: str) -> list[str]:
    """Subjects that words may mean: the trail's own name ("answer:12", "jawaban 12"), or what a room finds by them."""
    kind, _, number = words.replace(":", " ").rpartition(" ")
    known = {label: key for key, label in SUBJECTS.items()} | {key: key for key in SUBJECTS}
    own = [f"{known[kind.strip().lower()]}:{number}"] if kind.strip().lower() in known else []
    return own + [name for seek in _seekers for name in seek(user, words)][:MOST]


def _people(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    seen = set(rules.visible_users(user).filter(pk__in=keys).values_list("pk", flat=True))
    people = User.objects.filter(pk__in=keys)
    return {
        each.pk: Subject(f"akun {each.username}", reverse("accounts:user", args=[each.pk]) if each.pk in seen else "")
        for each in people
    }


def _offices(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    offices = rules.visible_offices(user).filter(pk__in=keys).select_related("region")
    return {
        each.pk: Subject(each.name, reverse("accounts:office", args=[each.region.code, each.pk])) for each in offices
    }


def _regions(user: User, keys: Sequence[int]) -> dict[int, Subject]:
    return {each.pk: Subject(each.name) for each in Region.objects.filter(pk__in=keys)}


def _seek_people(user: User, words: str) -> list[str]:
    found = rules.visible_users(user).filter(username__iexact=words).values_list("pk", flat=True)
    return [f"user:{pk}" for pk in found]


def _seek_offices(user: User, words: str) -> list[str]:
    named = rules.visible_offices(user).filter(name__icontains=words)
    return [f"office:{pk}" for pk in named.values_list("pk", flat=True)[:MOST]] if len(words) > 3 else []


register({"user": _people, "office": _offices, "region": _regions}, _seek_people, _seek_offices)
