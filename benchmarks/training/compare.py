"""Seconds an epoch of four recipes: DJL and DL4J through `jzoo train`, PyTorch through networks.py.

    python3 benchmarks/training/compare.py [--onednn] [--rounds N] [RECIPE ...]

Run from the repository's root, with the recipes' data in reach (JZOO_MIRROR or the network) and PyTorch installed. The
engines run in turn, N times (3 if not said); the first epoch of each run is left out, since it warms up. With --onednn DL4J
runs a fourth time, with the natives that have oneDNN in them (Linux, a processor with AVX2), which Maven fetches.
"""
import argparse
import csv
import glob
import os
import statistics
import subprocess
import sys
import tempfile

# Examples of an epoch: enough for a second or more, few enough that DL4J ends.
EXAMPLES = {"mnist-logistic": 60000, "cifar10-mini-alexnet": 1280, "cifar10-resnet20": 2560, "shakespeare-lstm": 1280}
EPOCHS = 3
HERE = os.path.dirname(__file__)
NATIVES = "nd4j-native-1.0.0-M2.1-linux-x86_64"


def pytorch(recipe):
    command = [sys.executable, os.path.join(HERE, "networks.py"), recipe, str(EXAMPLES[recipe]), str(EPOCHS)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True)
    return [float(line) for line in printed.stdout.splitlines()][1:]


def jzoo(recipe, engine, start=("./jzoo",), environment=None):
    with tempfile.TemporaryDirectory() as runs:
        subprocess.run([*start, "train", recipe, "--engine", engine, "--epochs", str(EPOCHS), "--limit",
                        str(EXAMPLES[recipe]), "--out", runs], check=True, capture_output=True,
                       env={**os.environ, **(environment or {})})
        with open(glob.glob(f"{runs}/*/history.csv")[0]) as file:
            return [float(row["seconds"]) for row in csv.DictReader(file)][1:]


def onednn():
    """The command jzoo with other natives of DL4J, and with the class that it asks whether they have oneDNN."""
    folder = "target/onednn"
    subprocess.run(["mvn", "-q", "-B", "dependency:copy", "-N", f"-DoutputDirectory={os.path.abspath(folder)}",
                    "-Dartifact=org.nd4j:nd4j-native:1.0.0-M2.1:jar:linux-x86_64-onednn-avx2"], check=True)
    libraries = [jar for jar in sorted(glob.glob("cli/target/lib/*.jar")) if os.path.basename(jar) != f"{NATIVES}.jar"]
    path = ":".join([folder, *glob.glob("cli/target/jzoo-cli-*.jar"), *libraries, f"{folder}/{NATIVES}-onednn-avx2.jar"])
    shim = os.path.join(HERE, "onednn/org/nd4j/nativeblas/Nd4jCpu$Environment.java")
    subprocess.run(["javac", "-cp", path, "-d", folder, shim], check=True)
    return ("java", "-Dorg.eclipse.deeplearning4j.helpers.disable=false", "-cp", path, "dev.jzoo.cli.Main")


def compare(recipe, rounds, natives):
    engines = {"PyTorch": lambda: pytorch(recipe), "DJL": lambda: jzoo(recipe, "djl"), "DL4J": lambda: jzoo(recipe, "dl4j")}
    if natives:
        engines["DL4J, oneDNN"] = lambda: jzoo(recipe, "dl4j", natives)
    seconds = {name: [] for name in engines}
    for _ in range(rounds):
        for name, run in engines.items():
            seconds[name] += run()
    reference = statistics.median(seconds["PyTorch"])
    print(f"\n{recipe:20} {'s/epoch':>8} {'examples/s':>11} {'speed against PyTorch':>22}")
    for name, values in seconds.items():
        median = statistics.median(values)
        print(f"{name:20} {median:8.3f} {EXAMPLES[recipe] / median:11.0f} {reference / median:22.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--onednn", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("recipes", nargs="*", default=list(EXAMPLES))
    arguments = parser.parse_args()
    subprocess.run(["./jzoo", "--version"], check=True, capture_output=True)
    natives = onednn() if arguments.onednn else None
    for recipe in arguments.recipes or EXAMPLES:
        compare(recipe, arguments.rounds, natives)


main()
