"""The app as an ASGI program: `streamlit run app.py`. Every page is reached through naravard/shell/main.py."""

import streamlit as st

from naravard import web
from naravard.base import settings

app = st.App(
    settings.PACKAGE / "shell" / "main.py",
    routes=web.ROUTES,
    middleware=web.MIDDLEWARE,
    lifespan=web.warm_up,
    on_script_error=web.show_error,
)
