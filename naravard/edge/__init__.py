"""The edge of the server: what is asked of every request before a page sees it, and what every answer carries.

Streamlit asks for none of it: its pages answer to any name, and it looks up a foreign origin on the internet.
"""
