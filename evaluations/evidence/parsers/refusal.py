"""How a parser says no."""


class Refusal(Exception):
    """The file is not accepted; `code` names the sentence people read (`evaluations.evidence.sentences`)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
