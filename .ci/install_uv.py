"""Put a pinned uv into .uv/bin/uv: no root, no environment, no library.

Where Python has no pip (bare Debian has neither pip nor ensurepip), pip's
own wheel is downloaded, checked, and run as it is.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

UV_VERSION = "0.13.8"
PIP_WHEEL = "https://files.pythonhosted.org/packages/07/25/ee8c38ae72d66b844ce8eb9711ba905dba21ca1a8a0c960057c41cd23337/pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"

TARGET = Path(__file__).resolve().parent.parent / ".uv"
ADVICE = f"""
Could not install uv {UV_VERSION}, which builds this project's environment.
  - It comes from pypi.org and files.pythonhosted.org: is this machine
    online? Behind a proxy, set https_proxy.
  - Or install uv yourself (https://docs.astral.sh/uv/) and run make again:
    make uses the one on your PATH.
"""
OLD_PYTHON = "  - Python is older than 3.11 here: this may be the reason.\n"


def download_pip(folder):
    """Download pip's wheel into a folder and return its path."""
    with urllib.request.urlopen(PIP_WHEEL, timeout=60) as answer:
        content = answer.read()
    if hashlib.sha256(content).hexdigest() != PIP_SHA256:
        raise ValueError(f"not the file we know (SHA-256): {PIP_WHEEL}")
    wheel = Path(folder, PIP_WHEEL.rpartition("/")[2])
    wheel.write_bytes(content)
    return wheel


def install_uv():
    """Let pip install uv: it knows which wheel fits this machine."""
    print(f"Fetching uv {UV_VERSION} into {TARGET.name}/ ...", flush=True)
    shutil.rmtree(TARGET, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        has_pip = importlib.util.find_spec("pip")
        pip = ["-m", "pip"] if has_pip else [f"{download_pip(folder)}/pip"]
        command = [sys.executable, *pip, "install", "--quiet", "--no-deps"]
        command += ["--only-binary=uv", f"--target={TARGET}"]
        command += [f"uv=={UV_VERSION}"]
        settings = {
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_REQUIRE_VIRTUALENV": "0",
            "PIP_ROOT_USER_ACTION": "ignore",
            "PIP_USER": "0",
        }
        subprocess.run(command, env={**os.environ, **settings}, check=True)
    (TARGET / "bin" / "uv").touch()  # newer than this script, for make


if __name__ == "__main__":
    try:
        install_uv()
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        old = OLD_PYTHON if sys.version_info < (3, 11) else ""
        sys.exit(f"{error}\n{ADVICE}{old}")
