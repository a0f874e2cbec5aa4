"""Which passwords are taken, which are refused and why, and how they are kept."""

import pytest
from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts import actions
from accounts.forms import NewPasswordForm
from kla_portal import settings as portal
from tests.factories import NOW, make_region, make_user

pytestmark = pytest.mark.django_db
LONG = "abu jingga merpati " * 6 + "gelap terang kabut"


@pytest.fixture
def operator():
    return make_user("OPERATOR", username="mawarmelati", region=make_region("63.10", "Kabupaten Tanah Bumbu"))


def reasons(password, user):
    """The codes of all rules that refuse a password."""
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        return sorted(each.code for each in refusal.error_list)
    return []


@pytest.mark.parametrize(
    ("password", "expected"),
    [
        ("kucing-oren", ["password_too_short"]),
        ("kucing-orens", []),
        ("payung biru teras", []),
        (" spasi di kedua tepi ", []),
        ("ключевое слово дома", []),
        ("🐈🐈🐈🐈 duduk manis", []),
        (LONG[:128], []),
        ("ab" * 64 + "c", ["password_too_long"]),
        ("international", ["password_too_common"]),
        ("Telechargement", ["password_too_common"]),
        ("password-panjang-saya", ["password_context"]),
        ("Kata Sandi rumah kita", ["password_context"]),
        ("dp3a halaman depan", ["password_context"]),
        ("kota layak anak kita", ["password_context"]),
        ("kla pagi siang malam", ["password_context"]),
        ("klaklakla-pagi-siang", ["password_context"]),
        ("naklapis legit hangat", []),  # "kla" inside another word is no clue
        ("sarapan pagi 2025 yuk", ["password_context"]),
        ("nomor 120256 jendela", []),  # a longer number is no year
        ("tanahbumbu indah sekali", ["password_context"]),
        ("Tanah_Bumbu indah sekali", ["password_context"]),
        ("provinsi 63 yang ramah", ["password_context"]),
        ("ogan ilir indah sekali", []),  # not this person's region
        ("mawarmelati9x", ["password_too_similar"]),
    ],
)
def test_password_is_refused_for_what_is_wrong_with_it(operator, password, expected):
    assert reasons(password, operator) == expected


def test_verifier_may_not_use_the_province(operator):
    verifier = make_user("VERIFIER", region=operator.region)

    assert reasons("provinsi 63 yang ramah", verifier) == ["password_context"]


@pytest.mark.parametrize("password", [" spasi di kedua tepi ", LONG[:127] + " ", "naïve café übergang"])
def test_password_is_kept_whole(operator, password):
    form = NewPasswordForm({"new": password, "again": password}, user=operator)
    assert form.is_valid(), form.errors

    kept = actions.set_password(user=operator, password=form.cleaned_data["new"], by=operator, at=NOW)

    assert [kept.check_password(tried) for tried in (password, password.strip() + "x", password[:-1])] == [
        True, False, False,
    ]  # fmt: skip


def test_two_different_entries_are_told(operator):
    form = NewPasswordForm({"new": "payung biru teras", "again": "payung biru teraz"}, user=operator)

    assert form.errors == {"again": ["Kedua kata sandi baru tidak sama."]}


def test_refused_password_changes_nothing(operator):
    before = operator.password

    with pytest.raises(ValidationError):
        actions.set_password(user=operator, password="pendek", by=operator, at=NOW)

    operator.refresh_from_db()
    assert operator.password == before


def test_portal_keeps_passwords_with_argon2id_alone(settings):
    settings.PASSWORD_HASHERS = portal.PASSWORD_HASHERS

    kept = make_password("payung biru teras")

    assert portal.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert (kept.startswith("argon2$argon2id$v=19$"), identify_hasher(kept).algorithm) == (True, "argon2")
    assert (check_password("payung biru teras", kept), check_password("payung biru teraz", kept)) == (True, False)
