"""What was collected, told in another of the blueprint's languages: its labels, its messages and its places."""

import json
from collections.abc import Iterable
from dataclasses import replace

from docgen.blueprint.load import in_language
from docgen.collecting import Collected, judged
from docgen.document import Document
from docgen.finding import round_carried
from docgen.layout import lay_out
from docgen.problems import Problem
from docgen.response import Response
from docgen.sending import Round


def spoken_in(collected: Collected, language: str) -> Collected:
    """The same answers judged in a language; as they are where the blueprint has no such translation."""
    round_ = collected.round
    blueprint = in_language(round_.blueprint, language)
    if blueprint is round_.blueprint:
        return collected
    translated = replace(round_, blueprint=blueprint)
    results = [
        _placed(each, translated) if isinstance(each, Response) and each.identity.round == round_.id else each
        for each in collected.results
    ]
    return judged(translated, results, whole=collected.whole)


def response_in(response: Response, language: str) -> Response:
    """What a file says with the places of its problems in a language, where the file's blueprint has it."""
    if language == response.document.coordinator_language:
        return response
    round_ = round_carried(json.loads(response.document.carried))
    blueprint = in_language(round_.blueprint, language)
    return response if blueprint is round_.blueprint else _placed(response, replace(round_, blueprint=blueprint))


def _placed(response: Response, round_: Round) -> Response:
    identity = response.identity
    document = lay_out(round_.in_own_language, round_.in_own_language.partner(identity.partner), identity.document)
    return replace(response, problems=tuple(_told(response.problems, document)))


def _told(problems: Iterable[Problem], document: Document) -> Iterable[Problem]:
    places = {slot.address: slot.place for slot in document.slots()}
    tables = {table.key: table for table in document.tables()}
    for found in problems:
        address = found.address
        place = places.get(address, "") if address is not None else ""
        if not place and address is not None and address.row is not None and address.column is not None:
            table = tables.get(address.field)
            known = table is not None and any(column.key == address.column for column in table.columns)
            place = table.slot(address.row, address.column).place if table is not None and known else ""
        yield replace(found, where=place or found.where)
