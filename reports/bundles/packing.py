"""From the list of documents to the archive with its index, and the mark by which a browser knows it again."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, cast
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from accounts.models import User
from evaluations.evidence import storing
from evaluations.models import Evaluation
from reports.bundles import index
from reports.bundles.archive import Archive, Member
from reports.bundles.contents import Contents, contents


@dataclass(frozen=True, slots=True)
class Bundle:
    """An archive ready to be sent; equal documents make an equal `mark`, byte for byte."""

    contents: Contents
    archive: Archive
    mark: str

    @property
    def file_name(self) -> str:
        """What it is saved as."""
        return f"{_root(self.contents.evaluation)}.zip"


def bundle(user: User, evaluation: Evaluation) -> Bundle:
    """The archive as it stands now; no document is read."""
    found = contents(user, evaluation)
    zone = ZoneInfo(evaluation.region.time_zone)
    root, newest = _root(evaluation), found.last_change
    moment = _moment((newest.added_at if newest else evaluation.opened_at).astimezone(zone))
    lists = [(index.PAGE, index.page(found)), (index.TABLE, index.table(found)), (index.STYLE, index.style())]
    members = [Member(f"{root}/{name}", moment, len(text), _written(text)) for name, text in lists]
    documents = [
        Member(
            f"{root}/{entry.path}", _moment(entry.evidence.added_at.astimezone(zone)), entry.evidence.size,
            _stored(entry.evidence.stored_as),
        )
        for entry in found.files
    ]  # fmt: skip
    said = [[each.name, each.moment, each.size] for each in (*members, *documents)]
    prints = [hashlib.sha256(text).hexdigest() for _, text in lists] + [each.evidence.sha256 for each in found.files]
    mark = hashlib.sha256(json.dumps([said, prints]).encode()).hexdigest()[:40]
    return Bundle(found, Archive([*members, *documents]), mark)


def _root(evaluation: Evaluation) -> str:
    return slugify(f"bukti {evaluation.region.name} {evaluation.cycle.code}")[:60]


def _moment(local: datetime) -> tuple[int, int, int, int, int, int]:
    """A ZIP knows even seconds only, and no zone."""
    return local.year, local.month, local.day, local.hour, local.minute, local.second // 2 * 2


def _written(text: bytes) -> Callable[[], BinaryIO]:
    return lambda: BytesIO(text)


def _stored(name: str) -> Callable[[], BinaryIO]:
    return lambda: cast(BinaryIO, storing.opened(name))
