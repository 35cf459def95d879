"""The report page: one file for the coordinator, with nothing in it but words and their look.

No script, no picture, nothing from elsewhere; a policy in the page itself forbids all of it (CSP level 3).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from docgen.fields import FIELD_TYPES
from docgen.locales import text as say
from docgen.problems import Problem
from docgen.report.answers import coordinator_only, differing, not_understood, older, origins, unplaced
from docgen.report.markup import Markup, element, escaped, joined
from docgen.report.model import SEVERITIES, SILENT, Report
from docgen.report.places import Spot, by_document, by_section, in_plan, spots
from docgen.report.style import style
from docgen.report.tables import Head, group, heads, table, under, whole
from docgen.response import Response
from docgen.sending import Partner, parameter_spec
from docgen.submission import Submission

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_FIRST = ("who", "wrong")  # what stands in every report, also where there is nothing to say


@dataclass(frozen=True)
class _Part:
    """A part of the page: its name in links and texts, how many things it tells, and itself."""

    name: str
    count: int
    body: Markup


def report(view: Report) -> str:
    """The page. Same report, same page."""
    language = view.language
    parts = list(_parts(view))
    round_ = view.merged.round
    title = f"{say(language, 'report.title')} – {round_.blueprint.title}"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="color-scheme", content="light dark"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        element("style", Markup(style(round_.blueprint.theme.colour, _labels(language)))),
    )
    body = element(
        "body",
        element("a", say(language, "report.skip"), href="#who", class_="skip"),
        element(
            "header",
            element(
                "div",
                element("p", round_.blueprint.title),
                element("h1", say(language, "report.title")),
                element("p", _answered(view)),
            ),
        ),
        element("main", _summary(view), _contents(parts, language), *(_drawn(part, language) for part in parts)),
        element(
            "footer", element("p", say(language, "report.foot", version=round_.blueprint.version, round=round_.id))
        ),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=language)}\n"


def _labels(language: str) -> dict[str, str]:
    """What stands before the cells of the longest table where its headers have no room."""
    keys = ("answer", "where", "found-by", "sure")
    return {f"origins/{number}": say(language, f"report.{key}") for number, key in enumerate(keys, start=1)}


def _parts(view: Report) -> Iterator[_Part]:
    """Everything there is to tell, what needs doing first; what is empty is left out."""
    made: Sequence[tuple[str, Callable[[Report], tuple[int, Markup]]]] = (
        ("who", _who),
        ("wrong", _wrong),
        ("unplaced", unplaced),
        ("not-understood", not_understood),
        ("differing", differing),
        ("older", older),
        ("not-counted", _not_counted),
        ("coordinator", coordinator_only),
        ("origins", origins),
    )
    for name, make in made:
        count, body = make(view)
        if count or name in _FIRST:
            yield _Part(name, count, body)


def _drawn(part: _Part, language: str) -> Markup:
    about = say(language, f"report.{part.name}.about") if part.count else say(language, f"report.{part.name}.none")
    return element(
        "section",
        element("h2", say(language, f"report.{part.name}"), id=f"{part.name}-title"),
        element("p", about),
        part.body,
        id=part.name,
        aria_labelledby=f"{part.name}-title",
    )


def _contents(parts: Sequence[_Part], language: str) -> Markup:
    links = [
        element(
            "li",
            element("a", say(language, f"report.{part.name}"), href=f"#{part.name}"),
            f" ({part.count})" if part.name not in {"who", "origins"} else "",
        )
        for part in parts
    ]
    return element("nav", element("ul", *links), aria_label=say(language, "report.contents"))


# What there is to know at once


def _answered(view: Report) -> str:
    given, asked = len(view.merged.submissions), len(view.merged.round.partners)
    return say(view.language, "plan.answered", given=given, asked=asked)


def _summary(view: Report) -> Markup:
    language = view.language
    found = view.counted()
    said = [say(language, "report.sum", errors=_count(found, "error"), warnings=_count(found, "warning"))]
    if view.merged.silent:
        said.append(say(language, "report.silent", names=", ".join(each.name for each in view.merged.silent)))
    outside = len(view.unread) + len(view.elsewhere)
    if outside:
        said.append(say(language, "report.outside", files=outside))
    facts = [
        element("div", element("dt", round_label), element("dd", value)) for round_label, value in _parameters(view)
    ]
    return joined([element("p", " ".join(said), class_="sum"), element("dl", *facts, class_="facts")])


def _parameters(view: Report) -> Iterator[tuple[str, str]]:
    round_ = view.merged.round
    for name, field in round_.blueprint.parameters.items():
        value = round_.parameters.get(name)
        if value is not None and field.type != "paragraph":
            yield field.label, FIELD_TYPES[field.type].show(value, parameter_spec(round_.blueprint, field))


def _count(problems: Iterable[Problem], severity: str) -> int:
    return sum(each.severity == severity for each in problems)


# Who answered


def _who(view: Report) -> tuple[int, Markup]:
    language = view.language
    columns = heads(say(language, "form.organisation"), say(language, "report.documents"))
    columns += [Head(say(language, f"report.{key}"), number=True) for key in ("answers", *SEVERITIES)]
    submissions = {each.partner.id: each for each in view.merged.submissions}
    rows = [
        _row_of(view, submissions[partner.id]) if partner.id in submissions else _silent_row(view, partner)
        for partner in view.merged.round.partners
    ]
    return len(submissions), table(_answered(view), columns, rows, "partners")


def _row_of(view: Report, submission: Submission) -> list[str]:
    problems = view.problems.get(submission.partner.id, ())
    titles = {document.identity.document: document.title for document in submission.documents}
    came = [element("li", _file(view.language, titles, response)) for response in view.files(submission)]
    came += [
        element("li", say(view.language, "report.missing", document=title), class_="warning")
        for name, title in titles.items()
        if name not in submission.returned
    ]
    counts = [str(_count(problems, severity)) for severity in SEVERITIES]
    return [submission.partner.name, element("ul", *came), str(len(submission.answers)), *counts]


def _file(language: str, titles: dict[str, str], response: Response) -> Markup:
    title = titles.get(response.identity.document, response.document.title)
    when = say(language, "report.saved", date=f"{response.modified:%Y-%m-%d}") if response.modified else ""
    return under(f"{title}, {when}" if when else title, response.file)


def _silent_row(view: Report, partner: Partner) -> list[str]:
    said = [each for each in view.general if each.code == SILENT and each.where == partner.name]
    words = " ".join(f"{each.message(view.language)} {each.remedy(view.language)}" for each in said)
    contact = ", ".join(each for each in (partner.contact, *partner.emails) if each)
    told = under(words or say(view.language, "plan.nothing"), contact)
    return [partner.name, element("span", told, class_="warning"), "", "", "", ""]


# What is wrong


def _wrong(view: Report) -> tuple[int, Markup]:
    language = view.language
    columns = heads(*(say(language, f"report.{key}") for key in ("place", "severity", "problem", "remedy")))
    made = []
    general = view.of_plan
    if general:
        name = say(language, "report.whole")
        rows = [_problem(each, in_plan(view.merged, each), language) for each in _worst_first(general)]
        made += [element("h3", name), table(say(language, "report.wrong.of", name=name), columns, rows, "wrong")]
    for submission in view.merged.submissions:
        problems = view.problems.get(submission.partner.id, ())
        if problems:
            name = submission.partner.name
            groups = list(_by_place(spots(submission, view.files(submission), problems), columns, language))
            caption = say(language, "report.wrong.of", name=name)
            made += [element("h3", name), whole(caption, columns, groups, "wrong")]
    return _count(view.counted(), "error"), joined(made)


def _by_place(found: Sequence[Spot], columns: Sequence[Head], language: str) -> Iterator[Markup]:
    """A partner's problems under the document, the file and the section they are in."""
    for document, file, own in by_document(found):
        for section, told in by_section(own):
            where = say(language, "report.in-section", section=section) if section else ""
            title = ", ".join(each for each in (document or say(language, "report.rest"), where) if each)
            rows = [_problem(each.problem, each.within(language), language) for each in told]
            yield group(columns, under(title, file), rows)


def _worst_first(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(problems, key=lambda each: SEVERITIES.index(each.severity))


def _problem(found: Problem, place: str, language: str) -> list[str]:
    severity = element("span", say(language, f"severity.{found.severity}").capitalize(), class_=found.severity)
    said = [each for each in (found.message(language), found.remedy(language)) if each]
    return [place or "–", severity, *said]


# Files that do not count


def _not_counted(view: Report) -> tuple[int, Markup]:
    language = view.language
    files = [*view.unread, *((each.file, _why(each)) for each in view.elsewhere)]
    columns = heads(*(say(language, f"report.{key}") for key in ("file", "problem", "remedy")))
    rows = [
        (file, _lines(each.message(language) for each in why), _lines(each.remedy(language) for each in why))
        for file, why in sorted(files)
    ]
    return len(files), table(say(language, "report.not-counted"), columns, rows)


def _why(response: Response) -> tuple[Problem, ...]:
    """Of a file of another round only that it is one: the rest is that round's."""
    return tuple(each for each in response.problems if each.code == "file-other-round") or response.problems


def _lines(parts: Iterable[str]) -> Markup:
    return escaped("\n".join(dict.fromkeys(part for part in parts if part)))
