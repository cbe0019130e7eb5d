"""Bytes to cells: encoding detection, delimiter sniffing, sheets. Nothing is interpreted here, and nothing is written.

`files.open_file` begins; `text` and `workbook` are the two kinds of file, `archive` looks into a zip before it is
unpacked, `body` is what all kinds become. Error texts never quote a file's content: a broken row can hold a person id.
"""
