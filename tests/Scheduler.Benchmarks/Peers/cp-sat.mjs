// Answers models line by line: a CpModelProto as JSON comes in, what CP-SAT says of it goes out. One worker, and only the solver's own time is told.
// Less probing than it does by default: it takes most of the time of models as small as these, and tells it little.
import readline from 'node:readline';
import { CpSat } from 'or-tools-wasm/cp-sat';

const seconds = Number(process.argv[2]);
for await (const line of readline.createInterface({ input: process.stdin })) {
  const model = await CpSat.createModel(JSON.parse(line));
  const { response } = await CpSat.solve(model, { numSearchWorkers: 1, maxTimeInSeconds: seconds, presolveProbingDeterministicTimeLimit: 0.02, maxPresolveIterations: 1 });
  process.stdout.write(JSON.stringify({
    status: String(response.status),
    solution: (response.solution ?? []).map(Number),
    bound: response.bestObjectiveBound ?? 0,
    seconds: response.wallTime ?? 0,
  }) + '\n');
}
process.exit(0);
