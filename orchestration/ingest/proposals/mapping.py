"""The best form for an unknown header, and what each of its columns is there, with how sure that is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from orchestration.ingest.forms import titled_forms
from orchestration.ingest.headers import bind_layout
from orchestration.ingest.layout import Catalogue, Layout
from orchestration.ingest.proposals import confidence
from orchestration.ingest.proposals.assignment import assign
from orchestration.ingest.proposals.shapes import Shape
from orchestration.ingest.proposals.targets import NOT_KEPT, ROLES, Target, by_word, owned, targets
from orchestration.ingest.proposals.wording import Wording, tokens

_TEXT, _SHAPE = 0.7, 0.3
_BORROWED = 0.93
# A column that resembles nothing is one that the form does not keep.
_NOTHING = 0.46
# Cells that a column cannot hold speak against it louder than words for it; those of its code list speak for it alone.
_AGAINST, _CONTRADICTED = 0.15, 0.62
_LISTED, _WORDS_ALONE = 0.6, 0.62
# How often a column stands on sheets of its form, where nothing else tells two apart.
_PLACING, _EXPECTED, _SELDOM, _RISKY = 0.05, 0.03, -0.05, -0.15
_TITLED, _SOUNDS = 3.0, 2.5
_PLACES, _MISSING = 2.0, 1.0


@dataclass(frozen=True)
class Guess:
    """One column of a sheet (0-based), what it is taken for, the runner-up, and how sure that is (0 to 1).

    ``lost`` is how much more it is like something that another column was taken for.
    """

    column: int
    header: str
    is_: str
    score: float
    second: str
    margin: float
    lost: float
    suits: float
    known: bool
    confidence: float = 0.0


@dataclass(frozen=True)
class Mapping:
    """One form with its guesses; ``fit`` is higher for the better form, ``confidence`` that it is the right one."""

    form: str
    fit: float
    guesses: tuple[Guess, ...]
    missing: tuple[str, ...]
    confidence: float = 0.0


def propose(catalogue: Catalogue, headers: tuple[str, ...], shapes: dict[int, Shape], title: str) -> list[Mapping]:
    """A mapping for each form, the best form first.

    Args:
        catalogue: the forms.
        headers: one flattened header a column.
        shapes: column (0-based) -> what its cells look like; a column may be left out.
        title: what stands above the table and on its tab.
    """
    found = [_map(catalogue, layout, headers, shapes, title) for layout in catalogue.layouts.values()]
    found.sort(key=lambda mapping: (-mapping.fit, mapping.form))
    margins = [found[0].fit - other.fit for other in found[1:2]] or [found[0].fit]
    share = found[0].fit / max(len([header for header in headers if header]), 1)
    return [replace(found[0], confidence=confidence.of_form(margins[0], share)), *found[1:]]


def _map(
    catalogue: Catalogue, layout: Layout, headers: tuple[str, ...], shapes: dict[int, Shape], title: str
) -> Mapping:
    binding = bind_layout(list(headers), layout, catalogue)
    known = {index: name for name, index in binding.columns.items() if name not in binding.ambiguous}
    roles = dict.fromkeys(binding.serial, "@serial")
    for role, at in (("@unit", binding.unit_column), ("@fill_date", binding.fill_date_column),
                     ("@remark", binding.remark_column)):  # fmt: skip
        roles |= {} if at is None else {at: role}
    known = {**roles, **known}
    silent = {*binding.blocked, *binding.cumulated.values()}
    scores = {
        index: _candidates(catalogue, layout, headers, index, shapes.get(index, Shape()))
        for index, header in enumerate(headers)
        if header and index not in known and index not in silent
    }
    guesses = [_known(index, headers[index], name) for index, name in known.items()]
    guesses += [_known(index, headers[index], NOT_KEPT) for index in sorted(silent)]
    guesses += _assign(layout, headers, scores, set(known.values()))
    guesses.sort(key=lambda guess: guess.column)
    taken = {guess.is_ for guess in guesses}
    filled = {layout.columns[name].into or name for name in taken & layout.columns.keys()}
    missing = tuple(
        name for name, column in layout.columns.items()
        if column.places_row and (column.into or name) not in filled and not column.from_title
    )  # fmt: skip
    if layout.needs and not any(taken >= set(needed) for needed in layout.needs):
        missing += layout.needs[0]
    fit = sum(_gain(layout, guess) for guess in guesses) - _MISSING * len(missing) + _entitled(catalogue, layout, title)
    graded = tuple(replace(guess, confidence=confidence.of_column(guess)) for guess in guesses)
    return Mapping(layout.form, round(fit, 3), graded, missing)


def _known(index: int, header: str, name: str) -> Guess:
    return Guess(index, header, name, 1.0, "", 1.0, 0.0, 1.0, known=True)


def _candidates(
    catalogue: Catalogue, layout: Layout, headers: tuple[str, ...], index: int, shape: Shape
) -> dict[str, tuple[float, float]]:
    """What a column may be: the score of each thing, and how well its cells suit."""
    header = headers[index]
    neighbour = next((name for name in reversed(headers[:index]) if name.endswith(("姓名", "户主"))), None)
    spelled = {} if headers.count(header) > 1 and neighbour else {header: 1.0}
    if neighbour and "_" not in header:
        spelled[owned(neighbour, header)] = _BORROWED
    found: dict[str, tuple[float, float]] = {NOT_KEPT: (_NOTHING, 0.5)}
    own = set(tokens(header))
    for text, factor in spelled.items():
        for target, likeness in _nearest(catalogue, layout.form, text):
            if own.isdisjoint(tokens(target.alias)):
                continue  # the neighbour alone says nothing about its neighbour
            suits = target.suits(shape)
            score = (_TEXT * likeness * factor + _SHAPE * suits) * (_CONTRADICTED if suits < _AGAINST else 1.0)
            score += _usual(layout, target.name)
            if score > found.get(target.name, (0.0, 0.0))[0]:
                found[target.name] = (score, suits)
    for name, share in _listed(layout, shape):
        if _WORDS_ALONE * share > found.get(name, (0.0, 0.0))[0]:
            found[name] = (_WORDS_ALONE * share, share)
    return found


def _listed(layout: Layout, shape: Shape) -> list[tuple[str, float]]:
    """Code columns of whose words most of the cells are; a yes or no is said in many columns."""
    shares = {name: shape.words.get(f"{layout.form}.{name}", 0.0) for name in layout.columns}
    return [(name, share) for name, share in shares.items() if share >= _LISTED and layout.columns[name].type == "code"]


def _usual(layout: Layout, name: str) -> float:
    column = layout.columns.get(name)
    if name in ("@unit", "@fill_date"):
        return _RISKY
    if column is None or name == "other" or column.type == "pick":
        return _SELDOM
    return _PLACING if column.places_row else _EXPECTED if column.expected else 0.0


@lru_cache(maxsize=65536)
def _nearest(catalogue: Catalogue, form: str, text: str) -> list[tuple[Target, float]]:
    """Of the aliases that mean the same and hold the same kind of cells, the one that is most like a header."""
    wording = _wording(catalogue)
    best: dict[tuple[str, str], tuple[Target, float]] = {}
    words = by_word(catalogue, form)
    for target in dict.fromkeys(target for token in tokens(text) for target in words.get(token, ())):
        likeness = wording.likeness(text, target.alias)
        held = best.get((target.name, target.fits))
        if held is None or likeness > held[1]:
            best[target.name, target.fits] = (target, likeness)
    return list(best.values())


def _assign(
    layout: Layout, headers: tuple[str, ...], scores: dict[int, dict[str, tuple[float, float]]], taken: set[str]
) -> list[Guess]:
    """Each column what it is like, so that all together are most like it; what is kept stands once."""
    held = {name for name in taken if _is_single(layout, name)}
    liking = {
        index: {name: score for name, (score, _) in found.items() if name not in held}
        for index, found in scores.items()
    }
    single = {name for liked in liking.values() for name in liked if _is_single(layout, name)}
    won = assign(liking, single)
    guesses = []
    for index, name in won.items():
        score, suits = scores[index][name]
        others = {other for at, other in won.items() if at != index} & single
        left = {liked: other for other, liked in liking[index].items() if other != name and other not in others}
        best = max(left, default=0.0)
        lost = max(max(liked for liked, _ in scores[index].values()) - score, 0.0)
        guesses.append(
            Guess(index, headers[index], name, score, left.get(best, ""), score - best, lost, suits, known=False)
        )
    return guesses


def _is_single(layout: Layout, name: str) -> bool:
    return name in layout.columns and layout.columns[name].type != "drop"


def _gain(layout: Layout, guess: Guess) -> float:
    if guess.is_ == NOT_KEPT and not guess.known:
        return -0.5
    if guess.is_ in ROLES or guess.is_ == NOT_KEPT:
        return 0.0
    column = layout.columns[guess.is_]
    worth = 0.5 if column.type == "drop" else _PLACES if column.places_row or column.mandatory else 1.0
    return worth * (guess.score - 0.35) / 0.65


def _entitled(catalogue: Catalogue, layout: Layout, title: str) -> float:
    if layout.form in titled_forms(catalogue, title):
        return _TITLED
    words = set(tokens(title))
    own = set(tokens(layout.name_zh)) - {"登记", "台", "账", "册", "表", "情况"}
    return _SOUNDS * len(words & own) / len(own) if own else 0.0


@lru_cache(maxsize=8)
def _wording(catalogue: Catalogue) -> Wording:
    return Wording(target.alias for form in catalogue.layouts for target in targets(catalogue, form))
