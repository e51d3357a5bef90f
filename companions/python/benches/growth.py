"""Time and memory by the number of rows: both of a Parquet file that is read batch by batch.

    python companions/python/benches/growth.py 1 5 20

The arguments are millions of rows. Each size runs in a process of its own, so that its peak of
memory is its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import pyarrow as pa
import pyarrow.parquet as pq
from strings import tc_strings

from consent_string import arrow

MILLION = 1_000_000
BATCH = 65_536


def write(path: str, millions: int) -> None:
    strings = pa.array(tc_strings(20_000))
    group = pa.table({"tc": pa.concat_arrays([strings] * 5)})
    with pq.ParquetWriter(path, group.schema, compression="zstd", use_dictionary=False) as file:
        for _ in range(millions * MILLION // len(group)):
            file.write_table(group)


def read(path: str) -> dict[str, float]:
    start, processor, kernel, rows, allowed = time.perf_counter(), time.process_time(), 0.0, 0, 0
    for batch in pq.ParquetFile(path, pre_buffer=False).iter_batches(BATCH):
        asked = time.thread_time()
        answers = pa.array(arrow.tcf_permits(batch.column(0), 755, 4))
        kernel += time.thread_time() - asked
        rows += len(answers)
        allowed += answers.field(0).true_count
    return {
        "rows": rows,
        "allowed": allowed,
        "seconds": round(time.perf_counter() - start, 2),
        "processor_seconds": round(time.process_time() - processor, 2),
        "kernel_seconds": round(kernel, 2),
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def main() -> None:
    if sys.argv[1] == "--read":
        print(json.dumps(read(sys.argv[2])))
        return
    with tempfile.TemporaryDirectory() as folder:
        for millions in map(int, sys.argv[1:]):
            path = os.path.join(folder, "strings.parquet")
            write(path, millions)
            subprocess.run([sys.executable, __file__, "--read", path], check=True)


if __name__ == "__main__":
    main()
