"""The casebook: people's decisions, approvals, do-not-contact marks and the audit chain, in an encrypted SQLite file."""
