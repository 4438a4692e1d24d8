"""The data in other formats: one module a format, one function ``export(library) -> bytes``."""
