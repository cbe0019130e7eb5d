"""Who asks, and what they may: the ways to be somebody here, the roles that the operator gives, and doors that ask.

A request has its identity from the edge (`doors.identity_of`), a run of a page from `ui/visitor.py`. Both ask
`visitors.identity`, and anew each time: a role that is taken away in the file is gone at the next click.
"""
