"""What a kernel may do: read its libraries, write its scratch folder.

Landlock (through sandlock) rules over files; a seccomp filter (through
libseccomp) over everything else that could reach out of the process; resource
limits over memory and files. All three hold for the process that asks, and
cannot be taken back. No root, no container, no namespace is needed.
"""

import ctypes
import errno
import operator
import os
import resource
import site
import sys
import sysconfig
from functools import cache, partial, reduce
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

# The system calls that a computation needs, by name, each line with its reason. What is not
# here is answered as if the kernel did not know it, whatever the kernel learns one day. Not
# every processor has all of them.
ALLOWED = {
    "use what is open": "read write readv writev pread64 pwrite64 preadv pwritev",
    "move in it": "lseek _llseek",
    "close it": "close",
    "keep what was written": "fsync fdatasync sync_file_range",
    "cut or copy what may be written": "ftruncate ftruncate64 sendfile sendfile64 copy_file_range",
    "have it under another number": "dup dup2 dup3",
    "wait for it": """poll ppoll select pselect6 _newselect epoll_create epoll_create1 epoll_ctl
        epoll_wait epoll_pwait epoll_pwait2""",
    "wake a thread of one's own": "pipe pipe2 eventfd eventfd2 timerfd_create timerfd_settime",
    "talk to who gives the work": "recvfrom getsockname getpeername",
    "look at files, by Landlock's leave": """stat lstat fstat stat64 lstat64 fstat64 newfstatat
        fstatat64 statx access faccessat faccessat2 readlink readlinkat getdents getdents64
        statfs fstatfs statfs64 fstatfs64""",
    "make, move and remove files, by Landlock's leave": """mkdir mkdirat rmdir unlink unlinkat
        rename renameat renameat2 link linkat symlink symlinkat""",
    "be somewhere": "getcwd chdir fchdir umask",
    "have memory": "mmap mmap2 munmap mprotect mremap madvise brk msync",
    "order memory between threads": "membarrier",
    "wait for a thread, end one": """futex futex_waitv set_robust_list get_robust_list rseq
        set_tid_address restart_syscall exit exit_group sched_yield""",
    "know the processors": "getcpu sched_getaffinity sched_getscheduler sched_getparam "
    "sched_get_priority_max sched_get_priority_min get_mempolicy getpriority",
    "use the processor's registers": "arch_prctl set_thread_area",
    "know and lower one's limits": "getrlimit ugetrlimit setrlimit getrusage times sysinfo",
    "handle one's own signals": """rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending
        rt_sigtimedwait rt_sigsuspend sigaltstack sigreturn pause alarm setitimer getitimer""",
    "know the time, wait": "nanosleep gettimeofday time",
    "know oneself and the machine": """getpid getppid gettid getuid geteuid getgid getegid getuid32
        geteuid32 getgid32 getegid32 getgroups getgroups32 getresuid getresgid getpgrp getpgid
        getsid capget uname""",
    "find no child": "wait4 waitid",
    "draw random numbers": "getrandom",
}
# Answered with success, and nothing is done: Landlock does not rule over these, and copying a
# file or starting a thread pool calls them in passing. To tell how a file will be read would
# leave a mark: what of a library is in the machine's memory, a later process can find out.
PRETENDED = """fadvise64 fadvise64_64 readahead
    chmod fchmod fchmodat fchmodat2 chown fchown fchownat lchown
    utime utimes utimensat futimesat setxattr lsetxattr fsetxattr
    removexattr lremovexattr fremovexattr setpriority ioprio_set flock
    sched_setaffinity sched_setattr sched_setparam sched_setscheduler"""
# Answered as a file system does that lacks them, which copying a file looks for.
LACKING = """getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr fallocate"""
# Answered with "not permitted", for who looks at why: programs go on where a call is unknown.
REFUSED = "truncate truncate64 execve execveat ptrace socket connect bind sendmsg"

