"""Change the choice of what is hidden a place at a time: which changes does tests/test_small_problems.py not see?

    python -m tests.mutations [part of a file's name …]

`NAMED` are changes of tuning, by what they would do. To them comes each comparison, number, sign, `and`, `or`, `not`
and truth value of the modules (`FILES`), moved by one or turned round. Each is tried in a process of its own, which is
given the changed text in the place of the file: nothing of the project is touched. Those that no test sees are printed,
and are a fault unless `EQUIVALENT` says why there is nothing to see.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import os
import re
import sys
import tempfile
import time
import traceback
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from itertools import accumulate, chain, pairwise
from multiprocessing.context import ForkProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from pytest import MonkeyPatch

ROOT = Path(__file__).parents[1]
TESTS = "tests.test_small_problems"
SUPPRESSION, PROTECTION, PLANS, ROWS, GATE, RULES, TABLE = (
    "naravard/methods/suppression.py",
    "naravard/figures/protection.py",
    "naravard/figures/plans.py",
    "naravard/figures/rows.py",
    "naravard/figures/gate.py",
    "naravard/figures/rules/__init__.py",
    "data/skydd.toml",
)
OF_ROWS = tuple(f"naravard/figures/rules/small_{what}.py" for what in ("counts", "rests", "wholes"))
FILES = (SUPPRESSION, PROTECTION, PLANS, RULES, *OF_ROWS)
"""Those that are changed in every place."""
SECONDS = 120
"""Tests that run for so long have seen that something is wrong."""
_LOWER_LAYERS = ("naravard.base", "naravard.sources", "naravard.methods", "naravard.store")
"""Below what is changed: the layers see to it that none of these imports it, so a process has them from the start."""
_SWAPS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "in": "not in", "not in": "in",
    "is": "is not", "is not": "is", "and": "or", "or": "and", "+": "-", "-": "+", "*": "+", "|=": "&=", "+=": "-=",
}  # fmt: skip
_SIGN = re.compile(r"not in|is not|[<>=!|+-]=|\b(?:in|is|and|or)\b|[<>+*-]")


@dataclass(frozen=True)
class Mutation:
    """A file of the project with one place changed: the line as it was, and as it became."""

    file: str
    name: str
    text: str
    was: str
    became: str


NAMED: Sequence[tuple[str, str, str, str]] = (
    (
        "a partner gives way from one person fewer",
        SUPPRESSION,
        "> gives_way_above * high",
        "> gives_way_above * high - 1",
    ),
    (
        "a partner gives way from one person more",
        SUPPRESSION,
        "> gives_way_above * high",
        "> gives_way_above * high + 1",
    ),
    ("all know from which count a partner gives way", PROTECTION, "_GIVES_WAY = (1.0, 4.0)", "_GIVES_WAY = (3.0, 3.0)"),
    ("only firm moves", SUPPRESSION, "for move in (first, second) if", "for move in (first,) if"),
    ("no firm moves", SUPPRESSION, "for move in (first, second) if", "for move in (second,) if"),
    ("only moves up", SUPPRESSION, "in (float(low - high), float(high - low))]", "in (0.0, float(high - low))]"),
    ("only moves down", SUPPRESSION, "in (float(low - high), float(high - low))]", "in (float(low - high), 0.0)]"),
    ("the needless stay hidden", SUPPRESSION, "more.remove(cell)", "pass"),
    ("the order of cells decides", PROTECTION, "sorted(self.facts, key=_place)", "list(self.facts)"),
    ("the län costs as a kommun", PROTECTION, "_LAN_COST = 100.0", "_LAN_COST = 1.0"),
    ("its totals cost as its groups", PROTECTION, "_TOTAL_COST = 1000.0", "_TOTAL_COST = 100.0"),
    ("what was seen is a partner as others are", PROTECTION, "_MEMORY_COST = _LAN_COST", "_MEMORY_COST = 0.0"),
    ("what was hidden is forgotten", PROTECTION, "return -0.99 * cost if", "return 0.0 if"),
    ("the key does not matter", PROTECTION, "+ 0.5 * _chance(self.order_key, area)", "+ 0.0"),
    ("the smaller half first", PROTECTION, "return 0.5 * kommuner.is_in", "return -0.5 * kommuner.is_in"),
    ("how many figures show a cell does not matter", PROTECTION, "far * (facts.figures +", "far * (1 +"),
    ("twins by more than half", PROTECTION, "len(alike) >= least * len(both)", "len(alike) > least * len(both)"),
    ("twins by a third", PROTECTION, "WITHOUT_DAYS = 0.5, 0.75", "WITHOUT_DAYS = 0.33, 0.75"),
    ("twins without days by a half", PROTECTION, "WITHOUT_DAYS = 0.5, 0.75", "WITHOUT_DAYS = 0.5, 0.5"),
    ("all are twins", PROTECTION, "alike and len(alike) >= least * len(both)", "alike"),
    ("what the sender hid is only missing", GATE, 'row.tecken == "dolt"', 'row.tecken == "saknas"'),
    ("what the sender hid is not protected", PROTECTION, "or unknown)", "or False)"),
    ("rows as SQL gives them", ROWS, "    rows.sort(", "    sorted(rows, "),
    ("5 is small", TABLE, "hogst = 4          #", "hogst = 5          #"),
    ("4 is not small", TABLE, "hogst = 4          #", "hogst = 3          #"),
    ("0 is small", TABLE, "minst = 1          #", "minst = 0          #"),
    ("rests are seen", TABLE, "rest = true        #", "rest = false       #"),
    ("small wholes are seen", TABLE, "liten_helhet = true ", "liten_helhet = false"),
    ("nothing more is hidden", TABLE, "foljd = true       #", "foljd = false      #"),
    ("all is rounded", TABLE, "avrunda = 0        #", "avrunda = 5        #"),
    ("another rule is in force", TABLE, 'galler = "1–4"', 'galler = "1–7"'),
)
_TERMS = "terms = [canonical(name) for sign, name in form if sign > 0]"
_TAKEN_AWAY = "taken_away = {canonical(name) for sign, name in form if sign < 0}"
_PARTITIONS = "partitions = [(whole, set(parts)) for whole, parts in self.divisions if len(parts) > 1]"
_UNKNOWN = "unknown = facts.unknown and (np.isnan(value) or value <= self.rules.high)"
_WITHIN = "form = division.within_form or ((1, source_id),)"
_LOW = "low = np.where(self._back < 0, -self._down, 0.0)"
_WITHIN_REACH = "is_within = (change <= self._up + _NEVER) & (change >= -self._down - _NEVER)"
_SIZE = "size = int(max(all_rows.max(initial=-1), rows.max(initial=-1))) + 1"
_FIRM_DOWN = "firm_down = np.where(is_dear, 0.0, np.where(is_asked, gives_way, falls))"
_IS_ALONE = "is_alone = np.bincount(entries.rows[is_entry]) == 1"
_ROOM_UP = "np.add.at(high, rows, np.where(factors > 0, factors * down, -factors * up))"
_ROOM_DOWN = "np.add.at(low, rows, -np.where(factors > 0, factors * up, -factors * down))"
_RULES = (
    ('RULE = Rule("litet_antal", "{persons}", ', ", _reveals)"),
    ('RULE = Rule("liten_rest", "alla utom {span}", ', ', _reveals, key="rest")'),
    ('RULE = Rule(KEY, "grupper av {persons}", ', ", _reveals, key=KEY)"),
)
_EQUIVALENT: Mapping[str, Sequence[tuple[str, str]]] = {
    "there is no version 0, and nothing is known of one that is no earlier one": tuple(
        ("for number in range(snapshot.number - 1, 0, -1):", f"for number in range(snapshot.number {span}, -1):")
        for span in ("+ 1, 0", "- 0, 0", "- 1, -1")
    ),
    "how many are asked together is a matter of speed": (
        ("_MANY = 20", "_MANY = 21"),
        ("_MANY = 20", "_MANY = 19"),
        ("_BLOCKS = 12", "_BLOCKS = 13"),
        ("_BLOCKS = 12", "_BLOCKS = 11"),
        ("_REMEMBERED = 8", "_REMEMBERED = 9"),
        ("_REMEMBERED = 8", "_REMEMBERED = 7"),
        ("if len(moves) < _MANY:", "if len(moves) <= _MANY:"),
        ("if first in free or not first.step:", "if first in free and not first.step:"),
    ),
    "an equation that is no tie lies in one group, whatever its number is there": (
        ("is_tie = rows < len(self.table.ties)", "is_tie = rows <= len(self.table.ties)"),
    ),
    "a change that is none cannot be made longer": (
        (
            "if place is None or abs(change[place]) <= _NEVER:",
            "if place is None and abs(change[place]) <= _NEVER:",
        ),
    ),
    "a column may rise as far as it is asked to, or not at all": (
        (
            "can_move = columns.is_sensitive | (up > 0)  # what can fall can rise",
            "can_move = columns.is_sensitive | (up > 1)  # what can fall can rise",
        ),
    ),
    "any number below 0 says that there is no place": (
        (
            "self._place = np.where(is_kept, np.cumsum(is_kept) - 1, -1)",
            "self._place = np.where(is_kept, np.cumsum(is_kept) - 1, -2)",
        ),
        ("self._back = np.full(len(self._number), -1)", "self._back = np.full(len(self._number), -2)"),
        (
            "place = -1 if column is None else int(self._place[column])",
            "place = -2 if column is None else int(self._place[column])",
        ),
    ),
    "what is not seen to be possible is asked of the program anew": (
        (
            "is_within = (change <= self._up + _NEVER) & (change >= -self._down - _NEVER)",
            "is_within = (change <= self._up - _NEVER) & (change >= -self._down - _NEVER)",
        ),
    ),
    "nothing is exactly as large as the tolerance": (
        (
            "return self._of.cells(self._number[np.abs(change) > _NEVER])",
            "return self._of.cells(self._number[np.abs(change) >= _NEVER])",
        ),
        *(
            (
                "return bool((sums <= self._row_high + _NEVER).all() and (sums >= self._row_low - _NEVER).all())",
                became,
            )
            for became in (
                "return bool((sums < self._row_high + _NEVER).all() and (sums >= self._row_low - _NEVER).all())",
                "return bool((sums <= self._row_high + _NEVER).all() and (sums > self._row_low - _NEVER).all())",
            )
        ),
    ),
    "factors are whole numbers": (
        (
            "np.add.at(high, rows, np.where(factors > 0, factors * down, -factors * up))",
            "np.add.at(high, rows, np.where(factors > -1, factors * down, -factors * up))",
        ),
        (
            "np.add.at(low, rows, -np.where(factors > 0, factors * up, -factors * down))",
            "np.add.at(low, rows, -np.where(factors > -1, factors * up, -factors * down))",
        ),
    ),
    "cells of one column have the same count": (
        (
            "values = self.table.values[[group[0] for group in self.groups]]",
            "values = self.table.values[[group[-1] for group in self.groups]]",
        ),
    ),
    "nothing becomes another where they are the same": (("if not cells <= hidden:", "if not cells < hidden:"),),
    "what takes up the rest of an equation may rise without end": (
        (
            "np.add.at(high, rows, np.where(factors > 0, factors * down, -factors * up))",
            "np.add.at(high, rows, np.where(factors > 0, factors * down, -factors + up))",
        ),
        (
            "np.add.at(low, rows, -np.where(factors > 0, factors * up, -factors * down))",
            "np.add.at(low, rows, -np.where(factors > 0, factors + up, -factors * down))",
        ),
    ),
    "places at the end that no row has, and a table without rows": tuple(
        ("size = int(max(all_rows.max(initial=-1), rows.max(initial=-1))) + 1", became)
        for became in (
            "size = int(max(all_rows.max(initial=1), rows.max(initial=-1))) + 1",
            "size = int(max(all_rows.max(initial=-1), rows.max(initial=1))) + 1",
            "size = int(max(all_rows.max(initial=-2), rows.max(initial=-1))) + 1",
            "size = int(max(all_rows.max(initial=-0), rows.max(initial=-1))) + 1",
            "size = int(max(all_rows.max(initial=-1), rows.max(initial=-2))) + 1",
            "size = int(max(all_rows.max(initial=-1), rows.max(initial=-0))) + 1",
        )
    ),
    "what one hides without need for the next is taken away at the end": (
        ("costs = np.where(columns.of(cells), 0.0, costs)", "costs = np.where(columns.of(cells), 1.0, costs)"),
    ),
    "a change of a count is a whole number, or the solver's rounding": (
        ("_NEVER = 1e-7", "_NEVER = 2e-07"),
        ("_NEVER = 1e-7", "_NEVER = 5e-08"),
    ),
    "what the solver prints": (('"output_flag": False,', '"output_flag": True,'),),
    "small programs take one thread anyway": (
        ('"threads": 1,', '"threads": 2,'),
        ('"threads": 1,', '"threads": 0,'),
    ),
    "the order of ties in large programs alone": (
        (
            '"primal_simplex_bound_perturbation_multiplier": 0.0,',
            '"primal_simplex_bound_perturbation_multiplier": 1.0,',
        ),
        (
            '"primal_simplex_bound_perturbation_multiplier": 0.0,',
            '"primal_simplex_bound_perturbation_multiplier": -1.0,',
        ),
    ),
    "no small count is larger than the largest small one": (
        ("return down, max(0.0, up)", "return down, max(1.0, up)"),
        ("return down, max(0.0, up)", "return down, max(-1.0, up)"),
    ),
    "what costs nothing can always be done without, and what stays seen is in no move": (
        (
            "more = {cell for cell in covered - hidden if 0 < costs[cell] < np.inf}",
            "more = {cell for cell in covered - hidden if 0 <= costs[cell] < np.inf}",
        ),
        (
            "more = {cell for cell in covered - hidden if 0 < costs[cell] < np.inf}",
            "more = {cell for cell in covered - hidden if 0 < costs[cell] <= np.inf}",
        ),
        (
            "more = {cell for cell in covered - hidden if 0 < costs[cell] < np.inf}",
            "more = {cell for cell in covered - hidden if -1 < costs[cell] < np.inf}",
        ),
    ),
    "no small count is smaller than the smallest small one": (
        (
            "down, up = (float(low - high), float(high - low)) if np.isnan(value) else (min(0.0, low - value), high - value)",  # noqa: E501
            "down, up = (float(low - high), float(high - low)) if np.isnan(value) else (min(1.0, low - value), high - value)",  # noqa: E501
        ),
    ),
    "dearer than all kommuner, cheaper than its totals": (
        ("_LAN_COST = 100.0", "_LAN_COST = 200.0"),
        ("_LAN_COST = 100.0", "_LAN_COST = 50.0"),
    ),
    "dearer than its groups": (
        ("_TOTAL_COST = 1000.0", "_TOTAL_COST = 2000.0"),
        ("_TOTAL_COST = 1000.0", "_TOTAL_COST = 500.0"),
    ),
    "less than a figure": (
        ("_ORDER_COST = 0.5", "_ORDER_COST = 1.0"),
        ("_ORDER_COST = 0.5", "_ORDER_COST = 0.25"),
    ),
    "set wherever a cell is made": (("public: bool = False", "public: bool = True"),),
    "an order, whichever it is": (
        (
            "return cell.mangd, cell.matperiod, cell.kommun_kod, cell.uttag_id or 0",
            "return cell.mangd, cell.matperiod, cell.kommun_kod, cell.uttag_id and 0",
        ),
        (
            "return cell.mangd, cell.matperiod, cell.kommun_kod, cell.uttag_id or 0",
            "return cell.mangd, cell.matperiod, cell.kommun_kod, cell.uttag_id or 1",
        ),
        (
            "return cell.mangd, cell.matperiod, cell.kommun_kod, cell.uttag_id or 0",
            "return cell.mangd, cell.matperiod, cell.kommun_kod, cell.uttag_id or -1",
        ),
    ),
    "without one that is alike there is nothing to tie": (
        ("if alike and len(alike) >= least * len(both):", "if alike or len(alike) >= least * len(both):"),
    ),
    "an order with the larger half first, whatever the numbers": (
        (
            "return 0.5 * kommuner.is_in_smaller_half(area) + 0.5 * _chance(self.order_key, area)",
            "return 0.5 + kommuner.is_in_smaller_half(area) + 0.5 * _chance(self.order_key, area)",
        ),
        (
            "return 0.5 * kommuner.is_in_smaller_half(area) + 0.5 * _chance(self.order_key, area)",
            "return 0.5 * kommuner.is_in_smaller_half(area) + 0.5 + _chance(self.order_key, area)",
        ),
    ),
    "a sign is 1 or -1": (
        (_TERMS, _TERMS.replace("> 0", ">= 0")),
        (_TERMS, _TERMS.replace("> 0", "> -1")),
        (_TAKEN_AWAY, _TAKEN_AWAY.replace("< 0", "<= 0")),
        (_TAKEN_AWAY, _TAKEN_AWAY.replace("< 0", "< 1")),
    ),
    "a sum has two terms, and no part by itself has both": (
        (_PARTITIONS, _PARTITIONS.replace("> 1", ">= 1")),
        (_PARTITIONS, _PARTITIONS.replace("> 1", "> 0")),
    ),
    "all parts of a division leave nobody out": (
        ("if terms <= {(1, part) for part in parts}:", "if terms < {(1, part) for part in parts}:"),
    ),
    "what is as large as the largest small one is small by itself": (
        (_UNKNOWN, _UNKNOWN.replace("<= self", "< self")),
    ),
    "of a rest its area and period are told, and all that it is of are there": (
        ("self.whole_of[number] = self.cells[places[0]]", "self.whole_of[number] = self.cells[places[-1]]"),
        ("self.whole_of[number] = self.cells[places[0]]", "self.whole_of[number] = self.cells[places[1]]"),
    ),
    "a way back comes after all columns, and -1 is none": (
        ("is_twofold = self._back[places] >= 0", "is_twofold = self._back[places] > 0"),
        ("is_twofold = self._back[places] >= 0", "is_twofold = self._back[places] >= 1"),
        (_LOW, _LOW.replace("< 0", "<= 0")),
        (_LOW, _LOW.replace("< 0", "< 1")),
        ("if back < 0:", "if back <= 0:"),
        ("if back < 0:", "if back < 1:"),
    ),
    "where the way back is not found possible the solver is asked for it": (
        (
            "other: _Floats = change * (move.step / change[place])",
            "other: _Floats = change + (move.step / change[place])",
        ),
        ("is_within[place] = True", "is_within[place] = False"),
    ),
    "between two counts there is more than the solver's rounding": (
        (_WITHIN_REACH, _WITHIN_REACH.replace("<=", "<")),
        (_WITHIN_REACH, _WITHIN_REACH.replace(">=", ">")),
    ),
    "no factor is 0": (
        (_ROOM_UP, _ROOM_UP.replace("> 0", ">= 0")),
        (_ROOM_DOWN, _ROOM_DOWN.replace("> 0", ">= 0")),
    ),
    "room for rows that are not there": ((_SIZE, _SIZE.replace("+ 1", "+ 2")),),
    "what is dear cannot rise, and is in no program of firm moves": (
        (_FIRM_DOWN, _FIRM_DOWN.replace("is_dear, 0.0", "is_dear, -1.0")),
        (_FIRM_DOWN, _FIRM_DOWN.replace("is_dear, 0.0", "is_dear, 1.0")),
    ),
    "what cannot move does not where it is a column either": ((_IS_ALONE, _IS_ALONE.replace("== 1", "== 0")),),
    "rules of one place are tried in the order of their files, which is the same": tuple(
        (f"{rule[0]}{place}{rule[1]}", f"{rule[0]}{other}{rule[1]}")
        for place, rule in enumerate(_RULES, 1)
        for other in (place - 1, place + 1)
    ),
    "one set by itself is called by its name": (
        (_WITHIN, _WITHIN.replace("((1,", "((2,")),
        (_WITHIN, _WITHIN.replace("((1,", "((0,")),
    ),
}
"""Why no test can see a change: the line as it was, and as it became."""
EQUIVALENT = {change: why for why, changes in _EQUIVALENT.items() for change in changes}


def named() -> Iterator[Mutation]:
    """The changes of tuning. Raises ValueError for one whose place is not there any more, or not alone."""
    for name, file, old, new in NAMED:
        text = (ROOT / file).read_text(encoding="utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{file} has {text.count(old)} of {old!r} ({name})")
        yield Mutation(file, name, text.replace(old, new), old, new)


def of_every_place(file: str) -> Iterator[Mutation]:
    """Each number, comparison, sign, connective and truth value of a module, changed alone."""
    text = (ROOT / file).read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    starts = [0, *accumulate(map(len, lines))]
    for first, last, new in _edits(ast.parse(text), text, starts):
        line = bisect_right(starts, first) - 1
        was = lines[line]
        became = was[: first - starts[line]] + new + was[last - starts[line] :]
        yield Mutation(
            file, f"{file}:{line + 1}", text[:first] + new + text[last:], *(each.strip() for each in (was, became))
        )


def explained_in_vain() -> Iterator[tuple[str, str]]:
    """Changes that are explained, and whose line is not there any more: as it was, and as it became."""
    changes = {(each.was, each.became) for each in (*named(), *chain.from_iterable(map(of_every_place, FILES)))}
    yield from EQUIVALENT.keys() - changes


def _edits(tree: ast.Module, text: str, starts: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """Places of a text, from and to, with what is to stand there instead."""

    def first(node: ast.expr) -> int:
        line = starts[node.lineno - 1]
        return line + len(text[line:].encode()[: node.col_offset].decode())

    def last(node: ast.expr) -> int:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        line = starts[node.end_lineno - 1]
        return line + len(text[line:].encode()[: node.end_col_offset].decode())

    def signs(*parts: ast.expr) -> Iterator[tuple[int, int, str]]:
        for left, right in pairwise(parts):
            match = _SIGN.search(text, last(left), first(right))
            if match and match[0] in _SWAPS:
                yield match.start(), match.end(), _SWAPS[match[0]]

    unseen = {id(k.value) for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords if k.arg in _FORMAL}
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        match node:
            case ast.Constant(value=bool(value)):
                yield first(node), last(node), str(not value)
            case ast.Constant(value=int(value)):
                yield from ((first(node), last(node), str(value + step)) for step in (1, -1))
            case ast.Constant(value=float(value)):
                yield first(node), last(node), repr(2 * value if value else 1.0)
                yield first(node), last(node), repr(value / 2 if value else -1.0)
            case ast.Compare(left=left, comparators=others):
                yield from signs(left, *others)
            case ast.BoolOp(values=values):
                yield from signs(*values)
            case ast.BinOp(left=left, right=right, op=ast.Add() | ast.Sub() | ast.Mult()):
                yield from signs(left, right)
            case ast.AugAssign(target=target, value=assigned):
                yield from signs(target, assigned)
            case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
                yield first(node), first(operand), ""


_FORMAL = {"strict", "frozen", "slots", "repr", "compare", "init"}
"""Arguments that only tell where the program itself is wrong."""


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives a changed text where its module is imported."""

    def __init__(self, mutation: Mutation) -> None:
        self.mutation = mutation
        self.module = mutation.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.module:
            return None
        file = ROOT / self.mutation.file
        folders = [str(file.parent)] if file.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, file, loader=_Loader(self.mutation), submodule_search_locations=folders
        )


