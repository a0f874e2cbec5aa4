"""Input about people: log-in, second factor, passwords, new accounts."""

from collections.abc import Collection
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet

from accounts.actions import Post
from accounts.models import Office, Province, Region, User

Role = User.Role
REGIONAL = (Role.STAFF, Role.OPERATOR, Role.REVIEWER, Role.LEADER)


def _word(form: forms.Form, field: str, label: str) -> None:
    """Give a field of allauth our label and take its placeholder away: it would repeat the label."""
    form.fields[field].label = label
    form.fields[field].widget.attrs.pop("placeholder", None)


def _code(form: forms.Form) -> None:
    _word(form, "code", "Kode verifikasi")
    form.fields["code"].widget.attrs.update({"inputmode": "numeric", "autofocus": True})


class LoginForm(account_forms.LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "login", "Nama pengguna")
        _word(self, "password", "Kata sandi")
        self.fields["login"].widget.attrs.update({"autofocus": True, "autocapitalize": "none", "spellcheck": "false"})
        self.fields["password"].help_text = ""


class ConfirmPasswordForm(account_forms.ReauthenticateForm):  # type: ignore[misc]
    """The password once more before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _word(self, "password", "Kata sandi")
        self.fields["password"].help_text = ""


class CodeForm(mfa_forms.AuthenticateForm):  # type: ignore[misc]
    """The second step of logging in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)
        self.fields["code"].widget.attrs.pop("inputmode")  # recovery codes have letters


class ConfirmCodeForm(mfa_forms.ReauthenticateForm):  # type: ignore[misc]
    """A code instead of the password before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


class ActivateForm(totp_forms.ActivateTOTPForm):  # type: ignore[misc]
    """The first code proves that the app holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


def _password(label: str, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget)


