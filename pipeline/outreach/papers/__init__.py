"""A list as it is taken along: spreadsheet, text table, PDF and calendar, each numbered and marked with who took it out."""
