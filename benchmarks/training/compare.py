"""Seconds an epoch of the recipe mnist-logistic: DJL and DL4J through `jzoo train`, PyTorch through softmax.py.

    python3 benchmarks/training/compare.py [ROUNDS]

Run from the repository's root, with MNIST in reach (JZOO_MIRROR or the network) and PyTorch installed. The three run in
turn, ROUNDS times (3 if not said); the first epoch of each run is left out, since it warms up.
"""
import csv
import glob
import os
import statistics
import subprocess
import sys
import tempfile

EPOCHS = 6


def pytorch(mnist):
    script = os.path.join(os.path.dirname(__file__), "softmax.py")
    printed = subprocess.run([sys.executable, script, mnist, str(EPOCHS)], check=True, capture_output=True, text=True)
    return [float(line.split()[0]) for line in printed.stdout.splitlines()][1:]


def jzoo(engine):
    with tempfile.TemporaryDirectory() as runs:
        subprocess.run(["./jzoo", "train", "mnist-logistic", "--engine", engine, "--epochs", str(EPOCHS), "--out", runs],
                       check=True, capture_output=True)
        with open(glob.glob(f"{runs}/*/history.csv")[0]) as file:
            return [float(row["seconds"]) for row in csv.DictReader(file)][1:]


def main(rounds):
    printed = subprocess.run(["./jzoo", "dataset", "get", "mnist"], check=True, capture_output=True, text=True)
    mnist = os.path.dirname(printed.stdout.split()[0])
    seconds = {"PyTorch": [], "DJL": [], "DL4J": []}
    for _ in range(rounds):
        seconds["PyTorch"] += pytorch(mnist)
        seconds["DJL"] += jzoo("djl")
        seconds["DL4J"] += jzoo("dl4j")
    reference = statistics.median(seconds["PyTorch"])
    print(f"{'':8} {'s/epoch':>8} {'images/s':>9} {'speed against PyTorch':>22}")
    for name, values in seconds.items():
        median = statistics.median(values)
        print(f"{name:8} {median:8.3f} {60000 / median:9.0f} {reference / median:22.2f}")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
