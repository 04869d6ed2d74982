"""`docs/extending.md` is true: its changes fit this tree, and what it says happens after them."""

import shutil
from pathlib import Path

import pytest

from tests.recipes.checkout import TOP, Checkout, matches, place
from tests.recipes.document import Addition, Change, Command, NewFile, Recipe, RecipeError, recipes

RECIPES = recipes()


def slug(recipe: Recipe) -> str:
    return recipe.title.lower().replace(" ", "-")


@pytest.mark.parametrize("recipe", RECIPES, ids=slug)
def test_every_change_of_a_recipe_fits_the_tree(recipe: Recipe, tmp_path: Path) -> None:
    """The quick half: a file that a recipe changes still has the lines that it names."""
    for step in recipe.steps:
        if isinstance(step, Command):
            continue
        copy = tmp_path / step.path
        if (TOP / step.path).exists() and not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(TOP / step.path, copy)
        if isinstance(step, NewFile) or copy.exists():
            place(tmp_path, step)
        else:
            assert any(isinstance(other, Command) and step.path in other.line for other in recipe.steps)


@pytest.mark.heavy
@pytest.mark.parametrize("recipe", RECIPES, ids=slug)
def test_a_recipe_does_what_it_says(recipe: Recipe, tmp_path: Path) -> None:
    Checkout(tmp_path).carry_out(recipe)


@pytest.mark.heavy
def test_all_recipes_together_leave_a_tree_that_passes_the_checks(tmp_path: Path) -> None:
    checkout = Checkout(tmp_path)
    for recipe in RECIPES:
        for step in recipe.steps:
            if not isinstance(step, Command) or step.line.startswith(("cp ", "python -m tests.screens")):
                checkout.do(step)
    for check in (
        "python -m tests.documents",
        "ruff format --check .",
        "ruff check .",
        "mypy -p emulator -p tests",
        "lint-imports",
        "isrtwin run --all",
    ):
        status, printed = checkout.run(check)
        assert status == 0, f"$ {check}\n{printed}"


@pytest.mark.parametrize(
    ("told", "printed", "same"),
    [
        ("", "", True),
        ("", "a\n", False),
        ("a\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("...\nb\n", "a\nb\n", True),
        ("...\nb\n", "b\n", True),
        ("a\n...\n", "a\n", True),
        ("a.\n", "ab\n", False),
        ("...\nb\n", "b\nc\n", False),
    ],
)
def test_what_is_printed_is_compared_line_by_line(told: str, printed: str, same: bool) -> None:
    assert matches(told, printed) is same


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("Text.\n\n```toml\na = 1\n```\n", "nobody knows which file is meant"),
        ("Then:\n\n```console\nls\n```\n", "a console block begins with a command"),
        ("In `a`:\n\n```diff\n*a\n```\n", "begins with a blank, - or +"),
        ("Text.\n```toml\na = 1\n```\n", "needs a line of text and a blank line before it"),
    ],
)
def test_a_block_that_nobody_would_run_is_an_error(block: str, told: str) -> None:
    with pytest.raises(RecipeError, match=told):
        recipes(f"# Title\n\n## A recipe\n\n{block}")


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (NewFile("there", ""), "there exists already"),
        (Addition("missing", ""), "there is no file missing"),
        (Change("there", "c\n", "d\n"), "does not have these lines exactly once"),
        (Change("there", "a\n", "d\n"), "does not have these lines exactly once"),
    ],
)
def test_a_change_that_does_not_fit_is_an_error(tmp_path: Path, step: NewFile | Addition | Change, told: str) -> None:
    (tmp_path / "there").write_text("a\nb\na\n")
    with pytest.raises(RecipeError, match=told):
        place(tmp_path, step)


def test_a_change_takes_lines_away_and_puts_others_there(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("a\nb\nc\n")
    [recipe] = recipes("## A recipe\n\nIn `there`:\n\n```diff\n a\n-b\n+B\n```\n")
    [step] = recipe.steps
    assert isinstance(step, Change)
    place(tmp_path, step)
    assert (tmp_path / "there").read_text() == "a\nB\nc\n"
