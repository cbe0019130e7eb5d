"""What we use of Streamlit beyond its public interface is there and does what we believe: upgrades break here first."""

import contextlib
import inspect
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from plotly.graph_objects import Bar, Figure
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime.scriptrunner import ScriptRunContext
from streamlit.testing.v1 import AppTest
from streamlit.web import bootstrap
from streamlit.web.server import server_util
from streamlit.web.server.starlette import starlette_routes

from naravard.access.visitors import Mode
from naravard.base import settings
from naravard.edge import headers
from naravard.intake.read import files
from naravard.ui import assets, streamlit_internals, visitor

STATIC = Path(st.__file__).parent / "static"
UI = settings.ROOT / "naravard" / "ui"
BY_TEST_ID = re.compile(r'data-testid\^?="(\w+)')
BY_CLASS = re.compile(r"\.(st[A-Z]\w+)")
ROUTE_FILES = ("starlette_routes.py", "starlette_agent_routes.py")
TAG = r"<[/\w!]"
"""What DOMPurify, Streamlit's sanitizer, takes for a tag inside a script, which it then drops in silence."""


@pytest.mark.parametrize("part", headers._FIRST_PARTS)
def test_the_scripts_that_are_read_ahead_are_there(part: str) -> None:
    addresses = streamlit_internals.scripts_of(part)
    assert addresses
    for address in addresses:
        assert (STATIC / address.removeprefix("/")).is_file()
        assert Path(address).name.startswith(f"{part}.")


def test_a_part_that_is_not_there_has_no_script() -> None:
    assert streamlit_internals.scripts_of("NoSuchPart") == ()


def test_the_font_is_one_that_browsers_read_and_the_pages_ask_for() -> None:
    font = streamlit_internals.font()
    assert font.read_bytes()[:4] == b"wOF2"
    pattern = re.search(r"/(SourceSans\S+)/\.test", (UI / "app.js").read_text(encoding="utf-8"))
    assert pattern, "app.js puts the font in pictures of charts"
    assert re.search(pattern[1], font.name)


def test_the_page_says_its_language_once_and_in_as_many_bytes() -> None:
    """The length of the answer is sent before the language is changed in it."""
    theirs, ours = streamlit_internals.LANGUAGE
    assert (STATIC / "index.html").read_bytes().count(theirs) == 1
    assert len(theirs) == len(ours)


def test_the_addresses_are_those_that_streamlit_answers() -> None:
    routes = {name: value for name, value in vars(starlette_routes).items() if name.startswith("BASE_ROUTE_")}
    assert {route.split("/")[0] for route in routes.values()} == streamlit_internals.ADDRESSES


def test_what_is_not_served_is_something_that_streamlit_answers() -> None:
    routes = "".join(
        Path(starlette_routes.__file__).with_name(name).read_text(encoding="utf-8") for name in ROUTE_FILES
    )
    for path in streamlit_internals.NOT_SERVED:
        assert f"/{path.rsplit('/', 1)[1]}" in routes, path


def test_it_can_be_kept_from_asking_for_its_address_on_the_internet() -> None:
    assert "net_util.get_external_ip" in inspect.getsource(server_util.is_url_from_allowed_origins)
    assert "net_util.get_external_ip" in inspect.getsource(bootstrap._print_url)


PAGE_THAT_FORGETS = """
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from naravard.ui.streamlit_internals import forget_upload

def copies(file):
    context = get_script_run_ctx()
    return len(context.uploaded_file_mgr.get_files(context.session_id, [file.file_id]))

file = st.file_uploader("Fil")
if file is not None:
    before = copies(file)
    forget_upload(file)
    st.text(f"{before} before, {copies(file)} after")
"""


@pytest.mark.usefixtures("components_are_looked_for_once")
def test_an_uploaded_file_that_is_forgotten_is_gone_from_streamlit() -> None:
    app = AppTest.from_string(PAGE_THAT_FORGETS, default_timeout=60).run()
    app.file_uploader[0].upload("uttag.csv", b"19380230-1234", "text/csv").run()
    assert [text.value for text in app.text] == ["1 before, 0 after"]


def test_outside_a_run_there_is_nothing_to_forget() -> None:
    streamlit_internals.forget_upload(object())


@pytest.mark.parametrize("file", ["style.css", "app.js", "swedish.js"])
def test_the_parts_that_our_style_and_script_name_are_there(file: str) -> None:
    """`stBaseButton-primary` is put together in the browser, and so is known by its first part."""
    text = (UI / file).read_text(encoding="utf-8")
    names = {*BY_TEST_ID.findall(text), *BY_CLASS.findall(text)}
    assert names
    scripts = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "static" / "js").glob("*.js"))
    assert {name for name in names if name not in scripts} == set()


