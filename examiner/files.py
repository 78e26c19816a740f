"""Folders as what is in them: contents by relative path."""

import contextlib
from fnmatch import fnmatch
from pathlib import Path


def files_in(folder: Path, ignore: tuple[str, ...] = ()) -> dict[str, bytes]:
    """All that is not a notebook in `folder`, by relative path.

    ignore: patterns of names that are left out, folders' names too.
    """
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not path.is_symlink()
        and path.suffix != ".ipynb"
        and not any(
            fnmatch(part, pattern)
            for part in path.relative_to(folder).parts
            for pattern in (".ipynb_checkpoints", *ignore)
        )
    }


def write_files(folder: Path, *layers: dict[str, bytes]):
    """Write files, those of the first layer first.

    What a later layer has in the place of an earlier one's is left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for layer in layers:
        for name, content in layer.items():
            path = folder / name
            # A folder where a file is, or a file where a folder is.
            with contextlib.suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                if not path.exists():
                    path.write_bytes(content)
