"""Loads a day's three files into DuckDB and joins them; prints times and breaks as JSON.

Usage: duckdb_day.py FOLDER-OF-CSV-FILES FOLDER-OF-SQL
"""

import json
import pathlib
import sys
import time

import duckdb

data, sql = map(pathlib.Path, sys.argv[1:3])
with duckdb.connect() as database:
    database.execute((sql / "tables.sql").read_text())
    start = time.perf_counter()
    for table in ("trades", "debit_book", "credit_book"):
        database.execute(f"COPY {table} FROM '{data / table}.csv' (HEADER false)")
    loaded = time.perf_counter()
    (breaks,) = database.execute((sql / "join.sql").read_text()).fetchone()
    joined = time.perf_counter()
print(json.dumps({"load": loaded - start, "join": joined - loaded, "breaks": breaks}))
