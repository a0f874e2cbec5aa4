"""Documents of the demo: a province with a letterhead and sentences of its own, and a few papers on the shelves."""

from datetime import datetime

from accounts.models import Office, Province, User
from evaluations.models import Evaluation
from reports import actions as printing
from reports.houses import House
from reports.models import Document, Letterhead
from reports.settings import actions as saving

Kind, Format = Document.Kind, Document.Format
LETTERHEAD = {
    "government": "PEMERINTAH PROVINSI KALIMANTAN SELATAN",
    "office": "DINAS PEMBERDAYAAN PEREMPUAN DAN PERLINDUNGAN ANAK",
    "address": "Jalan Contoh Nomor 2, Banjarbaru",
    "contact": "",
    "city": "Banjarbaru",
    "number_pattern": "400.2/{urut}/KLA-PROV/{tahun}",
    "signatory_position": "Kepala Dinas",
    "signatory_name": "Nama Penanda Tangan (contoh)",
    "signatory_rank": "Pembina Utama Madya (contoh)",
    "signatory_number": "",
}
TEXTS = {
    "first_name": "Nama Ketua Tim (contoh)",
    "known_position": "Kepala Dinas Pemberdayaan Perempuan dan Perlindungan Anak Provinsi {provinsi}",
    "known_name": "Nama Kepala Dinas (contoh)",
    "deadline_days": "14",
}
OFFICE = "disdik"


def seed_shelves(case: Evaluation, people: dict[str, User], at: datetime) -> None:
    """Settings of the province of a verified case, and papers that the worker makes once the portal runs."""
    province = Province.objects.get(pk=case.region.province_id)
    if Letterhead.objects.filter(province=province).exists():
        return
    house, admin, verifier = House(province=province), people["admin"], people["verifikator"]
    saving.save_letterhead(house=house, values=LETTERHEAD, logo=None, by=admin, at=at)
    saving.save_wording(house=house, texts=TEXTS, version=0, by=admin, at=at)
    office = Office.objects.get(region=case.region, code=OFFICE)
    printing.request_document(evaluation=case, kind=Kind.MINUTES, format=Format.PDF, by=verifier, at=at)
    printing.request_document(evaluation=case, office=office, kind=Kind.ADVICE, format=Format.DOCX, by=verifier, at=at)
    for kind, format in [(Kind.PROVINCE_RECAP, Format.PDF), (Kind.LETTER, Format.DOCX)]:
        printing.request_document(province=province, cycle=case.cycle, kind=kind, format=format, by=verifier, at=at)
