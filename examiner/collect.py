"""From the exchange into the course, though students write what lies there.

nbgrader copies what a link leads to, with the instructor's rights; ends for everybody
at one folder that it cannot read; and only warns where somebody hands in as another.
"""

import errno
import os
import pwd
import stat
import tempfile
from datetime import datetime
from pathlib import Path

from nbgrader.exchange.default import ExchangeCollect

from .handed_in import NoTime, read_time
from .reading import MAX_FILES
from .sanitize import for_terminal

MAX_DEPTH = 50  # of folders in folders
PART = 2**20  # bytes at a time


class CollectWhatIsTheirs(ExchangeCollect):
    """Plugged in as `c.ExchangeFactory.collect`."""

    def init_src(self):
        super().init_src()
        self.src_records = [record for record in self.src_records if record["username"]]

    def _path_to_record(self, path):
        """Without a username where the folder is not to be collected."""
        folder = Path(path)
        name, *rest = folder.name.rsplit("+", 3)
        try:
            if len(rest) < 2:
                raise NoTime
            record = {"username": name, "filename": folder.name, "timestamp": read_time(rest[1])}
            reason = self._reason_against(folder, name)
        except OSError as error:  # it was there a moment ago
            reason = error.strerror
        except (NoTime, OverflowError, ValueError):
            reason = "its name does not say who handed in what and when"
        if reason is None:
            return record
        self.log.warning("Left out: %s: %s", for_terminal(path), reason)
        return {"username": "", "filename": folder.name, "timestamp": datetime.min}

    def _reason_against(self, folder, student):
        facts = folder.lstat()
        if not stat.S_ISDIR(facts.st_mode):
            return "it is no folder"
        if self.check_owner and facts.st_uid not in {os.getuid(), _account(student, facts.st_uid)}:
            return f"it was put there by {_name(facts.st_uid)}, not by {student}"
        return None

    def do_copy(self, src, dest, log=None):
        # Beside its place: there is room for it, and nobody else looks at it yet.
        with tempfile.TemporaryDirectory(dir=Path(dest).parent, prefix=".collected-") as scratch:
            copy = Path(scratch) / "copy"
            for line in copy_tree(
                Path(src),
                copy,
                most=1000 * self.coursedir.max_dir_size,
                most_a_file=1000 * self.coursedir.max_file_size,
            ):
                self.log.warning("Left out: %s", for_terminal(line))
            super().do_copy(str(copy), dest, log)


def copy_tree(source: Path, target: Path, most: float, most_a_file: float) -> list[str]:
    """Copy files and folders, whoever changes them meanwhile; no link is followed.

    most: bytes in all. Returns a line for each thing that was left out: what cannot be
    read, what is neither file nor folder, and what is too much.
    """
    left_out, count = [], 0

    def unreadable(error):
        left_out.append(f"{error.filename}: {error.strerror}")

    target.mkdir()
    for place, folders, files, number in _walk(source, unreadable):
        here = target / Path(place).relative_to(source)
        for name in [*folders, *files]:
            where = os.path.join(place, name)
            count += 1
            if count > MAX_FILES + 1:  # one more: who grades it sees that there were too many
                return [*left_out, f"{where} and what follows: too many files and folders"]
            try:
                if stat.S_ISDIR(os.stat(name, dir_fd=number, follow_symlinks=False).st_mode):
                    (here / name).mkdir()
                else:
                    most -= _copy(name, number, here / name, min(most, most_a_file))
            except OSError as error:
                is_link = error.errno == errno.ELOOP
                reason = "it is a link" if is_link else error.strerror or error
                left_out.append(f"{where}: {reason}")
        if len(here.relative_to(target).parts) == MAX_DEPTH:
            left_out += [f"{os.path.join(place, name)}: nested too deep" for name in folders]
            folders.clear()
    return left_out


def _walk(folder, unreadable):
    """As os.fwalk, which tells of all folders that it cannot read but of the first."""
    try:
        yield from os.fwalk(folder, onerror=unreadable)
    except OSError as error:
        unreadable(error)


def _copy(name, folder, target, most):
    """Returns how many bytes the file `name` of an open folder has."""
    number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    with open(number, "rb") as file:
        facts = os.fstat(number)
        if not stat.S_ISREG(facts.st_mode):
            raise OSError("it is no file")
        if facts.st_size > most:
            raise OSError("it is too large")
        with open(target, "xb") as copy:
            left = facts.st_size
            while left and (part := file.read(min(left, PART))):
                copy.write(part)
                left -= len(part)
    return facts.st_size


def _account(student, otherwise):
    """The number of the account of that name; `otherwise` where this machine has none."""
    try:
        return pwd.getpwnam(student).pw_uid
    except KeyError:
        return otherwise


def _name(number):
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
