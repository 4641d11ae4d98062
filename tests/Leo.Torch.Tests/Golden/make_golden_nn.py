"""Writes nn.json and nn-optim.json: what PyTorch 1.13 computes for each case of NnCases.cs and the optimiser tests.

    python3 make_golden_nn.py

Inputs, parameters and the loss come from formulas, so only results are stored, as shape, sums and a few values:
  input k, element i      sin(1.7 i + k), then as its kind says
  parameter j, element i  0.3 sin(0.9 i + 10 + j)
  loss                    Σ yᵢ cos(0.5 i)
"""
import json
import math
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
CASES = []


def formula(shape, a, b, scale=1.0):
    i = np.arange(int(np.prod(shape)), dtype=np.float64)
    return (scale * np.sin(a * i + b)).reshape(shape)


def make_input(k, spec):
    kind, shape = spec[0], spec[1:]
    v = formula(shape, 1.7, float(k))
    if kind == "f":
        return torch.tensor(v, dtype=torch.float32, requires_grad=True)
    if kind == "p":  # a probability
        return torch.tensor(0.5 + 0.45 * v, dtype=torch.float32, requires_grad=True)
    if kind == "q":  # a constant probability
        return torch.tensor(0.5 + 0.45 * v, dtype=torch.float32)
    if kind == "c":  # a constant
        return torch.tensor(v, dtype=torch.float32)
    if kind.startswith("i"):  # a class below the number that follows
        n = int(kind[1:])
        return torch.tensor(np.floor(np.abs(v) * n * 0.999), dtype=torch.int64)
    if kind == "b":
        return torch.tensor(v > -0.5)
    raise ValueError(kind)


