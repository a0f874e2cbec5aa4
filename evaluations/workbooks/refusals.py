"""Why a file with answers is not taken, or no longer."""


class WorkbookRefused(Exception):
    """Nothing of the file is taken; the text is a sentence for people."""


class ImportClosed(Exception):
    """The preview has been decided or has run out; the text is a sentence for people."""


class Moved(Exception):
    """What the person confirmed is no longer what would be written: the portal's answers have changed meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Jawaban di portal berubah sejak pratinjau ini dibuka, jadi belum ada yang ditulis. "
            "Periksa lagi baris di bawah ini, lalu terapkan."
        )
