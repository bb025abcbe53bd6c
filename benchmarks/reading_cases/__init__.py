"""Made-up texts with known answers for reading: the same seed gives the same texts.

Seeds 1-99 are for developing, 100-199 for judging. Sentences are written for this purpose and share no list with the reader.
Swedish numbers are drawn in memory from the whole numbering plan and never written to a file.
"""
