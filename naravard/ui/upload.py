"""The parts of the page where an analyst uploads extracts: files, findings, how they were read, what changes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from naravard import intake, sources
from naravard.base import settings
from naravard.base.codes import FindingCode, Level
from naravard.base.errors import UserError
from naravard.base.model import Correction, Finding
from naravard.base.numbers import capital, number
from naravard.exports import fynd
from naravard.figures.changes import Change, ChangeKind, summary
from naravard.figures.row_counts import few
from naravard.intake import Examination
from naravard.intake import desk as desks
from naravard.intake.column_map import NOT_MAPPED
from naravard.intake.desk import Desk, State, Upload
from naravard.ui.choose import store
from naravard.ui.navigation import page
from naravard.ui.show import plain, records
from naravard.ui.streamlit_internals import forget_upload
from naravard.ui.tables import changes_table, findings_table, preview_table

_TURN = "uppladdning_omgang"
_WHY, _WHO = "publicera_varfor", "publicera_vem"
_MOST_SHOWN = 20
_MOST_TICKS = 12
_STRIKING = {ChangeKind.GONE, ChangeKind.BECOMES_HIDDEN, ChangeKind.BECOMES_VISIBLE}
_MASKED = {
    True: "Id, datum och fri text är dolda. Varje kolumn är sorterad för sig, så att ingen rad är en person.",
    False: "Det som liknar ett person-id är dolt.",
}
_POLL_SECONDS = 0.5


@st.cache_resource(scope="session", on_release=desks.leave, show_spinner=False)
def _token(folder: str) -> str:
    """What this visitor's desk is called. The desk is not in the cache, and is cleared when the visitor leaves."""
    return secrets.token_hex(16)


def desk() -> Desk:
    """This visitor's desk, for the store that is being looked at."""
    source = store()
    return desks.of_visitor(_token(str(source.folder)), lambda: source)


def receive(on: Desk) -> None:
    """Where files are dropped. They are moved to the desk at once, and Streamlit's own copy is let go of."""
    if on.store.is_example:
        st.html('<p class="varning"><b>Övning bland EXEMPELDATA.</b> De riktiga siffrorna ändras inte.</p>')
    turn = st.session_state.setdefault(_TURN, 0)
    files = st.file_uploader(
        "Släpp ett eller flera uttag här",
        accept_multiple_files=True,
        key=f"filer_{turn}",
        help="CSV, text eller kalkylblad, högst 200 MB. Filen läses i minnet och sparas aldrig.",
    )
    if not files:
        if not on.uploads:
            st.html(
                '<p class="kalla">Filerna finns bara i den här fliken tills du publicerar. Laddar du om sidan får du '
                "släppa dem igen.</p>"
            )
        return
    for file in files:
        on.add(file.name, file.getvalue())
        forget_upload(file)
    del files, st.session_state[f"filer_{turn}"]
    st.session_state[_TURN] = turn + 1
    st.rerun()


def published(on: Desk) -> None:
    """After a publication: what happened, and where to see it."""
    if on.published_version is None:
        return
    with st.container(border=True):
        st.success(
            f"Version {on.published_version} är publicerad. Alla som har sidan öppen ser den vid nästa klick.",
            icon=":material/check:",
        )
        st.page_link(page("oversikt"), label="Se siffrorna i översikten", icon=":material/arrow_forward:")
        st.page_link(page("versioner"), label="Se vad som ändrades, eller gå tillbaka", icon=":material/arrow_forward:")


def notice(on: Desk) -> None:
    """That someone else has published meanwhile."""
    on.catch_up()
    if on.notice:
        st.warning(plain(on.notice), icon=":material/group:")


def waiting(on: Desk) -> None:
    """Progress of the checks that go on, with a way to stop each. The rest of the page can be used meanwhile."""
    if on.busy:
        _progress(on)


@st.fragment(run_every=_POLL_SECONDS)
def _progress(on: Desk) -> None:
    busy = [upload for upload in on.uploads if upload.busy]
    for upload in busy:
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        step = upload.step or "Väntar på sin tur"
        left.progress(upload.progress, text=f"{plain(upload.filename)}: {step} …")
        right.button("Avbryt", key=f"avbryt_{upload.id}", on_click=on.cancel, args=(upload.id,), width="stretch")
    if not busy:
        st.rerun()


