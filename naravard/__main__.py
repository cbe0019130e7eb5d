"""The command line: `python -m naravard …`. It never imports streamlit or plotly, so that it answers fast."""

from naravard.commands import UNREAD, app, main

__all__ = ["UNREAD", "app", "main"]

if __name__ == "__main__":
    main()
