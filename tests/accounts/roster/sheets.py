"""Files of people and offices as they are handed in, shown and confirmed."""

from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

PEOPLE = ["Nama pengguna", "Nama lengkap", "Peran", "Kode daerah", "Perangkat daerah", "Surel"]
OFFICES = ["Kode daerah", "Nama perangkat daerah", "Nama lain"]


def xlsx(people=(), offices=(), head=None, formula=None):
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name, heads, rows in (("Pengguna", head or PEOPLE, people), ("Perangkat daerah", OFFICES, offices)):
        sheet = book.add_worksheet(name)
        for number, row in enumerate([heads, *rows]):
            for column, value in enumerate(row):
                sheet.write(number, column, value)
        if formula and name == "Pengguna":
            sheet.write_formula(*formula, '="staf."&"baru"', None, "staf.baru")
    book.close()
    return target.getvalue()


def upload(client, content):
    return client.post(reverse("accounts:roster"), {"file": SimpleUploadedFile("orang.xlsx", content)})


def confirm(client, page):
    return client.post(reverse("accounts:roster_confirm"), {"signed": page.context["signed"]})


def states(page):
    return [(line.username, line.state) for line in page.context["found"].people]
