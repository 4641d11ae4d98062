"""Expected values of one whole training step as LIA makes it, by PyTorch: python3 make_training_step.py > training_step.json

The animator is bench/python/lia.py in the field's usual formulation, VGG-19 (at reduced widths) and the formulas are those of
Perceptual/Golden/make_golden.py, the discriminator is below. One step: animator with L1 + 10 * perceptual + adversarial, then
discriminator; both with Adam at 2e-3, corrected for lazy regularisation every 4 and every 16 steps.
"""
import json
import math
import pathlib
import sys

import torch
from torch import nn
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parents[1] / "Perceptual" / "Golden"), str(HERE.parents[3] / "bench" / "python")]
from lia import Activation, ConvLayer, EqualLinear, ImageAnimator, ResBlock, ROOT2, SLOPE, Usual  # noqa: E402
from make_golden import REDUCED, formula, smaller, unit, vgg19  # noqa: E402

SETTINGS = {"size": 32, "styleDim": 16, "motionDim": 6, "channels": [12, 12, 8, 8]}


class Discriminator(nn.Module):
    """StyleGAN2's residual discriminator with the minibatch standard deviation over groups of four."""

    def __init__(self, size, channels):
        super().__init__()
        widths = {4 * 2 ** i: c for i, c in enumerate(channels)}
        self.convs = nn.ModuleList([ConvLayer(Usual, 3, widths[size], 1)])
        while size > 4:
            self.convs.append(ResBlock(Usual, widths[size], widths[size // 2]))
            size //= 2
        self.final_conv = ConvLayer(Usual, widths[4] + 1, widths[4], 3)
        self.final_linear = nn.ModuleList([EqualLinear(widths[4] * 16, widths[4]), EqualLinear(widths[4], 1)])

    def forward(self, x):
        for conv in self.convs:
            x = conv(x)
        n, c, h, w = x.shape
        group = min(n, 4)
        deviation = (x.view(group, n // group, c, h, w).var(0, unbiased=False) + 1e-8).sqrt().mean((1, 2, 3))   # [n / group]
        x = self.final_conv(torch.cat([x, deviation.repeat(group).view(n, 1, 1, 1).expand(n, 1, h, w)], 1)).flatten(1)
        first, last = self.final_linear
        # The first linear layer is activated; its bias is added before.
        return last(F.leaky_relu(first(x), SLOPE) * ROOT2)


def fill(module):
    with torch.no_grad():
        for name, p in module.named_parameters():
            bias = name.endswith("bias")
            values = unit(name, p.numel()) * (0.25 if bias else 1.75) + (1.0 if name.endswith("modulation.bias") else 0.0)
            p.copy_(values.view_as(p))


def adam(module, every):
    ratio = every / (every + 1)
    return torch.optim.Adam(module.parameters(), lr=2e-3 * ratio, betas=(0.0 ** ratio, 0.99 ** ratio))


def norm(module):
    return float(torch.sqrt(sum(p.grad.double().square().sum() for p in module.parameters() if p.grad is not None)))


def weights(module):
    """For each parameter the mean, and some values where the gradient is clear of rounding: Adam's first step has its sign."""
    result = {}
    for name, p in module.named_parameters():
        clear = [] if p.grad is None else (p.grad.flatten().abs() > 1e-5).nonzero().flatten().tolist()
        chosen = [clear[i * len(clear) // 6] for i in range(6)] if clear else []
        result[name] = {"moved": bool(clear), "at": chosen, "values": [float(p.flatten()[i]) for i in chosen]}
    return result


def main():
    animator, discriminator = ImageAnimator(SETTINGS, Usual), Discriminator(SETTINGS["size"], SETTINGS["channels"])
    fill(animator)
    fill(discriminator)
    g_adam, d_adam = adam(animator, 4), adam(discriminator, 16)
    shape = (4, 3, SETTINGS["size"], SETTINGS["size"])
    source, driving = formula("source", shape, 1), formula("driving", shape, 1)

    image = animator(source, driving)
    l1 = (image - driving).abs().mean()
    perceptual = sum((a - b).abs().mean() for f in (1, 2)
                     for a, b in zip(vgg19(smaller(image, f), REDUCED), vgg19(smaller(driving, f), REDUCED)))
    adversarial = F.softplus(-discriminator(image)).mean()
    (l1 + 10 * perceptual + adversarial).backward()
    result = {"l1": float(l1), "perceptual": float(perceptual), "adversarial": float(adversarial), "gradNorm.animator": norm(animator)}
    g_adam.step()

    discriminator.zero_grad()
    loss = F.softplus(-discriminator(driving)).mean() + F.softplus(discriminator(image.detach())).mean()
    loss.backward()
    result.update({"discriminator": float(loss), "gradNorm.discriminator": norm(discriminator)})
    d_adam.step()
    print(json.dumps({"scalars": result, "animator": weights(animator), "discriminator": weights(discriminator)}, indent=1))


main()
