"""Executes the notebooks of a folder, two at a time, and prints one line for each: execute-notebooks.py FOLDER"""

import asyncio
import os
import pathlib
import re
import subprocess
import sys
import time
import warnings

import nbclient
import nbformat

AT_A_TIME = 2
SECONDS_FOR_A_NOTEBOOK = 180
SECONDS_FOR_A_START = (10, 20, 40)


class PatientClient(nbclient.NotebookClient):
    """A client that does not speak before the kernel listens: version 3.0.1 hangs if a message comes while it starts."""

    async def async_start_new_kernel_client(self):
        for _ in range(300):
            try:
                _, writer = await asyncio.open_connection(self.km.ip, self.km.shell_port)
                writer.close()
                break
            except OSError:
                await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        return await super().async_start_new_kernel_client()


def plain(text):
    """Removes the colours of a terminal, and HTML."""
    return re.sub(r"<style>.*?</style>|<[^>]*>", "", re.sub(r"\x1b\[[0-9;]*m", "", text), flags=re.DOTALL).strip()


def read(path):
    """Reads a notebook, and rejects what nbformat would repair."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        nbformat.validate(notebook)
    return notebook


async def run_cells(path, log):
    """Executes a notebook. A kernel that did not start is started again."""
    for seconds in SECONDS_FOR_A_START:
        notebook = read(path)
        client = PatientClient(
            notebook, timeout=None, startup_timeout=seconds, resources={"metadata": {"path": str(path.parent)}})
        try:
            await client.async_execute(stdout=log, stderr=subprocess.STDOUT)
            return notebook
        except RuntimeError as e:
            # Both come before the first cell: no answer in time, or the end of the kernel, for example because another program took its port.
            started = not re.search("respond|died before replying", str(e))
            if started or seconds == SECONDS_FOR_A_START[-1]:
                raise
        finally:
            nbformat.write(notebook, path.parent / "executed" / path.name)


def verdict(notebook):
    """Returns what the last cell says about the claims."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "execute_result":
                raise ValueError("a cell shows a value by accident: " + cell.source.strip().splitlines()[-1])
    said = " ".join(plain(output.get("data", {}).get("text/html", "")) for output in notebook.cells[-1].outputs)
    if not re.search(r"\d claims hold", said):
        raise ValueError("the last cell does not say how many claims hold: " + said)
    return said


async def execute(path, turn):
    """Executes a notebook when it is its turn, prints its line, and returns whether it passed."""
    async with turn:
        start = time.monotonic()
        passed = False
        try:
            with open(path.parent / "executed" / (path.stem + ".log"), "wb") as log:
                text = verdict(await asyncio.wait_for(run_cells(path, log), SECONDS_FOR_A_NOTEBOOK))
            passed = True
        except nbclient.exceptions.CellExecutionError as e:
            text = plain(str(e))
        except Exception as e:  # any other fault fails this notebook, not the rest
            text = f"{type(e).__name__}: {e}"
        seconds = time.monotonic() - start
        if seconds >= SECONDS_FOR_A_NOTEBOOK:
            passed, text = False, f"not finished after {SECONDS_FOR_A_NOTEBOOK} s"
        print(f"{'ok' if passed else 'FAILS':5} {seconds:6.1f} s  {path.stem}: {text}", flush=True)
        return passed


async def main():
    folder = pathlib.Path(sys.argv[1])
    notebooks = sorted(folder.glob("*.ipynb"))
    if not notebooks:
        sys.exit(f"There is no notebook in {folder}.")
    (folder / "executed").mkdir(exist_ok=True)
    start = time.monotonic()
    turn = asyncio.Semaphore(AT_A_TIME)
    passed = await asyncio.gather(*(execute(path, turn) for path in notebooks))
    failed = [path.stem for path, ok in zip(notebooks, passed) if not ok]
    print(f"{len(notebooks)} notebooks in {time.monotonic() - start:.0f} s, {len(failed)} failed{': ' if failed else ''}{', '.join(failed)}")
    return 1 if failed else 0


status = asyncio.run(main())
sys.stdout.flush()
# Skips nbclient's functions for the exit, which complain about kernels that were started twice. All kernels have ended.
os._exit(status)
