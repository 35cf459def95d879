"""An independent filler: it fills Word, Excel and PDF files as a person's program would, and knows nothing of docgen.

Word and Excel are edited with zipfile and lxml alone, PDF through PDFium, so that a mistake that docgen's writer and
reader share does not hide here too.
"""
