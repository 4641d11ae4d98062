#!/usr/bin/env python3
"""Writes the .pt files of this folder with PyTorch (made with 1.13; needs torch and numpy). The tests need no Python.

usage: make_pickles.py [FOLDER]

Numbers are such that a test can make them again: counting, or the formula of FormulaWeights.cs.
"""
import argparse
import collections
import pathlib
import sys

import numpy as np
import torch

here = pathlib.Path(__file__).parent
out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here


def save(name, value, legacy=True, **how):
    torch.save(value, out / f"{name}.zip.pt", **how)
    if legacy:
        torch.save(value, out / f"{name}.legacy.pt", _use_new_zipfile_serialization=False, **how)


def unit(name, shape):
    """FNV-1a of the name, a Weyl sequence, murmur3's final mix: u in [-1, 1)."""
    n = int(np.prod(shape))
    seed = 0x811C9DC5
    for b in name.encode():
        seed = ((seed ^ b) * 0x01000193) & 0xFFFFFFFF
    x = ((np.uint64(seed) + np.arange(n, dtype=np.uint64) * np.uint64(2654435769)) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        x = ((x ^ (x >> np.uint32(shift))) * np.uint32(factor)).astype(np.uint32)
    u = ((x >> np.uint32(8)).astype(np.float64) * 2.0**-23 - 1.0).astype(np.float32)
    return torch.from_numpy(u.reshape(shape))


def types():
    names = "float64 float32 float16 bfloat16 int64 int32 int16 int8 uint8 bool".split()
    save("types", {n: torch.arange(6).reshape(2, 3).to(getattr(torch, n)) for n in names})


def views():
    base = torch.arange(24, dtype=torch.float32)
    save("views", {
        "base": base,
        "again": base,
        "matrix": base.view(4, 6),
        "transposed": base.view(4, 6).t(),
        "column": base.view(4, 6)[:, 2],
        "middle": base[5:11],
        "every_third": base[1::3],
        "repeated": base[7:8].expand(2, 3),
        "scalar": torch.tensor(2.5),
        "none": torch.empty(0, 3),
        "parameter": torch.nn.Parameter(base[:2]),
        "frozen": torch.nn.Parameter(torch.tensor([3]), requires_grad=False),
        "storage": torch.FloatStorage([1.0, 2.0]),
    })


def nested():
    net = torch.nn.DataParallel(torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.BatchNorm1d(1)))
    for i, p in enumerate(net.state_dict().values()):
        p.fill_(i + 1)
    value = {
        "net": net.state_dict(),
        "list": [torch.ones(1), {"x": torch.zeros(2, dtype=torch.int64)}],
        "args": argparse.Namespace(size=256, lr=0.002, name="größe", resume=None, flag=True, betas=(0.0, 0.99), big=2**40, small=-70000),
        "shape": torch.Size([2, 3]),
        "device": torch.device("cuda", 0),
        "type": torch.float16,
        "ordered": collections.OrderedDict(a=1, b=[1, 2, 300]),
    }
    save("nested", value)
    for protocol in (3, 4, 5):
        save(f"nested{protocol}", value, legacy=protocol == 4, pickle_protocol=protocol)


def lia():
    """What LIA's trainer saves, of a network as small as can be; parameters in reverse, to see that names decide."""
    rows = [line.rstrip("\n").split("\t") for line in open(here / "lia_tiny_keys.tsv")]
    nets, optims = {}, {}
    for net in ("gen", "dis"):
        state, moments = collections.OrderedDict(), {}
        for _, name, shape, kind in reversed([r for r in rows if r[0] == net]):
            shape = [int(s) for s in shape.split(",")]
            if kind == "buffer":
                gain = 4 if name.startswith("dec.") else 1
                state[name] = torch.from_numpy(np.outer([1, 3, 3, 1], [1, 3, 3, 1]).astype(np.float32) * np.float32(gain / 64))
                continue
            scale, shift = (0.25, 1) if name.endswith("modulation.bias") else (0.25, 0) if name.endswith("bias") else (1.75, 0)
            state[name] = unit(name, shape) * scale + shift
            number = len(moments)
            # Torch before 1.12 counts steps in an int, later in a tensor.
            step = 7 if net == "gen" else torch.tensor(9.0)
            moments[number] = {"step": step, "exp_avg": unit("exp_avg " + name, shape), "exp_avg_sq": unit("exp_avg_sq " + name, shape) ** 2}
            if name == "dec.to_rgb1.bias":
                moments[number] = None  # never had a gradient, so Adam has no state of it
        ratio = 4 / 5 if net == "gen" else 16 / 17
        group = {"lr": 0.002 * ratio, "betas": (0.0, 0.99**ratio), "eps": 1e-8, "weight_decay": 0, "amsgrad": False, "params": list(range(len(moments)))}
        nets[net] = state
        optims[net] = {"state": {k: v for k, v in moments.items() if v}, "param_groups": [group]}
    args = argparse.Namespace(iter=800000, size=8, batch_size=32, lr=0.002, latent_dim_style=4, latent_dim_motion=3, resume_ckpt=None, exp_name="v1")
    torch.save({"gen": nets["gen"], "dis": nets["dis"], "g_optim": optims["gen"], "d_optim": optims["dis"], "args": args},
               out / "lia-tiny.legacy.pt", _use_new_zipfile_serialization=False)
    # Saved without taking DistributedDataParallel off, and in half.
    torch.save({"gen": collections.OrderedDict(("module." + k, v.half()) for k, v in nets["gen"].items())}, out / "lia-tiny-half.zip.pt")


types()
views()
nested()
lia()
