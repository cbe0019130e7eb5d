"""What a room has said: workshops, their questions and the answers, in SQLite, apart from the figures' store.

Nobody has an account and no name is asked. An answer is plain text; what looks like a person id is refused. A figure
that was on screen when an answer was written is kept beside it, as it was shown: what had passed the gate. A workshop
is deleted when its time has come, and its pages are overwritten in the file.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import unquote_plus

from naravard.base import mask
from naravard.base.errors import NotFound, PersonId, TooSoon, UserError
from naravard.base.numbers import number

LONGEST = 280
"""Characters in an answer."""
LONGEST_NAME = 80
LONGEST_QUESTION = 160
MOST_ANSWERS = 3_000
MOST_GROUPS, MOST_QUESTIONS = 30, 8
MOST_A_MINUTE = 1_000
"""Answers that a workshop takes in a minute, from all its participants."""
_MOST_WORKSHOPS, _MOST_AN_HOUR = 500, 60
DAYS_KEPT = 30
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are read as each other: i and l and 1, o and 0."""
_CODE, _KEY_BYTES = 6, 18
_JOINER = "\u200d"
_FLUSHES = 20

_SCHEMA = """
create table if not exists workshop (
    kod text primary key, nyckel text not null, namn text not null, bildspel text not null, oppnad text not null,
    raderas text, oppen integer not null default 1, andring integer not null default 0, figur integer
);
create table if not exists grupp (
    id integer primary key, kod text not null references workshop on delete cascade, plats integer not null,
    namn text not null
);
create table if not exists fraga (
    id integer primary key, kod text not null references workshop on delete cascade, plats integer not null,
    text text not null
);
create table if not exists figur (
    id integer primary key, kod text not null references workshop on delete cascade, innehall text not null,
    unique (kod, innehall)
);
create table if not exists svar (
    id integer primary key, kod text not null references workshop on delete cascade, nyckel text not null,
    fraga integer not null references fraga, grupp integer not null references grupp, text text not null,
    nar text not null, figur integer references figur, dold integer not null default 0,
    gemensamt integer not null default 0, ihop_med integer references svar, unique (kod, nyckel)
);
create index if not exists svar_nar on svar (kod, nar);
create table if not exists lank (kod text primary key, adress text not null, skapad text not null);
pragma user_version = 1;
"""
_SCHEMA_VERSION = 1
_MOST_LINKS = 5_000


@dataclass(frozen=True)
class Named:
    """A group or a question, with its number in the workshop."""

    id: int
    text: str


@dataclass(frozen=True)
class Shown:
    """A figure as it was shown. `bild` is its entry in a sequence; `rader` are its rows of texts, the area first."""

    bild: str
    titel: str
    rubrik: str = ""
    kalla: str = ""
    kommun: str = ""
    version: int = 0
    exempel: bool = False
    kolumner: tuple[str, ...] = ()
    rader: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Workshop:
    """A workshop as its participants meet it. `raderas` is the day of deletion, None where it is kept."""

    kod: str
    namn: str
    bildspel: str
    oppnad: str
    raderas: str | None
    oppen: bool
    andring: int
    grupper: tuple[Named, ...]
    fragor: tuple[Named, ...]
    visas: Shown | None
    figur: int | None = None
    """The number of what is on screen, by which a phone tells before which figure an answer was written."""


@dataclass(frozen=True)
class Card:
    """An answer on the board, with those that have been merged into it. `figur` was on screen when it was written."""

    id: int
    fraga: int
    grupp: int
    text: str
    nar: str
    dold: bool
    gemensamt: bool
    lika: tuple[str, ...]
    figur: Shown | None


