"""What a Word template may name: every value already written as people read it, taken from the document's content."""

import re
from collections.abc import Callable
from typing import Any

from kla_portal.numbers import angka, bulat, hari, selisih
from reports import filling
from reports.content import AnjuranContent, BeritaContent, ProvinceContent
from reports.content.brief import OfficeTasks
from reports.content.parts import Figures, Standing
from reports.deed_printing import about
from reports.issues import Issue
from reports.letterheads import Masthead
from reports.models import Document
from reports.province_printing import about as about_province

Values = dict[str, Any]
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def values_of(kind: str, content: Any, masthead: Masthead, issue: Issue) -> Values:
    """Plain text, lists and dictionaries, ready for JSON; nothing in it that XML cannot hold."""
    build: dict[str, Callable[[Any, Masthead, Issue], Values]] = {
        Document.Kind.MINUTES: _berita,
        Document.Kind.ADVICE: _anjuran,
        Document.Kind.LETTER: _lampiran,
    }
    values: Values = _clean(build[kind](content, masthead, issue))
    return values


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return _UNWRITABLE.sub("", str(value))


def _common(masthead: Masthead, issue: Issue, zone: str, text: dict[str, str], *, is_demo: bool) -> Values:
    return {
        "kop": {
            "pemerintah": masthead.government, "perangkat": masthead.office, "alamat": masthead.address,
            "kontak": masthead.contact, "tempat": masthead.city, "jabatan": masthead.position, "nama": masthead.name,
            "pangkat": masthead.rank, "nip": masthead.spaced_number,
        },
        "nomor": issue.number,
        "tanggal": hari(filling.day_of(issue, zone)),
        "hari_tanggal": text["hari_tanggal"],
        "tenggat": text["deadline"],
        "kode_periksa": issue.proof["code"],
        "alamat_periksa": issue.proof["site"],
        "sidik_isi": issue.proof["short"],
        "contoh": "DATA CONTOH" if is_demo else "",
    }  # fmt: skip


def _case(standing: Standing) -> Values:
    return {
        "daerah": standing.region,
        "provinsi": standing.province,
        "siklus": standing.cycle,
        "tahap": standing.stage_label,
        "predikat_sementara": standing.tier or "belum berpredikat",
        "jumlah": _figures(standing.figures),
    }


def _figures(figures: Figures) -> Values:
    return {
        "maksimal": angka(figures.maximum),
        "mandiri": angka(figures.claimed),
        "verifikasi": angka(figures.verified),
        "selisih": selisih(figures.difference),
    }


def _person(text: dict[str, str], role: str) -> Values:
    who = filling.people_of(text, role)
    return {"sebutan": who["party"], "jabatan": who["position"], "nama": who["name"], "nip": who["number"]}


def _berita(content: BeritaContent, masthead: Masthead, issue: Issue) -> Values:
    standing = content.standing
    text = filling.fill(content.texts, about(standing), masthead, issue)
    rows = [*standing.verifiers, *([""] * content.texts.attendance_rows)]
    return {
        **_common(masthead, issue, standing.zone, text, is_demo=standing.is_demo),
        **_case(standing),
        "nilai_huruf": text["nilai_huruf"],
        "pembukaan": text["opening"],
        "penutup": text["closing"],
        "dasar_hukum": filling.laws(text),
        "pihak_pertama": _person(text, "first"),
        "pihak_kedua": _person(text, "second"),
        "mengetahui": _person(text, "known"),
        "klaster": [
            {"no": place, "kode": each.code, "nama": each.name, **_figures(each.figures)}
            for place, each in enumerate(content.clusters, 1)
        ],
        "catatan": [
            {"kode": each.code, "nama": each.name, **_figures(each.figures), "butir": [
                {"kode": line.code, "pertanyaan": line.text, "alasan": line.reason, "catatan": line.note,
                 "perangkat": line.lead, **_figures(line.figures)} for line in each.lines]}
            for each in content.notes
        ],
        "rekomendasi": [
            {"no": place, "alasan": each.reason, "isi": each.sentence, "poin": angka(each.points),
             "perangkat": "; ".join(f"{office.office}: {', '.join(office.codes)}" for office in each.offices)}
            for place, each in enumerate(content.advice, 1)
        ],
        "hadir": [{"no": place, "nama": name} for place, name in enumerate(rows, 1)],
    }  # fmt: skip


def _anjuran(content: AnjuranContent, masthead: Masthead, issue: Issue) -> Values:
    standing = content.standing
    text = filling.fill(content.texts, about(standing), masthead, issue)
    return {
        **_common(masthead, issue, standing.zone, text, is_demo=standing.is_demo),
        **_case(standing),
        "pembukaan": text["advice_opening"],
        "penutup": text["advice_closing"],
        "lembar": [_sheet(each) for each in content.sheets],
    }


def _sheet(sheet: OfficeTasks) -> Values:
    tasks = [(task, task.question) for task in sheet.tasks]
    return {
        "perangkat": sheet.office,
        "poin": angka(sheet.regainable),
        "pendukung": ", ".join(sheet.supports),
        "butir": [
            {"kode": question.code, "pertanyaan": question.text, "alasan": question.reason, "catatan": question.note,
             "rekomendasi": task.advice, "maksimal": bulat(question.figures.maximum),
             "mandiri": angka(question.figures.claimed), "verifikasi": angka(question.figures.verified),
             "pulih": angka(task.regainable)} for task, question in tasks
        ],
    }  # fmt: skip


def _lampiran(content: ProvinceContent, masthead: Masthead, issue: Issue) -> Values:
    text = filling.fill(content.texts, about_province(content), masthead, issue)
    return {
        **_common(masthead, issue, content.zone, text, is_demo=content.is_demo),
        "provinsi": content.province,
        "siklus": content.cycle,
        "kepala": text["letter_heading"],
        "baris_nomor": text["letter_number"],
        "baris_tanggal": text["letter_date"],
        "perihal": text["letter_subject"],
        "pembukaan": text["letter_opening"],
        "jabatan": text["letter_position"],
        "nama": text["letter_name"] or filling.DOTS,
        "dinilai": [
            {"no": place, "kode": each.code, "nama": each.name, "mandiri": angka(each.claimed),
             "verifikasi": angka(each.verified), "selisih": selisih(each.difference),
             "perkiraan": each.tier or "belum berpredikat", "predikat": each.award or "–"}
            for place, each in enumerate(content.ranked, 1)
        ],
        "menunggu": ", ".join(each.name for each in content.waiting),
    }  # fmt: skip
