// Asks the questions on standard input (a JSON list of SQL) and prints the rows of each as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { DuckDBInstance } = createRequire(process.cwd() + "/")("@duckdb/node-api");
const db = await (await DuckDBInstance.create(process.argv[2], { access_mode: "READ_ONLY" })).connect();
const answers = [];
for (const q of JSON.parse(readFileSync(0, "utf8"))) answers.push((await db.runAndReadAll(q)).getRows());
console.log(JSON.stringify(answers));
