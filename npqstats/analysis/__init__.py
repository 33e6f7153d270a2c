"""Questions asked of observations."""
