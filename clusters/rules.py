"""Who reads the rule book: everybody who is logged in. It says what is asked, never what a region answered."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from clusters.models import Instrument, InstrumentQuerySet


def visible_instruments(user: AbstractBaseUser | AnonymousUser) -> InstrumentQuerySet:
    """All editions, older ones too: their evaluations stay readable."""
    return Instrument.objects.all() if user.is_authenticated else Instrument.objects.none()
