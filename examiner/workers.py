"""Who runs submissions: threads of this machine, or the workers of a Dask cluster."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from .execute import stopped
from .refused import Refused

NO_WORKER = (
    "No worker has come to {address} yet: waiting. `dask worker {address}` starts one, "
    "on any machine that has this examiner and the course's libraries."
)
OTHER_VERSION = (
    "The worker {worker} is refused, because {why}: install this version of the "
    "examiner there, {version}, and start it again."
)


class OtherVersion(RuntimeError):
    """A worker whose examiner is not the one that asks it."""


def _content():
    """The examiner of this machine, by what is in its modules."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:12]


VERSION = _content()  # as it was imported, whatever is installed since


def version() -> str:
    """What a worker answers."""
    return VERSION


@contextmanager
def threads(count: int) -> Iterator[Executor]:
    """Of this machine. Who is stopped by a person ends at once whatever they run."""
    executor = ThreadPoolExecutor(count)
    try:
        yield executor
    except KeyboardInterrupt:
        with stopped():
            executor.shutdown(cancel_futures=True)
        raise
    finally:
        executor.shutdown()


@contextmanager
def cluster(address: str, tell: Callable[[str], None] = print) -> Iterator["Cluster"]:
    """The workers of a scheduler. Raises Refused where none answers."""
    try:
        from distributed import Client
    except ImportError:
        raise Refused(
            "--scheduler needs Dask: pip install distributed, here and on the workers"
        ) from None
    try:
        client = Client(address)
    except (OSError, ValueError) as error:
        raise Refused(
            f"No Dask scheduler answers at {address}: {error}\n"
            "Expected an address such as tcp://host:8786, as `dask scheduler` "
            "prints it."
        ) from None
    with client:
        yield Cluster(client, address, tell)


class Cluster(Executor):
    """Workers that come and go; those of another version are refused, once and aloud."""

    def __init__(self, client, address: str, tell: Callable[[str], None]):
        self._client = client
        self._address = address
        self._tell = tell
        self._accepted: dict[str, bool] = {}
        self._is_empty = False

    def jobs(self) -> int:
        """How many submissions they run at a time, now; who has come is asked for its version."""
        threads = self._client.nthreads()
        new = [worker for worker in threads if worker not in self._accepted]
        if new:
            answers = self._client.run(version, workers=new, on_error="return")
            for worker, answer in answers.items():
                self._accepted[worker] = answer == VERSION
                if answer != VERSION:
                    why = (
                        f"its examiner is {answer}"
                        if isinstance(answer, str)
                        else f"it cannot say its version ({type(answer).__name__}: {answer})"
                    )
                    self._tell(OTHER_VERSION.format(worker=worker, why=why, version=VERSION))
        room = sum(count for worker, count in threads.items() if self._accepted.get(worker))
        if not room and not self._is_empty:
            self._tell(NO_WORKER.format(address=self._address))
        self._is_empty = not room
        return room

    def submit(self, function, /, *arguments) -> Future:
        accepted = [worker for worker, is_ours in self._accepted.items() if is_ours]
        # Others too where all of these have gone: who is of another version says so.
        executor = self._client.get_executor(pure=False, workers=accepted, allow_other_workers=True)
        return executor.submit(_run_here, VERSION, function, *arguments)


def _run_here(wanted, function, *arguments):
    """On the worker. Raises OtherVersion."""
    if wanted != VERSION:
        raise OtherVersion(f"this worker's examiner is {VERSION}, not {wanted}")
    return function(*arguments)
