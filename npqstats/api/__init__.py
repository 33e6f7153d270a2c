"""The Python front: the verbs of the command line, with answers that show and write themselves."""
