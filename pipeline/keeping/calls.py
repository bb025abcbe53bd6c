"""Which functions a question may call: one that reads nothing but its tables has no use for those that change settings, read files or run a text as SQL.

DuckDB lets a SELECT call functions that a locked configuration does not lock: `FROM enable_logging(...)` changes where the whole process logs to.
"""

from __future__ import annotations

import unicodedata

import duckdb

# table functions that read nothing but their arguments and the catalogue; every other one, of a later DuckDB too, is refused
MAY_CALL = frozenset(
    ("range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree", "summary", "histogram", "histogram_values")
    + ("duckdb_columns", "duckdb_tables", "duckdb_types", "duckdb_keywords", "duckdb_functions", "pragma_table_info", "pragma_show", "pg_timezone_names")
)
MAY_NOT = frozenset(("write_log",))  # a value for each row, and a line in the log
TABLE_FUNCTIONS = "SELECT DISTINCT lower(function_name) FROM duckdb_functions() WHERE function_type IN ('table', 'table_macro')"


def plain_spaces(question: str) -> str:
    """Return a question with every kind of space and invisible mark as a plain space: DuckDB reads them so, its list of tokens does not."""
    return "".join(character if character in "\n\t" or unicodedata.category(character)[0] not in "ZC" else " " for character in question)


def refused_call(con: duckdb.DuckDBPyConnection, question: str) -> str:
    """Return the first function of a question that it may not call, or PRAGMA, which is a call by another name; '' when there is none."""
    refused = {row[0] for row in con.execute(TABLE_FUNCTIONS).fetchall()} - MAY_CALL | MAY_NOT
    words = _words(question)
    for word, after in zip(words, [*words[1:], ""], strict=True):
        if word == "pragma" or (after == "(" and word.strip('"') in refused):
            return word.strip('"')
    return ""


def _words(question: str) -> list[str]:
    """Return the tokens of a question, in small letters, without comments and with an opening parenthesis as a word of its own."""
    raw, found = question.encode(), []
    tokens = [(at, kind) for at, kind in duckdb.tokenize(question)]
    for (start, kind), (end, _) in zip(tokens, [*tokens[1:], (len(raw), None)], strict=True):
        word = raw[start:end].decode("utf-8", "replace").strip().lower()
        if kind == duckdb.token_type.comment:
            continue
        found.append(_without_comment(word) if kind in (duckdb.token_type.identifier, duckdb.token_type.keyword) else word[:1])
    return found


def _without_comment(word: str) -> str:
    """Return a name alone: a comment right after it belongs to no token, and stands in its piece of the text."""
    if word.startswith('"'):
        return word[: word.index('"', 1) + 1] if '"' in word[1:] else word
    return word.split("/*")[0].split("--")[0].strip()
