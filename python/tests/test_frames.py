"""Tables in: what is read, and that what cannot be is located."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import equipoise as eq

COLUMNS = {"state": ["A", "B", "C"], "power": [5.0, 4.0, 3.5]}


def shares(table):
    return [state.share for state in eq.solve(table, lenses=["polarity"]).system.states]


def test_whatever_holds_columns_is_a_table():
    expected = shares(COLUMNS)
    tables = [pd.DataFrame(COLUMNS), pl.DataFrame(COLUMNS), pa.table(COLUMNS)]
    tables.append(pd.DataFrame(COLUMNS).set_index("state"))
    tables.append(pd.DataFrame(COLUMNS, index=[7, 8, 9]))
    tables.append({"state": ("A", "B", "C"), "power": np.array([5.0, 4.0, 3.5])})
    for table in tables:
        assert shares(table) == expected

    class OnlyArrow:
        def __arrow_c_stream__(self, requested_schema=None):
            return pa.table(COLUMNS).__arrow_c_stream__(requested_schema)

    assert shares(OnlyArrow()) == expected


def test_numbers_come_through_exactly():
    table = {"state": ["A", "B"], "power": [0.1 + 0.2, 1 / 3]}
    assert shares(pd.DataFrame(table)) == shares(table)


def test_a_frame_of_many_years():
    frame = pd.DataFrame(
        {"state": ["A", "B"] * 2, "year": [1, 1, 2, 2], "milex": [3, 1, 1, 2], "tpop": [1, 1, 1, 1]}
    )
    system = eq.System.from_frame(frame, name="ours", year=2, capability="milex")
    assert eq.solve(system, lenses=["polarity"]).system.leader == "B"
    assert len(eq.compare(frame, years=range(1, 3), lenses=["polarity"]).rows) == 2


WRONG = [
    ({"power": [1, 2]}, "frame: the names of columns.*state"),
    ({"state": ["A", "B"]}, "frame.*"),
    ({"state": ["A", "B"], "power": [1, "many"]}, r"frame: row 1.*power.*many"),
    ({"state": ["A", "B"], "power": [1, -2]}, r"frame: row 1.*power.*-2"),
    ({"state": ["A", "A"], "power": [1, 2]}, "frame.*A.*"),
    ({"state": ["A", "B"], "power": [1, None]}, "frame.*B.*"),
    ({"state": ["A", "B"], "power": [0, 0]}, "frame|power|capabilit"),
    ({"state": [], "power": []}, ".*"),
    ({"state": ["A", "B"], "power": [1, np.inf]}, r"frame: row 1.*power.*inf"),
]


@pytest.mark.parametrize("columns, said", WRONG)
def test_what_cannot_be_used_is_located(columns, said):
    for table in (columns, pd.DataFrame(columns)):
        with pytest.raises(ValueError, match=said) as raised:
            eq.solve(table)
        assert "/tmp" not in str(raised.value)


def test_the_label_of_a_row_is_named():
    frame = pd.DataFrame({"state": ["A", "B"], "power": [1, "x"]}, index=["first", "second"])
    with pytest.raises(ValueError, match=r"row 1 \(index 'second'\): power"):
        eq.solve(frame)


def test_shapes_and_types_that_are_no_table():
    with pytest.raises(ValueError, match="one length, found state 2, power 1"):
        eq.solve({"state": ["A", "B"], "power": [1]})
    with pytest.raises(ValueError, match="'power' twice"):
        eq.solve(pd.DataFrame([["A", 1, 2]], columns=["state", "power", "power"]))
    with pytest.raises(ValueError, match="row 1 .index 1.: power: expected one value"):
        eq.solve(pd.DataFrame({"state": ["A", "B"], "power": [1, [2, 3]]}))
    with pytest.raises(ValueError, match="names of columns in words"):
        eq.solve(pd.DataFrame([[1, 2]]))
    with pytest.raises(ValueError, match="names of columns in words"):
        eq.solve(pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([("a", "b")])))
    with pytest.raises(ValueError, match="expected columns, found none"):
        eq.solve({})
    with pytest.raises((ValueError, TypeError)):
        eq.solve(3)
    with pytest.raises(OSError, match="nowhere.csv"):
        eq.solve("nowhere.csv")


def test_wrong_options_are_named():
    with pytest.raises(ValueError, match="decisiveness"):
        eq.solve(COLUMNS, decisiveness="much")
    with pytest.raises(ValueError, match="decisiveness"):
        eq.solve(COLUMNS, decisiveness=-1)
    with pytest.raises(ValueError, match="lens"):
        eq.solve(COLUMNS, lenses=["none"])
    with pytest.raises(ValueError, match="robustness: expected True or False"):
        eq.solve(COLUMNS, robustness=3)
    with pytest.raises(ValueError, match="years"):
        eq.compare(COLUMNS, years=range(0))


def test_wrong_games_are_located():
    with pytest.raises(ValueError, match=r"payoffs\[1\]: expected the shape \(2, 2\)"):
        eq.game([[[1, 2], [3, 4]], [[1, 2]]])
    with pytest.raises(ValueError, match=r"payoffs\[0\]: expected an array of 2 axes"):
        eq.game([[1, 2], [3, 4]])
    with pytest.raises(ValueError, match=r"payoffs\[0\]\[1, 0\]: expected a number, found 'x'"):
        eq.game([[[1, 2], ["x", 4]], [[1, 2], [3, 4]]])
    with pytest.raises(ValueError, match="finite"):
        eq.game([[[1, 2], [np.nan, 4]], [[1, 2], [3, 4]]])
    with pytest.raises(ValueError, match="rows of one shape"):
        eq.game([[[1, 2], [3]], [[1, 2], [3, 4]]])
    with pytest.raises(ValueError, match="weights.'A'.: expected a number"):
        eq.coalition(weights={"A": "many", "B": None}, quota=1)
    with pytest.raises(ValueError, match="found none"):
        eq.coalition()


def test_no_report_is_said_to_be_none():
    with pytest.raises(ValueError):
        eq.Result.from_json("{}")
    with pytest.raises(ValueError):
        eq.Result.from_json("no json")
    with pytest.raises(ValueError, match="schema"):
        eq.Result.from_json('{"schema": "other/1"}')
    with pytest.raises(ValueError):
        eq.Result.from_json('{"schema": "equipoise/report/1"}').check()
