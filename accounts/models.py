"""WHO, stored: provinces, regions, offices, users with one role each, and the chained trail of their acts."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q


class Province(models.Model):
    """A province with its Kemendagri code; codes are text."""

    code = models.CharField("kode", max_length=2, unique=True)
    name = models.CharField("nama", max_length=80)

    def __str__(self) -> str:
        return self.name


class Region(models.Model):
    """A kabupaten or kota; its code is text with a dot ("63.10")."""

    class TimeZone(models.TextChoices):
        WIB = "Asia/Jakarta", "WIB"
        WITA = "Asia/Makassar", "WITA"
        WIT = "Asia/Jayapura", "WIT"

    code = models.CharField("kode", max_length=5, unique=True)
    name = models.CharField("nama", max_length=80)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, verbose_name="provinsi")
    time_zone = models.CharField("zona waktu", max_length=20, choices=TimeZone, default=TimeZone.WITA)
    seal = models.FileField("lambang", upload_to="lambang/", blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def zone_name(self) -> str:
        """WIB, WITA or WIT, for display beside every deadline."""
        return str(self.get_time_zone_display())


class District(models.Model):
    """A kecamatan; its code is text with dots ("63.10.01")."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="districts", verbose_name="daerah")
    code = models.CharField("kode", max_length=8, unique=True)
    name = models.CharField("nama", max_length=80)

    def __str__(self) -> str:
        return self.name


class Village(models.Model):
    """A desa or kelurahan; its code is text with dots ("63.10.01.2001")."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="villages", verbose_name="kecamatan")
    code = models.CharField("kode", max_length=13, unique=True)
    name = models.CharField("nama", max_length=80)

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A perangkat daerah or partner body that answers questions; known by its code in the instrument and by aliases.

    An office may be `part_of` another of its region and then shares its questions: "Kecamatan Kusan Hilir" is part of
    the instrument's "Semua kecamatan" and speaks for its `district`.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, verbose_name="daerah")
    code = models.SlugField("kode", max_length=40)
    name = models.CharField("nama", max_length=120)
    aliases = models.JSONField("nama lain", default=list, blank=True)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True, blank=True, related_name="offices")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="office_once_per_region"),
            models.UniqueConstraint(fields=["district"], name="office_once_per_district"),
            models.CheckConstraint(
                name="office_of_a_district_is_part_of_another",
                condition=Q(district__isnull=True) | Q(part_of__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with one role, bound to the office, region or province the role speaks of."""

    class Role(models.TextChoices):
        STAFF = "STAFF", "Staf perangkat daerah"
        OPERATOR = "OPERATOR", "Operator/sekretaris daerah"
        REVIEWER = "REVIEWER", "Penelaah internal"
        VERIFIER = "VERIFIER", "Verifikator provinsi"
        LEADER = "LEADER", "Pimpinan"
        ADMIN = "ADMIN", "Administrator"

    role = models.CharField("peran", max_length=10, choices=Role)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, null=True, blank=True, verbose_name="provinsi")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, null=True, blank=True, verbose_name="daerah")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, blank=True, verbose_name="perangkat daerah")

    wants_digest = models.BooleanField("ringkasan harian lewat surel", default=True)
    mail_refused_at = models.DateTimeField("alamat surel ditolak", null=True)  # nothing is sent there until it changes
    mail_refusal = models.CharField("sebab penolakan surel", max_length=200, blank=True)

    REQUIRED_FIELDS = ["role"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_bound_to_what_the_role_speaks_of",
                condition=(
                    Q(role="STAFF", region__isnull=False, office__isnull=False, province__isnull=True)
                    | Q(
                        role__in=["OPERATOR", "REVIEWER", "LEADER"],
                        region__isnull=False,
                        office__isnull=True,
                        province__isnull=True,
                    )
                    | Q(role="VERIFIER", region__isnull=True, office__isnull=True, province__isnull=False)
                    | Q(role="ADMIN", region__isnull=True, office__isnull=True, province__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="mail_is_refused_for_a_reason",
                condition=Q(mail_refused_at__isnull=True, mail_refusal="")
                | (Q(mail_refused_at__isnull=False) & ~Q(mail_refusal="")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class LoginLink(models.Model):
    """A one-time door to set one's own password; only its digest is kept, so nobody can read it from here."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)  # sha256 of the secret in the address
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(used_at__isnull=True), name="one_open_link_per_user"),
            models.CheckConstraint(
                name="link_lives_72_hours_at_most",
                condition=Q(expires_at__lte=models.F("issued_at") + timedelta(hours=72)),
            ),
        ]

    def __str__(self) -> str:
        return f"link of {self.user_id}"


class SignInQuerySet(models.QuerySet["SignIn"]):
    """Adjectives of sign-ins."""

    def alive(self, at: datetime) -> "SignInQuerySet":
        """Neither silent for too long nor older than a working day: the same limits as the middleware's."""
        return self.filter(
            seen_at__gte=at - timedelta(seconds=settings.SESSION_IDLE_SECONDS),
            started_at__gte=at - timedelta(seconds=settings.SESSION_ABSOLUTE_SECONDS),
        )


class SignIn(models.Model):
    """One browser in which somebody is logged in, so that the person can see and end it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    agent = models.CharField(max_length=200, blank=True)  # as the browser names itself
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()  # written every few minutes at most

    objects = SignInQuerySet.as_manager()

    def __str__(self) -> str:
        return f"sign-in of {self.user_id}"


class AuditChain(models.Model):
    """Head of one chain: a region's, or the portal's own (no region). Locked while an event is added."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, null=True, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(region__isnull=True), name="one_chain_without_region")
        ]

    def __str__(self) -> str:
        return f"{self.region_id or 'portal'}:{self.sequence}"


class AuditEvent(models.Model):
    """One act, never changed afterwards; `fingerprint` seals it together with the event before it."""

    chain = models.ForeignKey(AuditChain, on_delete=models.PROTECT)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True)
    action = models.CharField(max_length=60)  # "answer.saved"
    subject = models.CharField(max_length=80)  # "answer:123"
    details = models.JSONField(default=dict)  # old and new values, counts, addresses
    previous = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="event_once_per_place_in_chain")]
        indexes = [
            models.Index(fields=["subject"]),
            models.Index(fields=["chain", "-id"], name="event_by_chain"),
            models.Index(fields=["action", "-id"], name="event_by_action"),
            models.Index(fields=["at"], name="event_by_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