class Workshops:
    """All workshops of a data folder. Each call is a transaction of its own."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "workshop" / "workshop.sqlite"

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.file, timeout=30, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            try:
                for setting in ("foreign_keys=on", "secure_delete=on"):
                    connection.execute(f"pragma {setting}")
                if connection.execute("pragma user_version").fetchone()[0] != _SCHEMA_VERSION:
                    connection.execute("pragma journal_mode=wal")
                    connection.executescript(_SCHEMA)
            except sqlite3.DatabaseError as error:
                raise UserError(f"Filen med workshoppar går inte att läsa ({self.file}: {error}).") from error
            yield connection

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it, or nothing."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with self._open() as connection:
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    @contextmanager
    def _read(self) -> Iterator[sqlite3.Connection]:
        if not self.file.exists():
            raise NotFound("Det finns ingen workshop här än.")
        with self._open() as connection:
            yield connection

    def begin(self, namn: str, grupper: Sequence[str], fragor: Sequence[str], bildspel: str = "") -> tuple[str, str]:
        """Open a workshop. Gives its code, for participants, and the leader's secret key, which is not stored.

        Raises UserError that says what is missing or too long.
        """
        named = _line(namn, "Namnet", LONGEST_NAME)
        groups, questions = _groups(grupper), _questions(fragor)
        mask.refuse_ids(unquote_plus(bildspel), "Bildspelet")
        secret = secrets.token_urlsafe(_KEY_BYTES)
        with self._write() as connection:
            if connection.execute("select count(*) from workshop").fetchone()[0] >= _MOST_WORKSHOPS:
                raise UserError(f"Det finns redan {number(_MOST_WORKSHOPS)} workshoppar. Radera någon som inte behövs.")
            lately = connection.execute("select count(*) from workshop where oppnad > ?", (_now(timedelta(hours=1)),))
            if lately.fetchone()[0] >= _MOST_AN_HOUR:
                raise TooSoon("Det har öppnats väldigt många workshoppar den senaste timmen. Vänta en stund.")
            code = _new_code(connection)
            last_day = date.today() + timedelta(days=DAYS_KEPT)
            connection.execute(
                "insert into workshop (kod, nyckel, namn, bildspel, oppnad, raderas) values (?, ?, ?, ?, ?, ?)",
                (code, _hash(secret), named, bildspel, _now(), last_day.isoformat()),
            )
            _insert(connection, "grupp", "namn", code, groups)
            _insert(connection, "fraga", "text", code, questions)
        return code, secret

    def all(self) -> list[tuple[Workshop, int]]:
        """All workshops with how many answers each has, the newest first; for the one who runs the installation."""
        if not self.file.exists():
            return []
        with self._read() as connection:
            rows = connection.execute(
                "select kod, (select count(*) from svar where svar.kod = workshop.kod) as svar from workshop "
                "order by oppnad desc"
            ).fetchall()
            return [(_workshop(connection, row["kod"]), row["svar"]) for row in rows]

    def workshop(self, kod: str) -> Workshop:
        """One workshop by its code. Raises NotFound, also for one that has been deleted."""
        with self._read() as connection:
            return _workshop(connection, kod)

    def is_leader(self, kod: str, secret: str) -> bool:
        """Whether a key is the leader's."""
        with self._read() as connection:
            row = _row(connection, kod)
        return secrets.compare_digest(row["nyckel"], _hash(secret))

    def change_number(self, kod: str) -> int:
        """A number that grows each time something of the workshop changes."""
        with self._read() as connection:
            return int(_row(connection, kod)["andring"])

    def answer(self, kod: str, nyckel: str, fraga: int, grupp: int, text: str, figur: int | None = None) -> bool:
        """Keep an answer. `nyckel` is the phone's own number of it: one that is sent again is kept once.

        `figur` is the figure that the phone knew to be on screen; else it is what is there now. Gives whether it
        was new. Raises UserError that says why it is refused.
        """
        told = _line(text, "Svaret", LONGEST)
        if not 8 <= len(nyckel) <= 64:
            raise UserError("Svaret saknar sitt nummer. Ladda om sidan och skicka igen.")
        with self._write() as connection:
            row = _row(connection, kod)
            if connection.execute("select 1 from svar where kod = ? and nyckel = ?", (kod, nyckel)).fetchone():
                return False
            if not row["oppen"]:
                raise UserError("Ledaren har stängt för nya svar.")
            _check_room(connection, kod)
            _check_member(connection, "fraga", kod, fraga)
            _check_member(connection, "grupp", kod, grupp)
            if connection.execute("select 1 from figur where kod = ? and id = ?", (kod, figur)).fetchone() is None:
                figur = row["figur"]
            connection.execute(
                "insert into svar (kod, nyckel, fraga, grupp, text, nar, figur) values (?, ?, ?, ?, ?, ?, ?)",
                (kod, nyckel, fraga, grupp, told, _now(), figur),
            )
            _changed(connection, kod)
        return True

    def board(self, kod: str, *, hidden: bool = False) -> tuple[Card, ...]:
        """The answers, the oldest first, merged ones as one. `hidden` gives those that are hidden as well."""
        with self._read() as connection:
            _row(connection, kod)
            rows = connection.execute("select * from svar where kod = ? order by id", (kod,)).fetchall()
            figures = _figures(connection, kod)
            groups = {group.id: group.text for group in _workshop(connection, kod).grupper}
        heads = {row["id"]: row for row in rows}
        merged: dict[int, list[str]] = {}
        for row in rows:
            if row["ihop_med"] is not None and (hidden or not row["dold"]):
                other = heads[row["ihop_med"]]["grupp"] != row["grupp"]
                text = f"{groups[row['grupp']]}: {row['text']}" if other else row["text"]
                merged.setdefault(row["ihop_med"], []).append(text)
        return tuple(
            _card(row, merged, figures) for row in rows if row["ihop_med"] is None and (hidden or not row["dold"])
        )

    def show(self, kod: str, figure: Shown | None) -> None:
        """Remember what is on screen, for the answers that are written while it is."""
        with self._write() as connection:
            _row(connection, kod)
            number_of_it = None
            if figure is not None:
                content = json.dumps(figure.__dict__, ensure_ascii=False)
                connection.execute("insert or ignore into figur (kod, innehall) values (?, ?)", (kod, content))
                number_of_it = connection.execute(
                    "select id from figur where kod = ? and innehall = ?", (kod, content)
                ).fetchone()[0]
            before = connection.execute("select figur from workshop where kod = ?", (kod,)).fetchone()[0]
            if before != number_of_it:
                connection.execute("update workshop set figur = ? where kod = ?", (number_of_it, kod))
                _changed(connection, kod)

    def hide(self, kod: str, ids: Sequence[int], hidden: bool = True) -> None:
        """Take answers from the board, or put them back."""
        self._set(kod, ids, "dold", int(hidden))

    def mark_common(self, kod: str, ids: Sequence[int], common: bool = True) -> None:
        """Mark answers as what the groups have in common."""
        self._set(kod, ids, "gemensamt", int(common))

    def move(self, kod: str, ids: Sequence[int], fraga: int | None = None, grupp: int | None = None) -> None:
        """Put answers under another question or group. What has been merged into them follows to the question."""
        if fraga is None and grupp is None:
            raise UserError("Välj till vilken fråga eller grupp svaren ska flyttas.")
        with self._write() as connection:
            _check_own(connection, kod, ids)
            for column, value in (("fraga", fraga), ("grupp", grupp)):
                if value is not None:
                    _check_member(connection, column, kod, value)
                    _update(connection, kod, ids, column, value)
            for one in ids if fraga is not None else ():
                connection.execute("update svar set fraga = ? where ihop_med = ?", (fraga, one))
            _changed(connection, kod)

    def merge(self, kod: str, ids: Sequence[int]) -> None:
        """Let the first of some answers stand for them all: the first that is seen. They come under its question."""
        if len(set(ids)) < 2:
            raise UserError("Välj minst två svar att slå ihop.")
        with self._write() as connection:
            _check_own(connection, kod, ids)
            marks = ",".join("?" * len(ids))
            seen = connection.execute(f"select id from svar where id in ({marks}) and not dold", tuple(ids)).fetchall()
            known = {row["id"] for row in seen}
            head = next((one for one in ids if one in known), ids[0])
            others = [one for one in ids if one != head]
            for other in others:
                connection.execute(
                    "update svar set ihop_med = ? where kod = ? and (id = ? or ihop_med = ?) and id <> ?",
                    (head, kod, other, other, head),
                )
            _update(connection, kod, [head], "ihop_med", None)
            connection.execute(
                "update svar set fraga = (select fraga from svar as h where h.id = ?1) where ihop_med = ?1", (head,)
            )
            _changed(connection, kod)

    def split(self, kod: str, ids: Sequence[int]) -> None:
        """Let merged answers stand for themselves again."""
        with self._write() as connection:
            _check_own(connection, kod, ids)
            connection.executemany(
                "update svar set ihop_med = null where kod = ? and ihop_med = ?", [(kod, i) for i in ids]
            )
            _changed(connection, kod)

    def erase(self, kod: str, ids: Sequence[int]) -> None:
        """Delete answers for good, with what has been merged into them."""
        with self._write() as connection:
            _check_own(connection, kod, ids)
            connection.executemany("delete from svar where kod = ? and ihop_med = ?", [(kod, one) for one in ids])
            connection.executemany("delete from svar where kod = ? and id = ?", [(kod, one) for one in ids])
            _changed(connection, kod)
        self._flush()

    def _set(self, kod: str, ids: Sequence[int], column: str, value: int) -> None:
        with self._write() as connection:
            _check_own(connection, kod, ids)
            _update(connection, kod, ids, column, value)
            _changed(connection, kod)

    def change(self, kod: str, *, namn: str, grupper: Sequence[str], fragor: Sequence[str]) -> None:
        """New name, groups and questions, in order. One that has answers keeps them when its words are changed.

        Raises UserError where one with answers would be left out.
        """
        named, groups, questions = _line(namn, "Namnet", LONGEST_NAME), _groups(grupper), _questions(fragor)
        with self._write() as connection:
            _row(connection, kod)
            connection.execute("update workshop set namn = ? where kod = ?", (named, kod))
            _replace(connection, "grupp", "namn", kod, groups)
            _replace(connection, "fraga", "text", kod, questions)
            _changed(connection, kod)

    def set_open(self, kod: str, is_open: bool) -> None:
        """Take new answers, or none."""
        with self._write() as connection:
            connection.execute("update workshop set oppen = ? where kod = ?", (int(is_open), kod))
            _changed(connection, kod)

    def keep(self, kod: str, kept: bool) -> None:
        """Never delete it by itself, or delete it 30 days from today."""
        last_day = None if kept else (date.today() + timedelta(days=DAYS_KEPT)).isoformat()
        with self._write() as connection:
            connection.execute("update workshop set raderas = ? where kod = ?", (last_day, kod))
            _changed(connection, kod)

    def delete(self, kod: str) -> None:
        """Delete a workshop with all its answers, now and from the file as well."""
        with self._write() as connection:
            _row(connection, kod)
            _delete(connection, kod)
        self._flush()

    def delete_old(self, today: date | None = None) -> int:
        """Delete the workshops whose day has come. Gives how many."""
        if not self.file.exists():
            return 0
        day = (today or date.today()).isoformat()
        with self._read() as connection:
            old = connection.execute("select kod from workshop where raderas is not null and raderas <= ?", (day,))
            kods = [row[0] for row in old.fetchall()]
        for kod in kods:
            with self._write() as connection:
                _delete(connection, kod)
        self._flush()
        return len(kods)

    def _flush(self) -> None:
        """Move the log of changes into the file and empty it, so that no copy of what was deleted is left.

        A reader can hold it for a moment. What is still there then goes at the next deletion, or within the hour.
        """
        with self._open() as connection:
            for _ in range(_FLUSHES):
                busy, *_ = connection.execute("pragma wal_checkpoint(truncate)").fetchone()
                if not busy:
                    return
                sleep(0.1)

    def link(self, adress: str) -> str:
        """A short code for an address of the app; the same each time it is asked for."""
        mask.refuse_ids(unquote_plus(adress), "Adressen")
        digest = hashlib.sha256(adress.encode()).digest()
        code = "".join(_LETTERS[byte % len(_LETTERS)] for byte in digest[:_CODE])
        with self._write() as connection:
            connection.execute(
                "insert into lank values (?, ?, ?) on conflict (kod) do update set skapad = excluded.skapad",
                (code, adress, _now()),
            )
            connection.execute(
                "delete from lank where kod not in (select kod from lank order by skapad desc, rowid desc limit ?)",
                (_MOST_LINKS,),
            )
        return code

    def address(self, kod: str) -> str:
        """The address behind a short code. Raises NotFound."""
        with self._read() as connection:
            row = connection.execute("select adress from lank where kod = ?", (kod,)).fetchone()
        if row is None:
            raise NotFound(f"Länken ”{kod[:20]}” finns inte. Be den som visar bilden om en ny.")
        return str(row[0])


