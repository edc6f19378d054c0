"""Tables of a page whose cells have lines ruled around them. After ``drawing``.

They are taken out of a page's words before its ``lines`` are made; tables without lines are found by ``aligned``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import mean

from ingest.sources.pdf.lines import read_stretches
from ingest.sources.pdf.operators import Word
from ingest.sources.pdf.shapes import Rule

#: Points that two ends may lie apart and still touch.
_NEAR = 3.0
_MOST_RULES = 1500
#: Cells with more words on average are boxes that a page was laid out with.
_LAYOUT_WORDS = 45
_SINGLE_ROW_WORDS = 12

#: The lines of a cell.
Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or the part of it that stands on a page."""

    rows: tuple[tuple[Cell, ...], ...]
    """Its cells; an empty one has no lines."""
    bold: tuple[bool, ...]
    """For each row, whether all of it is set heavily."""
    edges: tuple[float, ...]
    """Where its columns begin."""
    left: float
    """Its left edge."""
    right: float
    """Its right edge."""
    base: float
    """Its upper edge."""
    size: float
    """Size of most of its text."""
    order: int
    """Its place in the order of drawing."""
    page: int = 0
    """Number of its page."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Lines ruled around cells: places of the upright ones, and of the level ones from the bottom up."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    upright: tuple[Rule, ...]
    level: tuple[Rule, ...]

    def holds(self, word: Word) -> bool:
        """Return whether a word stands inside."""
        middle, height = (word.left + word.right) / 2, word.base + 0.3 * word.size
        return self.xs[0] < middle < self.xs[-1] and self.ys[0] < height < self.ys[-1]

    def owners(self) -> list[list[tuple[int, int]]]:
        """Return for each row, from the top, and column the row and column that its merged cell begins at."""
        owners: list[list[tuple[int, int]]] = []
        count = len(self.ys) - 1
        for row in range(count):
            low, high = self.ys[count - 1 - row], self.ys[count - row]
            owners.append([])
            for column in range(len(self.xs) - 1):
                left, right = self.xs[column], self.xs[column + 1]
                if column and not _crossed(self.upright, left, (low + high) / 2):
                    owners[row].append(owners[row][column - 1])
                elif row and not _crossed(self.level, (left + right) / 2, high):
                    owners[row].append(owners[row - 1][column])
                else:
                    owners[row].append((row, column))
        return owners


@dataclass(frozen=True, slots=True)
class Parted:
    """What stands in tables and what does not."""

    tables: tuple[Table, ...]
    """The tables."""
    words: tuple[Word, ...]
    """The words outside of them."""


def ruled_tables(words: Sequence[Word], rules: Sequence[Rule], *, page: int) -> Parted:
    """Return the tables whose cells are ruled, and the words that stand in none."""
    tables: list[Table] = []
    left = list(words)
    for grid in _grids(rules):
        inside = [word for word in left if grid.holds(word)]
        table = _table(grid, inside, page) if inside else None
        if table is not None:
            tables.append(table)
            taken = set(map(id, inside))
            left = [word for word in left if id(word) not in taken]
    return Parted(tuple(tables), tuple(left))


def _table(grid: _Grid, words: Sequence[Word], page: int) -> Table | None:
    owners = grid.owners()
    count = len(owners)
    cells: defaultdict[tuple[int, int], list[Word]] = defaultdict(list)
    for word in words:
        column = bisect_right(grid.xs, (word.left + word.right) / 2) - 1
        row = count - bisect_right(grid.ys, word.base + 0.3 * word.size)
        cells[owners[row][column]].append(word)
    read = {owner: read_stretches(cell) for owner, cell in cells.items()}
    texts = {owner: tuple(stretch.text for stretch in stretches) for owner, stretches in read.items()}
    words_of_cell = mean(len(" ".join(text).split()) for text in texts.values())
    if words_of_cell > (_LAYOUT_WORDS if count > 1 else _SINGLE_ROW_WORDS):
        return None
    rows: list[tuple[Cell, ...]] = []
    bold: list[bool] = []
    for owned in owners:
        # a cell over several rows belongs to each of them, one over several columns to the first
        starts = [owner if i == 0 or owned[i - 1] != owner else None for i, owner in enumerate(owned)]
        if any(owner in texts for owner in starts):
            rows.append(tuple(texts.get(owner, ()) if owner else () for owner in starts))
            bold.append(all(stretch.bold for owner in starts if owner in read for stretch in read[owner]))
    used = {i for row in rows for i, cell in enumerate(row) if cell}
    if not rows or len(used) < 2:
        return None
    columns = sorted(used)
    return Table(
        rows=tuple(tuple(row[i] for i in columns) for row in rows),
        bold=tuple(bold),
        edges=tuple(grid.xs[i] for i in columns),
        left=grid.xs[0],
        right=grid.xs[-1],
        base=grid.ys[-1],
        size=max(word.size for word in words),
        order=min(stretch.order for stretches in read.values() for stretch in stretches),
        page=page,
    )


def _grids(rules: Sequence[Rule]) -> Iterator[_Grid]:
    """Yield the groups of lines that touch each other and part at least two columns."""
    if len(rules) > _MOST_RULES:
        return
    level = _merged(rule for rule in rules if rule.is_level)
    upright = [_flipped(rule) for rule in _merged(_flipped(rule) for rule in rules if not rule.is_level)]
    for group in _touching(level, upright):
        flat = tuple(rule for rule in group if rule.is_level)
        tall = tuple(rule for rule in group if not rule.is_level)
        if not flat or not tall:
            continue
        # a table without its outer lines ends where the others end
        xs = _places([(rule.left + rule.right) / 2 for rule in tall], flat, lambda rule: (rule.left, rule.right))
        ys = _places([(rule.bottom + rule.top) / 2 for rule in flat], tall, lambda rule: (rule.bottom, rule.top))
        if len(xs) >= 3 and len(ys) >= 2:
            yield _Grid(xs, ys, tall, flat)


def _crossed(rules: Iterable[Rule], x: float, y: float) -> bool:
    """Return whether one of the lines passes a place."""
    return any(
        rule.left - _NEAR <= x <= rule.right + _NEAR and rule.bottom - _NEAR <= y <= rule.top + _NEAR for rule in rules
    )


def _places(
    values: Sequence[float], others: Sequence[Rule], ends: Callable[[Rule], tuple[float, float]]
) -> tuple[float, ...]:
    """Return the different places among the values, and the ends of the other lines where they reach well beyond."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    low, high = min(ends(rule)[0] for rule in others), max(ends(rule)[1] for rule in others)
    before = [low] if low < found[0] - 3 * _NEAR else []
    after = [high] if high > found[-1] + 3 * _NEAR else []
    return (*before, *found, *after)


def _flipped(rule: Rule) -> Rule:
    return Rule(rule.bottom, rule.left, rule.top, rule.right)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return level lines with those joined that lie end to end, as the borders of single cells do."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.bottom / _NEAR), rule.left)):
        last = merged[-1] if merged else None
        if last and abs(last.bottom - rule.bottom) <= _NEAR and rule.left <= last.right + _NEAR:
            merged[-1] = Rule(last.left, last.bottom, max(last.right, rule.right), max(last.top, rule.top))
        else:
            merged.append(rule)
    return merged


def _touching(level: Sequence[Rule], upright: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the groups of lines that hang together."""
    free = {False: list(level), True: list(upright)}
    while free[False]:
        group = [free[False].pop()]
        for rule in group:
            # the group grows while it is walked through
            other = rule.is_level
            group += [found for found in free[other] if _meet(rule, found)]
            free[other] = [found for found in free[other] if not _meet(rule, found)]
        yield group


def _meet(first: Rule, second: Rule) -> bool:
    level, upright = (first, second) if first.is_level else (second, first)
    x, y = (upright.left + upright.right) / 2, (level.bottom + level.top) / 2
    return _crossed((level,), x, y) and _crossed((upright,), x, y)