def card(on: Desk, upload: Upload) -> None:
    """One file: what it is, what is wrong, how it was read."""
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        left.subheader(plain(upload.filename), anchor=False)
        right.button("Ta bort", key=f"bort_{upload.id}", on_click=on.remove, args=(upload.id,), width="stretch")
        if upload.busy:
            st.html('<p class="kalla">Filen kontrolleras …</p>')
            return
        if upload.state is State.CANCELLED:
            st.info("Kontrollen avbröts. Inget är ändrat.", icon=":material/cancel:")
            st.button("Kontrollera igen", key=f"igen_{upload.id}", on_click=on.choose, args=(upload.id,))
            return
        if upload.problem:
            st.error(plain(upload.problem), icon=":material/error:")
            _choices(on, upload)
            return
        examination = upload.examination
        if examination is None:
            return
        _summary(examination)
        _choices(on, upload)
        _errors(examination)
        _warnings(upload, examination)
        _notes(upload, examination)
        _reading(on, upload, examination)


def _summary(examination: Examination) -> None:
    title = examination.source.title if examination.source else "Okänd källa"
    told = [f"{len(found)} {word}" for found, word in (
        (examination.errors, "fel"),
        (examination.warnings, "varning" if len(examination.warnings) == 1 else "varningar"),
    ) if found]  # fmt: skip
    verdict = " och ".join(told) or "inga fel och inga varningar"
    rows = f"{few(examination.rows_read)} rader lästa"
    if examination.counts:
        rows += f", {few(examination.rows_counted)} räknade"
    st.html(f'<p class="utfall"><b>{escape(title)}</b> · {rows} · <b>{verdict}</b></p>')


def _key(upload: Upload, name: str) -> str:
    """What a widget is called. Each check has its own, so that they show how the file was read this time."""
    return f"{name}_{upload.id}_{upload.attempt}"


def _choices(on: Desk, upload: Upload) -> None:
    """Source, period, day and protection: what the file itself cannot tell."""
    examination = upload.examination
    choices = upload.choices
    columns = st.columns([3, 2, 2, 3], vertical_alignment="bottom")
    found = examination.source.id if examination and examination.source else None
    ids = [intake.AUTO, *sources.sources()]

    def title(kalla: str) -> str:
        if kalla != intake.AUTO:
            return sources.source(kalla).title
        return f"{sources.source(found).title} (igenkänd)" if found and choices.kalla == intake.AUTO else "Känn igen"

    def changed(name: str, read: Callable[[Any], Any]) -> Callable[[], None]:
        key = _key(
            upload, name
        )  # as it is when the field is drawn: another field's change gives the next check a new one

        def tell() -> None:
            on.choose(upload.id, **{name: read(st.session_state[key])})

        return tell

    columns[0].selectbox(
        "Källa",
        ids,
        index=ids.index(choices.kalla),
        format_func=title,
        key=_key(upload, "kalla"),
        on_change=changed("kalla", str),
    )
    columns[1].text_input(
        "Mätperiod",
        value=choices.matperiod or (examination.matperiod if examination else None) or "",
        placeholder="våren 2024",
        key=_key(upload, "matperiod"),
        on_change=changed("matperiod", lambda text: text.strip() or None),
        help="När uppgifterna gäller. Behövs inte för befolkning och nyckeltal, som har år i filen.",
    )
    columns[2].text_input(
        "Mätdatum (frivilligt)",
        value=f"{choices.matdatum or ''}",
        placeholder="ÅÅÅÅ-MM-DD",
        key=_key(upload, "matdatum"),
        on_change=_choose_day,
        args=(on, upload, _key(upload, "matdatum")),
        help="Dagen som uppgifterna är från. Behövs om mätperioden inte har något årtal.",
    )
    columns[3].checkbox(
        "Siffrorna är redan publicerade: dölj inga små tal",
        value=choices.publicerad,
        key=_key(upload, "publicerad"),
        on_change=changed("publicerad", bool),
    )


def _choose_day(on: Desk, upload: Upload, key: str) -> None:
    """Take the day that was written. One that cannot be read is told, and the old one stays."""
    written = st.session_state[key].strip().replace("/", "-")
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError:
        st.toast("Mätdatumet går inte att läsa. Skriv det som ÅÅÅÅ-MM-DD, till exempel 2024-04-01.")
        st.session_state[key] = f"{upload.choices.matdatum or ''}"
        return
    on.choose(upload.id, matdatum=day)


