"""Processor time and page faults of training in DJL, by what glibc is told to keep (see ./jzoo).

    python3 benchmarks/python/kept.py [--rounds N] [RECIPE]

Run from the repository's root, with the recipe's data in reach. Takes what "./jzoo train RECIPE --limit 5120 --epochs 1" does, training
and measurement, N times (once if not said) each without the variables of ./jzoo, with all but MALLOC_ARENA_MAX, and with all.
"""
import argparse
import os
import resource
import subprocess
import tempfile

from compare import KEPT, class_path

WAYS = {"none of the four": [], "the first three": [name for name in KEPT if name != "MALLOC_ARENA_MAX"], "all four": list(KEPT)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("recipe", nargs="?", default="cifar10-mini-alexnet-bn")
    arguments = parser.parse_args()
    train = ["java", "-cp", ":".join(class_path()), "dev.jzoo.cli.Main", "train", arguments.recipe, "--limit", "5120", "--epochs", "1"]
    others = {name: value for name, value in os.environ.items() if name not in KEPT}
    print(f"{'':16} {'program':>9} {'kernel':>8} {'page faults':>14}")
    for _ in range(arguments.rounds):
        for way, names in WAYS.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            with tempfile.TemporaryDirectory() as runs:
                subprocess.run([*train, "--out", runs], check=True, capture_output=True,
                               env={**others, **{name: KEPT[name] for name in names}})
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            print(f"{way:16} {after.ru_utime - before.ru_utime:7.0f} s {after.ru_stime - before.ru_stime:6.1f} s"
                  f" {(after.ru_minflt - before.ru_minflt) / 1e6:6.1f} million", flush=True)


main()