def _line(text: str, what: str, longest: int) -> str:
    """A text on one line, of signs that are seen. Raises UserError where it is empty, too long or like a person id."""
    plain = " ".join("".join(map(_seen, unicodedata.normalize("NFC", text))).split())
    if not plain:
        raise UserError(f"{what} är tomt. Skriv något.")
    if len(plain) > longest:
        raise UserError(f"{what} har {number(len(plain))} tecken. Det får ha högst {number(longest)}. Korta det.")
    if mask.is_in_writing(plain):  # also with spaces between the digits
        raise PersonId(
            f"{what} innehåller något som liknar ett personnummer. Sådant sparas aldrig här, för att skydda enskilda. "
            "Skriv utan det."
        )
    return plain


def _seen(sign: str) -> str:
    """A sign as it is kept: one that is not seen is left out, but for what joins emojis; other controls are spaces."""
    kind = unicodedata.category(sign)
    if kind[0] != "C" or sign == _JOINER:
        return sign
    return "" if kind == "Cf" else " "


def _several(texts: Sequence[str], what: str, longest: int, most: int) -> list[str]:
    lines = [_line(text, what, longest) for text in texts if text.strip()]
    if not lines:
        raise UserError(f"{what} saknas. Skriv minst en rad.")
    if len(lines) > most:
        raise UserError(f"{what}: {number(len(lines))} är för många. Högst {number(most)} ryms.")
    double = next((line for line in lines if lines.count(line) > 1), None)
    if double:
        raise UserError(f"{what}: ”{double}” står två gånger. Ta bort den ena.")
    return lines


