"""What a kernel may do: read its libraries, write its scratch folder.

Landlock (through sandlock) rules over files; a seccomp filter (through
libseccomp) over everything else that could reach out of the process; resource
limits over memory and files. All three hold for the process that asks, and
cannot be taken back. No root, no container, no namespace is needed.
"""

import ctypes
import errno
import os
import resource
import site
import sys
import sysconfig
from functools import cache, partial
from pathlib import Path

try:
    import sandlock
except (ImportError, OSError, RuntimeError):
    sandlock = None
try:
    import pyseccomp
except (ImportError, OSError, RuntimeError):
    pyseccomp = None

MEMORY = 3 * 2**30  # bytes of address space above those of the warm parent
FILE_SIZE = 64 * 2**20
OPEN_FILES = 128
CPU_SECONDS = 3600

# Of /usr not all: /usr/local/share may hold nbgrader's exchange.
LIBRARIES = (
    *("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64"),
    *("/usr/local/lib", "/usr/local/lib64", "/etc/ld.so.cache"),
    *("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts"),
    *("/usr/share/fontconfig", "/usr/share/locale", "/usr/share/zoneinfo"),
)
SYSTEM_PREFIXES = {"/", "/usr", "/usr/local"}
FACTS = (
    "/etc/localtime",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/self/cmdline",
    "/proc/self/maps",
    "/proc/self/status",
    "/proc/stat",
    "/sys/devices/system/cpu",
    "/dev/random",
    "/dev/urandom",
    "/dev/zero",
)

# No other process, no other program.
PROCESSES = """execve execveat fork vfork ptrace process_vm_readv
    process_vm_writev process_madvise process_mrelease kcmp pidfd_open
    pidfd_getfd pidfd_send_signal tkill rt_sigqueueinfo rt_tgsigqueueinfo
    setpgid setsid migrate_pages move_pages"""
# No other machine, no other program's socket.
SOCKETS = """socket connect bind listen accept accept4 sendmsg sendmmsg"""
# Nothing that outlives the process, or that the limits do not count.
MEMORIES = """shmget shmat shmctl msgget msgsnd msgrcv msgctl semget semop
    semctl mq_open mq_unlink memfd_create memfd_secret add_key keyctl
    request_key"""
# Nothing of the kernel's that a computation does not need.
KERNEL = """acct bpf chroot clock_settime delete_module fanotify_init
    finit_module fsconfig fsmount fsopen fspick init_module inotify_add_watch
    io_uring_enter io_uring_register io_uring_setup kexec_load
    kexec_file_load lookup_dcookie mount mount_setattr move_mount
    name_to_handle_at nfsservctl open_by_handle_at open_tree perf_event_open
    personality pivot_root quotactl reboot setdomainname sethostname setns
    settimeofday swapoff swapon syslog umount2 unshare userfaultfd vhangup"""
# Landlock does not rule over these; pretended, because copying a file or
# starting a thread pool calls them in passing.
PRETENDED = """chmod fchmod fchmodat chown fchown fchownat lchown
    utime utimes utimensat futimesat setxattr lsetxattr fsetxattr
    removexattr lremovexattr fremovexattr setpriority ioprio_set flock
    sched_setaffinity sched_setattr sched_setparam sched_setscheduler"""

CLONE_THREAD = 0x00010000
PR_SET_PDEATHSIG = 1
PR_CAPBSET_DROP = 24
LAST_CAPABILITY = 63
OWNERS = 8, 10, 15, 1024, 1026  # fcntl: signals to the "owner" of a file
LOCKS = 6, 7, 37, 38  # fcntl: what one process locks, another can see
FIOSETOWN, SIOCSPGRP = 0x8901, 0x8902
# ioctl's numbers of requests to a file system, in their second byte: flags
# and attributes of a file can be changed that may only be read.
FILE_SYSTEM = b"fXv\x94"
# The kernel looks at the lower half of these arguments.
LOW = 0xFFFFFFFF
# Numbers are the same on all processors from here on; libseccomp does not
# know the names of the newest.
NEW_CALLS = range(451, 700)
LINUX_CAPABILITY_VERSION_3 = 0x20080522


class CannotConfine(RuntimeError):
    """This machine cannot confine a student's code."""


def obstacles() -> list[str]:
    """What keeps this machine from confining, each with its remedy."""
    if not sys.platform.startswith("linux"):
        return [
            f"{sys.platform} has no Landlock: grade on Linux, or in a Linux "
            "virtual machine (WSL 2 on Windows, Lima or Docker on macOS)"
        ]
    found = []
    if sandlock is None:
        found.append("sandlock is missing: pip install sandlock")
    elif sandlock.landlock_abi_version() < 1:
        found.append(
            "the kernel has no Landlock: use Linux 5.13 or newer, with "
            "`landlock` in the boot parameter lsm=; in a container, a "
            "seccomp profile that permits landlock_* (Docker's own does)"
        )
    if pyseccomp is None:
        found.append(
            "libseccomp is missing: install your distribution's libseccomp2 "
            "(or libseccomp), and pip install pyseccomp"
        )
    return found


