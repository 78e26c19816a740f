"""Workers of a Dask cluster, a gradebook in PostgreSQL: the same grades."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from distributed import LocalCluster

from examiner.batch import Batch
from examiner.course import load_course
from examiner.workers import VERSION, OtherVersion, cluster
from tests.sample_class.course import ROOT, succeed, write_submission
from tests.sample_class.students import CLASS

from .scratch_course import Course, solution, trial

ASSIGNMENT = "ps2_gradients"
PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """The URL of an empty database, on a server of this test's own."""
    if not PROGRAMS:
        reason = "PostgreSQL is not installed: apt install postgresql"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    programs = PROGRAMS[-1]
    folder = Path("/tmp") / f"examiner-postgres-{os.getpid()}"
    folder.mkdir(mode=0o700)
    account = {}
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        account = {"user": owner.pw_uid, "group": owner.pw_gid}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(*command):
        subprocess.run(
            list(map(str, command)),
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            **account,
        )

    data = folder / "data"
    call(programs / "initdb", "--username=grader", "--auth=trust", data)
    options = f"-h 127.0.0.1 -p {port} -k {folder}"
    start = (programs / "pg_ctl", "--pgdata", data, "--wait")
    call(*start, "--log", folder / "log", "-o", options, "start")
    try:
        call(
            programs / "createdb",
            "--host=127.0.0.1",
            f"--port={port}",
            "--username=grader",
            "gradebook",
        )
        yield f"postgresql://grader@127.0.0.1:{port}/gradebook"
    finally:
        call(*start, "--mode=immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def cluster_of_none():
    with (
        LocalCluster(
            n_workers=0,
            threads_per_worker=1,
            processes=False,
            protocol="tcp",
            host="127.0.0.1",
            dashboard_address=None,
        ) as cluster,
    ):
        yield cluster


def test_who_comes_late_is_taken_and_until_then_that_is_said(cluster_of_none, tmp_path):
    course = Course(tmp_path, hw=[solution("a", "a = 1"), trial("a-t", "assert a == 1")])
    course.hand_in("student01", answers={"a": "a = 1"})
    told = []

    def tell(line):
        told.append(line)
        if line.startswith("No worker"):
            cluster_of_none.scale(1)

    with (
        cluster(cluster_of_none.scheduler_address, tell) as workers,
        closing(Batch(course.course, "hw", feedback=False)) as batch,
    ):
        (result,) = batch.grade(["student01"], workers, workers.jobs, tell)
    assert result.problem is None
    assert [line.split(" ")[0] for line in told] == ["No", "[1/1]"]
    assert f"`dask worker {cluster_of_none.scheduler_address}` starts one" in told[0]


def test_a_worker_of_another_version_is_refused_and_said(cluster_of_none, monkeypatch):
    told = []
    cluster_of_none.scale(1)
    with cluster(cluster_of_none.scheduler_address, told.append) as workers:
        workers._client.wait_for_workers(1)
        with monkeypatch.context() as other:
            other.setattr("examiner.workers.version", lambda: "0ther")
            assert workers.jobs() == 0
        assert "is refused, because its examiner is 0ther: install this version" in told[0]
        assert VERSION in told[0]
        assert told[1].startswith("No worker")
        assert workers.jobs() == 0
        assert len(told) == 2  # once
        # Who came so lately that nobody has asked it says so itself.
        monkeypatch.setattr("examiner.workers.VERSION", "an0ther")
        late = workers.submit(str)
        monkeypatch.undo()
        with pytest.raises(OtherVersion, match=f"is {VERSION}, not an0ther"):
            late.result()


def test_a_worker_without_an_examiner_is_refused_and_said(cluster_of_none, monkeypatch):
    def version():
        raise ModuleNotFoundError("No module named 'examiner'")

    told = []
    cluster_of_none.scale(1)
    monkeypatch.setattr("examiner.workers.version", version)
    with cluster(cluster_of_none.scheduler_address, told.append) as workers:
        workers._client.wait_for_workers(1)
        assert workers.jobs() == 0
    assert "it cannot say its version (ModuleNotFoundError: No module named" in told[0]


def test_a_cluster_and_postgresql_give_the_same_grades(database, tmp_path):
    shutil.copytree(ROOT / "source" / ASSIGNMENT, tmp_path / "source" / ASSIGNMENT)
    config = (ROOT / "nbgrader_config.py").read_text()
    (tmp_path / "nbgrader_config.py").write_text(
        f"{config}\nc.CourseDirectory.db_url = {database!r}\n"
    )
    course = load_course(tmp_path)
    succeed(course.generate_assignment(ASSIGNMENT))
    released = tmp_path / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    for student, works in CLASS.items():
        home = tmp_path / "submitted" / student / ASSIGNMENT
        home.mkdir(parents=True)
        write_submission(released, home, works[ASSIGNMENT])
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
    ) as cluster:
        graded = subprocess.run(
            [
                *(sys.executable, "-m", "examiner", "grade", ASSIGNMENT),
                *("--scheduler", cluster.scheduler_address),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
    assert graded.returncode == 1, graded.stdout + graded.stderr
    with course.gradebook as gradebook:
        assert gradebook.engine.name == "postgresql"
        for student, works in CLASS.items():
            points = works[ASSIGNMENT].points
            if points is not None:
                submission = gradebook.find_submission(ASSIGNMENT, student)
                assert submission.score == sum(points.values()), student
    assert not (tmp_path / "gradebook.db").exists()
