"""Processor time of a training epoch: the library from scratch (ScratchSpeed.java) and the same loops in NumPy, on one thread each.

    python3 benchmarks/python/scratch.py --data DIR [--rounds N] [--class-path PATH]

Run from the repository's root. DIR has the folders mnist and mnist1d with the published files. The programs take turns, N times (5 by
default), each in a process of its own. The first third of its epochs is left out, since it warms up. NumPy computes in float64, as the
library does, and in float32 for comparison.
"""
import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import time

ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
# Widths of the network and epochs of a round.
TASKS = {"MNIST softmax regression": ("784-10", 9), "MNIST-1D perceptron": ("40-100-100-10", 150)}


def epochs_in_numpy(widths, rows, epochs, dtype):
    """Prints the seconds of each epoch of stochastic gradient descent with batches of 100 and learning rate 0.1."""
    import numpy
    numbers = numpy.fromfile(rows).reshape(-1, widths[0] + 1)
    inputs, classes = numbers[:, :-1].astype(dtype), numbers[:, -1].astype(int)
    targets = numpy.eye(widths[-1], dtype=dtype)[classes]
    random = numpy.random.default_rng(1)
    weights = [(random.normal(size=(n, m)) * (2 / n) ** 0.5).astype(dtype) for n, m in zip(widths, widths[1:])]
    biases = [numpy.zeros(m, dtype) for m in widths[1:]]
    for _ in range(epochs):
        start = time.process_time()
        order, total = random.permutation(len(inputs)), 0
        for first in range(0, len(inputs), 100):
            batch = order[first:first + 100]
            x, t = inputs[batch], targets[batch]
            states = [x]
            for w, b in zip(weights[:-1], biases[:-1]):
                state = states[-1] @ w
                state += b
                states.append(numpy.maximum(state, 0, out=state))
            logits = states[-1] @ weights[-1]
            logits += biases[-1]
            logits -= logits.max(1, keepdims=True)
            exponentials = numpy.exp(logits)
            sums = exponentials.sum(1, keepdims=True)
            total += (numpy.log(sums).sum() - (t * logits).sum())
            gradient = (exponentials / sums - t) / len(batch)
            for i in reversed(range(len(weights))):
                for_weights, for_bias = states[i].T @ gradient, gradient.sum(0)
                if i > 0:
                    gradient = gradient @ weights[i].T
                    gradient *= states[i] > 0
                weights[i] -= 0.1 * for_weights
                biases[i] -= 0.1 * for_bias
        print(time.process_time() - start, flush=True)


def write_rows(data, folder):
    """Writes each data set as float64 rows of an example and its class, and returns the files."""
    import numpy
    def idx(name, skip):
        return numpy.frombuffer(gzip.open(os.path.join(data, "mnist", name)).read(), numpy.uint8, offset=skip)
    images = idx("train-images-idx3-ubyte.gz", 16).reshape(-1, 784) / 255
    labels = idx("train-labels-idx1-ubyte.gz", 8)
    lines = gzip.open(os.path.join(data, "mnist1d", "mnist1d.csv.gz"), "rt").read().splitlines()
    signals = numpy.array([[float(x) for x in line.split(",")[2:]] + [float(line.split(",")[1])]
                           for line in lines if line.startswith("train,")])
    files = [os.path.join(folder, name) for name in ("mnist", "mnist1d")]
    numpy.column_stack([images, labels]).astype("<f8").tofile(files[0])
    signals.astype("<f8").tofile(files[1])
    return files


def seconds(*command):
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **ONE_THREAD})
    epochs = [float(line) for line in printed.stdout.split()]
    return statistics.median(epochs[len(epochs) // 3:])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--class-path")
    arguments = parser.parse_args()
    if not arguments.class_path:
        from compare import class_path
        arguments.class_path = ":".join(class_path())
    with tempfile.TemporaryDirectory() as folder:
        for (title, (widths, epochs)), file in zip(TASKS.items(), write_rows(arguments.data, folder)):
            java = ["java", "-Xmx2g", "-cp", arguments.class_path, "dev.jzoo.benchmarks.ScratchSpeed", widths, file, str(epochs)]
            numpy = [sys.executable, __file__, "numpy", widths, file, str(epochs)]
            rounds = [(seconds(*numpy, "float64"), seconds(*java), seconds(*numpy, "float32")) for _ in range(arguments.rounds)]
            print(f"\n{title:28} {'ms/epoch':>9} {'speed against NumPy':>20}  of the rounds")
            for column, name in enumerate(("NumPy, float64", "from scratch, in Java", "NumPy, float32")):
                ratios = sorted(each[0] / each[column] for each in rounds)
                median = statistics.median(each[column] for each in rounds)
                print(f"{name:28} {1000 * median:9.1f} {statistics.median(ratios):20.2f}  {ratios[0]:.2f} to {ratios[-1]:.2f}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["numpy"]:
        epochs_in_numpy([int(width) for width in sys.argv[2].split("-")], sys.argv[3], int(sys.argv[4]), sys.argv[5])
    else:
        main()