def _errors(examination: Examination) -> None:
    errors = examination.errors
    if errors:
        st.html(findings_table("Fel som stoppar filen", errors[:_MOST_SHOWN]))
        if len(errors) > _MOST_SHOWN:
            told = f"Här visas de {_MOST_SHOWN} första av {number(len(errors))} fel. Alla finns i listan."
            st.html(f'<p class="kalla">{told}</p>')
        if any(finding.code is not FindingCode.PERIOD_MISSING for finding in errors):
            st.markdown("Rätta filen och släpp den igen, eller ändra hur den läses här nedanför.")
        else:
            st.markdown("Fyll i fältet *Mätperiod* här ovanför.")


def _notes(upload: Upload, examination: Examination) -> None:
    """What is only to be known, a click away; and all findings as a workbook."""
    notes = [finding for finding in examination.findings if finding.level is Level.NOTE]
    if notes:
        with st.expander(f"Upplysningar ({len(notes)})"):
            st.html(findings_table("Upplysningar", notes))
    if examination.findings:
        st.download_button(
            "Hämta hela listan som Excel",
            data=lambda: fynd.workbook(examination.findings),
            file_name=f"fynd {examination.filename}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"lista_{upload.id}",
            icon=":material/download:",
            on_click="ignore",
        )


def _warnings(upload: Upload, examination: Examination) -> None:
    if not examination.warnings or examination.errors:
        for finding in examination.warnings:
            st.html(f'<p class="varning"><b>Varning.</b> {escape(_sentence(finding))}</p>')
        return
    st.markdown("**Varningar att läsa och godkänna**")
    for key, text in _ticks(upload, examination):
        st.checkbox(plain(text), key=key)


def _ticks(upload: Upload, examination: Examination) -> list[tuple[str, str]]:
    """A box per warning, keyed by its text: a warning that changes has to be read again."""
    sentences = [_sentence(finding) for finding in examination.warnings]
    shown, rest = sentences[:_MOST_TICKS], sentences[_MOST_TICKS:]
    texts = [*shown, *([f"De {len(rest)} varningarna till, som står i listan"] if rest else [])]
    return [(f"godkann_{upload.id}_{hash(text)}", text) for text in texts]


def _sentence(finding: Finding) -> str:
    return capital(finding.sentence())


def _accepted(upload: Upload) -> bool:
    examination = upload.examination
    return examination is not None and all(st.session_state.get(key) for key, _ in _ticks(upload, examination))


def _reading(on: Desk, upload: Upload, examination: Examination) -> None:
    """Sheet, headings, columns and the first rows as they were read, all of which can be changed."""
    with st.expander("Så lästes filen", expanded=_to_decide(upload, examination)):
        places = [f"flik ”{examination.sheet}”" if examination.sheet else "", examination.layout.reason]
        profile = f". Profilen ”{examination.profile}” användes" if examination.profile else ""
        told = f"{', '.join(filter(None, places))}{profile}."
        st.markdown(plain(capital(told)))
        _place(on, upload, examination)
        headings = [heading or f"(kolumn {i + 1})" for i, heading in enumerate(examination.headings.whole)]
        if examination.source:
            _columns(on, upload, examination, headings)
        sample = examination.source is None or examination.source.has_persons
        heading = "Exempel på värden i varje kolumn" if sample else "De första raderna"
        st.markdown(f"**{heading}.** {_MASKED[examination.source is None or examination.source.has_persons]}")
        st.html(preview_table(heading, headings, examination.preview))
        if examination.source:
            _profile(upload, examination)


def _to_decide(upload: Upload, examination: Examination) -> bool:
    """Whether the file needs a decision on how it is read, or has had one."""
    choices = upload.choices
    missing = any(finding.code is FindingCode.COLUMN_MISSING for finding in examination.errors)
    return missing or not examination.source or bool(choices.columns or choices.sheet or choices.first)


