"""The recipe mnist-logistic in PyTorch: the same loop, the same data, one thread.

    python3 softmax.py FOLDER EPOCHS

FOLDER holds MNIST's train-images-idx3-ubyte and train-labels-idx1-ubyte, decompressed. Prints the seconds of each epoch's
training, one a line, and the mean loss.
"""
import sys
import time

import torch
from torch.nn.functional import cross_entropy

torch.set_num_threads(1)
torch.manual_seed(1)


def idx(path, header):
    with open(path, "rb") as file:
        return torch.frombuffer(bytearray(file.read()[header:]), dtype=torch.uint8)


def main(folder, epochs):
    images = idx(f"{folder}/train-images-idx3-ubyte", 16).reshape(-1, 784).float() / 255
    labels = idx(f"{folder}/train-labels-idx1-ubyte", 8).long()
    linear = torch.nn.Linear(784, 10)
    torch.nn.init.xavier_uniform_(linear.weight)
    torch.nn.init.zeros_(linear.bias)
    sgd = torch.optim.SGD(linear.parameters(), lr=0.1)
    for _ in range(epochs):
        order = torch.randperm(len(images))
        total = 0.0
        start = time.perf_counter()
        for batch in order.split(100):
            loss = cross_entropy(linear(images[batch]), labels[batch])
            sgd.zero_grad()
            loss.backward()
            sgd.step()
            total += loss.item() * len(batch)
        print(f"{time.perf_counter() - start:.4f} {total / len(images):.6f}")


main(sys.argv[1], int(sys.argv[2]))
