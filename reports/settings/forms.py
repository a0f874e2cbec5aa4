"""The sentences of a house as a form: every text a field, empty for the one of the house above or the portal."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from reports import wording
from reports.forms import NIP

KEEP_VERSION = 999_999_999


class WordingForm(forms.Form):
    """`standard` are the texts that count where a field stays empty; they stand in the fields as placeholders."""

    version = forms.IntegerField(min_value=0, max_value=KEEP_VERSION, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, standard: dict[str, str], is_province: bool, preview_address: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        shown = wording.groups_for(is_province=is_province)
        self.texts = {text.name: text for group in shown for text in group.texts}
        for name, text in self.texts.items():
            self.fields[name] = _field(text, standard[name])
        self.helper = FormHelper()
        self.helper.attrs = {
            "hx-post": preview_address,
            "hx-trigger": "input changed delay:400ms, change",
            "hx-target": "#pratinjau",
            "hx-swap": "outerHTML",
        }
        groups = [Fieldset(group.label, *(text.name for text in group.texts)) for group in shown]
        self.helper.layout = Layout("version", *groups)
        self.helper.add_input(Submit("simpan", "Simpan", css_class="btn btn-primary"))

    @property
    def typed(self) -> dict[str, str]:
        """The texts as they stand in the fields now, clean where they are valid; empty ones left out."""
        if not self.is_bound:
            found = {name: self.get_initial_for_field(self.fields[name], name) for name in self.texts}
        else:
            self.is_valid()
            found = {name: self.cleaned_data.get(name, "") for name in self.texts}
        return {name: str(text) for name, text in found.items() if text not in (None, "")}

    def clean(self) -> dict[str, Any]:
        """Only names the texts know stand in braces; numbers are numbers; a NIP has its 18 digits."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.texts:
            value = cleaned.get(name)
            if isinstance(value, str) and (unknown := wording.unknown_names(value)):
                self.add_error(name, f"Isian tidak dikenal: {', '.join(sorted(unknown))}. Pakai isian pada daftar.")
        for name in wording.NIPS:
            if digits := "".join(str(cleaned.get(name) or "").split()):
                self._check_nip(name, digits)
        return cleaned

    def _check_nip(self, name: str, digits: str) -> None:
        try:
            NIP(digits)
        except forms.ValidationError as wrong:
            self.add_error(name, wrong)
        else:
            self.cleaned_data[name] = digits


def _field(text: wording.Text, standard: str) -> forms.Field:
    if text.name in wording.NUMBERS:
        least, most = wording.NUMBERS[text.name]
        widget = forms.NumberInput(attrs={"placeholder": standard})
        return forms.IntegerField(
            label=text.label, help_text=text.help, required=False, min_value=least, max_value=most, widget=widget
        )
    area = forms.Textarea(attrs={"rows": text.lines, "placeholder": standard})
    line = forms.TextInput(attrs={"placeholder": standard})
    return forms.CharField(
        label=text.label, help_text=text.help, required=False, max_length=text.most,
        widget=area if text.lines > 1 else line,
    )  # fmt: skip
