"""The screens of a sequence as the projected window asks for them, one at a time; the short links; the QR codes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode

import segno
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from naravard import charts, menu, stores
from naravard.access.callers import client_of
from naravard.access.doors import Door, identity_of
from naravard.base import kommuner, lan, settings
from naravard.base.errors import NotAllowed, NotFound, Unavailable, UserError
from naravard.base.model import EXAMPLE
from naravard.base.numbers import with_hard_spaces
from naravard.base.roles import Role, need_for_version
from naravard.figures.reader import shared_reader
from naravard.room.answers import answering
from naravard.room.limits import limits
from naravard.slides import keyboard, lgl, sequence
from naravard.slides.links import EXAMPLE_KEY, address_of
from naravard.slides.sequence import Screen
from naravard.slides.slide import Figure
from naravard.store.snapshots import Store
from naravard.telling import provenance
from naravard.telling.tables import Table, beside_each_other, table_of
from naravard.workshop import addresses
from naravard.workshop.board import ShownFigure
from naravard.workshop.short_links import ShortLinks

_LONGEST = 2_000
_TO_NEWEST = "Tryck V för den nyaste."


def store_of(is_example: bool) -> Store:
    """The store of real figures, or that of EXEMPELDATA."""
    return stores.store_of(is_example=is_example)


def screen_of(bild: str, version: int, is_example: bool) -> Screen:
    """One screen of one version. Raises NotFound where there is no such screen, or the version is not kept.

    Raises NotAllowed for a preliminary one, whoever asks: a room has other eyes than those of who leads it.
    """
    source = store_of(is_example)
    if not source.has(version):
        raise NotFound(f"Version {version} finns inte längre. {_TO_NEWEST}")
    if source.is_preliminary(version):
        raise NotAllowed(f"Version {version} är preliminär och visas inte i ett rum. {_TO_NEWEST}")
    return sequence.screen(sequence.entry(bild), shared_reader(source, version), is_example=is_example)


def _bild(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    """A screen as what the browser draws: texts, a chart or a table, and a sentence for each kommun."""
    query = request.query_params
    is_example = query.get(EXAMPLE_KEY) == "true"
    version = version_of(query.get("version", ""))
    refuse_older(request, version, is_example)
    return as_json(screen_of(query.get("bild", ""), version, is_example))


def refuse_older(request: Request, version: int, is_example: bool) -> None:
    """Raises NotAllowed for another version than the newest, where who asks may not read those."""
    newest = store_of(is_example).newest
    if version != newest:
        need_for_version(version, newest, identity_of(request.scope), _TO_NEWEST)


def version_of(text: str) -> int:
    """The number of a version as an address has it. Raises UserError where it is none."""
    if not text.isdecimal() or len(text) > 9:
        raise UserError("Länken saknar version. Öppna visningen igen från sidan Projektor.")
    return int(text)


def as_json(screen: Screen) -> dict[str, Any]:
    """A screen as JSON. All of it is text to be result as it is, but `figur`, which is Plotly's own."""
    slide = screen.slide
    result = screen.result
    kind = sequence.drawn_kind(result, screen.kind) if result is not None and screen.kind else None
    table = _table_of(screen)  # of a chart: for who does not see it
    return {
        "bild": str(screen.entry),
        "slag": slide.kind,
        "titel": with_hard_spaces(slide.title),
        "rubrik": slide.heading,
        "meningar": list(map(with_hard_spaces, slide.sentences)),
        "kalla": with_hard_spaces(_source(screen)),
        "kallor": list(map(with_hard_spaces, slide.sources)),
        "anmarkningar": list(map(with_hard_spaces, slide.remarks)),
        "tecken": slide.signs,
        "anteckningar": slide.notes,
        "saknas": slide.why_missing,
        "exempel": provenance.mark_in_words(result) if result is not None else slide.mark,
        "alt": " ".join(Figure(each, "diagram").alt for each in screen.results),
        "figur": charts.on_wall(screen.results, kind) if kind else None,
        "tabell": _as_json(table) if table else None,
        "kommuner": [
            {"kod": kod, "namn": kommuner.area_name(kod), "mening": with_hard_spaces(text)}
            for kod, text in screen.kommun_sentences().items()
        ],
        "adress": address_of(screen.entry, screen, EXAMPLE in slide.mark),
    }


def _source(screen: Screen) -> str:
    """One line on where the figures come from; all lines are the presenter's."""
    sources = screen.slide.sources
    if not screen.results:
        return f"{sources[0]} med flera" if len(sources) > 1 else "".join(sources)
    return " · ".join([provenance.short_source(screen.results), *(text.rstrip(".") for text in screen.slide.filters)])


def _table_of(screen: Screen) -> Table | None:
    """What the screen shows as a table: its own, or that of all that is drawn."""
    if screen.slide.table or not screen.results:
        return screen.slide.table
    return beside_each_other([(result.indicator.short, table_of(result)) for result in screen.results])


def _as_json(table: Table) -> dict[str, Any]:
    rows = [
        {
            "kod": row.kommun_kod,
            "namn": row.name,
            "fotnot": row.note,
            "celler": [cell._asdict() for cell in row.cells],
        }
        for row in table.rows
    ]
    return {"rubriker": list(table.headings), "rader": rows}


