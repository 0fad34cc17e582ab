"""Seconds of a step of training of four recipes: DJL and DL4J by the recipes themselves (StepSpeed.java), PyTorch by networks.py.

    python3 benchmarks/python/compare.py [--onednn] [--only ENGINE] [--rounds N] [RECIPE ...]

Run from the repository's root, with the recipes' data in reach (JZOO_MIRROR or the network) and PyTorch installed. The engines run in
turn, N times (3 if not said), each in a process of its own, all with what ./jzoo tells glibc; the first third of its steps is left out,
since it warms up. With --onednn DL4J runs a second time, with the natives that have oneDNN in them (Linux, a processor with AVX2),
which Maven fetches. --only djl leaves DL4J out, whose steps take many times as long.
"""
import argparse
import os
import re
import statistics
import subprocess
import sys

# Steps of an epoch, epochs, and examples of a step.
STEPS = {"mnist-logistic": (600, 6, 100), "cifar10-mini-alexnet": (15, 1, 128), "cifar10-resnet20": (90, 1, 128),
         "shakespeare-lstm": (140, 1, 64)}
# Steps of an epoch for DL4J, where each takes many seconds.
FEWER = {"cifar10-resnet20": 24}
HERE = os.path.dirname(__file__)
STEP_SPEED = "dev.jzoo.benchmarks.StepSpeed"
KEPT = {"MALLOC_MMAP_THRESHOLD_": "4294967296", "MALLOC_TRIM_THRESHOLD_": "17179869184", "MALLOC_TOP_PAD_": "268435456",
        "MALLOC_ARENA_MAX": "1"}


def seconds(*command):
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                             env={**os.environ, **KEPT})
    steps = [float(line) for line in printed.stdout.split()]
    return steps[len(steps) // 3:]


def class_path():
    """Compiles the benchmarks and returns their class path as a list."""
    script = os.path.join(HERE, "..", "classpath.sh")
    printed = subprocess.run(["sh", script], check=True, stdout=subprocess.PIPE, text=True)
    return printed.stdout.strip().split(":")


def onednn(path):
    """The same with other natives of DL4J. The benchmarks have the class that it asks whether they have oneDNN."""
    folder = os.path.abspath("benchmarks/target/onednn")
    natives, version = next((jar, match[1]) for jar in path
                            if (match := re.search(r"/nd4j-native-(\d[^/]*)-linux-x86_64\.jar$", jar)))
    classifier = "linux-x86_64-onednn-avx2"
    subprocess.run(["mvn", "-q", "-B", "dependency:copy", "-N", f"-DoutputDirectory={folder}",
                    f"-Dartifact=org.nd4j:nd4j-native:{version}:jar:{classifier}"], check=True)
    return [*(jar for jar in path if jar != natives), f"{folder}/nd4j-native-{version}-{classifier}.jar"]


def compare(recipe, rounds, path, natives, only):
    steps, epochs, batch = STEPS[recipe]

    def java(engine, jars, *options):
        count = FEWER.get(recipe, steps) if engine == "dl4j" else steps
        return lambda: seconds("java", *options, "-cp", ":".join(jars), STEP_SPEED, recipe, engine, str(count), str(epochs))

    engines = {"PyTorch": lambda: seconds(sys.executable, os.path.join(HERE, "networks.py"), recipe, str(steps), str(epochs)),
               "DJL": java("djl", path), "DL4J": java("dl4j", path)}
    if natives:
        engines["DL4J, oneDNN"] = java("dl4j", natives, "-Dorg.eclipse.deeplearning4j.helpers.disable=false")
    if only:
        engines = {name: run for name, run in engines.items() if name == "PyTorch" or name.lower().startswith(only)}
    taken = {name: [] for name in engines}
    for _ in range(rounds):
        for name, run in engines.items():
            taken[name].append(statistics.median(run()))
    print(f"\n{recipe:20} {'ms/step':>8} {'examples/s':>11} {'speed against PyTorch':>22}  {'of the rounds':>13}")
    for name, medians in taken.items():
        ratios = sorted(reference / median for reference, median in zip(taken["PyTorch"], medians))
        step = statistics.median(medians)
        print(f"{name:20} {1000 * step:8.2f} {batch / step:11.0f} {statistics.median(ratios):22.2f}"
              f"  {ratios[0]:5.2f} to {ratios[-1]:.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--onednn", action="store_true")
    parser.add_argument("--only", choices=["djl", "dl4j"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("recipes", nargs="*", default=list(STEPS))
    arguments = parser.parse_args()
    path = class_path()
    natives = onednn(path) if arguments.onednn else None
    for recipe in arguments.recipes or STEPS:
        compare(recipe, arguments.rounds, path, natives, arguments.only)


if __name__ == "__main__":
    main()
