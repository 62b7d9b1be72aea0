"""Writes the vectors and the module of kinds anew."""

import django

django.setup()

from tests.meaning.vectors import main  # noqa: E402 - models are there only now

main()
