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
    # reasons
    "unsupported.signature": "a signature is made in the PDF document",
}
