"""Makes the files of this folder again from packages of the Python package index:

pip download --no-deps --dest WHEELS statsmodels vega-datasets aeon scikit-learn
python course/data/make.py WHEELS
"""

import csv
import gzip
import io
import sys
import zipfile
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
VOWELS = "aeon/datasets/data/JapaneseVowels/JapaneseVowels_{}.ts"


def member(wheels, package, name):
    """The bytes of a file in the wheel of `package`."""
    (wheel,) = wheels.glob(f"{package}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


def table(name, header, rows):
    with (HERE / name).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode())))


def vowels(wheels, part):
    """Frames of all utterances one after another, their lengths, and the speakers from 0."""
    frames, lengths, speakers = [], [], []
    text = member(wheels, "aeon", VOWELS.format(part)).decode()
    for line in text[text.index("@data") :].splitlines()[1:]:
        *features, speaker = line.split(":")
        utterance = np.array(
            [row.split(",") for row in features], dtype="float32"
        ).T
        frames.append(utterance)
        lengths.append(len(utterance))
        speakers.append(int(speaker) - 1)
    return (
        np.concatenate(frames),
        np.array(lengths, "int8"),
        np.array(speakers, "int8"),
    )


def main(wheels):
    co2 = rows_of(
        member(wheels, "statsmodels", "statsmodels/datasets/co2/co2.csv")
    )
    dates = [
        f"{d[:4]}-{d[4:6]}-{d[6:]}" for d in (row["date"] for row in co2)
    ]
    ppm = [row["co2"] for row in co2]
    table("co2.csv", ["week", "ppm"], zip(dates, ppm, strict=True))
    spots = rows_of(
        member(
            wheels,
            "statsmodels",
            "statsmodels/datasets/sunspots/sunspots.csv",
        )
    )
    table(
        "sunspots.csv",
        ["year", "sunspots"],
        ((row["YEAR"], row["SUNACTIVITY"]) for row in spots),
    )
    weather = rows_of(
        member(
            wheels,
            "vega_datasets",
            "vega_datasets/_data/seattle-weather.csv",
        )
    )
    table(
        "seattle_weather.csv",
        list(weather[0]),
        (
            [value.replace("/", "-") for value in row.values()]
            for row in weather
        ),
    )
    arrays = {}
    for part in ("train", "test"):
        names = (
            f"{part}_{what}" for what in ("frames", "lengths", "speakers")
        )
        arrays |= zip(names, vowels(wheels, part.upper()), strict=True)
    np.savez_compressed(HERE / "japanese_vowels.npz", **arrays)
    packed = member(
        wheels, "scikit_learn", "sklearn/datasets/data/digits.csv.gz"
    )
    digits = np.loadtxt(
        io.BytesIO(gzip.decompress(packed)), delimiter=",", dtype="uint8"
    )
    np.savez_compressed(
        HERE / "digits.npz",
        images=digits[:, :64].reshape(-1, 8, 8),
        digits=digits[:, 64],
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
