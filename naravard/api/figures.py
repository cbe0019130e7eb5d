"""The figures of one indicator, by the way that pages take: the version's Reader, with what is chosen on a page."""

from __future__ import annotations

from naravard import exports
from naravard.access.problems import Problem
from naravard.api import formats
from naravard.api.questions import JAMFOR, KOMMUN, MATPERIOD, Question, quoted, wrong
from naravard.api.resources import Answer
from naravard.base import mask, periods
from naravard.base.errors import NotFound, UserError
from naravard.base.numbers import enumeration
from naravard.figures import indicators
from naravard.figures.comparisons import STANDARD
from naravard.figures.gate import ProtectedResult
from naravard.figures.indicators import Indicator

PARAMETERS = (KOMMUN, MATPERIOD, JAMFOR)
_LONGEST_SENTENCE = 200


def indicator_of(question: Question) -> Indicator:
    """The indicator that is asked for. Raises Problem (404), with all ids, where there is none."""
    try:
        return indicators.by_id(question.indikator)
    except NotFound as error:
        name = quoted(question.indikator)
        nearest = str(error).partition("Menar du ")[2].partition("?")[0]
        hint = f" Menar du {nearest}?" if nearest else ""
        ids = list(indicators.registry())
        raise Problem(404, f"Indikatorn ”{name}” finns inte.{hint} Alla står i katalogen.", tillatna=ids) from error


def result_of(question: Question) -> ProtectedResult:
    """The result that is asked for. Raises Problem for a period that it has not, and where it cannot be shown."""
    indicator = indicator_of(question)
    comparison = question.text(JAMFOR.name) or STANDARD
    matperiod = question.text(MATPERIOD.name)
    try:
        newest = question.reader.read(indicator.id, None, comparison)
        if matperiod not in {None, periods.EVERY, *newest.matperioder}:
            raise _no_such_period(str(matperiod), newest)
        result = newest if matperiod is None else question.reader.read(indicator.id, matperiod, comparison)
    except NotFound:
        raise
    except Problem:
        raise
    except UserError as error:  # its small counts cannot be protected, so that nothing of it is shown
        raise Problem(404, mask.mask_ids(str(error))[:_LONGEST_SENTENCE], indikator=indicator.id) from error
    return result.only(question.values.get(KOMMUN.name, ()))


def _no_such_period(matperiod: str, newest: ProtectedResult) -> Problem:
    allowed = [*newest.matperioder, periods.EVERY]
    names = enumeration([f"”{name}”" for name in allowed], "eller")
    return wrong(
        MATPERIOD.name,
        matperiod,
        f"Mätperioden ”{quoted(matperiod)}” finns inte för {newest.indicator.id}. Skriv {names}.",
        allowed,
    )


def answer(question: Question, name: str) -> Answer:
    """The figures that are asked for, in one format."""
    result = result_of(question)
    file = exports.file_name(result.indicator.id, name, result.matperiod, result.mark)
    return Answer(formats.write(result, name), formats.formats()[name].media_type, file)
