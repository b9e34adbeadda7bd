"""Who may come in: whoever knows the password of the room, each under a name that nobody else can take.

`jupyterhub_config.py` and `values.yaml` both read this file. The password comes from the environment,
SEGKIT_PASSWORD, at least eight letters; without one nobody comes in.
"""

import os
import secrets

from jupyterhub.authenticators.shared import SharedPasswordAuthenticator

c = get_config()  # noqa: F821  (JupyterHub puts it here)


class Room(SharedPasswordAuthenticator):
    """One password for all. The name is drawn by lot: what somebody types as theirs is kept nowhere, and
    nobody comes in as somebody else, though all know the same password.
    """

    async def authenticate(self, handler, data):
        found = await super().authenticate(handler, data)
        return found and found | {"name": f"guest-{secrets.token_hex(5)}"}


c.JupyterHub.authenticator_class = Room
c.Room.user_password = os.environ.get("SEGKIT_PASSWORD")
c.Room.allow_all = True  # whoever knows it
c.Room.any_allow_config = True
