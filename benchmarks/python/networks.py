"""The networks of some recipes in PyTorch, trained by the loop that its users write, eager.

    python3 networks.py RECIPE STEPS EPOCHS

Prints the seconds of each step, one a line: batch, gradients and update. What the values of the data are does not matter to the speed, so
they are drawn: standardised pictures that lie in memory, already augmented, and characters.
"""
import sys
import time

import torch
from torch import nn
from torch.nn.functional import cross_entropy


def normalised(channels, filters):
    return [nn.Conv2d(channels, filters, 3, padding=1, bias=False), nn.BatchNorm2d(filters), nn.ReLU()]


def plain(channels, filters):
    return [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU()]


def mini_alexnet(convolution):
    return nn.Sequential(
        *convolution(3, 64), nn.MaxPool2d(2),
        *convolution(64, 192), nn.MaxPool2d(2),
        *convolution(192, 384), *convolution(384, 256), *convolution(256, 256), nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(4096, 1024), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(1024, 1024), nn.ReLU(), nn.Dropout(0.5),
        nn.Linear(1024, 10))


class Residual(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.inside = nn.Sequential(
            nn.Conv2d(channels, filters, 3, stride, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU(),
            nn.Conv2d(filters, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters))
        self.shortcut = nn.Sequential() if channels == filters else nn.Sequential(
            nn.Conv2d(channels, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))

    def forward(self, x):
        return torch.relu(self.inside(x) + self.shortcut(x))


def resnet20():
    layers = normalised(3, 16)
    channels = 16
    for filters in (16, 32, 64):
        for block in range(3):
            layers.append(Residual(channels, filters, 2 if block == 0 and filters > 16 else 1))
            channels = filters
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


class Characters(nn.Module):
    """An LSTM that goes on from the state of the last window, which gradients do not pass."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(65, 32)
        self.lstm = nn.LSTM(32, 128, batch_first=True)
        self.dropout = nn.Dropout(0.1)
        self.dense = nn.Linear(128, 65)
        self.state = None

    def forward(self, ids):
        sequence, state = self.lstm(self.embedding(ids), self.state)
        self.state = tuple(part.detach() for part in state)
        return self.dense(self.dropout(sequence)).flatten(0, 1)


def pictures(count):
    return torch.randn(count, 3, 32, 32), torch.randint(10, (count,))


def windows(count):
    text = torch.randint(65, (count, 101))
    return text[:, :-1], text[:, 1:]


RECIPES = {
    "mnist-logistic": (1, 100, lambda: nn.Linear(784, 10), lambda n: (torch.rand(n, 784), torch.randint(10, (n,))),
                       lambda p: torch.optim.SGD(p, lr=0.1)),
    "cifar10-mini-alexnet": (0, 128, lambda: mini_alexnet(plain), pictures, lambda p: torch.optim.Adam(p, lr=5e-4)),
    "cifar10-resnet20": (0, 128, resnet20, pictures,
                         lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=5e-4)),
    "shakespeare-lstm": (0, 64, Characters, windows, lambda p: torch.optim.Adam(p, lr=5e-3)),
}


def main(recipe, steps, epochs):
    threads, batch, build, data, optimiser = RECIPES[recipe]
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = build()
    inputs, targets = data(steps * batch)
    optimiser = optimiser(network.parameters())
    last = time.perf_counter()
    for chosen in [chosen for _ in range(epochs) for chosen in torch.randperm(steps * batch).split(batch)]:
        loss = cross_entropy(network(inputs[chosen]), targets[chosen].flatten())
        optimiser.zero_grad()
        loss.backward()
        if recipe == "shakespeare-lstm":
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        loss.item()
        now = time.perf_counter()
        print(f"{now - last:.6f}")
        last = now


main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