@cache
def readable_folders() -> list[str]:
    """Where Python and its libraries are: what every student may read."""
    paths = {
        *LIBRARIES,
        *FACTS,
        *sysconfig.get_paths().values(),
        *site.getsitepackages(),
        *([site.getusersitepackages()] if site.ENABLE_USER_SITE else []),
        sys.prefix,
        os.path.realpath(sys.executable),
        os.path.join(sys.base_prefix, "lib"),
        os.path.join(sys.base_exec_prefix, "lib"),
    }
    return sorted(filter(os.path.exists, paths - SYSTEM_PREFIXES))


def prepare_to_confine():
    """Do what confine needs and may be done once, before forking."""
    if not obstacles():
        readable_folders()
        system_call_filter()


def refuse_exposed(**private: Path):
    """Raises CannotConfine if students' code could read a private folder.

    private: what is in a folder, such as course, and where it is.
    """
    for what, path in private.items():
        for folder in readable_folders():
            if path.resolve().is_relative_to(os.path.realpath(folder)):
                raise CannotConfine(
                    f"the {what} is in {folder}, which every student's code "
                    "may read: move it to a folder of its own"
                )


def confine(scratch: Path):
    """Give up, for good, every right that grading does not need.

    scratch: the one folder that may still be written to. Raises
    CannotConfine where the machine lacks something; the process must not go
    on then.
    """
    found = obstacles()
    if found:
        raise CannotConfine("; ".join(found))
    _limit_resources()
    _drop_capabilities()
    _confine_files(scratch)
    _confine_system_calls()


def _limit_resources():
    with open("/proc/self/statm") as file:
        pages = int(file.read().split()[0])
    now = pages * os.sysconf("SC_PAGE_SIZE")
    for what, limit in {
        resource.RLIMIT_AS: now + MEMORY,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: FILE_SIZE,
        resource.RLIMIT_NOFILE: OPEN_FILES,
    }.items():
        _, hard = resource.getrlimit(what)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        resource.setrlimit(what, (limit, limit))
    # Should memory run out all the same, this process goes first.
    Path("/proc/self/oom_score_adj").write_text("1000")


def _drop_capabilities():
    """For root: stay its user, lose its powers."""
    libc = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() == 0:
        for capability in range(LAST_CAPABILITY + 1):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(LINUX_CAPABILITY_VERSION_3, 0)
    if libc.capset(header, (ctypes.c_uint32 * 6)()) != 0:
        raise CannotConfine(f"capset: {os.strerror(ctypes.get_errno())}")


def _confine_files(scratch):
    try:
        sandlock.confine(
            sandlock.Sandbox(
                fs_readable=readable_folders(),
                fs_writable=[str(scratch), "/dev/null"],
                # Older kernels lack some of these; the filter of system
                # calls forbids the same (TCP, signals, sockets, truncate).
                allow_degraded=list(sandlock.Protection),
            )
        )
    except sandlock.SandlockError as error:
        raise CannotConfine(f"Landlock: {error}") from error


def _confine_system_calls():
    filters = system_call_filter()
    elsewhere = pyseccomp.Arg(0, pyseccomp.NE, os.getpid())
    _forbid(filters, "kill tgkill", elsewhere)
    filters.load()


@cache
def system_call_filter():
    """The rules that are the same for every process."""
    from pyseccomp import GT, MASKED_EQ, Arg

    filters = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    forbid = partial(_forbid, filters)
    for names in (PROCESSES, SOCKETS, KERNEL):
        forbid(names)
    forbid(MEMORIES, error=errno.ENOSYS)
    forbid(PRETENDED, error=0)
    # Threads, but no processes. What clone3 asks for cannot be looked at;
    # where it is missing, the C library takes clone.
    forbid("clone", Arg(0, MASKED_EQ, CLONE_THREAD, 0))
    forbid("clone3", error=errno.ENOSYS)
    for command in OWNERS:
        forbid("fcntl", Arg(1, MASKED_EQ, LOW, command))
    for command in LOCKS:
        forbid("fcntl", Arg(1, MASKED_EQ, LOW, command), error=0)
    for request in (FIOSETOWN, SIOCSPGRP):
        forbid("ioctl", Arg(1, MASKED_EQ, LOW, request))
    for kind in FILE_SYSTEM:
        forbid("ioctl", Arg(1, MASKED_EQ, 0xFF00, kind << 8))
    forbid("prlimit64", Arg(0, GT, 0))
    forbid("prctl", Arg(0, MASKED_EQ, LOW, PR_SET_PDEATHSIG))
    for number in NEW_CALLS:
        filters.add_rule(pyseccomp.ERRNO(errno.ENOSYS), number)
    # A path that may only be read must not be cut short either.
    forbid("truncate")
    cut = os.O_TRUNC | os.O_ACCMODE
    forbid("open", Arg(1, MASKED_EQ, cut, os.O_TRUNC))
    forbid("openat", Arg(2, MASKED_EQ, cut, os.O_TRUNC))
    forbid("openat2", error=errno.ENOSYS)
    return filters


def _forbid(filters, names, *conditions, error=errno.EPERM):
    for name in names.split():
        try:
            number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
        except (ValueError, OSError):
            continue  # not on this processor, or too new for libseccomp
        if number >= 0:
            filters.add_rule(pyseccomp.ERRNO(error), name, *conditions)
