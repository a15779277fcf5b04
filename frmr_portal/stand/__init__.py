"""The stand in one command: starts the programs in order, watches them, stops them in reverse.

Nothing here imports Django: the supervisor lives as long as the stand and should weigh little.
"""
