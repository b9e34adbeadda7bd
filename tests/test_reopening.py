"""A protected copy is what it was when it was written, whoever opens it."""

from dataclasses import replace

import pytest

import segkit as sk
from segkit.privacy import protect, view_of

ENDINGS = ["", ".zip", ".xlsx"]


@pytest.fixture(scope="module")
def town():
    return replace(sk.sample("thornmoor", ready=2), invented=False, mode="private", name="Somewhere")


@pytest.mark.parametrize("ending", ENDINGS)
def test_whoever_receives_a_copy_finds_the_numbers_of_whoever_wrote_it(town, tmp_path, ending):
    view = protect(town)
    path = tmp_path / f"copy{ending}"
    view.write(path)
    again = view_of(path)
    assert again.hidden == view.hidden and again.hidden
    assert (again.totals, again.outcomes, again.notice) == (view.totals, view.outcomes, view.notice)
    assert again.territory == view.territory
    assert sk.assess(again).as_dict() == sk.assess(view).as_dict()


def test_a_copy_is_protected_anew_where_somebody_asks_for_more(town, tmp_path):
    protect(town).write(tmp_path / "copy.zip")
    assert sum(view_of(tmp_path / "copy.zip", k=10).hidden.values()) > sum(protect(town).hidden.values())


def test_who_only_says_that_it_may_be_shown_is_protected_all_the_same(town, tmp_path):
    """An owner's file may ask for the mode "public"; only what the door has written is taken as it stands."""
    from segkit.packages import write_package

    about = {"name": "Somewhere", "mode": "public", "k": 5, "invented": False}
    write_package(dict(town.tables), about, tmp_path / "raw.zip")
    assert view_of(tmp_path / "raw.zip").hidden == protect(town).hidden


def test_an_invented_town_is_whole(tmp_path):
    protect(sk.sample("thornmoor", ready=1)).write(tmp_path / "town")
    assert view_of(tmp_path / "town").whole
