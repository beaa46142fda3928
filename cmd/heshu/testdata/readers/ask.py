# Asks the questions on standard input (a JSON list of SQL) and prints the rows of each as JSON.
import json
import sys

import duckdb

db = duckdb.connect(sys.argv[1], read_only=True)
print(json.dumps([[list(row) for row in db.execute(q).fetchall()] for q in json.load(sys.stdin)]))
