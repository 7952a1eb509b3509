"""Siegfried (pygfried) over the files named on standard input, one a line: JSON, the matches of each, and the seconds it took."""
import json
import sys
import time

import pygfried

files = sys.stdin.read().splitlines()
started = time.perf_counter()
answer = pygfried.identify_many(files)
seconds = time.perf_counter() - started
json.dump(
    {
        "signature": answer["identifiers"][0]["details"],
        "seconds": seconds,
        "files": {
            file["filename"]: [{"puid": match["id"], "basis": match["basis"], "warning": match["warning"]} for match in file["matches"]]
            for file in answer["files"]
        },
    },
    sys.stdout,
)
