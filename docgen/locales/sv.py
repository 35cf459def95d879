"""Svenska."""

TEXTS: dict[str, str] = {
    # in every form
    "form.required": "obligatorisk",
    "form.think": "Fundera på",
    "form.example": "Exempel",
    "form.check": "Stäm av",
    "form.row": "Rad",
    "form.number": "Nr",
    "form.reference": "Referens",
    "form.page": "Sida {page} av {pages}",
    "form.write": "Skriv här",
    "form.choose": "Välj",
    "form.date": "ÅÅÅÅ-MM-DD",
    "form.contents": "Innehåll",
    "form.several": "Skriv flera med semikolon emellan",
    "form.yes": "Ja",
    "form.no": "Nej",
    "form.total": "Summa",
    "form.prepared_for": "För {organisation}",
    # periods
    "period.year": "{first}",
    "period.quarter": "kvartal {part} {first}",
    "period.week": "vecka {part} {first}",
    "period.span": "{first}–{last}",
    "period.example.any": "2027, kvartal 3 2027",
    "period.example.year": "2027",
    "period.example.quarter": "kvartal 3 2027",
    "period.example.week": "vecka 26 2027",
    "period.example.span": "2027–2030",
    # reasons
    "unsupported.signature": "en underskrift görs i PDF-dokumentet",
}
