"""What people say when they hand in, answer or switch; nothing here saves or knows who may."""

from django import forms

LETTERS = 2000


class SendForm(forms.Form):
    """The numbers the sender was shown, the word that they are meant, and a note about them."""

    angka = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)
    confirmed = forms.BooleanField(
        required=True, error_messages={"required": "Centang pernyataan di bawah ini lebih dulu."}
    )
    note = forms.CharField(
        required=False, max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 3}), label="Catatan pengirim"
    )


class AnswerForm(forms.Form):
    """Which request is answered, and a reason where one is needed."""

    request = forms.IntegerField(min_value=1, max_value=2**62)
    reason = forms.CharField(required=False, max_length=LETTERS)


class SwitchForm(forms.Form):
    """Whether the leader must say yes."""

    wanted = forms.BooleanField(required=False)
