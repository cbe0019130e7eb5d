"""What single pages are made of: the parts of `pages/ID.py` stand in `parts/ID.py`; what pages share, in `ui/`."""
