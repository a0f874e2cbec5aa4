"""Adding an office, giving it other names, letting an unused one go; no two of a region share a name."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify

from accounts import audit
from accounts.models import Office, Region, User
from accounts.offices.names import Directory, key_of


class NameTaken(Exception):
    """Another office of the region goes by this name already."""

    def __init__(self, name: str, owner: str) -> None:
        super().__init__(f"“{name}” sudah dipakai oleh {owner}. Satu nama hanya untuk satu perangkat daerah.")


class ChangedMeanwhile(Exception):
    """Somebody else renamed the office after the page was opened; `current` is what stands now."""

    def __init__(self, current: Office) -> None:
        super().__init__("Perangkat daerah ini baru saja diubah orang lain. Periksa nama terbaru, lalu simpan lagi.")
        self.current = current


class StillUsed(Exception):
    """Questions, people or evidence hang on the office."""

    def __init__(self) -> None:
        super().__init__(
            "Perangkat daerah ini masih dipakai oleh pengguna, pertanyaan, atau bukti, sehingga tidak dapat dihapus. "
            "Pindahkan dulu pengguna dan pertanyaannya ke perangkat daerah lain."
        )


@transaction.atomic
def create(*, region: Region, name: str, aliases: Sequence[str], by: User | None, at: datetime) -> Office:
    """A new office; its code follows from its name. Raises `NameTaken`."""
    directory = _locked_directory(region)
    _require_free(directory, [name, *aliases])
    office = Office.objects.create(
        region=region, code=_free_code(name, directory), name=name, aliases=_tidy(name, aliases)
    )
    _record("office.created", office, by, at, {"name": name, "aliases": office.aliases})
    return office


@transaction.atomic
def rename(
    *, office: Office, name: str, aliases: Sequence[str], seen: str | None, by: User | None, at: datetime
) -> Office:
    """Other names for an office; `seen` is the `standing_of` it that the person had before the eyes.

    Raises `NameTaken` or `ChangedMeanwhile`. The code stays: the instrument knows the office by it.
    """
    directory = _locked_directory(office.region)
    office = Office.objects.select_for_update(of=("self",)).get(pk=office.pk)
    wanted = _tidy(name, aliases)
    if (office.name, office.aliases) == (name, wanted):
        return office
    if seen is not None and seen != standing_of(office):
        raise ChangedMeanwhile(office)
    _require_free(directory, [name, *wanted], but=office.pk)
    old = {"name": office.name, "aliases": office.aliases}
    office.name, office.aliases = name, wanted
    office.save(update_fields=["name", "aliases"])
    _record("office.changed", office, by, at, {"old": old, "new": {"name": name, "aliases": wanted}})
    return office


@transaction.atomic
def retire(*, office: Office, by: User | None, at: datetime) -> None:
    """Let an office go that nothing hangs on. Raises `StillUsed`.

    One of the instrument's comes back when the next evaluation is opened.
    """
    Region.objects.select_for_update(of=("self",)).get(pk=office.region_id)
    pk = office.pk
    try:
        with transaction.atomic():
            office.delete()
    except ProtectedError:
        raise StillUsed from None
    office.pk = pk
    _record("office.retired", office, by, at, {"name": office.name, "code": office.code})


def standing_of(office: Office) -> str:
    """What a form carries along to say which names it has seen."""
    return "\n".join([office.name, *office.aliases])


def _locked_directory(region: Region) -> Directory:
    """The region's offices; the region's row is held, so that two people cannot give one name twice."""
    Region.objects.select_for_update(of=("self",)).get(pk=region.pk)
    return Directory(Office.objects.filter(region=region))


def _require_free(directory: Directory, names: Sequence[str], but: int | None = None) -> None:
    taken = directory.taken(names, but)
    if taken:
        raise NameTaken(*taken)


def _tidy(name: str, aliases: Sequence[str]) -> list[str]:
    """Each alias once, in its order, without the name itself."""
    seen = {key_of(name)}
    return [each for each in aliases if key_of(each) not in seen and not seen.add(key_of(each))]  # type: ignore[func-returns-value]


def _free_code(name: str, directory: Directory) -> str:
    base = slugify(name)[:34].strip("-") or "opd"
    used = {each.code for each in directory.offices}
    return next(
        code for number in range(1, len(used) + 2) if (code := base if number == 1 else f"{base}-{number}") not in used
    )


def _record(action: str, office: Office, by: User | None, at: datetime, details: dict[str, object]) -> None:
    audit.record(
        action=action, subject=f"office:{office.pk}", by=by, at=at, region_id=office.region_id, details=details
    )