# Of the flags to open with. Not among them: an access mode of 3, for which Landlock asks no
# right at all; O_PATH; O_TMPFILE, a file in no folder; O_NOATIME.
OPENING = (
    *(os.O_WRONLY, os.O_RDWR, os.O_CREAT, os.O_EXCL, os.O_TRUNC, os.O_APPEND),
    *(os.O_NOCTTY, os.O_NONBLOCK, 0x8000, getattr(os, "O_LARGEFILE", 0)),
    *(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_DIRECTORY")),
    *(getattr(os, name, 0) for name in ("O_DSYNC", "O_SYNC", "O_DIRECT")),
)
# fcntl: another number for a file (0, 1030), its flags (1 to 4).
FCNTL = 0, 1, 2, 3, 4, 1030
# What one process locks, another can see: pretended.
LOCKS = 6, 7, 37, 38
# ioctl: is it a terminal (TCGETS, TIOCGWINSZ), how much is there to read (FIONREAD), wait for
# it or not (FIONBIO), close it for a program that is never started (FIONCLEX, FIOCLEX).
IOCTL = 0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451
# prctl: a thread's name (15, 16), names of memory (0x53564D41), what is there to know.
PRCTL = 3, 15, 16, 23, 0x53564D41
# getsockopt: kind, error, listening, protocol and family of a socket; not whose it is.
SOCKET_OPTIONS = 3, 4, 30, 38, 39
SOL_SOCKET, AF_UNIX, SOCK_STREAM, SOCK_FLAGS = 1, 1, 1, 0o2004000
# Clocks of the machine and of this process; negative numbers are those of other processes.
CLOCKS = 0xF
CLOCK_CALLS = "clock_gettime clock_getres clock_nanosleep clock_gettime64 clock_nanosleep_time64"

# preadv2, pwritev2: of their flags none; one asks whether a file is in the machine's memory.
WITH_FLAGS = "preadv2 pwritev2"
# close_range: to leave what programs are started with; not a table of open files of its own.
CLOSE_RANGE_CLOEXEC = 4

# A thread, which opens and closes the files of all: of others nobody could keep count.
CLONE_THREAD, CLONE_FILES = 0x00010000, 0x00000400
PR_SET_PDEATHSIG = 1
PR_CAPBSET_DROP = 24
LAST_CAPABILITY = 63
# The kernel looks at the lower half of these arguments.
LOW = 0xFFFFFFFF
LINUX_CAPABILITY_VERSION_3 = 0x20080522


# Reading and writing of files: for all that later versions rule over, there is the filter.
MINIMUM_LANDLOCK = 1


class CannotConfine(RuntimeError):
    """This machine cannot confine code that nobody trusts."""


def landlock_version() -> int:
    """Which version of Landlock the running kernel has, or a number below 1."""
    return sandlock.landlock_abi_version()


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
    elif landlock_version() < MINIMUM_LANDLOCK:
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
    """Where Python and its libraries are: what all confined code may read."""
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
    """Raises CannotConfine if confined code could read a private folder.

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
    """Give up, for good, every right that a computation does not need.

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
    itself = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, LOW, os.getpid())
    _answer(filters, pyseccomp.ALLOW, "kill tgkill", itself)
    filters.load()


@cache
def system_call_filter():
    """The rules that are the same for every process."""
    from pyseccomp import EQ, MASKED_EQ, Arg

    filters = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.ENOSYS))
    allow = partial(_answer, filters, pyseccomp.ALLOW)
    answer = partial(_answer, filters)
    for names in ALLOWED.values():
        allow(names)
    answer(pyseccomp.ERRNO(0), PRETENDED)
    answer(pyseccomp.ERRNO(errno.EOPNOTSUPP), LACKING)
    answer(pyseccomp.ERRNO(errno.EPERM), REFUSED)
    # Threads, but no processes. What clone3 asks for cannot be looked at; where it is
    # missing, the C library takes clone.
    allow("clone", Arg(0, MASKED_EQ, *[CLONE_THREAD | CLONE_FILES] * 2))
    allow("close_range", Arg(2, MASKED_EQ, LOW & ~CLOSE_RANGE_CLOEXEC, 0))
    allow(WITH_FLAGS, Arg(5, MASKED_EQ, LOW, 0))
    other = LOW & ~reduce(operator.or_, OPENING)
    # What may only be read must not be cut short either.
    for mode, more in ((os.O_RDONLY, os.O_TRUNC), (os.O_WRONLY, 0), (os.O_RDWR, 0)):
        allow("open", Arg(1, MASKED_EQ, other | os.O_ACCMODE | more, mode))
        allow("openat", Arg(2, MASKED_EQ, other | os.O_ACCMODE | more, mode))
    for command in FCNTL:
        allow("fcntl fcntl64", Arg(1, MASKED_EQ, LOW, command))
    for command in LOCKS:
        answer(pyseccomp.ERRNO(0), "fcntl fcntl64", Arg(1, MASKED_EQ, LOW, command))
    for request in IOCTL:
        allow("ioctl", Arg(1, MASKED_EQ, LOW, request))
    for what in PRCTL:
        allow("prctl", Arg(0, MASKED_EQ, LOW, what))
    allow("prlimit64", Arg(0, MASKED_EQ, LOW, 0))
    allow(CLOCK_CALLS, Arg(0, MASKED_EQ, LOW & ~CLOCKS, 0))
    # To the other end, and to nobody with an address.
    allow("sendto", Arg(4, EQ, 0))
    for option in SOCKET_OPTIONS:
        allow(
            "getsockopt",
            Arg(1, MASKED_EQ, LOW, SOL_SOCKET),
            Arg(2, MASKED_EQ, LOW, option),
        )
    # A loop of asyncio wakes itself so.
    allow(
        "socketpair",
        Arg(0, MASKED_EQ, LOW, AF_UNIX),
        Arg(1, MASKED_EQ, LOW & ~SOCK_FLAGS, SOCK_STREAM),
    )
    return filters


def _answer(filters, action, names, *conditions):
    for name in names.split():
        try:
            number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
        except (ValueError, OSError):
            continue  # not on this processor, or too new for libseccomp
        if number >= 0:
            filters.add_rule(action, name, *conditions)
