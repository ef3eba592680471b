import { writeFileSync } from "node:fs";

const ROW = 20;

// Counts in memory how often this process ran each job, and when first. Times are the machine's monotonic clock in
// nanoseconds, which its processes share.
export class Ledger {
  distinct = 0;

  constructor(capacity) {
    this.runs = new Int32Array(capacity);
    this.firstStarts = new Float64Array(capacity);
    this.enqueued = new Float64Array(capacity);
    this.origin = Number(process.hrtime.bigint()) - performance.now() * 1e6;
  }

  now() {
    return Math.round(this.origin + performance.now() * 1e6);
  }

  ran(job) {
    if (this.runs[job]++ === 0) {
      this.firstStarts[job] = this.now();
      this.distinct++;
    }
  }

  enqueues(job) {
    this.enqueued[job] = this.now();
  }

  // For each of these jobs: runs (4 bytes), first start and enqueuing (8 bytes each, 0 for never), little-endian.
  write(file, from, to) {
    const rows = Buffer.alloc(Math.max(0, to - from) * ROW);
    for (let job = from, at = 0; job < to; job++, at += ROW) {
      rows.writeInt32LE(this.runs[job] ?? 0, at);
      rows.writeBigInt64LE(BigInt(this.firstStarts[job] ?? 0), at + 4);
      rows.writeBigInt64LE(BigInt(this.enqueued[job] ?? 0), at + 12);
    }
    writeFileSync(file, rows);
  }
}
