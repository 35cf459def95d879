"""From a round's inbox, or any files, to submissions with everything that is wrong with them.

Files of other rounds are named and never put together with this one's.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from docgen.blueprint.judge import Judge
from docgen.checks import check
from docgen.errors import RoundError
from docgen.finding import round_carried
from docgen.problems import Problem, problem
from docgen.progress import Progress, no_progress
from docgen.reading import Unread, read
from docgen.response import Response
from docgen.roundfile import INBOX, ROUND_FILE, open_round
from docgen.sending import Round
from docgen.submission import Submission, assemble


@dataclass(frozen=True)
class Collected:
    """The answers of one round.

    Attributes:
        round: the round.
        results: what reading gave, a result a file.
        submissions: one for each partner that sent anything.
        problems: by partner id, what is wrong with its answers; what reading found among them.
        whole: whether this is all that came; of some files nobody can say what is missing beside them.
    """

    round: Round
    results: tuple[Response | Unread, ...]
    submissions: tuple[Submission, ...]
    problems: Mapping[str, tuple[Problem, ...]]
    whole: bool = True

    @property
    def responses(self) -> tuple[Response, ...]:
        """The files that belong to the round."""
        return tuple(
            each for each in self.results if isinstance(each, Response) and each.identity.round == self.round.id
        )

    @property
    def results_read(self) -> tuple[Response, ...]:
        """Every file that could be read, of this round or another."""
        return tuple(each for each in self.results if isinstance(each, Response))

    @property
    def elsewhere(self) -> tuple[Response, ...]:
        """The files of other rounds."""
        return tuple(
            each for each in self.results if isinstance(each, Response) and each.identity.round != self.round.id
        )

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The files that could not be read."""
        return tuple(each for each in self.results if isinstance(each, Unread))

    @property
    def language(self) -> str:
        """The coordinator's language."""
        return self.round.blueprint.language

    def not_counted(self) -> tuple[tuple[str, tuple[Problem, ...]], ...]:
        """The files that do not count, by name, and why. Of a file of another round only that: the rest is that round's."""
        found = [(each.file, each.problems) for each in self.unread]
        for each in self.elsewhere:
            why = tuple(told for told in each.problems if told.code == "file-other-round")
            found.append((each.file, why or each.problems))
        return tuple(sorted(found, key=lambda each: each[0]))

    def every_problem(self) -> tuple[Problem, ...]:
        """What is wrong with each partner's answers, and with files that do not count."""
        of_partners = [found for each in self.problems.values() for found in each]
        return (*of_partners, *(found for _, why in self.not_counted() for found in why))

    def silent(self) -> tuple[Problem, ...]:
        """One problem for each partner of whom nothing came, where everything that came is here."""
        if not self.whole:
            return ()
        answered = {submission.partner.id for submission in self.submissions}
        return tuple(problem("no-answer", each.name) for each in self.round.partners if each.id not in answered)


def collect_round(folder: str | Path, progress: Progress = no_progress) -> Collected:
    """Everything in a round's inbox, read, put together and judged.

    Raises:
        DocgenError: the folder holds no round, or no inbox.
    """
    round_ = open_round(folder)
    inbox = Path(folder) / INBOX
    if not inbox.is_dir():
        code = "inbox-no-folder" if inbox.exists() else "inbox-missing"
        raise RoundError(problem(code, name=INBOX), round_.blueprint.language)
    return judged(round_, read([inbox], folder, progress=progress))


def collect_files(
    files: Sequence[str | Path], progress: Progress = no_progress
) -> tuple[tuple[Collected, ...], tuple[Unread, ...]]:
    """Files, read and judged round by round; and those that could not be read, which belong to none."""
    results = read(files, progress=progress)
    rounds: dict[str, Round] = {}
    for result in results:
        if isinstance(result, Response):
            # Each file knows the roles of its own partner alone.
            copy = round_carried(json.loads(result.document.carried))
            known = rounds.setdefault(result.identity.round, copy)
            own = copy.partner(result.identity.partner)
            partners = tuple(own if each.id == own.id else each for each in known.partners)
            rounds[result.identity.round] = replace(known, partners=partners)
    collected = tuple(
        judged(
            round_,
            [each for each in results if isinstance(each, Response) and each.identity.round == identity],
            whole=False,
        )
        for identity, round_ in rounds.items()
    )
    return collected, tuple(each for each in results if isinstance(each, Unread))


def judged(round_: Round, results: Sequence[Response | Unread], *, whole: bool = True) -> Collected:
    """Files that were read, put together and judged; ``whole`` as in :class:`Collected`."""
    own = [each for each in results if isinstance(each, Response) and each.identity.round == round_.id]
    submissions = assemble(round_, own)
    judge = Judge(round_.blueprint)
    problems = {}
    for each in submissions:
        found = (*each.problems, *check(round_, each, judge))
        problems[each.partner.id] = tuple(one for one in found if whole or one.code != "document-missing")
    return Collected(round_, tuple(results), submissions, problems, whole)


def is_round(path: Path) -> bool:
    """Whether a folder holds a round."""
    return (path / ROUND_FILE).is_file()


def problems_as_json(collected: Collected, language: str) -> list[dict[str, Any]]:
    """Every problem of a round's answers and files, with its organisation, if it is one's answers', and its file."""
    found: list[dict[str, Any]] = []
    for partner, problems in collected.problems.items():
        found += [{"partner": partner, "file": one.file, **one.as_json(language)} for one in problems]
    outside = [one for _, why in collected.not_counted() for one in why]
    return found + [{"partner": None, "file": one.file, **one.as_json(language)} for one in outside]


def as_json(collected: Sequence[Collected], unread: Sequence[Unread], language: str) -> dict[str, Any]:
    """What ``validate --format json`` prints: the files, and every problem with its organisation and file."""
    files = [result.as_json(language) for each in collected for result in each.results]
    problems = [found for each in collected for found in problems_as_json(each, language)]
    for lost in unread:
        problems += [{"partner": None, "file": one.file, **one.as_json(language)} for one in lost.problems]
    return {"files": files + [lost.as_json(language) for lost in unread], "problems": problems}