def test_our_script_has_nothing_that_the_sanitizer_takes_for_a_tag() -> None:
    script = assets._script().removeprefix("<script>").removesuffix("</script>")
    assert "window.naravard" in script
    assert not re.findall(TAG, script)
    sanitizers = [path.read_text(encoding="utf-8") for path in (STATIC / "static" / "js").glob("purify*.js")]
    assert sanitizers and all(f"/{TAG}/" in text for text in sanitizers)


def test_where_files_are_dropped_all_that_can_be_read_is_named() -> None:
    assert "eller släpp dem här: ${FORMATS}" in assets._script()
    assert f'FORMATS = "{files.IN_WORDS}"' in assets._script()
    assert all(ending.strip(".") in files.IN_WORDS.casefold() for ending in files.ALLOWED_ENDINGS)


def test_html_is_sent_as_it_is_and_the_theme_as_before(tmp_path: Path) -> None:
    """Also a text that is the name of a file is a text."""
    streamlit_internals.take_short_ways()
    name = tmp_path / "fil.html"
    name.write_text("<p>ur filen</p>", encoding="utf-8")
    app = AppTest.from_string(f"import streamlit as st\nst.html({str(name)!r})\nst.html('<p>två</p>')").run()
    assert [element.proto.body for element in app.get("html")] == [str(name), "<p>två</p>"]
    sections = ("theme", "theme.light", "theme.sidebar", "theme.dark.sidebar")
    with contextlib.chdir(settings.ROOT):
        config.get_config_options(force_reparse=True)
        once = streamlit_internals._theme_once(streamlit_internals._POPULATE_THEME)
        for section in sections:
            bare = CustomThemeConfig()
            streamlit_internals._POPULATE_THEME(bare, section)
            for _ in range(2):
                message = CustomThemeConfig()
                once(message, section)
                assert message == bare, section
    assert bare.background_color


def test_our_style_takes_no_room_on_a_page() -> None:
    """It is sent apart from what is seen, as Streamlit does with style alone, and nothing else of ours is."""
    streamlit_internals.take_short_ways()
    app = AppTest.from_string("from naravard.ui import assets\nassets.style()\nassets.script()").run()
    assert [element.proto.body[:7] for element in app.main.get("html")] == ["<script"]
    assert "<style>" in [element.proto.body[:7] for element in app.get("html")]


def test_a_figure_that_is_ready_is_sent_as_it_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    streamlit_internals.take_short_ways()
    figure = Figure(Bar(x=[1, 2], y=["a", "b"]), layout={"height": 321})
    monkeypatch.setattr(st, "drawn", [figure, streamlit_internals.ready_figure(figure)], raising=False)
    each = "for key, figure in enumerate(st.drawn): st.plotly_chart(figure, theme=None, key=str(key))"
    app = AppTest.from_string(f"import streamlit as st\n{each}").run()
    assert not app.exception
    checked, ready = (element.proto for element in app.get("plotly_chart"))
    assert checked.spec == ready.spec
    assert '"height":321' in ready.spec


def test_a_run_of_a_part_of_a_page_is_told_from_one_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not streamlit_internals.runs_a_fragment(), "outside of a run"
    assert "fragment_ids_this_run" in inspect.signature(ScriptRunContext).parameters
    for fragment_ids, is_part in ((None, False), ([], False), (["a"], True)):
        context = SimpleNamespace(fragment_ids_this_run=fragment_ids)
        monkeypatch.setattr(streamlit_internals, "get_script_run_ctx", lambda context=context: context)
        assert streamlit_internals.runs_a_fragment() is is_part


def test_a_setting_is_read_without_a_lock_as_it_is_now(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("global.minCachedMessageSize", "server.port", "server.address"):
        assert streamlit_internals._option(key) == streamlit_internals._GET_OPTION(key)
    with pytest.raises(RuntimeError, match="not defined"):
        streamlit_internals._option("server.nothing")
    monkeypatch.setattr(config, "_config_options", {"server.port": SimpleNamespace(value=8599)})
    assert streamlit_internals._option("server.port") == 8599
    monkeypatch.setattr(config, "_config_options", None)  # before anything has been read
    assert streamlit_internals._option("server.port") == streamlit_internals._GET_OPTION("server.port") != 8599


@pytest.mark.parametrize("by_mode", [Mode.LOCAL, Mode.NO_LOGIN, Mode.LOGIN, Mode.PROXY])
def test_who_asks_is_asked_of_streamlit_only_where_it_can_know(by_mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a file of secrets it looks for one each time."""
    times: list[int] = []
    monkeypatch.setattr(visitor, "mode", lambda: by_mode)
    monkeypatch.setattr(visitor.st, "user", SimpleNamespace(to_dict=lambda: times.append(1) or {}))
    visitor.identity()
    assert bool(times) == (by_mode in {Mode.LOGIN, Mode.PROXY})
