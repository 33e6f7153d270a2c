"""A release's report: which tables and charts it holds, its sentences, and how it is written and kept up to date."""
