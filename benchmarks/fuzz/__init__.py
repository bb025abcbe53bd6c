"""Foreign bytes for every parser that meets them: how many cases, the slowest, and every crash."""
