"""The demo: a province to try the portal on. Who may log in with which password, and nothing else to import."""

from dataclasses import dataclass

PASSWORD = "payung-biru-teras"  # noqa: S105 - printed on the log-in page of a demo, refused in production
CYCLE = "2024"


@dataclass(frozen=True, slots=True)
class Account:
    """A demo account as the start message and the log-in page list it."""

    username: str
    name: str
    role: str  # a value of `User.Role`
    label: str  # the role in words
    place: str  # what the role speaks of, in words
    region: str = ""  # code, for those bound to a region
    office: str = ""  # code in the instrument, for staff
    province: str = ""  # code, for verifiers


def _staff(username: str, name: str, region: str, place: str, office: str) -> Account:
    return Account(username, name, "STAFF", "Staf perangkat daerah", place, region=region, office=office)


ACCOUNTS = (
    Account("operator.tapin", "Operator Tapin", "OPERATOR", "Operator", "Tapin, evaluasi mandiri", region="63.05"),
    _staff("staf.tapin", "Staf Dinkes Tapin", "63.05", "Dinas Kesehatan Tapin", "dinkes"),
    _staff("kec.binuang", "Staf Kecamatan Binuang", "63.05", "Kecamatan Binuang, Tapin", "kecamatan-63-05-01"),
    Account(
        "operator.kotabaru", "Operator Kotabaru", "OPERATOR", "Operator", "Kotabaru, dengan siklus lalu", region="63.02"
    ),
    Account(
        "operator", "Operator Tanah Bumbu", "OPERATOR", "Operator", "Tanah Bumbu, verifikasi lapangan", region="63.10"
    ),
    _staff("staf.dinkes", "Staf Dinkes", "63.10", "Dinas Kesehatan Tanah Bumbu", "dinkes"),
    _staff("staf.disdik", "Staf Disdik", "63.10", "Dinas Pendidikan Tanah Bumbu", "disdik"),
    Account("operator.tala", "Operator Tanah Laut", "OPERATOR", "Operator", "Tanah Laut, siap dikirim", region="63.01"),
    Account(
        "penelaah.tala",
        "Penelaah Tanah Laut",
        "REVIEWER",
        "Penelaah internal",
        "Tanah Laut, telaah berjalan",
        region="63.01",
    ),
    Account("pimpinan.tala", "Ketua Gugus Tugas Tanah Laut", "LEADER", "Pimpinan", "Tanah Laut", region="63.01"),
    _staff("staf.tala", "Staf Dinkes Tanah Laut", "63.01", "Dinas Kesehatan Tanah Laut", "dinkes"),
    Account(
        "penelaah.batola",
        "Penelaah Barito Kuala",
        "REVIEWER",
        "Penelaah internal",
        "Barito Kuala",
        region="63.04",
    ),
    Account("penelaah", "Penelaah Internal", "REVIEWER", "Penelaah internal", "Tanah Bumbu", region="63.10"),
    Account("pimpinan", "Ketua Gugus Tugas", "LEADER", "Pimpinan", "Tanah Bumbu", region="63.10"),
    Account("verifikator", "Verifikator Provinsi", "VERIFIER", "Verifikator", "Kalimantan Selatan", province="63"),
    Account(
        "verifikator.dua",
        "Verifikator Kedua",
        "VERIFIER",
        "Verifikator",
        "Kalimantan Selatan, penilai kedua",
        province="63",
    ),
    Account(
        "koordinator",
        "Koordinator Verifikasi",
        "VERIFIER",
        "Verifikator",
        "Kalimantan Selatan, koordinator",
        province="63",
    ),
    Account("verifikator.sumsel", "Verifikator Sumsel", "VERIFIER", "Verifikator", "Sumatera Selatan", province="16"),
    Account("admin", "Administrator", "ADMIN", "Administrator", "seluruh portal"),
)
