"""What a room meets: the projected window, the presenter's view, the participants' phones. Light pages of their own.

They are not Streamlit's: a slide has to change without a server, a phone on bad Wi-Fi has to get its page in a few
kilobytes, and no key or menu of another program may come between. They ask for what they show by the routes here.
"""

from naravard.room import files, projector, talk

ROUTES = [*files.ROUTES, *projector.ROUTES, *talk.ROUTES]
PATHS = frozenset(route.path.split("/")[1] for route in ROUTES)
"""First parts of the addresses of the room."""

FOR_ALL = ("/d/", "/rum/", "/api/workshop/", "/api/projektor/qr.svg")
"""Beginnings of the addresses that participants need."""

__all__ = ["FOR_ALL", "PATHS", "ROUTES"]
