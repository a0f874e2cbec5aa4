"""Addresses under the names allauth expects; only the pages people here need: no sign-up, no mail."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import path

from accounts import views

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("keluar/", views.log_out, name="account_logout"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
    path("kata-sandi/", views.change_password, name="account_change_password"),
    path("dua-langkah/", mfa.index, name="mfa_index"),
    path("dua-langkah/kode/", mfa.authenticate, name="mfa_authenticate"),
    path("dua-langkah/konfirmasi/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("dua-langkah/aktifkan/", totp.activate_totp, name="mfa_activate_totp"),
    path("dua-langkah/matikan/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("dua-langkah/pemulihan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("dua-langkah/pemulihan/buat/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("dua-langkah/pemulihan/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
]