class _Loader(importlib.abc.Loader):
    def __init__(self, mutation: Mutation) -> None:
        self.mutation = mutation

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.mutation.text, str(ROOT / self.mutation.file), "exec"), module.__dict__)


def _try(mutation: Mutation | None) -> None:
    """In a process of its own: its exit status is 0 where no test sees the change."""
    if mutation:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        if mutation.file.endswith(".py"):
            sys.meta_path.insert(0, _Changed(mutation))
        else:
            folder = Path(tempfile.mkdtemp())
            (folder / Path(mutation.file).name).write_text(mutation.text, encoding="utf-8")
            os.environ["NARAVARD_DATA"] = str(folder)
    try:
        for test, arguments in _tests():
            test(**arguments)
            if "monkeypatch" in arguments:
                arguments["monkeypatch"].undo()
    except BaseException:
        if not mutation:
            traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _tests() -> Iterator[tuple[Callable[..., None], dict[str, Any]]]:
    """The tests with the arguments that they are parametrized by. pytest itself takes longer than they do."""
    for name, test in vars(importlib.import_module(TESTS)).items():
        if name.startswith("test_"):
            calls: list[dict[str, Any]] = [{}]
            for mark in getattr(test, "pytestmark", []):
                names = [mark.args[0]] if isinstance(mark.args[0], str) else mark.args[0]
                rows = [[row] if len(names) == 1 else row for row in mark.args[1]]
                calls = [{**call, **dict(zip(names, row, strict=True))} for call in calls for row in rows]
            if "monkeypatch" in signature(test).parameters:
                calls = [{**call, "monkeypatch": MonkeyPatch()} for call in calls]
            yield from ((test, call) for call in calls)


