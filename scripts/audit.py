"""Ask for known weaknesses of every pinned package, and say plainly which ones nobody could be asked about.

Ends with 1 only for a real finding: a package that could not be looked up is printed, not passed over.
"""

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

FILES = ("requirements.txt", "requirements-dev.txt")


def main() -> int:
    """Both files, one verdict."""
    packages = {package["name"]: package for file in FILES for package in _asked(file)}
    unknown = {name for name, package in packages.items() if "skip_reason" in package}
    weak = [_line(name, weakness) for name, package in packages.items() for weakness in package.get("vulns", [])]
    print(f"{len(packages)} packages: {len(unknown)} could not be looked up, {len(weak)} known weaknesses")
    if unknown:
        print("Could not be looked up, which says nothing about their safety:")
        print(textwrap.fill(", ".join(sorted(unknown)), 110, initial_indent="  ", subsequent_indent="  "))
    print(*weak, sep="\n", end="\n" if weak else "")
    return 1 if weak else 0


def _asked(file: str) -> list[dict[str, Any]]:
    command = [str(Path(sys.executable).parent / "pip-audit"), "-r", file]
    done = subprocess.run(
        [*command, "--disable-pip", "--progress-spinner", "off", "-f", "json"], capture_output=True, text=True
    )
    try:
        return list(json.loads(done.stdout)["dependencies"])
    except (ValueError, KeyError):
        pins = [line.split("==")[0] for line in Path(file).read_text().splitlines() if "==" in line]
        print(f"{file}: no answer ({' '.join(done.stderr.split())[-160:]})")
        return [{"name": name, "skip_reason": "no answer"} for name in pins]


def _line(name: str, weakness: dict[str, Any]) -> str:
    mended = ", ".join(weakness["fix_versions"]) or "nowhere yet"
    return f"WEAK: {name}, {weakness['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
