import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { PgBoss } from "pg-boss";

const CHUNK = 5000;
const QUEUE = "noop";
const DEFAULT_POLL_MS = 2000;

// pg-boss: keeps finished jobs as it keeps them by default.
export class Contender {
  constructor(connectionString, options, ledger) {
    this.options = options;
    this.ledger = ledger;
    this.pool = new pg.Pool({ connectionString, max: 2 });
    this.boss = new PgBoss({
      connectionString,
      ...(options.connections ? { max: options.connections } : {}),
      ...(options.batch ? { useListenNotify: true } : {}),
    });
    this.boss.on("error", (e) => console.error(e));
  }

  async open() {
    await this.boss.start();
    if (!(await this.boss.getQueue(QUEUE))) {
      await this.boss.createQueue(QUEUE, this.options.batch ? { notify: true } : {});
    }
  }

  async enqueue(from, count) {
    for (let at = from; at < from + count; at += CHUNK) {
      const jobs = [];
      for (let n = at; n < Math.min(from + count, at + CHUNK); n++) {
        jobs.push({ data: { n } });
      }
      await this.boss.insert(QUEUE, jobs);
    }
  }

  async enqueueOne(n) {
    await this.boss.send(QUEUE, { n });
  }

  async start() {
    const { batch, concurrency } = this.options;
    if (batch) {
      await this.boss.work(
        QUEUE,
        { batchSize: batch, burstWhenBatchFull: true, localConcurrency: concurrency, pollingIntervalSeconds: 0.5 },
        async (jobs) => {
          for (const job of jobs) {
            this.ledger.ran(job.data.n);
          }
        },
      );
    } else {
      this.stopping = false;
      this.loop = this.takeOneByOne();
    }
  }

  // `work` would take one job every two seconds; whoever wants more by default calls these two.
  async takeOneByOne() {
    while (!this.stopping) {
      const jobs = await this.boss.fetch(QUEUE);
      for (const job of jobs) {
        this.ledger.ran(job.data.n);
        await this.boss.complete(QUEUE, job.id);
      }
      if (jobs.length === 0) {
        await sleep(this.stopping ? 0 : DEFAULT_POLL_MS);
      }
    }
  }

  async stop() {
    if (this.options.batch) {
      await this.boss.offWork(QUEUE);
    } else {
      this.stopping = true;
      await this.loop;
    }
  }

  async anyOpen() {
    const { rows } = await this.pool.query(
      "SELECT EXISTS (SELECT FROM pgboss.job WHERE name = $1 AND state < 'completed') AS open",
      [QUEUE],
    );
    return rows[0].open;
  }

  async close() {
    await this.boss.stop();
    await this.pool.end();
  }
}