def summary(t):
    a = t.detach().to(torch.float64).reshape(-1).numpy()
    n = len(a)
    some = [a[j] for j in sorted({0, n // 3, n // 2, 2 * n // 3, n - 1})] if n else []
    return {"shape": list(t.shape), "sum": float(a.sum()), "abs": float(np.abs(a).sum()), "some": [float(x) for x in some]}


def loss_of(y):
    w = torch.tensor(np.cos(0.5 * np.arange(y.numel())).reshape(tuple(y.shape)), dtype=torch.float32)
    return (y * w).sum()


def run(name, make, inputs, second=False, evaluate=False, seed=None, calls=1):
    xs = [make_input(k, s) for k, s in enumerate(inputs)]
    record = {"name": name, "inputs": [[s[0], *map(str, s[1:])] for s in inputs]}
    if second:
        record["second"] = True
    if evaluate:
        record["eval"] = True
    if seed is not None:
        record["seed"] = seed
        torch.manual_seed(seed)
    if calls > 1:
        record["calls"] = calls
    module = make if isinstance(make, nn.Module) else None
    named = []
    if module is not None:
        with torch.no_grad():
            for j, p in enumerate(module.parameters()):
                p.copy_(torch.tensor(formula(tuple(p.shape), 0.9, 10.0 + j, 0.3)))
        if evaluate:
            module.eval()
        named = list(module.named_parameters())
    for _ in range(calls):
        y = make(*xs)
    record["output"] = summary(y)
    loss = loss_of(y)
    targets = [(f"x{k}", x) for k, x in enumerate(xs) if x.requires_grad] + named
    if loss.requires_grad:
        if second:
            (g,) = torch.autograd.grad(loss, xs[0], create_graph=True)
            (g * g).sum().backward()
        else:
            loss.backward()
        record["grads"] = {n: summary(t.grad) for n, t in targets if t.grad is not None}
    if module is not None:
        buffers = {n: summary(b) for n, b in module.named_buffers()}
        if buffers:
            record["buffers"] = buffers
    CASES.append(record)


def init_case(name, fill, shape, seed=3):
    torch.manual_seed(seed)
    t = torch.empty(*shape)
    fill(t)
    CASES.append({"name": "init/" + name, "inputs": [["f", *map(str, shape)]], "seed": seed, "output": summary(t)})


def born(name, make, seed=4):
    """Initial parameters of a module."""
    torch.manual_seed(seed)
    m = make()
    CASES.append({"name": "born/" + name, "inputs": [], "seed": seed, "output": summary(torch.zeros(1)),
                  "grads": {n: summary(p) for n, p in m.named_parameters()}})


IMG, SEQ, VOL, VEC = ("f", 2, 4, 6, 5), ("f", 2, 4, 9), ("f", 2, 4, 3, 4, 5), ("f", 3, 6)

# ---- modules
run("Linear", nn.Linear(6, 5), [VEC])
run("Linear/nobias", nn.Linear(6, 5, bias=False), [VEC], second=True)
run("Embedding", nn.Embedding(7, 3, padding_idx=2), [("i7", 2, 5)])
run("Embedding/max_norm", nn.Embedding(7, 3, max_norm=0.2), [("i7", 2, 5)])
run("Conv1d", nn.Conv1d(4, 6, 3), [SEQ])
run("Conv1d/strided", nn.Conv1d(4, 6, 3, 2, 1, dilation=2, groups=2), [SEQ], second=True)
run("Conv1d/same", nn.Conv1d(4, 6, 4, padding="same"), [SEQ])
run("Conv1d/circular", nn.Conv1d(4, 6, 3, padding=1, padding_mode="circular"), [SEQ])
run("Conv2d", nn.Conv2d(4, 6, 3, 1, 1), [IMG], second=True)
run("Conv2d/unbatched", nn.Conv2d(4, 6, 3, 1, 1), [("f", 4, 6, 5)])
run("Conv2d/oblong", nn.Conv2d(4, 6, (3, 2), (2, 1), (1, 0), (1, 2), groups=2, bias=False), [IMG])
run("Conv2d/same", nn.Conv2d(4, 6, 3, padding="same"), [IMG])
run("Conv2d/valid", nn.Conv2d(4, 6, (3, 2), padding="valid"), [IMG])
run("Conv2d/reflect", nn.Conv2d(4, 6, 3, padding=1, padding_mode="reflect"), [IMG])
run("Conv2d/replicate", nn.Conv2d(4, 6, 3, padding=1, padding_mode="replicate"), [IMG])
run("Conv3d", nn.Conv3d(4, 3, 2, 1, 1), [VOL])
run("Conv3d/oblong", nn.Conv3d(4, 3, (1, 2, 3), (1, 2, 1), (0, 1, 1)), [VOL])
run("Conv3d/same", nn.Conv3d(4, 3, 3, padding="same"), [VOL])
run("ConvTranspose1d", nn.ConvTranspose1d(4, 3, 3, 2, 1, 1), [SEQ])
run("ConvTranspose2d", nn.ConvTranspose2d(4, 6, 3, 2, 1, 1, 2), [IMG], second=True)
run("ConvTranspose2d/oblong", nn.ConvTranspose2d(4, 6, (3, 2), (2, 1), (1, 0), (1, 0), 2, False), [IMG])
run("ConvTranspose3d", nn.ConvTranspose3d(4, 2, 2, 2), [VOL])
run("GroupNorm", nn.GroupNorm(2, 4), [IMG], second=True)
run("GroupNorm/plain", nn.GroupNorm(2, 4, affine=False), [IMG])
run("LayerNorm", nn.LayerNorm(6), [VEC], second=True)
run("LayerNorm/two", nn.LayerNorm([6, 5], eps=1e-3), [IMG])
run("LayerNorm/plain", nn.LayerNorm(6, elementwise_affine=False), [VEC])
run("BatchNorm1d", nn.BatchNorm1d(6), [VEC], calls=2)
run("BatchNorm1d/sequence", nn.BatchNorm1d(4), [SEQ])
run("BatchNorm2d", nn.BatchNorm2d(4), [IMG], calls=2)
run("BatchNorm2d/eval", nn.BatchNorm2d(4), [IMG], evaluate=True)
run("BatchNorm2d/plain", nn.BatchNorm2d(4, affine=False, track_running_stats=False), [IMG])
run("BatchNorm3d", nn.BatchNorm3d(4, eps=1e-3, momentum=0.3), [VOL])
run("InstanceNorm1d", nn.InstanceNorm1d(4), [SEQ])
run("InstanceNorm2d", nn.InstanceNorm2d(4), [IMG])
run("InstanceNorm2d/affine", nn.InstanceNorm2d(4, affine=True, track_running_stats=True), [IMG], calls=2)
run("InstanceNorm3d", nn.InstanceNorm3d(4), [VOL])
run("Dropout", nn.Dropout(0.3), [VEC], seed=5)
run("Dropout/eval", nn.Dropout(0.3), [VEC], evaluate=True)
run("Dropout1d", nn.Dropout1d(0.3), [SEQ], seed=5)
run("Dropout2d", nn.Dropout2d(0.3), [IMG], seed=5)
run("Dropout3d", nn.Dropout3d(0.3), [VOL], seed=5)
for name, m in [("ReLU", nn.ReLU()), ("ReLU6", nn.ReLU6()), ("LeakyReLU", nn.LeakyReLU(0.2)), ("ELU", nn.ELU(0.7)), ("SELU", nn.SELU()),
                ("SiLU", nn.SiLU()), ("GELU", nn.GELU()), ("Mish", nn.Mish()), ("Sigmoid", nn.Sigmoid()), ("Tanh", nn.Tanh()),
                ("Softplus", nn.Softplus(2, 1)), ("Softmax", nn.Softmax(1)), ("LogSoftmax", nn.LogSoftmax(-1)),
                ("Hardtanh", nn.Hardtanh(-0.5, 0.4)), ("CELU", nn.CELU(0.7)), ("Hardsigmoid", nn.Hardsigmoid()),
                ("Hardswish", nn.Hardswish()), ("LogSigmoid", nn.LogSigmoid()), ("Softmin", nn.Softmin(1)), ("Softmax2d", nn.Softmax2d()),
                ("GLU", nn.GLU(1)), ("Hardshrink", nn.Hardshrink(0.4)), ("Softshrink", nn.Softshrink(0.4)),
                ("Threshold", nn.Threshold(0.1, 0.3)), ("Softsign", nn.Softsign()), ("Tanhshrink", nn.Tanhshrink()), ("Identity", nn.Identity()), ("Flatten", nn.Flatten()),
                ("Unflatten", nn.Unflatten(1, (2, 2))), ("Upsample", nn.Upsample(scale_factor=(2, 2))),
                ("Upsample/bilinear", nn.Upsample(size=(9, 8), mode="bilinear", align_corners=True)),
                ("ZeroPad2d", nn.ZeroPad2d((1, 2, 0, 1))), ("ConstantPad2d", nn.ConstantPad2d(1, 0.5)),
                ("ReflectionPad2d", nn.ReflectionPad2d((1, 2, 0, 1))), ("ReplicationPad2d", nn.ReplicationPad2d(2)),
                ("MaxPool2d", nn.MaxPool2d(2)), ("MaxPool2d/oblong", nn.MaxPool2d((3, 2), (2, 1), (1, 1), ceil_mode=True)),
                ("AvgPool2d", nn.AvgPool2d(2)), ("AvgPool2d/oblong", nn.AvgPool2d((3, 2), (2, 1), (1, 0), True, False)),
                ("AvgPool2d/divisor", nn.AvgPool2d(2, 1, 1, divisor_override=3)),
                ("AdaptiveAvgPool2d", nn.AdaptiveAvgPool2d((3, 2))), ("AdaptiveMaxPool2d", nn.AdaptiveMaxPool2d((3, 2))),
                ("PixelShuffle", nn.PixelShuffle(2)), ("Unfold", nn.Unfold(3, 1, 1, 2))]:
    run(name, m, [IMG])
run("SiLU/second", nn.SiLU(), [VEC], second=True)
run("LeakyReLU/second", nn.LeakyReLU(0.2), [VEC], second=True)
run("PixelUnshuffle", nn.PixelUnshuffle(2), [("f", 2, 3, 4, 6)])
run("Fold", nn.Fold((6, 5), 2), [("f", 2, 8, 20)])
run("MaxPool1d", nn.MaxPool1d(3, 2, 1), [SEQ])
run("AvgPool1d", nn.AvgPool1d(3, 2, 1, count_include_pad=False), [SEQ])
run("MaxPool3d", nn.MaxPool3d(2, 1), [VOL])
run("AvgPool3d", nn.AvgPool3d((1, 2, 2)), [VOL])
run("AdaptiveAvgPool1d", nn.AdaptiveAvgPool1d(4), [SEQ])
run("AdaptiveAvgPool3d", nn.AdaptiveAvgPool3d((2, 1, 3)), [VOL])
run("AdaptiveMaxPool1d", nn.AdaptiveMaxPool1d(4), [SEQ])
run("AdaptiveMaxPool3d", nn.AdaptiveMaxPool3d((2, 1, 3)), [VOL])
run("ConstantPad1d", nn.ConstantPad1d((2, 1), -0.5), [SEQ])
run("ConstantPad3d", nn.ConstantPad3d(1, 0.25), [VOL])
run("ReflectionPad1d", nn.ReflectionPad1d(2), [SEQ])
run("ReflectionPad3d", nn.ReflectionPad3d(1), [VOL])
run("ReplicationPad1d", nn.ReplicationPad1d((2, 1)), [SEQ])
run("ReplicationPad3d", nn.ReplicationPad3d(1), [VOL])
run("Sequential", nn.Sequential(nn.Conv2d(4, 3, 3), nn.ReLU(), nn.Flatten(), nn.Linear(36, 2)), [IMG])
run("PReLU", nn.PReLU(4), [IMG])

# ---- losses, as modules
for red in ("none", "mean", "sum"):
    run(f"MSELoss/{red}", nn.MSELoss(reduction=red), [VEC, VEC])
    run(f"L1Loss/{red}", nn.L1Loss(reduction=red), [VEC, VEC])
    run(f"SmoothL1Loss/{red}", nn.SmoothL1Loss(reduction=red, beta=0.6), [VEC, VEC])
    run(f"HuberLoss/{red}", nn.HuberLoss(reduction=red, delta=0.6), [VEC, VEC])
    run(f"BCEWithLogitsLoss/{red}", nn.BCEWithLogitsLoss(reduction=red), [VEC, ("p", 3, 6)])
    run(f"BCELoss/{red}", nn.BCELoss(reduction=red), [("p", 3, 6), ("p", 3, 6)])
    run(f"CrossEntropyLoss/{red}", nn.CrossEntropyLoss(reduction=red), [VEC, ("i6", 3)])
    run(f"NLLLoss/{red}", nn.NLLLoss(reduction=red), [VEC, ("i6", 3)])
    run(f"KLDivLoss/{red}", nn.KLDivLoss(reduction=red, log_target=True), [VEC, VEC])

# ---- functional
FUNCTIONAL = [
    ("linear", lambda x, w, b: F.linear(x, w, b), [VEC, ("f", 5, 6), ("f", 5)]),
    ("bilinear", lambda a, b, w: F.bilinear(a, b, w), [VEC, ("f", 3, 4), ("f", 2, 6, 4)]),
    ("conv1d", lambda x, w, b: F.conv1d(x, w, b, 2, 1), [SEQ, ("f", 6, 4, 3), ("f", 6)]),
    ("conv2d", lambda x, w, b: F.conv2d(x, w, b, 2, 1), [IMG, ("f", 6, 4, 3, 3), ("f", 6)]),
    ("conv2d/depthwise", lambda x, w: F.conv2d(x, w, None, 1, (2, 1), 1, 4), [IMG, ("f", 4, 1, 4, 4)]),
    ("conv2d_padding", lambda x, w: F.conv2d(x, w, padding="same"), [IMG, ("f", 6, 4, 3, 3)]),
    ("conv3d", lambda x, w: F.conv3d(x, w, padding=1), [VOL, ("f", 2, 4, 3, 3, 3)]),
    ("conv_transpose1d", lambda x, w: F.conv_transpose1d(x, w, None, 2, 1, 1), [SEQ, ("f", 4, 3, 3)]),
    ("conv_transpose2d", lambda x, w: F.conv_transpose2d(x, w, None, 2, 0, 0, 2), [IMG, ("f", 4, 3, 3, 3)]),
    ("conv_transpose2d/dilated", lambda x, w: F.conv_transpose2d(x, w, None, 2, 1, 1, 1, (2, 1)), [IMG, ("f", 4, 3, 3, 3)]),
    ("conv_transpose3d", lambda x, w: F.conv_transpose3d(x, w, None, 2), [VOL, ("f", 4, 2, 2, 2, 2)]),
    ("pad", lambda x: F.pad(x, (1, 2, 0, 3), value=0.7), [IMG]),
    ("pad/crop", lambda x: F.pad(x, (-1, 2)), [IMG]),
    ("pad/reflect", lambda x: F.pad(x, (2, 1, 1, 0), mode="reflect"), [IMG]),
    ("pad/replicate", lambda x: F.pad(x, (2, 1, 1, 0), mode="replicate"), [IMG]),
    ("pad/circular", lambda x: F.pad(x, (2, 1, 1, 0), mode="circular"), [IMG]),
    ("pad/all", lambda x: F.pad(x, (1,) * 8), [IMG]),
    ("interpolate/nearest", lambda x: F.interpolate(x, scale_factor=(2, 2)), [IMG]),
    ("interpolate/nearest_down", lambda x: F.interpolate(x, size=(4, 3)), [IMG]),
    ("interpolate/nearest_exact", lambda x: F.interpolate(x, size=(4, 3), mode="nearest-exact"), [IMG]),
    ("interpolate/bilinear", lambda x: F.interpolate(x, size=(8, 9), mode="bilinear", align_corners=False), [IMG]),
    ("interpolate/bilinear_corners", lambda x: F.interpolate(x, size=(8, 9), mode="bilinear", align_corners=True), [IMG]),
    ("interpolate/bilinear_scale", lambda x: F.interpolate(x, scale_factor=(1.5, 1.3), mode="bilinear", align_corners=False), [IMG]),
    ("interpolate/bilinear_recompute",
     lambda x: F.interpolate(x, scale_factor=(1.5, 1.3), mode="bilinear", align_corners=False, recompute_scale_factor=True), [IMG]),
    ("interpolate/bilinear_aa",
     lambda x: F.interpolate(x, size=(3, 2), mode="bilinear", align_corners=False, antialias=True), [IMG]),
    ("interpolate/bicubic", lambda x: F.interpolate(x, size=(8, 9), mode="bicubic", align_corners=False), [IMG]),
    ("interpolate/area", lambda x: F.interpolate(x, size=(4, 3), mode="area"), [IMG]),
    ("interpolate/area_scale", lambda x: F.interpolate(x, scale_factor=(0.5, 0.7), mode="area"), [IMG]),
    ("interpolate/linear", lambda x: F.interpolate(x, size=(14,), mode="linear", align_corners=False), [SEQ]),
    ("interpolate/trilinear", lambda x: F.interpolate(x, size=(5, 6, 4), mode="trilinear", align_corners=True), [VOL]),
    ("grid_sample", lambda x, g: F.grid_sample(x, g, align_corners=False), [IMG, ("f", 2, 3, 4, 2)]),
    ("grid_sample/corners", lambda x, g: F.grid_sample(x, 1.3 * g, align_corners=True), [IMG, ("f", 2, 3, 4, 2)]),
    ("grid_sample/border", lambda x, g: F.grid_sample(x, 1.3 * g, padding_mode="border", align_corners=False), [IMG, ("f", 2, 3, 4, 2)]),
    ("grid_sample/reflection",
     lambda x, g: F.grid_sample(x, 1.3 * g, padding_mode="reflection", align_corners=True), [IMG, ("f", 2, 3, 4, 2)]),
    ("grid_sample/nearest", lambda x, g: F.grid_sample(x, g, mode="nearest", align_corners=False), [IMG, ("f", 2, 3, 4, 2)]),
    ("grid_sample/volume", lambda x, g: F.grid_sample(x, g, align_corners=False), [VOL, ("f", 2, 2, 3, 4, 3)]),
    ("affine_grid", lambda t: F.affine_grid(t, (2, 4, 6, 5), align_corners=False), [("f", 2, 2, 3)]),
    ("affine_grid/corners", lambda t: F.affine_grid(t, (2, 4, 6, 5), align_corners=True), [("f", 2, 2, 3)]),
    ("relu", F.relu, [VEC]), ("relu6", lambda x: F.relu6(9 * x), [VEC]), ("leaky_relu", lambda x: F.leaky_relu(x, 0.2), [VEC]),
    ("elu", lambda x: F.elu(x, 0.7), [VEC]), ("celu", lambda x: F.celu(x, 0.7), [VEC]), ("selu", F.selu, [VEC]),
    ("silu", F.silu, [VEC]), ("gelu", F.gelu, [VEC]), ("mish", F.mish, [VEC]), ("sigmoid", torch.sigmoid, [VEC]),
    ("tanh", torch.tanh, [VEC]), ("hardtanh", lambda x: F.hardtanh(x, -0.5, 0.4), [VEC]), ("hardsigmoid", F.hardsigmoid, [VEC]),
    ("hardswish", F.hardswish, [VEC]), ("threshold", lambda x: F.threshold(x, 0.1, 0.3), [VEC]), ("logsigmoid", F.logsigmoid, [VEC]),
    ("softplus", lambda x: F.softplus(x, 2, 1), [VEC]), ("softmax", lambda x: F.softmax(x, 1), [VEC]),
    ("softmax2d", lambda x: nn.Softmax2d()(x), [IMG]), ("softmin", lambda x: F.softmin(x, 1), [VEC]),
    ("log_softmax", lambda x: F.log_softmax(x, 0), [VEC]), ("glu", lambda x: F.glu(x, -1), [VEC]),
    ("softsign", F.softsign, [VEC]), ("tanhshrink", F.tanhshrink, [VEC]),
    ("prelu", F.prelu, [IMG, ("f", 4)]), ("hardshrink", F.hardshrink, [VEC]), ("softshrink", F.softshrink, [VEC]),
    ("group_norm", lambda x, w, b: F.group_norm(x, 2, w, b), [IMG, ("f", 4), ("f", 4)]),
    ("layer_norm", lambda x, w, b: F.layer_norm(x, (5,), w, b), [IMG, ("f", 5), ("f", 5)]),
    ("batch_norm", lambda x, m, v: F.batch_norm(x, m, v), [IMG, ("c", 4), ("q", 4)]),
    ("batch_norm/training", lambda x, w, b: F.batch_norm(x, None, None, w, b, True), [IMG, ("f", 4), ("f", 4)]),
    ("instance_norm", lambda x, w, b: F.instance_norm(x, weight=w, bias=b), [IMG, ("f", 4), ("f", 4)]),
    ("normalize", F.normalize, [IMG]), ("normalize/one", lambda x: F.normalize(x, 1, -1), [VEC]),
    ("cosine_similarity", F.cosine_similarity, [IMG, IMG]), ("pairwise_distance", F.pairwise_distance, [VEC, VEC]),
    ("one_hot", lambda i: F.one_hot(i, 8).float(), [("i6", 3, 2)]),
    ("max_pool1d", lambda x: F.max_pool1d(x, 3, 1), [SEQ]), ("max_pool2d", lambda x: F.max_pool2d(x, 2, 1, 1, 2), [IMG]),
    ("max_pool3d", lambda x: F.max_pool3d(x, (1, 2, 2)), [VOL]), ("avg_pool1d", lambda x: F.avg_pool1d(x, 2), [SEQ]),
    ("avg_pool2d", lambda x: F.avg_pool2d(x, 2), [IMG]), ("avg_pool3d", lambda x: F.avg_pool3d(x, 2), [VOL]),
    ("adaptive_avg_pool1d", lambda x: F.adaptive_avg_pool1d(x, 2), [SEQ]), ("adaptive_avg_pool2d", lambda x: F.adaptive_avg_pool2d(x, 1), [IMG]),
    ("adaptive_avg_pool3d", lambda x: F.adaptive_avg_pool3d(x, 2), [VOL]), ("adaptive_max_pool1d", lambda x: F.adaptive_max_pool1d(x, 2), [SEQ]),
    ("adaptive_max_pool2d", lambda x: F.adaptive_max_pool2d(x, (2, 3)), [IMG]),
    ("adaptive_max_pool3d", lambda x: F.adaptive_max_pool3d(x, (2, 2, 2)), [VOL]),
    ("unfold", lambda x: F.unfold(x, (3, 2), 1, (1, 0), 2), [IMG]), ("fold", lambda x: F.fold(x, (6, 5), (3, 2)), [("f", 2, 12, 16)]),
    ("pixel_shuffle", lambda x: F.pixel_shuffle(x, 2), [IMG]), ("pixel_unshuffle", lambda x: F.pixel_unshuffle(x, 2), [("f", 2, 3, 4, 6)]),
    ("mse_loss", F.mse_loss, [VEC, VEC]), ("l1_loss", F.l1_loss, [VEC, VEC]), ("smooth_l1_loss", F.smooth_l1_loss, [VEC, VEC]),
    ("huber_loss", F.huber_loss, [VEC, VEC]),
    ("cross_entropy", lambda x, t, w: F.cross_entropy(x, t, w, label_smoothing=0.1, ignore_index=2), [VEC, ("i6", 3), ("q", 6)]),
    ("cross_entropy/probabilities", F.cross_entropy, [VEC, ("p", 3, 6)]), ("cross_entropy/images", F.cross_entropy, [IMG, ("i4", 2, 6, 5)]),
    ("nll_loss", F.nll_loss, [VEC, ("i6", 3)]),
    ("binary_cross_entropy", F.binary_cross_entropy, [("p", 3, 6), ("p", 3, 6)]),
    ("binary_cross_entropy_with_logits",
     lambda x, t, w: F.binary_cross_entropy_with_logits(x, t, pos_weight=w), [VEC, ("q", 3, 6), ("q", 6)]),
    ("kl_div", lambda x, t: F.kl_div(x, t, log_target=True, reduction="mean"), [VEC, VEC]),
]
for name, f, inputs in FUNCTIONAL:
    run(name, f, inputs)
for name, f in [("dropout", F.dropout), ("dropout2d", F.dropout2d), ("dropout3d", F.dropout3d), ("dropout1d", F.dropout1d)]:
    run(name, f, [{"dropout3d": VOL, "dropout1d": SEQ}.get(name, IMG)], seed=6)


def attention(q, k, v, mask=None, causal=False):
    """softmax(q kᵀ / √E + mask) v, written out: this PyTorch has no public function for it."""
    s = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if causal:
        mask = torch.ones(s.shape[-2:], dtype=torch.bool).tril()
    if mask is not None:
        s = s.masked_fill(~mask, -math.inf) if mask.dtype == torch.bool else s + mask
    return torch.softmax(s, -1) @ v


QKV = [("f", 2, 3, 5, 4), ("f", 2, 3, 6, 4), ("f", 2, 3, 6, 7)]
run("scaled_dot_product_attention", attention, QKV)
run("scaled_dot_product_attention/causal", lambda q, k, v: attention(q, k, v, causal=True), QKV)
run("scaled_dot_product_attention/added", attention, QKV + [("c", 5, 6)])
run("scaled_dot_product_attention/masked", attention, QKV + [("b", 5, 6)])

# ---- init
I = nn.init
init_case("uniform_", lambda t: I.uniform_(t, -0.3, 0.8), (4, 5))
init_case("normal_", lambda t: I.normal_(t, 0.5, 2), (4, 5))
init_case("trunc_normal_", lambda t: I.trunc_normal_(t, 0.1, 0.5, -0.4, 0.6), (4, 5))
init_case("constant_", lambda t: I.constant_(t, 0.25), (4, 5))
init_case("ones_", I.ones_, (4, 5))
init_case("zeros_", I.zeros_, (4, 5))
init_case("eye_", I.eye_, (4, 5))
init_case("dirac_", I.dirac_, (4, 3, 3, 5))
init_case("orthogonal_", lambda t: I.orthogonal_(t, 1.5), (6, 4))
init_case("orthogonal_/wide", I.orthogonal_, (3, 2, 4))
init_case("xavier_uniform_", lambda t: I.xavier_uniform_(t, 1.3), (4, 3, 2, 2))
init_case("xavier_normal_", I.xavier_normal_, (4, 3, 2, 2))
init_case("kaiming_uniform_", lambda t: I.kaiming_uniform_(t, 0.2), (4, 3, 2, 2))
init_case("kaiming_uniform_/out", lambda t: I.kaiming_uniform_(t, mode="fan_out", nonlinearity="relu"), (4, 3, 2, 2))
init_case("kaiming_normal_", lambda t: I.kaiming_normal_(t, 0.2, "fan_in", "leaky_relu"), (4, 3, 2, 2))
init_case("kaiming_normal_/tanh", lambda t: I.kaiming_normal_(t, mode="fan_out", nonlinearity="tanh"), (5, 3))
born("Linear", lambda: nn.Linear(6, 5))
born("Conv1d", lambda: nn.Conv1d(4, 6, 3, groups=2))
born("Conv2d", lambda: nn.Conv2d(4, 6, 3))
born("Conv3d", lambda: nn.Conv3d(2, 3, 2))
born("ConvTranspose2d", lambda: nn.ConvTranspose2d(4, 6, 3, bias=False))
born("Embedding", lambda: nn.Embedding(5, 3, padding_idx=1))
born("GroupNorm", lambda: nn.GroupNorm(2, 4))
born("LayerNorm", lambda: nn.LayerNorm(4))
born("BatchNorm2d", lambda: nn.BatchNorm2d(4))


# ---- optimisers: ten steps of a small network
def network():
    net = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 2))
    with torch.no_grad():
        for j, p in enumerate(net.parameters()):
            p.copy_(torch.tensor(formula(tuple(p.shape), 0.9, 10.0 + j, 0.3)))
    return net


OPTIM = []


def train(name, make, clip=None, steps=10):
    net = network()
    opt = make(net)
    losses = []
    for s in range(steps):
        x = torch.tensor(formula((5, 6), 1.7, s), dtype=torch.float32)
        y = torch.tensor(formula((5, 2), 1.3, s), dtype=torch.float32)
        opt.zero_grad()
        loss = F.mse_loss(net(x), y)
        loss.backward()
        norm = float(nn.utils.clip_grad_norm_(net.parameters(), clip)) if clip else None
        opt.step()
        losses.append([float(loss)] + ([norm] if clip else []))
    OPTIM.append({"name": name, "losses": losses, "parameters": {n: summary(p) for n, p in net.named_parameters()}})


O = torch.optim
train("Adam", lambda n: O.Adam(n.parameters(), 0.01))
train("Adam/decay", lambda n: O.Adam(n.parameters(), 0.02, (0.8, 0.95), 1e-6, 0.1))
train("Adam/amsgrad", lambda n: O.Adam(n.parameters(), 0.01, amsgrad=True))
train("Adam/maximize", lambda n: O.Adam(n.parameters(), 0.01, maximize=True))
train("Adam/groups", lambda n: O.Adam([{"params": n[0].parameters(), "lr": 0.05}, {"params": n[2].parameters(), "betas": (0.5, 0.9)}], 0.01))
train("Adam/clip", lambda n: O.Adam(n.parameters(), 0.01), clip=0.1)
train("AdamW", lambda n: O.AdamW(n.parameters(), 0.01, weight_decay=0.1))
train("AdamW/amsgrad", lambda n: O.AdamW(n.parameters(), 0.01, weight_decay=0.01, amsgrad=True))
train("SGD", lambda n: O.SGD(n.parameters(), 0.1))
train("SGD/momentum", lambda n: O.SGD(n.parameters(), 0.1, 0.9, 0.1, 0.01))
train("SGD/nesterov", lambda n: O.SGD(n.parameters(), 0.1, 0.9, nesterov=True))
train("SGD/maximize", lambda n: O.SGD(n.parameters(), 0.1, 0.9, weight_decay=0.1, maximize=True))
train("RMSProp", lambda n: O.RMSprop(n.parameters(), 0.01))
train("RMSProp/centered", lambda n: O.RMSprop(n.parameters(), 0.01, 0.9, weight_decay=0.1, momentum=0.5, centered=True))

# ---- schedules: the rates of thirty epochs
SCHEDULES = []


def schedule(name, make, metric=None, momentum=False, steps=30):
    net = network()
    opt = O.SGD([{"params": net[0].parameters()}, {"params": net[2].parameters(), "lr": 0.5}], 0.1, 0.9)
    sched = make(opt)
    rows = []
    for s in range(steps):
        rows.append([g["lr"] for g in opt.param_groups] + ([g["momentum"] for g in opt.param_groups] if momentum else []))
        opt.step()
        sched.step(metric(s)) if metric else sched.step()
    SCHEDULES.append({"name": name, "rates": rows})


S = O.lr_scheduler
schedule("StepLR", lambda o: S.StepLR(o, 4, 0.5))
schedule("MultiStepLR", lambda o: S.MultiStepLR(o, [3, 7, 7, 20], 0.5))
schedule("ExponentialLR", lambda o: S.ExponentialLR(o, 0.9))
schedule("ConstantLR", lambda o: S.ConstantLR(o, 0.25, 6))
schedule("LinearLR", lambda o: S.LinearLR(o, 0.1, 0.8, 12))
schedule("PolynomialLR", lambda o: S.PolynomialLR(o, 12, 2.0))
schedule("CosineAnnealingLR", lambda o: S.CosineAnnealingLR(o, 10, 0.01))
schedule("LambdaLR", lambda o: S.LambdaLR(o, lambda e: 1 / (1 + e)))
schedule("MultiplicativeLR", lambda o: S.MultiplicativeLR(o, lambda e: 0.95 if e % 2 else 1.0))
schedule("OneCycleLR", lambda o: S.OneCycleLR(o, [0.2, 1.0], total_steps=30), momentum=True)
schedule("OneCycleLR/linear", lambda o: S.OneCycleLR(o, 0.4, epochs=6, steps_per_epoch=5, anneal_strategy="linear", three_phase=True), momentum=True)
schedule("CyclicLR", lambda o: S.CyclicLR(o, 0.1, 0.5, 3, 5, "triangular2"), momentum=True)
schedule("CyclicLR/exp", lambda o: S.CyclicLR(o, 0.1, 0.5, 4, mode="exp_range", gamma=0.97), momentum=True)
schedule("ReduceLROnPlateau", lambda o: S.ReduceLROnPlateau(o, patience=2, cooldown=1, min_lr=1e-3), metric=lambda s: max(1.0 - 0.2 * s, 0.3))
schedule("ReduceLROnPlateau/max", lambda o: S.ReduceLROnPlateau(o, "max", 0.5, 1, 0.05, "abs"), metric=lambda s: math.sin(0.3 * s))
schedule("SequentialLR", lambda o: S.SequentialLR(o, [S.LinearLR(o, 0.1, total_iters=5), S.ExponentialLR(o, 0.9)], [5]))


def tidy(x):
    if isinstance(x, float):
        return float(f"{x:.9g}")
    if isinstance(x, dict):
        return {k: tidy(v) for k, v in x.items()}
    return [tidy(v) for v in x] if isinstance(x, (list, tuple)) else x


def write(name, rows):
    with open(os.path.join(HERE, name), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(tidy(r), separators=(",", ":")) for r in rows) + "\n]\n")


write("nn.json", CASES)
write("nn-optim.json", OPTIM)
write("nn-schedules.json", SCHEDULES)
print(len(CASES), "cases,", len(OPTIM), "trainings,", len(SCHEDULES), "schedules")