def _groups(texts: Sequence[str]) -> list[str]:
    return _several(texts, "Gruppens namn", LONGEST_NAME, MOST_GROUPS)


def _questions(texts: Sequence[str]) -> list[str]:
    return _several(texts, "Frågan", LONGEST_QUESTION, MOST_QUESTIONS)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _now(ago: timedelta = timedelta(0)) -> str:
    """The time as it is stored, or what it was a while ago."""
    return (datetime.now(UTC) - ago).isoformat(timespec="milliseconds")


def _new_code(connection: sqlite3.Connection) -> str:
    while True:
        code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE))
        if connection.execute("select 1 from workshop where kod = ?", (code,)).fetchone() is None:
            return code


def _row(connection: sqlite3.Connection, kod: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute("select * from workshop where kod = ?", (kod,)).fetchone()
    if row is None:
        raise NotFound(f"Workshoppen ”{kod[:20]}” finns inte, eller är raderad. Kontrollera länken.")
    return row


def _workshop(connection: sqlite3.Connection, kod: str) -> Workshop:
    row = _row(connection, kod)
    groups = connection.execute("select id, namn from grupp where kod = ? order by plats", (kod,)).fetchall()
    questions = connection.execute("select id, text from fraga where kod = ? order by plats", (kod,)).fetchall()
    return Workshop(
        kod=kod,
        namn=row["namn"],
        bildspel=row["bildspel"],
        oppnad=row["oppnad"],
        raderas=row["raderas"],
        oppen=bool(row["oppen"]),
        andring=row["andring"],
        grupper=tuple(Named(*group) for group in groups),
        fragor=tuple(Named(*question) for question in questions),
        visas=_figures(connection, kod).get(row["figur"]),
        figur=row["figur"],
    )


def _figures(connection: sqlite3.Connection, kod: str) -> dict[int, Shown]:
    found = connection.execute("select id, innehall from figur where kod = ?", (kod,)).fetchall()
    return {row["id"]: _shown(json.loads(row["innehall"])) for row in found}


def _shown(content: dict[str, Any]) -> Shown:
    rows = tuple(tuple(row) for row in content.pop("rader"))
    return Shown(**{**content, "kolumner": tuple(content["kolumner"]), "rader": rows})


def _card(row: sqlite3.Row, merged: dict[int, list[str]], figures: dict[int, Shown]) -> Card:
    return Card(
        id=row["id"],
        fraga=row["fraga"],
        grupp=row["grupp"],
        text=row["text"],
        nar=row["nar"],
        dold=bool(row["dold"]),
        gemensamt=bool(row["gemensamt"]),
        lika=tuple(merged.get(row["id"], ())),
        figur=figures.get(row["figur"]),
    )


def _insert(connection: sqlite3.Connection, table: str, column: str, kod: str, texts: Sequence[str]) -> None:
    connection.executemany(
        f"insert into {table} (kod, plats, {column}) values (?, ?, ?)",
        [(kod, place, text) for place, text in enumerate(texts)],
    )


def _replace(connection: sqlite3.Connection, table: str, column: str, kod: str, texts: Sequence[str]) -> None:
    """The texts in place of those that there are. Where as many are left, new words in a place are the same question.

    One that is left out is removed. Raises UserError where it has answers: they would come under words that nobody has
    answered.
    """
    known = connection.execute(f"select id, {column} from {table} where kod = ? order by plats", (kod,)).fetchall()
    by_text = {row[1]: row[0] for row in known if row[1] in texts}
    pairs = zip(known, texts, strict=False) if len(known) == len(texts) else ()
    renamed = {new: row[0] for row, new in pairs if row[1] not in texts and new not in by_text}
    for place, text in enumerate(texts):
        kept = by_text.get(text) or renamed.get(text)
        if kept is None:
            connection.execute(f"insert into {table} (kod, plats, {column}) values (?, ?, ?)", (kod, place, text))
        else:
            connection.execute(f"update {table} set plats = ?, {column} = ? where id = ?", (place, text, kept))
    for left in {row[0] for row in known} - {*by_text.values(), *renamed.values()}:
        if connection.execute(f"select 1 from svar where {table} = ?", (left,)).fetchone():
            what = "grupp" if table == "grupp" else "fråga"
            raise UserError(
                f"En {what} som har svar kan inte tas bort. Flytta först svaren. Vill du ändra ord i en rad: gör det "
                "för sig, och lägg till eller ta bort rader en annan gång."
            )
        connection.execute(f"delete from {table} where id = ?", (left,))


def _check_member(connection: sqlite3.Connection, table: str, kod: str, number_of_it: int) -> None:
    known = connection.execute(f"select 1 from {table} where kod = ? and id = ?", (kod, number_of_it)).fetchone()
    if known is None:
        what = "Gruppen" if table == "grupp" else "Frågan"
        raise UserError(f"{what} finns inte längre. Ladda om sidan och välj igen.")


def _check_own(connection: sqlite3.Connection, kod: str, ids: Sequence[int]) -> None:
    """Raises UserError unless all answers are the workshop's own."""
    marks = ",".join("?" * len(ids))
    found = connection.execute(f"select id from svar where kod = ? and id in ({marks})", (kod, *ids)).fetchall()
    if not ids or len(found) != len(set(ids)):
        raise UserError("Något av svaren finns inte längre. Välj igen.")


def _check_room(connection: sqlite3.Connection, kod: str) -> None:
    total = connection.execute("select count(*) from svar where kod = ?", (kod,)).fetchone()[0]
    if total >= MOST_ANSWERS:
        raise UserError(f"Workshoppen har redan {number(MOST_ANSWERS)} svar, och tar inte emot fler.")
    since = _now(timedelta(minutes=1))
    lately = connection.execute("select count(*) from svar where kod = ? and nar > ?", (kod, since)).fetchone()[0]
    if lately >= MOST_A_MINUTE:
        raise TooSoon("Det kommer väldigt många svar just nu. Vänta en minut och skicka igen.")


def _update(connection: sqlite3.Connection, kod: str, ids: Sequence[int], column: str, value: int | None) -> None:
    connection.executemany(f"update svar set {column} = ? where kod = ? and id = ?", [(value, kod, i) for i in ids])


def _changed(connection: sqlite3.Connection, kod: str) -> None:
    connection.execute("update workshop set andring = andring + 1 where kod = ?", (kod,))


def _delete(connection: sqlite3.Connection, kod: str) -> None:
    for table in ("svar", "figur", "grupp", "fraga", "workshop"):
        connection.execute(f"delete from {table} where kod = ?", (kod,))
