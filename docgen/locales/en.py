"""English."""

TEXTS: dict[str, str] = {
    # in every form
    "form.required": "required",
    "form.think": "Think about",
    "form.example": "Example",
    "form.check": "Check",
    "form.row": "Row",
    "form.number": "No.",
    "form.reference": "Reference",
    "form.page": "Page {page} of {pages}",
    "form.write": "Write here",
    "form.choose": "Choose",
    "form.date": "YYYY-MM-DD",
    "form.contents": "Contents",
    "form.several": "Separate several with semicolons",
    "form.yes": "Yes",
    "form.no": "No",
    "form.total": "Total",
    "form.prepared_for": "For {organisation}",
    # periods
    "period.year": "{first}",
    "period.quarter": "Q{part} {first}",
    "period.week": "week {part} {first}",
    "period.span": "{first}–{last}",
    "period.example.any": "2027, Q3 2027",
    "period.example.year": "2027",
    "period.example.quarter": "Q3 2027",
    "period.example.week": "week 26 2027",
    "period.example.span": "2027–2030",
    # reasons
    "unsupported.signature": "a signature is made in the PDF document",
}
