"""What a room meets: the projected window, the presenter's view, the participants' phones. Light pages of their own.

They are not Streamlit's: a slide has to change without a server, a phone on bad Wi-Fi has to get its page in a few
kilobytes, and no key or menu of another program may come between. They ask for what they show by the routes here.
"""

from naravard.room import files, news, projector, steer, talk, vote
from naravard.room.files import scripts_of

ROUTES = [*files.ROUTES, *projector.ROUTES, *news.ROUTES, *steer.ROUTES, *talk.ROUTES, *vote.ROUTES]
PATHS = frozenset(route.path.split("/")[1] for route in ROUTES)
"""First parts of the addresses of the room."""

CODE_PAGE = "/d"
"""Where a code is typed: in a room, all that others find at the app's own address."""

FOR_ALL = frozenset({CODE_PAGE, "/visa", "/api/projektor/qr.svg"})
"""Addresses that a room needs beside those that begin with `BEGIN_FOR_ALL`."""

BEGIN_FOR_ALL = ("/d/", "/led/", "/rum/", "/api/workshop/")
"""Of participants, walls, and leaders, whose key the routes ask for."""

__all__ = ["BEGIN_FOR_ALL", "CODE_PAGE", "FOR_ALL", "PATHS", "ROUTES", "scripts_of"]
