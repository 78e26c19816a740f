"""The data sets that come with the lessons are listed, small, and can be read."""

import csv
import re

import numpy as np
import pytest

from lesson_tools.data import DATA

TABLE = (DATA / "README.md").read_text(encoding="utf-8")
FILES = sorted(p.name for p in DATA.iterdir() if p.suffix in {".csv", ".npz"})


def test_every_file_is_listed_with_its_source_and_licence():
    rows = re.findall(r"^\| `(.+?)` \| (.+?) \| (.+?) \| (.+?) \|$", TABLE, re.M)
    assert sorted(row[0] for row in rows) == FILES
    for _, what, source, licence in rows:
        assert len(what.split()) >= 5
        assert "from" in source
        assert "public domain" in licence or "CC BY 4.0" in licence


def test_the_folder_is_small():
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 1_000_000


@pytest.mark.parametrize("name", FILES)
def test_a_file_can_be_read(name):
    if name.endswith(".csv"):
        with (DATA / name).open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) >= 300
        assert len({tuple(row) for row in rows}) == 1
        assert not any(None in row.values() for row in rows)
    else:
        with np.load(DATA / name, allow_pickle=False) as arrays:
            assert all(np.isfinite(arrays[part]).all() for part in arrays)


def test_the_vowels_are_cut_where_an_utterance_ends():
    with np.load(DATA / "japanese_vowels.npz") as arrays:
        for part, count in [("train", 270), ("test", 370)]:
            lengths = arrays[f"{part}_lengths"]
            assert len(lengths) == len(arrays[f"{part}_speakers"]) == count
            assert lengths.sum() == len(arrays[f"{part}_frames"])
            assert lengths.min() >= 7
            assert lengths.max() <= 29