def _place(on: Desk, upload: Upload, examination: Examination) -> None:
    columns = st.columns(3)
    first, depth = columns[:2] if len(examination.sheets) == 1 else columns[1:]
    if len(examination.sheets) > 1:
        names = [name for name, _ in examination.sheets]
        hidden = {name for name, seen in examination.sheets if not seen}
        columns[0].selectbox(
            "Flik",
            names,
            index=names.index(examination.sheet),
            format_func=lambda name: f"{name} (dold)" if name in hidden else str(name),
            key=_key(upload, "flik"),
            on_change=_choose_sheet,
            args=(on, upload, _key(upload, "flik")),
        )

    keys = [_key(upload, name) for name in ("rubrikrad", "rubrikdjup")]

    def headings_changed() -> None:
        row, rows = (int(st.session_state[key]) for key in keys)
        on.choose(upload.id, first=row, depth=rows, columns={})

    first.number_input(
        "Första rubrikraden",
        min_value=1,
        max_value=60,
        value=examination.layout.first + 1,
        key=_key(upload, "rubrikrad"),
        on_change=headings_changed,
    )
    depth.number_input(
        "Antal rubrikrader",
        min_value=1,
        max_value=3,
        value=examination.layout.depth,
        key=_key(upload, "rubrikdjup"),
        on_change=headings_changed,
    )


def _choose_sheet(on: Desk, upload: Upload, key: str) -> None:
    on.choose(upload.id, sheet=st.session_state[key], first=None, depth=None, columns={})


def _columns(on: Desk, upload: Upload, examination: Examination, headings: Sequence[str]) -> None:
    assert examination.source is not None
    places = [NOT_MAPPED, *range(len(headings))]
    grid = st.columns(3)
    for position, column in enumerate(examination.source.columns):
        key = _key(upload, f"kolumn_{column.name}")

        def changed(name: str = column.name, key: str = key) -> None:
            on.choose(upload.id, columns={**upload.choices.columns, name: st.session_state[key]})

        label = capital(column.description)
        must = " (måste finnas)" if column.required else ""
        grid[position % 3].selectbox(
            plain(f"{label}{must}"),
            places,
            index=examination.positions.get(column.name, NOT_MAPPED) + 1,
            format_func=lambda place: "– finns inte i filen –" if place == NOT_MAPPED else headings[place],
            key=key,
            on_change=changed,
        )
        if column.name in examination.positions:
            grid[position % 3].html(f'<p class="kalla">Så valdes den: {escape(examination.reasons[column.name])}</p>')


def _profile(upload: Upload, examination: Examination) -> None:
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    name = left.text_input(
        "Spara som profil, för nästa fil med samma rubriker",
        placeholder="Cosmic, månadsuttag",
        key=f"profil_{upload.id}",
    )
    if right.button("Spara profilen", key=f"spara_{upload.id}", width="stretch", disabled=not name.strip()):
        try:
            intake.save_profile(name, examination, who=st.session_state.get(_WHO) or settings.user_name())
            st.success(plain(f"Profilen ”{name.strip()}” är sparad. Nästa fil med samma rubriker läses likadant."))
        except UserError as error:
            st.error(plain(str(error)))


def difference(on: Desk) -> None:
    """What would change, indicator by indicator, before anything is published."""
    if on.busy or not on.ready_uploads:
        return
    st.header("Det här ändras", anchor=False)
    with st.spinner("Räknar skillnaden …"):
        effect = on.difference()
    show_changes(effect.changes)
    if effect.warnings:
        st.markdown("**Läs och godkänn innan du publicerar**")
    for key, text in _change_ticks(on):
        st.checkbox(plain(text), key=key)


def _change_ticks(on: Desk) -> list[tuple[str, str]]:
    """A box per warning on what the change tells, keyed by its text."""
    texts = [_sentence(finding) for finding in on.difference().warnings] if on.ready_uploads else []
    return [(f"godkann_skillnad_{hash(text)}", text) for text in texts]


def show_changes(changes: Sequence[Change]) -> None:
    """A summary in words, then a table for each indicator; the marked ones are opened."""
    for sentence in summary(changes):
        st.markdown(plain(sentence))
    for indicator, group in groupby(changes, key=lambda change: change.indicator):
        mine = list(group)
        marked = sum(bool(change.mark) or change.kind in _STRIKING for change in mine)
        told = f"{len(mine)} tal" + (f", {marked} att titta på" if marked else "")
        with st.expander(f"{indicator.titel} ({told})", expanded=bool(marked) and len(mine) <= 2 * _MOST_SHOWN):
            st.html(changes_table(indicator.titel, mine))


