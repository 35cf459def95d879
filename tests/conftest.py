"""What tests of the whole project share: one round of the shipped plan, built once; and that no Word file has a fault."""

from pathlib import Path

import pytest

from tests.formats.word import lint

lint.watch()  # before anything imports what writes Word files

from docgen import build  # noqa: E402
from docgen.rounds import Built  # noqa: E402

BLUEPRINTS = Path(__file__).parent.parent / "blueprints"
PLAN = BLUEPRINTS / "lokal-samverkansplan.yaml"
PARTNERS = BLUEPRINTS / "lokal-samverkansplan.partners.csv"
SETTINGS = {"municipality": "Exempelstad", "period": "2027/2030", "statistics_year": "2027", "reply_by": "2027-03-31"}


@pytest.fixture(scope="session")
def plan_round(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The shipped plan, built for its six partners. Tests read it; none changes it."""
    return build(PLAN, PARTNERS, tmp_path_factory.mktemp("plan") / "round", SETTINGS)
