"""Mentions in a text."""

import pytest

from evaluations.discussion.words import Piece, mentioned, pieces, unheard

KNOWN = {"staf.dinkes": 1, "operator": 2}
NAMES = {"staf.dinkes": "Staf Dinkes", "operator": "Operator"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@operator mohon dicek", {2}),
        ("Mohon dicek, @Staf.Dinkes.", {1}),
        ("(@operator), @staf.dinkes!", {1, 2}),
        ("surel operator@operator.go.id", set()),
        ("@operatorr dan @lain", set()),
        ("@ operator", set()),
        ("", set()),
    ],
)
def test_mentioned_finds_known_people_only(text, found):
    assert mentioned(text, KNOWN) == found


def test_pieces_keep_every_letter_and_mark_whom_they_name():
    text = "Halo @Staf.Dinkes. Lihat <b>@operator</b> ya"

    cut = pieces(text, NAMES)

    assert "".join(piece.text for piece in cut) == text
    assert [piece for piece in cut if piece.mentions] == [
        Piece("@Staf.Dinkes", "Staf Dinkes"),
        Piece("@operator", "Operator"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@operator dan @Staf.Dinkes.", []),
        ("@operatorr, @Budi. @budi @sri-", ["@operatorr", "@budi", "@sri"]),
        ("surel sri@dinas.go.id, 5 buku @10.000 atau @Rp10.000", []),
        ("", []),
    ],
)
def test_unheard_are_names_that_call_nobody(text, names):
    assert unheard(text, KNOWN) == names