def publication(on: Desk) -> None:
    """The last step: why, who, and the button; or what remains to be done."""
    if not on.uploads or on.busy:
        return
    st.header("Publicera", anchor=False)
    remains = _remains(on)
    left, right = st.columns([3, 1])
    why = left.text_input(
        "Varför läses uttaget in?", placeholder="Månadsuttag, våren 2024", key=_WHY, persist_state="page"
    )
    who = right.text_input("Ditt namn", placeholder="Förnamn Efternamn", key=_WHO, persist_state="session")
    if not why.strip():
        remains.append("skriv en rad om varför")
    if not who.strip():
        remains.append("skriv ditt namn")
    if remains:
        lines = "".join(f"<br>– {escape(line)}" for line in remains)
        st.html(f'<p class="kalla">Kvar att göra:{lines}</p>')
    if on.problem:
        st.error(plain(on.problem), icon=":material/error:")
    count = len(on.ready_uploads)
    base = on.difference().base if count else None
    st.button(
        "Publicera uttaget" if count < 2 else f"Publicera {count} uttag",
        type="primary",
        disabled=bool(remains),
        key="publicera",
        icon=":material/publish:",
        # in a callback, with the version that this button was drawn for: a second click finds nothing left to publish
        on_click=_publish,
        args=(on, who.strip(), why.strip(), base),
    )


def _publish(on: Desk, who: str, why: str, base: int | None) -> None:
    on.publish(who=who, why=why, expected=base)
    if on.published_version is not None:
        st.session_state[_WHY] = ""


def _remains(on: Desk) -> list[str]:
    remains = []
    for upload in on.uploads:
        if upload not in on.ready_uploads:
            remains.append(f"rätta eller ta bort {upload.filename}")
        elif not _accepted(upload):
            remains.append(f"läs och godkänn varningarna för {upload.filename}")
    for one, other in on.twins():
        remains.append(f"ta bort {one.filename} eller {other.filename}: de gäller samma källa och mätperiod")
    if not all(st.session_state.get(key) for key, _ in _change_ticks(on)):
        remains.append("läs och godkänn varningarna om vad ändringen visar")
    remains += on.clashes()
    return remains


def corrections(on: Desk) -> None:
    """Known errors of providers, which are corrected in every file until somebody takes them away."""
    st.header("Kända fel hos leverantörer", anchor=False)
    st.markdown(
        "Skriver en leverantör fel på samma sätt varje gång kan felet rättas här i stället för i filen. Varje rättelse "
        "syns i rapporten, och en som inte längre behövs sägs till om."
    )
    known = intake.corrections.load()
    if known:
        titles = {source.id: source.title for source in sources.sources().values()}
        rows = [(titles[c.kalla], c.kolumn, c.fel_varde, c.ratt_varde, c.varfor) for c in known]
        records("Kända fel som rättas", ("Källa", "Kolumn", "Står i filen", "Läses som", "Varför"), rows)
        names = {i: f"{c.fel_varde} → {c.ratt_varde} ({titles[c.kalla]})" for i, c in enumerate(known)}
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        chosen = left.selectbox("Rättelse att ta bort", list(names), format_func=lambda i: names[i], key="ratta_bort")
        if right.button("Ta bort rättelsen", width="stretch", key="ratta_bort_knapp"):
            intake.corrections.remove(known[chosen])
            on.check_again()
            st.rerun()
    with st.expander("Lägg till en rättelse"):
        _add_correction(on)


def _add_correction(on: Desk) -> None:
    titles = {source.id: source.title for source in sources.sources().values()}
    first, second = st.columns(2)
    kalla = first.selectbox("Källa", list(titles), format_func=lambda i: titles[i], key="ratta_kalla")
    columns = intake.corrections.correctable(sources.source(kalla))
    kolumn = second.selectbox("Kolumn", list(columns), format_func=lambda name: columns[name], key="ratta_kolumn")
    wrong = first.text_input("Står i filen", key="ratta_fel")
    right = second.text_input("Ska läsas som", key="ratta_ratt")
    why = st.text_input("Varför, och är felet anmält?", key="ratta_varfor")
    if st.button("Spara rättelsen", key="ratta_spara", disabled=not (wrong and right and why)):
        try:
            intake.corrections.add(Correction(kalla, kolumn, wrong.strip(), right.strip(), why.strip()))
            on.check_again()
            st.rerun()
        except UserError as error:
            st.error(plain(str(error)), icon=":material/error:")
