"""The tests, and the made-up figures that they use."""
