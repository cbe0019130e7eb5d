"""The app as an ASGI program: `streamlit run app.py`. Every page is reached through naravard/ui/shell/main.py."""

import streamlit as st

from naravard import web

app = st.App(
    web.SHELL,
    routes=web.ROUTES,
    middleware=web.MIDDLEWARE,
    lifespan=web.warm_up,
    on_script_error=web.show_error,
    exception_handlers={Exception: web.answer_fault},
)
