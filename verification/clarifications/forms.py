"""What is asked or answered."""

from django import forms


class MessageForm(forms.Form):
    """A few sentences."""

    text = forms.CharField(
        max_length=4000,
        error_messages={
            "required": "Tulis pesannya lebih dahulu.",
            "max_length": "Pesan paling panjang 4.000 huruf. Ringkas, atau lampirkan sebagai bukti.",
        },
    )
