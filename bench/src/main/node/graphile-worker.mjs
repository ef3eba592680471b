import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";

const CHUNK = 5000;

// graphile-worker: deletes a job when it is done.
export class Contender {
  // It would print a line for each job.
  logger = new Logger(() => () => {});

  constructor(connectionString, options, ledger) {
    this.connectionString = connectionString;
    this.options = options;
    this.ledger = ledger;
    this.pool = new pg.Pool({ connectionString, max: 2 });
  }

  async open() {
    this.utils = await makeWorkerUtils({ connectionString: this.connectionString, logger: this.logger });
    await this.utils.migrate();
  }

  async enqueue(from, count) {
    for (let at = from; at < from + count; at += CHUNK) {
      const jobs = [];
      for (let n = at; n < Math.min(from + count, at + CHUNK); n++) {
        jobs.push({ identifier: "noop", payload: { n } });
      }
      await this.utils.addJobs(jobs);
    }
  }

  async enqueueOne(n) {
    await this.utils.addJob("noop", { n });
  }

  async start() {
    const worker = { connectionString: this.connectionString, logger: this.logger };
    const { concurrency, localQueue, completeBatchDelay, connections } = this.options;
    if (concurrency) worker.concurrentJobs = concurrency;
    if (connections) worker.maxPoolSize = connections;
    if (localQueue) worker.localQueue = { size: localQueue };
    if (completeBatchDelay !== undefined) {
      worker.completeJobBatchDelay = completeBatchDelay;
      worker.failJobBatchDelay = completeBatchDelay;
    }
    this.runner = await run({
      preset: { worker },
      noHandleSignals: true,
      taskList: {
        noop: (payload) => {
          this.ledger.ran(payload.n);
        },
      },
      parsedCronItems: [],
    });
  }

  async stop() {
    await this.runner?.stop();
    this.runner = undefined;
  }

  async anyOpen() {
    const { rows } = await this.pool.query("SELECT EXISTS (SELECT FROM graphile_worker._private_jobs) AS open");
    return rows[0].open;
  }

  async close() {
    await this.stop();
    await this.utils.release();
    await this.pool.end();
  }
}