def figure_on_screen(screen: Screen, kommun: str, version: int) -> ShownFigure:
    """What is on screen, to be figure_on_screen with the answers that are written while it is."""
    slide = screen.slide
    table = _table_of(screen)
    return ShownFigure(
        bild=str(screen.entry),
        titel=slide.title,
        rubrik=slide.heading,
        kalla=" ".join(slide.sources),
        kommun=kommun,
        version=version,
        exempel=EXAMPLE in slide.mark,
        kolumner=table.headings if table else (),
        rader=tuple((row.name, *(cell.text for cell in row.cells)) for row in table.rows) if table else (),
    )


def _lage(request: Request, body: dict[str, Any]) -> dict[str, Any]:
    """Which version is the newest, at which address phones reach this app, and what is the same for all shows."""
    is_example = request.query_params.get(EXAMPLE_KEY) == "true"
    return status_of(request, Slides(tuple(_lgl(is_example)), is_example))


@dataclass(frozen=True)
class Slides:
    """The screens of a show as they are written in its link, and whether they are of EXEMPELDATA."""

    bilder: tuple[str, ...]
    exempel: bool

    @classmethod
    def of_query(cls, query: str) -> Slides:
        """Those of a link's query; LGL's where it names none."""
        choices = parse_qs(query)
        entries = choices.get("bilder", [])[: sequence.MOST]
        is_example = choices.get(EXAMPLE_KEY) == ["true"]
        return cls(tuple(entries or _lgl(is_example)), is_example)


def _lgl(is_example: bool) -> list[str]:
    """LGL's screens, of the newest figures; one of each slide where there are no figures yet."""
    source = store_of(is_example)
    if source.newest is None:
        return list(map(str, sequence.lgl_entries()))
    reader = shared_reader(source, source.newest)
    return list(map(str, sequence.lgl_screens(reader, is_example=is_example)))


def status_of(request: Request, slides: Slides) -> dict[str, Any]:
    """What a window has to know before it shows anything."""
    base = base_address(request)
    return {
        "version": store_of(slides.exempel).newest,
        "adress": base,
        "lokal": addresses.is_local(base),
        "rum": settings.is_room(),
        "bilder": list(slides.bilder),
        "exempel": slides.exempel,
        "namn": lgl.name_of_slides(settings.lan_kod()),
        "flest": sequence.MOST,
        "tangenter": [[key.tryck, key.gor] for key in keyboard.of_the_show().tangent],
    }


def base_address(request: Request) -> str:
    """Where phones reach the app."""
    return addresses.reachable(str(request.base_url))


def _short_links() -> ShortLinks:
    """The short links of the installation: their addresses say which län they are about."""
    with lan.within(lan.koder()[0]):
        return ShortLinks(lan.folder())


def _link(request: Request, body: dict[str, Any]) -> dict[str, str]:
    """A short link to one of the app's own addresses."""
    adress = str(body.get("adress", ""))
    first = adress.split("?", maxsplit=1)[0]
    if len(adress) > _LONGEST or first not in set(menu.pages()) | {"visa"}:
        raise UserError("Bara sidor i den här tjänsten kan få en kort länk.")
    links = _short_links()
    if not links.has(adress):
        limits.take_link(client_of(request))
    return {"lank": f"/l/{links.code(adress)}"}


def _follow(request: Request, body: dict[str, Any]) -> Response:
    """The page behind a short link."""
    kod = request.path_params["kod"].lower()
    try:
        return RedirectResponse(f"/{_short_links().address(kod)}", 307)
    except NotFound:
        return RedirectResponse(f"/?{urlencode({menu.UNKNOWN_KEY: f'l/{kod[:20]}'})}", 307)
    except Unavailable as error:  # a person follows it, who reads no JSON
        return PlainTextResponse(str(error), 503, {"cache-control": "no-store"})


def _qr(request: Request, body: dict[str, Any]) -> Response:
    """A QR code of a short address of the app."""
    path = request.query_params.get("adress", "")
    if not path.startswith("/") or len(path) > 100:
        raise UserError("Adressen till QR-koden ska börja med / och vara kort.")
    file = io.BytesIO()
    try:
        code = segno.make(base_address(request) + path, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise UserError("Adressen är för lång för en QR-kod.") from error
    code.save(file, kind="svg", border=3, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return Response(file.getvalue(), media_type="image/svg+xml", headers={"cache-control": "no-store"})


ROUTES = [
    Door("/api/projektor/bild", answering(_bild), needs=Role.PUBLIK, what="En bild"),
    Door("/api/projektor/lage", answering(_lage), needs=Role.PUBLIK, what="Visningens läge"),
    Door("/api/projektor/lank", answering(_link), needs=Role.LASARE, what="Göra en kort länk", methods=["POST"]),
    Door("/api/projektor/qr.svg", answering(_qr), needs=Role.ALLA, what="En QR-kod"),
    Door("/l/{kod}", answering(_follow), needs=Role.ALLA, what="Följa en kort länk"),
]
