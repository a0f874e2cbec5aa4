"""What a person wants to say."""

from django import forms


class CommentForm(forms.Form):
    """Words, and the sheet they were written on."""

    teks = forms.CharField(
        max_length=2000,
        error_messages={
            "required": "Tulis komentarnya lebih dulu.",
            "max_length": "Komentar paling banyak 2.000 huruf. Ringkas, atau bagi menjadi dua.",
        },
    )
    lembar = forms.RegexField(
        r"^[0-9a-f]{32}$",
        error_messages={
            "required": "Muat ulang halaman, lalu kirim lagi.",
            "invalid": "Muat ulang halaman, lalu kirim lagi.",
        },
    )
