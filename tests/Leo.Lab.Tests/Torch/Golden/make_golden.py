"""Writes layers.json: what PyTorch 1.13 computes for each case of LayerCases.cs, and the trainings of OptimizerGoldenTests.cs.

    /usr/bin/python3 make_golden.py

Inputs, parameters and the loss come from formulas, so only results are stored, as shape, sums and a few values:
  input k, element i      sin(1.7 i + k); whole numbers below n for the kind "i<n>"
  parameter j, element i  0.3 sin(0.9 i + 10 + j)
  loss                    sum of y[i] cos(0.5 i); where "second" is set, the squared norm of its gradient in input 0
"""
import json
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
CASES, OPTIM = [], []


def formula(shape, a, b, scale=1.0):
    i = np.arange(int(np.prod(shape)), dtype=np.float64)
    return (scale * np.sin(a * i + b)).reshape(shape)


def make_input(k, spec):
    kind, shape = spec[0], spec[1:]
    v = formula(shape, 1.7, float(k))
    if kind == "f":
        return torch.tensor(v, dtype=torch.float32, requires_grad=True)
    return torch.tensor(np.floor(np.abs(v) * int(kind[1:]) * 0.999), dtype=torch.int64)


def summary(t):
    a = t.detach().to(torch.float64).reshape(-1).numpy()
    n = len(a)
    some = [a[j] for j in sorted({0, n // 3, n // 2, 2 * n // 3, n - 1})]
    return {"shape": list(t.shape), "sum": float(a.sum()), "abs": float(np.abs(a).sum()), "some": [float(x) for x in some]}


def fill(module):
    with torch.no_grad():
        for j, p in enumerate(module.parameters()):
            p.copy_(torch.tensor(formula(tuple(p.shape), 0.9, 10.0 + j, 0.3)))


def run(name, make, inputs, second=False, evaluate=False):
    xs = [make_input(k, s) for k, s in enumerate(inputs)]
    record = {"name": name, "inputs": [[s[0], *map(str, s[1:])] for s in inputs], "second": second, "eval": evaluate}
    named = []
    if isinstance(make, nn.Module):
        fill(make)
        make.train(not evaluate)
        named = list(make.named_parameters())
    y = make(*xs)
    record["output"] = summary(y)
    loss = (y * torch.tensor(np.cos(0.5 * np.arange(y.numel())).reshape(tuple(y.shape)), dtype=torch.float32)).sum()
    if second:
        (g,) = torch.autograd.grad(loss, xs[0], create_graph=True)
        loss = (g * g).sum()
    loss.backward()
    targets = [(f"x{k}", x) for k, x in enumerate(xs) if x.requires_grad] + named
    record["grads"] = {n: summary(t.grad) for n, t in targets if t.grad is not None}
    record["buffers"] = {n: summary(b) for n, b in make.named_buffers()} if isinstance(make, nn.Module) else {}
    CASES.append(record)


IMG, SEQ, VOL, VEC = ("f", 2, 4, 6, 5), ("f", 2, 4, 9), ("f", 2, 4, 3, 4, 5), ("f", 3, 6)

# ---- modules
run("Linear", nn.Linear(6, 5), [VEC], second=True)
run("Conv1d", nn.Conv1d(4, 6, 3, 2, 1), [SEQ])
run("Conv1d/replicate", nn.Conv1d(4, 6, 3, padding=1, padding_mode="replicate"), [SEQ])
run("Conv2d", nn.Conv2d(4, 6, 3, 2, 1), [IMG], second=True)
run("Conv2d/replicate", nn.Conv2d(4, 6, 3, padding=1, padding_mode="replicate"), [IMG])
run("Conv3d", nn.Conv3d(4, 3, 2, 1, bias=False), [VOL])
run("GroupNorm", nn.GroupNorm(2, 4), [IMG])
run("LayerNorm", nn.LayerNorm([6]), [VEC])
run("BatchNorm1d", nn.BatchNorm1d(6), [VEC])
run("BatchNorm2d", nn.BatchNorm2d(4), [IMG])
run("BatchNorm2d/eval", nn.BatchNorm2d(4), [IMG], evaluate=True)
run("BatchNorm3d/eval", nn.BatchNorm3d(4, eps=1e-3), [VOL], evaluate=True)
run("SiLU", nn.SiLU(), [VEC])
run("Identity", nn.Identity(), [VEC])
run("Dropout/eval", nn.Dropout(0.3), [VEC], evaluate=True)
run("Sequential", nn.Sequential(nn.Linear(6, 4), nn.SiLU(), nn.Linear(4, 2)), [VEC])


def attention(q, k, v):
    return v.bmm(q.transpose(1, 2).bmm(k).softmax(-1).transpose(1, 2))


# ---- functions
for name, f, inputs, second in [
    ("linear", F.linear, [VEC, ("f", 5, 6), ("f", 5)], True),
    ("conv2d", lambda x, w: F.conv2d(x, w), [IMG, ("f", 3, 4, 3, 3)], True),
    ("conv2d/strided", lambda x, w, b: F.conv2d(x, w, b, 2, 1), [IMG, ("f", 6, 4, 3, 3), ("f", 6)], True),
    ("conv2d/depthwise", lambda x, w: F.conv2d(x, w, None, 1, (2, 1), 1, 4), [IMG, ("f", 4, 1, 4, 4)], True),
    ("conv3d", lambda x, w: F.conv3d(x, w, padding=1), [VOL, ("f", 2, 4, 3, 3, 3)], False),
    ("conv_transpose2d", lambda x, w: F.conv_transpose2d(x, w, None, 2), [IMG, ("f", 4, 3, 3, 3)], False),
    ("conv_transpose2d/depthwise", lambda x, w: F.conv_transpose2d(x, w, None, 2, 1, groups=4), [IMG, ("f", 4, 1, 4, 4)], False),
    ("pad", lambda x: F.pad(x, (1, 2, 0, 3), value=0.7), [IMG], False),
    ("pad/replicate", lambda x: F.pad(x, (2, 1, 1, 0), mode="replicate"), [IMG], False),
    ("interpolate/bilinear", lambda x: F.interpolate(x, size=(8, 9), mode="bilinear", align_corners=False), [IMG], False),
    ("interpolate/bicubic",
     lambda x: F.interpolate(x, size=(3, 2), mode="bicubic", align_corners=False, antialias=True), [IMG], False),
    ("grid_sample", lambda x, g: F.grid_sample(x, g, align_corners=False), [IMG, ("f", 2, 3, 4, 2)], False),
    ("leaky_relu", lambda x: F.leaky_relu(x, 0.2), [VEC], True),
    ("softplus", F.softplus, [VEC], True),
    ("silu", F.silu, [VEC], False),
    ("relu", F.relu, [VEC], False),
    ("max_pool2d", lambda x: F.max_pool2d(x, 3, 2), [IMG], False),
    ("max_pool3d", lambda x: F.max_pool3d(x, (1, 2, 2), (1, 2, 2)), [VOL], False),
    ("avg_pool2d", lambda x: F.avg_pool2d(x, 2, 2), [IMG], False),
    ("avg_pool3d", lambda x: F.avg_pool3d(x, (2, 2, 2), (1, 1, 1)), [VOL], False),
    ("adaptive_avg_pool2d", lambda x: F.adaptive_avg_pool2d(x, (3, 2)), [IMG], False),
    ("adaptive_avg_pool3d", lambda x: F.adaptive_avg_pool3d(x, (2, 1, 1)), [VOL], False),
    ("pixel_shuffle", lambda x: F.pixel_shuffle(x, 2), [IMG], False),
    ("pixel_unshuffle", lambda x: F.pixel_unshuffle(x, 2), [("f", 2, 3, 4, 6)], False),
    ("l1_loss", F.l1_loss, [VEC, ("f", 3, 6)], False),
    ("cross_entropy", lambda x, t: F.cross_entropy(x, t, ignore_index=2, reduction="sum"), [VEC, ("i6", 3)], False),
    ("attention", attention, [("f", 3, 4, 5), ("f", 3, 4, 5), ("f", 3, 4, 5)], False),
    ("var", lambda x: x.var(0, unbiased=False), [VEC], True),
]:
    run(name, f, inputs, second)


# ---- linear algebra, without what is known only up to signs
def square(x):
    x = x + x.square()
    return x @ x.t() + torch.eye(x.shape[0])


def qr(x):
    q, r = torch.linalg.qr(x + x.square())
    return q * torch.sign(torch.diagonal(r))


run("qr", qr, [("f", 6, 3)])
run("solve", lambda a, b: torch.linalg.solve(square(a), b), [("f", 4, 4), ("f", 4, 2)])
run("eigh", lambda x: torch.linalg.eigh(square(x))[0], [("f", 4, 4)])
run("eigvalsh", lambda x: torch.linalg.eigvalsh(square(x)), [("f", 4, 4)])
run("svd", lambda x: torch.linalg.svd(square(x))[1], [("f", 4, 4)])


# ---- ten steps of a small network
def train(name, make, clip=None):
    net = nn.Sequential(nn.Linear(6, 8), nn.SiLU(), nn.Linear(8, 2))
    fill(net)
    opt = make(net.parameters())
    losses, norms = [], []
    for s in range(10):
        x = torch.tensor(formula((5, 6), 1.7, s), dtype=torch.float32)
        y = torch.tensor(formula((5, 2), 1.3, s), dtype=torch.float32)
        opt.zero_grad()
        loss = (net(x) - y).square().mean()
        loss.backward()
        if clip:
            norms.append(float(nn.utils.clip_grad_norm_(net.parameters(), clip)))
        opt.step()
        losses.append(float(loss))
    OPTIM.append({"name": name, "losses": losses, "norms": norms, "parameters": {n: summary(p) for n, p in net.named_parameters()}})


train("Adam", lambda p: torch.optim.Adam(p, 0.01))
train("Adam/betas", lambda p: torch.optim.Adam(p, 0.01, (0.0, 0.99)))
train("Adam/clip", lambda p: torch.optim.Adam(p, 0.01), clip=0.1)


def tidy(x):
    if isinstance(x, float):
        return float(f"{x:.9g}")
    if isinstance(x, dict):
        return {k: tidy(v) for k, v in x.items()}
    return [tidy(v) for v in x] if isinstance(x, (list, tuple)) else x


def lines(rows):
    return "[\n" + ",\n".join(json.dumps(tidy(r), separators=(",", ":")) for r in rows) + "\n]"


with open(os.path.join(HERE, "layers.json"), "w") as f:
    f.write(f'{{"cases":{lines(CASES)},\n"trainings":{lines(OPTIM)}}}\n')
print(len(CASES), "cases,", len(OPTIM), "trainings")
