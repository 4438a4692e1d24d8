"""Notices that every surface carries: pages, book, leaflet, exports and command line."""

INTENDED_USE = "A reference book to read and search; not for diagnosing, monitoring, predicting or treating a person."
"""What the reference is for."""

NOT_REVIEWED = "No clinician has reviewed this text yet."
"""Who has not read it."""
