"""Whether last night can be trusted: each run compared with its site's own history, and what a person reads of it in the morning."""
