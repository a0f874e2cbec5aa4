"""The instrument as pages: who reads it, what stands there, and how many queries it takes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Instrument, Question
from tests.factories import make_instrument, make_user

pytestmark = pytest.mark.django_db

ROLES = ["STAFF", "OPERATOR", "REVIEWER", "VERIFIER", "LEADER", "ADMIN"]
PAGES = [
    ("clusters:index", []),
    ("clusters:instrument", ["uji-2024"]),
    ("clusters:cluster", ["uji-2024", "K"]),
    ("clusters:question", ["uji-2024", "2.1"]),
]


@pytest.fixture
def reader(client):
    """A logged-in leader, who answers and judges nothing."""
    client.force_login(make_user("LEADER"))
    return client


def text_of(response) -> str:
    """The page as it is sent, blanks joined."""
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def shown_codes(response) -> list[str]:
    """Codes of the questions in the results of a search."""
    return [row.question.code for row in response.context["found"].rows]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("page", "arguments"), PAGES)
def test_every_role_reads_every_page(client, role, page, arguments):
    make_instrument()
    client.force_login(make_user(role))

    assert client.get(reverse(page, args=arguments)).status_code == 200


@pytest.mark.parametrize(("page", "arguments"), PAGES)
def test_stranger_is_sent_to_the_login(client, page, arguments):
    make_instrument()

    response = client.get(reverse(page, args=arguments))

    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize(
    "address",
    [
        "/instrumen/tidak-ada/",
        "/instrumen/uji-2024/klaster/XX/",
        "/instrumen/lain-2025/klaster/K/",
        "/instrumen/uji-2024/pertanyaan/9.9/",
        "/instrumen/lain-2025/pertanyaan/1.1/",
        "/instrumen/uji-2024/pertanyaan/1.1'/",
    ],
)
def test_what_is_not_there_is_not_found(reader, address):
    make_instrument()
    Instrument.objects.create(code="lain-2025", name="Lain", maximum=1000, loaded_at="2025-01-01T00:00Z")

    assert reader.get(address).status_code == 404


@pytest.mark.parametrize(("page", "arguments"), PAGES)
def test_pages_are_only_read(reader, page, arguments):
    make_instrument()

    assert reader.post(reverse(page, args=arguments)).status_code == 405


def test_instrument_page_shows_clusters_predicates_and_remarks(reader):
    instrument = make_instrument()
    Instrument.objects.filter(pk=instrument.pk).update(remarks=["Indikator 3: pertanyaannya berjumlah 250,00."])

    response = reader.get(reverse("clusters:instrument", args=["uji-2024"]))

    text = text_of(response)
    assert "Indikator 3: pertanyaannya berjumlah 250,00." in text
    rows = [(each.code, each.indicator_count, each.question_count) for each in response.context["clusters"]]
    assert rows == [("K", 2, 4), ("I", 1, 2)]
    assert [(tier.code if tier else "", low, high) for tier, low, high in response.context["stretches"]] == [
        ("", 0, 499), ("PRATAMA", 500, 600), ("MADYA", 601, 700), ("NINDYA", 701, 800), ("UTAMA", 801, 900),
        ("KLA", 901, 1000),
    ]  # fmt: skip


def test_cluster_page_names_offices_and_the_ceiling(reader):
    make_instrument()

    response = reader.get(reverse("clusters:cluster", args=["uji-2024", "I"]))

    text = text_of(response)
    assert "Pertanyaannya berjumlah 250; yang dihitung paling banyak 200." in text
    rows = [(row.question.code, row.lead, row.supporting) for row in response.context["blocks"][0].rows]
    assert rows == [
        ("3.1", "Dinas Pendidikan", ["Dinas Kesehatan"]),
        ("3.2", "Dinas Pendidikan", ["Dinas Kesehatan"]),
    ]


def test_cluster_page_is_quiet_where_nothing_is_capped(reader):
    make_instrument()

    assert "yang dihitung paling banyak" not in text_of(reader.get("/instrumen/uji-2024/klaster/K/"))


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("1.1", "Pilih satu yang paling sesuai dengan bukti."),
        ("2.1", "Pilihannya mengikuti persentase yang diisi."),
        ("2.2", "Angka tahun 2023 dan 2024 dibandingkan; makin tinggi makin baik."),
        ("3.1", "Jumlahnya dicatat di samping pilihan"),
        ("3.2", "Meminta matriks isian"),
    ],
)
def test_question_page_says_how_its_option_is_found(reader, code, sentence):
    make_instrument()

    assert sentence in text_of(reader.get(reverse("clusters:question", args=["uji-2024", code])))


def test_question_page_says_when_lower_is_better(reader):
    make_instrument()
    Question.objects.filter(code="2.2").update(lower_is_better=True)

    assert "makin rendah makin baik" in text_of(reader.get("/instrumen/uji-2024/pertanyaan/2.2/"))


def test_question_page_lists_options_with_points_and_its_neighbours(reader):
    make_instrument()

    response = reader.get("/instrumen/uji-2024/pertanyaan/2.1/")

    assert '<th scope="row">Di atas 0% sampai 50%</th><td class="num right">50,00</td>' in text_of(response)
    assert (response.context["previous"].code, response.context["following"].code) == ("1.2", "2.2")


@pytest.mark.parametrize(("code", "neighbours"), [("1.1", (None, "1.2")), ("3.2", ("3.1", None))])
def test_first_and_last_question_have_one_neighbour(reader, code, neighbours):
    make_instrument()

    context = reader.get(reverse("clusters:question", args=["uji-2024", code])).context

    found = tuple(each and each.code for each in (context["previous"], context["following"]))
    assert found == neighbours


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("IMUNISASI", ["2.2"]),
        ("2.", ["2.1", "2.2"]),
        ("  imunisasi  ", ["2.2"]),
        ("100%", []),
        ("tidak ada sama sekali", []),
    ],
)
def test_search_looks_into_texts_and_codes(reader, words, codes):
    make_instrument()
    Question.objects.filter(code="2.2").update(text="Cakupan imunisasi dasar")

    assert shown_codes(reader.get("/instrumen/uji-2024/", {"cari": words})) == codes


def test_search_stays_within_its_instrument(reader):
    make_instrument()
    make_instrument("lain-2025")

    assert len(shown_codes(reader.get("/instrumen/uji-2024/", {"cari": "pertanyaan"}))) == 6


def test_search_without_words_shows_no_results(reader):
    make_instrument()

    assert reader.get("/instrumen/uji-2024/", {"cari": "  "}).context["found"] is None


@pytest.mark.parametrize("address", ["/instrumen/uji-2024/pertanyaan/%00/", "/instrumen/uji-2024/?cari=%00"])
def test_an_address_with_nul_is_a_bad_request(reader, address):
    make_instrument()

    assert reader.get(address).status_code == 400


def test_search_that_cannot_be_read_is_told_so(reader):
    make_instrument()

    response = reader.get("/instrumen/uji-2024/", {"cari": "a" * 101})

    assert 'class="field-error"' in text_of(response)
    assert response.context["found"] is None


def test_search_repeats_words_harmlessly(reader):
    make_instrument()

    text = text_of(reader.get("/instrumen/uji-2024/", {"cari": "<script>"}))

    assert "memuat “&lt;script&gt;”" in text
    assert "“<script>”" not in text


def test_htmx_gets_the_results_alone(reader):
    make_instrument()

    text = text_of(reader.get("/instrumen/uji-2024/", {"cari": "pertanyaan"}, headers={"HX-Request": "true"}))

    assert ("<html" in text, "6 pertanyaan memuat" in text) == (False, True)


def more_questions(count: int) -> None:
    """Copies of question 1.1 under its indicator."""
    first = Question.objects.get(code="1.1")
    for number in range(count):
        first.pk, first.code, first.position = None, f"1.9{number}", 90 + number
        first.save(force_insert=True)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/instrumen/", 1),
        ("/instrumen/uji-2024/", 2),
        ("/instrumen/uji-2024/?cari=pertanyaan", 4),
        ("/instrumen/uji-2024/klaster/K/", 6),
        ("/instrumen/uji-2024/pertanyaan/1.1/", 7),
    ],
)
@pytest.mark.parametrize("more", [0, 20])
def test_number_of_queries_does_not_grow_with_the_questions(reader, address, queries, more):
    """Queries on the rule book; those of session and frame are counted where they are made."""
    make_instrument()
    more_questions(more)
    reader.get(address)  # the edition is read once per process

    with CaptureQueriesContext(connection) as captured:
        reader.get(address)

    assert len([each for each in captured if '"clusters_' in each["sql"]]) == queries


def test_results_and_page_are_never_mistaken_for_each_other(reader):
    """Both have one address, so a cache must tell them apart, or going back would show the results alone."""
    make_instrument()

    assert "HX-Request" in reader.get("/instrumen/uji-2024/?cari=pertanyaan").headers["Vary"]


def test_question_page_shows_the_columns_of_its_table(reader):
    make_instrument()
    columns = [
        {"code": "umur", "name": "Kelompok umur", "kind": "choice", "required": True, "choices": ["0-5", "6-17"]},
        {"code": "anak", "name": "Jumlah anak", "kind": "number", "help": "Akhir tahun."},
    ]
    Question.objects.filter(code="3.2").update(matrix_columns=columns, matrix_name="Anak menurut umur")

    page = text_of(reader.get("/instrumen/uji-2024/pertanyaan/3.2/"))

    for words in ("Matriks: Anak menurut umur", "0-5, 6-17", "Jumlah anak", "angka. Akhir tahun."):
        assert words in page
