"""From a total to a tier: every hundredth, the edges, the published cases."""

from decimal import Decimal

import pytest

from clusters.predicates import NextTier, Tier, next_tier, spans, tier_for

PRATAMA = Tier(500, "PRATAMA", "Pratama")
MADYA = Tier(601, "MADYA", "Madya")
NINDYA = Tier(701, "NINDYA", "Nindya")
UTAMA = Tier(801, "UTAMA", "Utama")
KLA = Tier(901, "KLA", "Kabupaten/Kota Layak Anak")
TIERS = (PRATAMA, MADYA, NINDYA, UTAMA, KLA)

# Whole scores from ... to, as the ministry publishes them.
PUBLISHED_BANDS = [
    (None, 0, 499), (PRATAMA, 500, 600), (MADYA, 601, 700), (NINDYA, 701, 800), (UTAMA, 801, 900), (KLA, 901, 1000)
]  # fmt: skip


def test_every_hundredth_from_0_to_1000_has_the_published_tier():
    expected = {whole: tier for tier, low, high in PUBLISHED_BANDS for whole in range(low, high + 1)}

    wrong = [step for step in range(100_001) if tier_for(Decimal(step).scaleb(-2), TIERS) != expected[step // 100]]

    assert (len(expected), wrong) == (1001, [])


@pytest.mark.parametrize(
    ("score", "tier"),
    [
        ("0", None), ("499.99", None), ("500", PRATAMA), ("500.20", PRATAMA), ("600.99", PRATAMA), ("601", MADYA),
        ("700.99", MADYA), ("701", NINDYA), ("800.38", NINDYA), ("800.99", NINDYA), ("801", UTAMA), ("900.99", UTAMA),
        ("901", KLA), ("961.86", KLA), ("1000", KLA),
    ],
)  # fmt: skip
def test_tier_for_takes_the_whole_part(score, tier):
    assert tier_for(Decimal(score), TIERS) == tier


# Region and cycle, score, predicate as announced (process.md).
PUBLISHED = [
    ("Tanah Bumbu 2024, VA", "800.38", NINDYA),
    ("Magelang 2022, VA", "885.40", UTAMA),
    ("Sragen 2022, VA", "735.70", NINDYA),
    ("Demak 2022, VA", "697.40", MADYA),
    ("Wonogiri 2022, VA", "686.95", MADYA),
    ("Batang 2022, VA", "663.30", MADYA),
    ("Karanganyar 2022, VA", "654.35", MADYA),
    ("Kutai Barat 2022, akhir", "500.20", PRATAMA),
]


@pytest.mark.parametrize(("case", "score", "tier"), PUBLISHED)
def test_published_scores_have_their_published_predicate(case, score, tier):
    assert tier_for(Decimal(score), TIERS) == tier


def test_order_of_the_bands_does_not_matter():
    assert tier_for(Decimal("735.70"), reversed(TIERS)) == NINDYA
    assert next_tier(Decimal("735.70"), reversed(TIERS)) == NextTier(UTAMA, Decimal("65.30"))


@pytest.mark.parametrize(
    ("score", "following"),
    [
        ("0", NextTier(PRATAMA, Decimal("500"))),
        ("499.99", NextTier(PRATAMA, Decimal("0.01"))),
        ("500", NextTier(MADYA, Decimal("101"))),
        ("800.38", NextTier(UTAMA, Decimal("0.62"))),
        ("901", None),
        ("1000", None),
    ],
)
def test_next_tier_tells_what_is_missing(score, following):
    assert next_tier(Decimal(score), TIERS) == following


def test_reaching_what_is_missing_reaches_the_next_tier():
    for step in range(0, 90_100, 7):
        score = Decimal(step).scaleb(-2)
        following = next_tier(score, TIERS)
        assert tier_for(score + following.missing, TIERS) == following.tier


def test_spans_cover_the_scale_without_holes():
    stretches = spans(TIERS, 1000)

    assert stretches == [
        (None, 0, 500), (PRATAMA, 500, 601), (MADYA, 601, 701), (NINDYA, 701, 801), (UTAMA, 801, 901), (KLA, 901, 1000)
    ]  # fmt: skip
    assert [high for _, _, high in stretches[:-1]] == [low for _, low, _ in stretches[1:]]


def test_without_bands_there_is_no_tier():
    assert (tier_for(Decimal(1000), []), next_tier(Decimal(0), [])) == (None, None)
