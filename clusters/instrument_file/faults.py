"""What is wrong with a file: line by line, all of it, so that it is mended in one go."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault with the line it stands on, counted from 1."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"baris {self.line}: {self.sentence}"


@dataclass(slots=True)
class Faults:
    """The faults found so far; reading goes on after each of them as long as there is something to read."""

    found: dict[Fault, None] = field(default_factory=dict)  # a set that keeps its order

    def add(self, line: int, sentence: str) -> None:
        """Note a fault; the same one twice counts once."""
        self.found[Fault(line, sentence)] = None

    def refuse_if_any(self) -> None:
        """Raise `FileRefused` with everything found, in the order of the file."""
        if self.found:
            raise FileRefused(sorted(self.found))


class FileRefused(Exception):
    """The file is not loaded; nothing was written."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
