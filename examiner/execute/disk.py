"""How much a kernel has on the disk, whether it can still be seen in its folder or not.

The system bounds each file, and how many are open at a time; of all together nobody but
this keeps count. A removed file stays for as long as it is open or mapped. What cannot be
counted is too much.
"""

import os
import stat
import time
from pathlib import Path

from .confine import FILE_SIZE

MAX_DISK = 256 * 2**20
MAX_FILES = 10_000
PF_EXITING = 4  # of a process's flags, in its stat file
PATIENCE = 5  # times as long as a look at the folder took, nobody looks again


class Disk:
    """What the process `pid`, which may write to `folder`, takes of the disk."""

    def __init__(self, pid: int, folder: Path):
        self._process = Path(f"/proc/{pid}")
        self._folder = folder
        self._mapped = os.fsencode(f" {os.path.realpath(folder)}/")
        self._next = 0.0
        self._free = 0, 0

    def is_overfull(self) -> bool:
        removed = self._size_of_removed()
        if removed > MAX_DISK:
            return True
        started, free = time.monotonic(), _free(self._folder)
        many = self._free[0] - free[0] > MAX_DISK // 4 or self._free[1] - free[1] > MAX_FILES // 4
        if started < self._next and not many:
            return False  # many files take long to look at
        self._free = free
        found = _fills_disk(self._folder, removed)
        now = time.monotonic()
        self._next = now + PATIENCE * (now - started)
        return found

    def _size_of_removed(self):
        size = 0
        try:
            for entry in os.scandir(self._process / "fd"):
                facts = _facts_of(entry.path)
                if facts and stat.S_ISREG(facts.st_mode) and facts.st_nlink == 0:
                    size += facts.st_blocks * 512
        except FileNotFoundError:
            pass  # it just ended
        except OSError:
            return self._uncounted()
        try:
            maps = (self._process / "maps").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            return size
        except OSError:
            return self._uncounted()
        if b" (deleted)\n" not in maps:
            return size
        removed = {
            line.split()[4]
            for line in maps.splitlines()
            if line.endswith(b" (deleted)") and self._mapped in line
        }
        return size + len(removed) * FILE_SIZE  # how large they are is not told

    def _uncounted(self):
        """Too much, but where the process is ending: then only root may look."""
        try:
            flags = (self._process / "stat").read_text().rpartition(")")[2].split()[6]
        except OSError:
            return 0
        return 0 if int(flags) & PF_EXITING else MAX_DISK + 1


def _free(folder):
    """Bytes and files for which there is room."""
    try:
        facts = os.statvfs(folder)
    except OSError:
        return 0, 0
    return facts.f_bavail * facts.f_frsize, facts.f_ffree


def _facts_of(path, **how):
    """None where it is gone meanwhile: what is left is counted all the same."""
    try:
        return os.stat(path, **how)
    except FileNotFoundError:
        return None


def _fills_disk(folder, size):
    """Whether too much is in `folder`, beside `size` bytes elsewhere."""
    count = 0
    folders = [folder]
    while folders:
        try:
            for entry in os.scandir(folders.pop()):
                count += 1
                facts = _facts_of(entry.path, follow_symlinks=False)
                if facts is None:
                    continue
                size += facts.st_blocks * 512
                if stat.S_ISDIR(facts.st_mode):
                    folders.append(entry.path)
                if size > MAX_DISK or count > MAX_FILES:
                    return True
        except FileNotFoundError:
            pass  # removed while we looked
        except OSError:
            return True  # nested too deep to look into
    return size > MAX_DISK
