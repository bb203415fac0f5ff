// Holds YAML files to a JSON schema, all in one process: what a team with Node would do. Given the
// schema and folders or files; says at the end how many fit.
const fs = require("fs");
const path = require("path");
const Ajv = require("ajv");
const yaml = require("js-yaml");

const [schema, ...roots] = process.argv.slice(2);
const validate = new Ajv({ allErrors: true, strict: false, logger: false }).compile(
  JSON.parse(fs.readFileSync(schema, "utf8")),
);
const files = (root) =>
  fs.statSync(root).isDirectory()
    ? fs.readdirSync(root).flatMap((name) => files(path.join(root, name)))
    : [root];
const all = roots.flatMap(files);
// Dates stay texts, as the schema has them.
const fits = (file) => validate(yaml.load(fs.readFileSync(file, "utf8"), { schema: yaml.CORE_SCHEMA }));
console.log(`${all.filter(fits).length} of ${all.length} files fit`);
