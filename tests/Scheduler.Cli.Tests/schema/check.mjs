// Reads {schema, files: [{name, text}]} from standard input and prints, for each file, what two programs that are not ours say: 'yaml' reads
// the text as editors do, 'ajv' judges it by the schema. 'unreadable' is text that is no YAML to begin with.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { parseDocument } from 'yaml';

const { schema, files } = JSON.parse(readFileSync(0, 'utf8'));
const validate = new Ajv({ strict: true, strictTypes: false, allErrors: false }).compile(JSON.parse(schema));
const answers = files.map(({ name, text }) => {
  const document = parseDocument(text, { stringKeys: true });
  if (document.errors.length > 0) {
    return { name, answer: 'unreadable' };
  }
  const valid = validate(document.toJS());
  const first = valid ? null : validate.errors[0];
  return { name, answer: valid ? 'valid' : 'invalid', because: first && `${first.instancePath} ${first.message} ${JSON.stringify(first.params)}` };
});
process.stdout.write(JSON.stringify(answers));
