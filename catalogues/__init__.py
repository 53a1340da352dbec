"""The words of the pages, and what they are in other languages.

A tool of the developers: `./run translate` reads what code and templates mark, and
brings `locale/*/LC_MESSAGES/django.po` and `.mo` up to it. The server reads the `.mo`.
"""
