"""Recognising offices by what people call them, as a table."""

from dataclasses import dataclass, field

import pytest

from accounts.offices.names import Directory, key_of


@dataclass
class Office:
    pk: int
    code: str
    name: str
    aliases: list[str] = field(default_factory=list)


CAPIL, HEALTH, WOMEN, SOCIAL, TOURISM, WORKS, HOUSING, POLICE, UNIT, ALL, ONE, MARKET, KOMINFO, SOC_UNIT = range(1, 15)
OFFICES = [
    Office(CAPIL, "disdukcapil", "Dinas Kependudukan dan Pencatatan Sipil", ["Disdukcapil", "Dukcapil", "Capil"]),
    Office(HEALTH, "dinkes", "Dinas Kesehatan", ["Dinkes"]),
    Office(WOMEN, "dp3ap2kb", "Dinas PPPA (DP3AP2KB)", ["DPPPAPPKB", "DP3A"]),
    Office(SOCIAL, "dinsos", "Dinas Sosial", ["Dinsos"]),
    Office(TOURISM, "disparpora", "Dinas Pariwisata, Kepemudaan, dan Olahraga", ["Dispora"]),
    Office(WORKS, "dinas_pupr", "Dinas PUPR", ["Dinas PU"]),
    Office(HOUSING, "dinas_perkim", "Dinas Perumahan dan Kawasan Permukiman", ["Dinas PU Perkim", "Perkim"]),
    Office(POLICE, "polres", "Polres", ["UPPA Polres", "Unit PPA"]),
    Office(UNIT, "uptd_ppa", "UPTD PPA"),
    Office(ALL, "kecamatan", "Semua kecamatan", ["Kecamatan"]),
    Office(ONE, "kec-kusan-hilir", "Kecamatan Kusan Hilir"),
    Office(MARKET, "dunia_usaha", "Dunia usaha / forum CSR / APSAI"),
    Office(KOMINFO, "diskominfo", "Dinas Komunikasi & Informatika", ["Kominfo"]),
    Office(SOC_UNIT, "bagsos", "Bagian Sosial"),
]
DIRECTORY = Directory(OFFICES, "Kabupaten Tanah Bumbu")


@pytest.mark.parametrize(
    ("said", "pk"),
    [
        ("Capil", CAPIL), ("Dukcapil", CAPIL), ("Dinas Dukcapil", CAPIL), ("  DINAS   dukcapil. ", CAPIL),
        ("dis.duk.capil", CAPIL), ("Dinas Kependudukan & Pencatatan Sipil", CAPIL),
        ("kependudukan dan pencatatan sipil", CAPIL),
        ("Dukcapil Kab. Tanah Bumbu", CAPIL), ("Dinas Kesehatan Kabupaten Tanah Bumbu", HEALTH),
        ("dinkes kabupaten", HEALTH),
        ("DP3AP2KB", WOMEN), ("dinas pppa", WOMEN), ("Dinas DP3A", WOMEN), ("dp3a-p2kb", WOMEN),
        ("Dinas Pariwisata, Kepemudaan, dan Olahraga", TOURISM), ("Dinas PU", WORKS),
        ("pupr", WORKS), ("PU Perkim", HOUSING),
        ("Unit PPA", POLICE), ("uptd  ppa", UNIT), ("kecamatan", ALL), ("Kec. Kusan Hilir", ONE), ("kusan hilir", ONE),
        ("APSAI", MARKET), ("Dunia Usaha", MARKET), ("Dinas Kominfo", KOMINFO), ("komunikasi dan informatika", KOMINFO),
        ("satpol", None), ("Dinas Sosial", SOCIAL), ("Bagian Sosial", SOC_UNIT), ("ＤＩＮＫＥＳ", HEALTH),
        ("dinas_pupr", WORKS),
    ],
)  # fmt: skip
def test_office_is_recognised_by_what_it_is_called(said, pk):
    assert DIRECTORY.find(said).pk == pk


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("Sosial", "“Sosial” dapat berarti Bagian Sosial atau Dinas Sosial. Tulis nama lengkapnya."),
        ("Dukcpil", "“Dukcpil” tidak dikenal. Maksud Anda Dinas Kependudukan dan Pencatatan Sipil?"),
        ("Dinas Keshatan", "“Dinas Keshatan” tidak dikenal. Maksud Anda Dinas Kesehatan?"),
        ("qqqq", "“qqqq” tidak dikenal. Tulis nama perangkat daerah yang terdaftar, atau tambahkan dulu."),
        ("Dinas", "“Dinas” tidak dikenal. Tulis nama perangkat daerah yang terdaftar"),
        ("---", "“---” tidak dikenal. Tulis nama perangkat daerah yang terdaftar, atau tambahkan dulu."),
        ("Capil", ""),
    ],
)
def test_what_is_not_recognised_is_named_with_the_nearest(said, complaint):
    found = DIRECTORY.find(said).complaint

    assert found.startswith(complaint) if complaint else found == ""


@pytest.mark.parametrize(
    ("said", "pks"),
    [
        ("Dinkes; Capil", [HEALTH, CAPIL]),
        ("Dinkes, Capil", [HEALTH, CAPIL]),
        ("Dinkes\nDinas Pariwisata, Kepemudaan, dan Olahraga ; Perkim", [HEALTH, TOURISM, HOUSING]),
        ("Dinkes, Entah", [HEALTH, None]),
        ("", []),
        (" ;; ", []),
        ("Bukan, Siapa", [None]),
    ],
)
def test_list_of_offices_is_parted_without_breaking_names(said, pks):
    assert [match.pk for match in DIRECTORY.listed(said)] == pks


def test_one_name_for_two_offices_is_ambiguous_not_a_guess():
    twins = Directory([Office(1, "a", "Dinas A", ["Kembar"]), Office(2, "b", "Dinas B", ["kembar"])])

    assert (twins.find("KEMBAR").pk, twins.find("KEMBAR").candidates) == (None, ("Dinas A", "Dinas B"))


def test_region_called_like_an_office_word_does_not_empty_a_name():
    assert Directory([Office(1, "k", "Kantor Kota")], "Kota Kota").find("Kantor Kota").pk == 1


def test_long_text_is_answered_at_once():
    found = DIRECTORY.find("Dinas " * 200_000)

    assert (found.pk, len(found.said) <= 200) == (None, True)


@pytest.mark.parametrize(
    ("names", "but", "taken"),
    [
        (["Baru", "capil!"], None, ("capil!", "Dinas Kependudukan dan Pencatatan Sipil")),
        (["Capil"], CAPIL, None),
        (["Kesehatan"], None, None),
        (["DINAS-KESEHATAN"], CAPIL, ("DINAS-KESEHATAN", "Dinas Kesehatan")),
    ],
)
def test_name_belongs_to_one_office(names, but, taken):
    assert DIRECTORY.taken(names, but) == taken


def test_key_leaves_only_letters_and_digits():
    assert key_of(" Dinas P & K_2 ") == "dinaspdank2"