class NewPasswordForm(forms.Form):
    """A password twice; every rule is checked against the person it is for."""

    new = _password("Kata sandi baru", "new-password")
    again = _password("Ulangi kata sandi baru", "new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields[
            "new"
        ].help_text = "12 sampai 128 karakter; spasi boleh. Beberapa kata yang tidak berkaitan mudah diingat."

    def clean_new(self) -> str:
        """The rules of `settings.AUTH_PASSWORD_VALIDATORS`."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        cleaned = super().clean() or {}
        if "new" in cleaned and "again" in cleaned and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "Kedua kata sandi baru tidak sama.")
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    """The present password first."""

    current = _password("Kata sandi sekarang", "current-password")
    field_order = ["current", "new", "again"]

    def clean_current(self) -> str:
        """Whoever sits at an open screen does not take the account over."""
        current: str = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise forms.ValidationError("Kata sandi sekarang tidak cocok.")
        return current


class PostForm(forms.Form):
    """First step of a new account: which role, and where."""

    role = forms.ChoiceField(label="Peran")
    region = forms.ModelChoiceField(
        Region.objects.order_by("code"), label="Kabupaten/kota", required=False, to_field_name="code",
        empty_label="Pilih kabupaten/kota",
    )  # fmt: skip
    province = forms.ModelChoiceField(
        Province.objects.order_by("code"), label="Provinsi", required=False, to_field_name="code",
        empty_label="Pilih provinsi",
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Collection[str], own_region: Region | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(value, label) for value, label in Role.choices if value in roles]
        self.fields["role"] = forms.ChoiceField(label="Peran", choices=[("", "Pilih peran"), *chosen])
        if own_region is not None:
            self.regions.queryset = Region.objects.filter(pk=own_region.pk)

    @property
    def regions(self) -> "forms.ModelChoiceField[Region]":
        """The field with the regions somebody may choose."""
        field = self.fields["region"]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    def clean(self) -> dict[str, Any]:
        """A role with the place it speaks of; places that it does not speak of are dropped."""
        cleaned = super().clean() or {}
        role = cleaned.get("role")
        if role in REGIONAL and not cleaned.get("region"):
            self.add_error("region", "Pilih kabupaten/kota untuk peran ini.")
        if role == Role.VERIFIER and not cleaned.get("province"):
            self.add_error("province", "Pilih provinsi untuk verifikator.")
        cleaned["region"] = cleaned.get("region") if role in REGIONAL else None
        cleaned["province"] = cleaned.get("province") if role == Role.VERIFIER else None
        return cleaned

    @property
    def role_name(self) -> str:
        """The chosen role in words."""
        return str(Role(self.cleaned_data["role"]).label)

    @property
    def place(self) -> Region | Province | None:
        """What the role speaks of, once the form is valid."""
        found: Region | Province | None = self.cleaned_data["region"] or self.cleaned_data["province"]
        return found


def email_field() -> forms.EmailField:
    """Where reminders go, if anywhere."""
    return forms.EmailField(
        label="Surel", required=False, max_length=254,
        help_text="Untuk pengingat harian. Boleh dikosongkan.",
        error_messages={"invalid": "Alamat surel ini tidak lengkap. Contoh: nama@instansi.go.id."},
    )  # fmt: skip


class EmailForm(forms.Form):
    """The address alone."""

    email = email_field()


MOST_LINKS = 100


class LinksForm(forms.Form):
    """For whom one-time links are made."""

    def __init__(self, *args: Any, expected: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"] = forms.ModelMultipleChoiceField(
            expected, label="Pengguna",
            error_messages={
                "required": "Centang dulu orang yang akan diberi tautan.",
                "invalid_choice": "Salah satu orang sudah masuk atau bukan pengguna Anda. Muat ulang halaman ini.",
                "invalid_pk_value": "Daftar ini tidak terbaca. Muat ulang halaman ini.",
            },
        )  # fmt: skip

    def clean_users(self) -> list[User]:
        """As many as fit on a sheet, by office and name."""
        users = list(self.cleaned_data["users"])
        if len(users) > MOST_LINKS:
            raise forms.ValidationError(f"Paling banyak {MOST_LINKS} tautan sekali jalan.")
        return sorted(users, key=lambda user: (str(user.office or ""), str(user)))


class PersonForm(forms.Form):
    """Second step: who it is; staff name their office."""

    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,39}$", label="Nama pengguna", max_length=40,
        help_text="Huruf kecil, angka, titik, misalnya operator.tapin.",
        error_messages={"invalid": "Pakai 3 sampai 40 huruf kecil, angka, titik, atau garis."},
    )  # fmt: skip
    name = forms.CharField(label="Nama lengkap", max_length=150)
    email = email_field()
    office = forms.ModelChoiceField(
        Office.objects.none(), label="Perangkat daerah", empty_label="Pilih perangkat daerah"
    )

    def __init__(self, *args: Any, role: str, region: Region | None, province: Province | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role, self.region, self.province = role, region, province
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"
        if role == Role.STAFF:
            self.offices.queryset = Office.objects.filter(region=region).order_by("name")
        else:
            del self.fields["office"]

    @property
    def offices(self) -> "forms.ModelChoiceField[Office]":
        """The field with the offices of the region."""
        field = self.fields["office"]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    @property
    def post(self) -> Post:
        """The role with all it needs, once the form is valid."""
        return Post(self.role, self.province, self.region, self.cleaned_data.get("office"))


class _FilterForm(forms.Form):
    """A form in the address: what cannot be read is told beside its field, the rest still filters."""

    def wanted(self) -> dict[str, Any]:
        """The filters that can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class UserSearchForm(_FilterForm):
    """What the list of accounts is cut down to."""

    q = forms.CharField(label="Cari nama atau perangkat daerah", required=False, max_length=80)
    role = forms.ChoiceField(label="Peran", required=False, choices=[("", "Semua peran"), *Role.choices])
    state = forms.ChoiceField(
        label="Keadaan", required=False,
        choices=[("", "Semua keadaan"), ("new", "Belum pernah masuk"), ("off", "Nonaktif")],
    )  # fmt: skip
