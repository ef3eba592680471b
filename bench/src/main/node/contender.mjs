// A measured process, told what to do like ContenderMain on the JVM: its one argument is JSON, {system, url, capacity,
// options}; it reads commands from standard input, one JSON document a line, and answers each with a line that begins
// with "@ ". It ends when its input does.
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { Ledger } from "./ledger.mjs";

const OPEN_CHECK_MS = 2;

const given = JSON.parse(process.argv[2]);
const ledger = new Ledger(given.capacity);
const { Contender } = await import(`./${given.system}.mjs`);
const contender = new Contender(connectionString(given.url), given.options, ledger);

// jdbc:postgresql://host:port/name?user=…&password=… as Node's driver wants it.
function connectionString(jdbc) {
  const url = new URL(jdbc.replace(/^jdbc:/, ""));
  url.username = url.searchParams.get("user") ?? "";
  url.password = url.searchParams.get("password") ?? "";
  url.search = "";
  return url.toString();
}

// Waits until so many jobs ran and none is open in the database.
async function awaitJobs(target, stallSeconds) {
  let seen = -1;
  let since = performance.now();
  while (ledger.distinct < target) {
    if (ledger.distinct !== seen) {
      seen = ledger.distinct;
      since = performance.now();
    } else if (performance.now() - since > stallSeconds * 1000) {
      return { stalled: true, distinct: seen };
    }
    await sleep(1);
  }
  return settle(stallSeconds);
}

async function settle(stallSeconds) {
  const since = performance.now();
  while (await contender.anyOpen()) {
    if (performance.now() - since > stallSeconds * 1000) {
      return { stalled: true, distinct: ledger.distinct };
    }
    await sleep(OPEN_CHECK_MS);
  }
  return { stalled: false, distinct: ledger.distinct, ended: ledger.now() };
}

// Enqueues one at a time at an even rate, whether or not earlier ones are done.
async function produce(from, count, rate) {
  const start = performance.now();
  const calls = [];
  for (let i = 0; i < count; i++) {
    const due = start + (i * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 0) {
      await sleep(wait);
    }
    ledger.enqueues(from + i);
    calls.push(contender.enqueueOne(from + i));
  }
  await Promise.all(calls);
  return { seconds: (performance.now() - start) / 1000 };
}

// Works for a time with the backlog kept above a mark, and says how many jobs ran in each slice of it.
async function steady(from, seconds, backlog, sliceSeconds) {
  let next = from;
  const before = ledger.distinct;
  const refill = async (count) => {
    await contender.enqueue(next, count);
    next += count;
  };
  await refill(2 * backlog);
  await contender.start();
  const slices = [];
  const start = performance.now();
  let seen = before;
  while (performance.now() - start < seconds * 1000) {
    if (next - from - (ledger.distinct - before) < backlog) {
      await refill(backlog);
    } else {
      await sleep(OPEN_CHECK_MS);
    }
    if (performance.now() - start >= (slices.length + 1) * sliceSeconds * 1000) {
      slices.push(ledger.distinct - seen);
      seen = ledger.distinct;
    }
  }
  return { enqueued: next - from, slices };
}

async function answer(command) {
  const { from = 0, count = 0 } = command;
  switch (command.do) {
    case "open":
      await contender.open();
      return {};
    case "enqueue":
      await contender.enqueue(from, count);
      return {};
    case "start":
      await contender.start();
      return {};
    case "stop":
      await contender.stop();
      return {};
    case "await":
      return awaitJobs(count, command.stallSeconds);
    case "progress":
      return { distinct: ledger.distinct };
    case "settle":
      return settle(command.stallSeconds);
    case "produce":
      return produce(from, count, command.rate);
    case "steady":
      return steady(from, command.seconds, command.backlog, command.sliceSeconds);
    case "record":
      ledger.write(command.file, from, from + count);
      return {};
    case "close":
      await contender.close();
      return {};
    default:
      throw new Error(`no such command: ${command.do}`);
  }
}

const commands = createInterface({ input: process.stdin });
// Whoever started this process is done or has died: it ends, whatever it is at.
commands.on("close", () => process.exit(0));
for await (const line of commands) {
  let result;
  try {
    result = await answer(JSON.parse(line));
  } catch (e) {
    console.error(e);
    result = { error: String(e) };
  }
  process.stdout.write(`@ ${JSON.stringify(result)}\n`);
}
