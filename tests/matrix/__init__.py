"""The matrix of editors and keys: what is left of a form, and which answers come back, after each program saved it.

``python -m tests.matrix`` measures it and renews the table in README.md. Forms of both shipped blueprints are filled in
by the independent filler (:mod:`tests.matrix.forms`), go through a program (:mod:`tests.matrix.editors`), are read and
compared with what was typed (:mod:`tests.matrix.scores`).
"""
