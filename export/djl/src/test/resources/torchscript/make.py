"""Writes linear.pt, a compiled network as PyTorch saves it.

    python3 make.py
"""
import torch

torch.jit.script(torch.nn.Linear(4, 4)).save("linear.pt")
