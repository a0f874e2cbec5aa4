"""PAPER, stored: what a house, a region or a province, sets for its papers: letterhead, wording, Word templates."""

from django.db import models
from django.db.models import Q

from accounts.models import Province, Region, User


def one_house(name: str) -> models.CheckConstraint:
    """Settings belong to a region or to a province, never to both or to nobody."""
    return models.CheckConstraint(
        name=name,
        condition=Q(region__isnull=False, province__isnull=True) | Q(region__isnull=True, province__isnull=False),
    )


class Letterhead(models.Model):
    """How a house's papers look and who signs them; every line is a setting because every house differs."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, null=True, related_name="letterhead")
    province = models.OneToOneField(Province, on_delete=models.CASCADE, null=True, related_name="letterhead")
    government = models.CharField("nama pemerintah", max_length=120)
    office = models.CharField("nama perangkat daerah", max_length=160)
    address = models.CharField("alamat", max_length=250, blank=True)
    contact = models.CharField("telepon, surel, laman", max_length=250, blank=True)
    city = models.CharField("tempat penandatanganan", max_length=80)
    number_pattern = models.CharField("pola nomor surat", max_length=80, default="400.2/{urut}/KLA/{tahun}")
    signatory_position = models.CharField("jabatan penanda tangan", max_length=160, blank=True)
    signatory_name = models.CharField("nama penanda tangan", max_length=120, blank=True)
    signatory_rank = models.CharField("pangkat", max_length=80, blank=True)
    signatory_number = models.CharField("NIP", max_length=18, blank=True)
    logo = models.CharField(max_length=200, blank=True)  # storage name; of a province, a region has its seal

    class Meta:
        constraints = [one_house("letterhead_of_one_house")]

    def __str__(self) -> str:
        return self.government


class Wording(models.Model):
    """The sentences a house has changed; what it has not is not in `texts` and comes from the house above it."""

    region = models.OneToOneField(Region, on_delete=models.CASCADE, null=True, related_name="wording")
    province = models.OneToOneField(Province, on_delete=models.CASCADE, null=True, related_name="wording")
    texts = models.JSONField("naskah", default=dict)  # name of `wording.TEXTS` -> text
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [one_house("wording_of_one_house")]

    def __str__(self) -> str:
        return f"{self.region_id or self.province_id} {self.version}"


class WordTemplate(models.Model):
    """A Word file of a house into which a kind of document is poured; a newer one takes its place."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, null=True, related_name="word_templates")
    province = models.ForeignKey(Province, on_delete=models.CASCADE, null=True, related_name="word_templates")
    kind = models.CharField("jenis dokumen", max_length=3)
    name = models.CharField("nama berkas", max_length=120)
    stored_as = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            one_house("word_template_of_one_house"),
            models.UniqueConstraint(
                fields=["region", "kind"], condition=Q(region__isnull=False), name="word_template_once_per_region"
            ),
            models.UniqueConstraint(
                fields=["province", "kind"], condition=Q(province__isnull=False), name="word_template_once_per_province"
            ),
        ]

    def __str__(self) -> str:
        return self.name