def _forget() -> None:
    """Unload what may be changed and all that imports it; what they need of others stays."""
    for name in [name for name in sys.modules if name.startswith(("naravard.", "tests."))]:
        if not name.startswith(_LOWER_LAYERS) or f"{name.replace('.', '/')}.py" in FILES:
            module = sys.modules.pop(name)
            parent, _, own = name.rpartition(".")
            if getattr(sys.modules.get(parent), own, None) is module:
                delattr(sys.modules[parent], own)


def survivors(mutations: Sequence[Mutation | None], at_once: int) -> Iterator[Mutation | None]:
    """Those that no test sees, as they are told."""
    fork = multiprocessing.get_context("fork")
    waiting, running = list(reversed(mutations)), dict[ForkProcess, tuple[Mutation | None, float]]()
    while waiting or running:
        while waiting and len(running) < at_once:
            process = fork.Process(target=_try, args=(waiting[-1],))
            process.start()
            running[process] = waiting.pop(), time.monotonic()
        time.sleep(0.02)
        for process, (mutation, since) in list(running.items()):
            if process.is_alive() and time.monotonic() - since > SECONDS:
                process.kill()
            if not process.is_alive():
                process.join()
                del running[process]
                if process.exitcode == 0:
                    yield mutation


def main(parts: Sequence[str]) -> int:
    """Print the survivors; the status is 1 where one of them is not explained, or an explanation is of nothing."""
    importlib.import_module(TESTS)
    _forget()
    if list(survivors([None], 1)) != [None]:
        print(f"{TESTS} fails as it is")
        return 1
    mutations = [*named(), *(mutation for file in FILES for mutation in of_every_place(file))]
    mutations = [m for m in mutations if not parts or any(part in m.file for part in parts)]
    begun = time.monotonic()
    faults = explained_count = 0
    for was, became in () if parts else explained_in_vain():
        faults += 1
        print(f"explained, and not there any more\n  - {was}\n  + {became}", flush=True)
    for mutation in survivors(mutations, os.cpu_count() or 1):
        assert mutation
        if EQUIVALENT.get((mutation.was, mutation.became)):
            explained_count += 1
            continue
        faults += 1
        print(f"{mutation.name}\n  - {mutation.was}\n  + {mutation.became}", flush=True)
    print(
        f"{len(mutations)} changes: {len(mutations) - faults - explained_count} seen, {explained_count} explained, "
        f"{faults} not seen; {time.monotonic() - begun:.0f} s"
    )
    return int(faults > 0)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
