"""The tables that app servers share, in SQLite and in PostgreSQL: the same names, columns and rules.

What is added here, a table or a column with a default, is added to a database from before when it is opened
(`migrations`). Nothing is renamed or removed: a server of the version before goes on beside a newer one.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

metadata = MetaData()
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""Numbers that phones make need more than the four bytes of PostgreSQL's integer."""
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""In the order of its signs, as SQLite has it: times are compared as texts."""


def _kod() -> Column[str]:
    return Column("kod", _TEXT, ForeignKey("workshop.kod", ondelete="CASCADE"), nullable=False)


def _number(name: str, default: int | None = None) -> Column[int]:
    return Column(name, _NUMBER, nullable=False, server_default=None if default is None else text(str(default)))


def _text(name: str) -> Column[str]:
    return Column(name, _TEXT, nullable=False)


version = Table("tabellversion", metadata, _number("nummer"), _text("plats"))
"""One row: which of `migrations` the tables are, and a name that no other place has."""

workshop = Table(
    "workshop",
    metadata,
    Column("kod", _TEXT, primary_key=True),
    _text("nyckel"),
    _text("namn"),
    _text("bildspel"),
    _text("oppnad"),
    Column("raderas", _TEXT),
    _number("oppen", 1),
    _number("andring", 0),
    Column("figur", _NUMBER),
    Column("stangd", _TEXT),
    _number("rensad", 0),
    _number("visa_svar", 0),
    _number("granskas", 0),
)
grupp = Table(
    "grupp", metadata, Column("id", _NUMBER, primary_key=True), _kod(), _number("plats"), _text("namn")
)  # fmt: skip
fraga = Table(
    "fraga",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    _kod(),
    _number("plats"),
    _text("text"),
    Column("stangd", _TEXT),
)
figur = Table(
    "figur",
    metadata,
    Column("id", _NUMBER, primary_key=True),
    _kod(),
    _text("innehall"),
    UniqueConstraint("kod", "innehall").ddl_if(dialect="sqlite"),
)
Index("figur_innehall", figur.c.kod, func.md5(figur.c.innehall), unique=True).ddl_if(dialect="postgresql")
"""A whole figure is too long for an index of PostgreSQL."""

answer_numbers = Sequence("svar_nummer", metadata=metadata)
"""Numbers of answers in PostgreSQL; in SQLite `written` works them out."""
svar = Table(
    "svar",
    metadata,
    Column("id", _NUMBER, primary_key=True, autoincrement=False),
    _kod(),
    _text("nyckel"),
    Column("fraga", _NUMBER, ForeignKey("fraga.id"), nullable=False),
    Column("grupp", _NUMBER, ForeignKey("grupp.id"), nullable=False),
    _text("text"),
    _text("nar"),
    Column("figur", _NUMBER, ForeignKey("figur.id")),
    _number("dold", 0),
    _number("gemensamt", 0),
    Column("ihop_med", _NUMBER, ForeignKey("svar.id")),
    _number("utgava", 1),
    _number("vantar", 0),
    UniqueConstraint("kod", "nyckel"),
)
Index("svar_nar", svar.c.kod, svar.c.nar)
rum = Table(
    "rum",
    metadata,
    Column("kod", _TEXT, ForeignKey("workshop.kod", ondelete="CASCADE"), primary_key=True),
    _number("nummer"),
    _text("lage"),
    _text("vem"),
)
rostning = Table(
    "rostning",
    metadata,
    _kod(),
    _number("om"),
    _number("oppen"),
    _number("visas", 0),
    Column("stangd", _TEXT),
    _number("ordning"),
    PrimaryKeyConstraint("kod", "om"),
)
rostsedel = Table(
    "rostsedel",
    metadata,
    _kod(),
    _number("om"),
    _text("nyckel"),
    _number("utgava"),
    _text("nar"),
    PrimaryKeyConstraint("kod", "om", "nyckel"),
)
prick = Table(
    "prick",
    metadata,
    _kod(),
    _number("om"),
    _text("nyckel"),
    _text("svar"),
    PrimaryKeyConstraint("kod", "om", "nyckel", "svar"),
)
borta = Table(
    "borta",
    metadata,
    _kod(),
    _text("nyckel"),
    _number("av_ledaren"),
    _number("nummer"),
    PrimaryKeyConstraint("kod", "nyckel"),
)
anteckning = Table(
    "anteckning", metadata, _kod(), _text("bild"), _text("text"), PrimaryKeyConstraint("kod", "bild")
)  # fmt: skip
narvaro = Table(
    "narvaro",
    metadata,
    _kod(),
    _text("server"),
    _number("telefoner"),
    _text("nar"),
    PrimaryKeyConstraint("kod", "server"),
)
"""How many phones each server has in a workshop."""
lank = Table("lank", metadata, Column("kod", _TEXT, primary_key=True), _text("adress"), _text("skapad"))
dokument = Table(
    "dokument", metadata, Column("namn", _TEXT, primary_key=True), _text("text"), Column("flyttad", _TEXT)
)  # fmt: skip
"""What is a file of the data folder on one machine: a text by its name; and a mark of `moving`."""
flyttad = Table(
    "flyttad",
    metadata,
    _kod(),
    _text("plats"),
    _text("markering"),
    PrimaryKeyConstraint("kod", "plats"),
)
"""How far a workshop had come when it was last the same here and in another place (`moving`)."""
OF_A_WORKSHOP = tuple(table for table in metadata.sorted_tables if "kod" in table.columns and table is not lank)
"""All that is of one workshop; what others refer to first."""
