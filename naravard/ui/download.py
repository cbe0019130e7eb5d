"""Files and links out of a view: PowerPoint, Excel, CSV, a picture of the chart, and the address to share."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal
from urllib.parse import urlencode, urlsplit

import htpy
import streamlit as st

from naravard import exports
from naravard.base import kommuner, lan
from naravard.exports import profiler
from naravard.figures.gate import ProtectedResult
from naravard.slides.slide import Deck
from naravard.telling import phrases, provenance
from naravard.ui import visit, visitor
from naravard.ui.visit import choices

Width = Literal["stretch", "content"]


def chart_key(result: ProtectedResult) -> str:
    """The key of a result's chart, by which its picture is found."""
    return f"bild_{result.indicator.id}"


def files(result: ProtectedResult, filters: Sequence[str] = ()) -> None:
    """A menu of what a view can be taken out as. Each file is made when it is asked for."""
    _menu("Ladda ner", ":material/download:", result.indicator.id, partial(_files, result, filters))


def _files(result: ProtectedResult, filters: Sequence[str]) -> None:
    for ending, file_format in exports.file_formats().items():
        _button(
            file_format.label,
            partial(exports.write_file, result, ending, exports.View(filters=tuple(filters))),
            exports.file_name(result.indicator.id, ending, result.matperiod, result.mark),
            ending,
        )
    picture(result, filters)
    _address()


@visitor.fragment()
def _menu(label: str, icon: str, key: str, fill: Callable[[], None]) -> None:
    """A menu that is filled when it is opened: most never are, and each part of one costs every page that has it."""
    with st.popover(label, icon=icon, key=f"meny_{key}", on_change="rerun") as menu:
        if menu.open:
            fill()


def deck(label: str, build: Callable[[], Deck], what: str, matperiod: str | None = None, mark: str = "") -> None:
    """A button for several slides as one file, made when it is asked for."""

    def content() -> bytes:
        return exports.write_deck(build())

    _button(label, content, exports.file_name(what, "pptx", matperiod, mark), "pptx", "content")


def paper(kommun_kod: str) -> None:
    """A menu with a kommun's profile as PDF, and those of all kommuner as one file."""
    _menu("Skriv ut eller PDF", ":material/print:", "skriv_ut", partial(_paper, kommun_kod))


def _paper(kommun_kod: str) -> None:
    mark, version = visit.mark(), visit.version()
    name = kommuner.area_name(kommun_kod)
    _button(
        f"{name} (PDF)",
        partial(exports.write_profile, kommun_kod, visit.reader(), version, "pdf"),
        exports.file_name(f"kommunprofil_{name}", "pdf", mark=mark),
        "pdf",
    )
    st.caption("Två till fyra sidor A4, som går att läsa upp.")
    if st.button("Alla kommuner (zip)", icon=":material/folder_zip:", width="stretch"):
        _all_profiles(version, mark)


def _all_profiles(version: int, mark: str) -> None:
    """All profiles, with how far it has come; then the button that gives the file."""
    bar = st.progress(0.0)

    def show(done_count: int, count: int, name: str) -> None:
        bar.progress(done_count / count, f"{done_count + 1} av {count}: {name}")

    content = profiler.as_zip(visit.reader(), version, mark=mark, progress=show)
    bar.empty()
    st.download_button(
        "Spara alla profiler",
        content,
        exports.file_name("kommunprofiler", "zip", mark=mark),
        profiler.MEDIA_TYPE,
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _button(label: str, content: Callable[[], bytes], name: str, ending: str, width: Width = "stretch") -> None:
    st.download_button(
        label,
        lan.bound(content),
        name,
        exports.formats()[ending].media_type,
        key=f"fil_{name}",
        icon=exports.formats()[ending].icon,
        on_click="ignore",
        width=width,
    )


def picture(result: ProtectedResult, filters: Sequence[str] = ()) -> None:
    """A button that makes a picture of the chart as it stands on the page, with title and source in it (app.js)."""
    words = {
        "title": phrases.headline(result),
        "heading": ". ".join(filter(None, [provenance.mark_in_words(result), result.indicator.titel])),
        "small": [*filters, *provenance.notes(result), provenance.signs(result), provenance.source_line(result)],
        "name": exports.file_name(result.indicator.id, "png", result.matperiod, result.mark),
    }
    button = htpy.button(
        ".png", type="button", value=chart_key(result), data_words=json.dumps(words, ensure_ascii=False)
    )
    st.html(button["Bild (PNG)"])


def share() -> None:
    """A menu with the address of the view, for pages that have no single result."""
    _menu("Dela", ":material/link:", "dela", _address)


def _address() -> None:
    st.caption("Länk till den här vyn")
    st.code(address(), language=None, wrap_lines=True)


def address() -> str:
    """The whole address of the page with the choices made on it."""
    page_url = urlsplit(st.context.url or "")
    menu_choices = choices()
    other_keys = [key for key in st.query_params if key not in menu_choices]
    other_pairs = [(key, value) for key in other_keys for value in st.query_params.get_all(key)]
    return page_url._replace(query=urlencode([*menu_choices.items(), *other_pairs])).geturl()
