"""JupyterHub on one machine: each person has a server of their own, JupyterLab and the pages without code.

    SEGKIT_PASSWORD=... jupyterhub -f docs/for-300-people/jupyterhub_config.py

README.md beside this file says what has to be there first, and how many people fit.
"""

import os
import sys
from pathlib import Path

import psutil

from segkit.presenting.server import POLICY

c = get_config()  # noqa: F821  (JupyterHub puts it here)

HERE = Path(__file__).parent
PERSON = 450 * 2**20  # bytes: who works through Unit 2.1 takes 400 MB, server and kernel (README.md)
KEPT = 2 * 2**30  # bytes for the hub, its proxy and the machine

load_subconfig(str(HERE / "room.py"))  # noqa: F821

# --- the door: only this machine; what answers to people (nginx, Caddy) stands in front and speaks https
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.JupyterHub.active_server_limit = max(1, (psutil.virtual_memory().total - KEPT) // PERSON)
c.JupyterHub.concurrent_spawn_limit = 2 * (os.cpu_count() or 1)  # the others are asked to wait a moment
c.Spawner.start_timeout = c.Spawner.http_timeout = 180  # seconds: when all come at once

# --- each person's server: a user of the system, made for them and gone with them, who sees no other's files
c.JupyterHub.spawner_class = os.environ.get("SEGKIT_SPAWNER", "systemd")  # "simple": for a rehearsal only
c.SystemdSpawner.dynamic_users = True
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.SystemdSpawner.unit_extra_properties = {"IPAddressDeny": "any", "IPAddressAllow": "localhost"}
c.Spawner.mem_limit = "1G"  # systemd holds to both; the simple spawner only tells the server
c.Spawner.cpu_limit = 1.0

c.Spawner.cmd = [str(HERE / "begin"), str(Path(sys.executable).parent / "jupyterhub-singleuser")]
c.Spawner.default_url = "/voila/tree/notebooks"  # for JupyterLab: /lab/tree/notebooks
c.Spawner.args = [
    "--KernelManager.transport=ipc",  # sockets in the person's own folder, not ports all can try
    "--MappingKernelManager.cull_idle_timeout=1800",
    "--ServerApp.tornado_settings=" + repr({"headers": {"Content-Security-Policy": POLICY}}),
]

# --- who has gone: a server nobody has used for an hour ends, and the name drawn for it is forgotten
CULLING = ["--IdleCuller.timeout=3600", "--IdleCuller.cull_users=True"]
c.JupyterHub.services = [
    {
        "name": "idle",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", *CULLING],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers", "admin:users"],
        "services": ["idle"],
    }
]
