"""Names that stand for themselves: of folders, data sets and releases. Imports nothing, so that it costs nothing."""

REPORTED = "reported"
"""The folder of data/raw/ and the data set of figures that others printed."""
SURVEY = "survey"
"""The data set of survey answers, never mixed with official counts."""
NO_RELEASE = "none"
"""The release of a reported figure that names none."""
