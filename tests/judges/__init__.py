"""Judges from outside: programs that know nothing of docgen and say whether its files are right.

A test names the judges it needs and then asks them::

    require(OPEN_XML_SDK, OPENXML_AUDIT)
    assert ooxml.findings(*files) == ()

Each judge answers for many files in one call, because starting it costs more than asking it.
"""

from tests.judges.judge import Finding, Judge, JudgeError, require

__all__ = ["Finding", "Judge", "JudgeError", "require"]
