"""Makes lpips.json: PyTorch with the package lpips itself (richzhang/PerceptualSimilarity on PYTHONPATH) and weights by formula.

The backbones are torchvision's layers with fewer channels: torchvision itself is not needed. python3 make_lpips.py > lpips.json
"""
import json
import math
import sys
import types

import numpy as np
import torch
from torch import nn


def unit(name, count):
    seed = 0x811C9DC5
    for b in name.encode():
        seed = ((seed ^ b) * 0x01000193) & 0xFFFFFFFF
    x = (seed + np.arange(count, dtype=np.uint64) * 2654435769) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35), (16, 1)):
        x ^= x >> shift
        x = (x * factor) & 0xFFFFFFFF
    return torch.from_numpy(((x >> 8) / (1 << 23) - 1.0).astype(np.float32))


def conv(i, o, k, s=1, p=0):
    return [nn.Conv2d(i, o, k, s, p), nn.ReLU()]


class Fire(nn.Module):
    def __init__(self, i, s, e):
        super().__init__()
        self.squeeze, self.expand1x1, self.expand3x3 = nn.Conv2d(i, s, 1), nn.Conv2d(s, e, 1), nn.Conv2d(s, e, 3, padding=1)

    def forward(self, x):
        x = self.squeeze(x).relu()
        return torch.cat([self.expand1x1(x).relu(), self.expand3x3(x).relu()], 1)


def alexnet(**_):
    pool = lambda: [nn.MaxPool2d(3, 2)]
    return model([*conv(3, 8, 11, 4, 2), *pool(), *conv(8, 12, 5, 1, 2), *pool(), *conv(12, 14, 3, 1, 1), *conv(14, 10, 3, 1, 1), *conv(10, 6, 3, 1, 1), *pool()])


def vgg16(**_):
    layers, before = [], 3
    for width, depth in ((4, 2), (6, 2), (8, 3), (10, 3), (12, 3)):
        for _ in range(depth):
            layers += conv(before, width, 3, 1, 1)
            before = width
        layers.append(nn.MaxPool2d(2, 2))
    return model(layers)


def squeezenet1_1(**_):
    pool = lambda: nn.MaxPool2d(3, 2, ceil_mode=True)
    return model([*conv(3, 8, 3, 2), pool(), Fire(8, 4, 6), Fire(12, 4, 7), pool(), Fire(14, 4, 8), Fire(16, 4, 9), pool(),
                  Fire(18, 6, 10), Fire(20, 6, 11), Fire(22, 6, 12), Fire(24, 6, 13)])


def model(layers):
    made = nn.Module()
    made.features = nn.Sequential(*layers)
    for name, p in made.named_parameters():
        fan = p.numel() // p.shape[0]
        p.data = unit(name, p.numel()).reshape(p.shape) * (0.1 if name.endswith('bias') else math.sqrt(6 / fan))
    shapes.append({n: list(p.shape) for n, p in made.named_parameters()})
    return made


shapes = []
sys.modules['torchvision'] = torchvision = types.ModuleType('torchvision')
torchvision.models = models = types.SimpleNamespace(alexnet=alexnet, vgg16=vgg16, squeezenet1_1=squeezenet1_1)
sys.modules['lpips'] = package = types.ModuleType('lpips')
package.__path__ = [p + '/lpips' for p in sys.path]
package.normalize_tensor = lambda x, eps=1e-10: x / (torch.sqrt(torch.sum(x ** 2, dim=1, keepdim=True)) + eps)  # as in its __init__
from lpips.lpips import LPIPS, NetLinLayer  # noqa: E402

result = {}
for net, widths in (('alex', (8, 12, 14, 10, 6)), ('vgg', (4, 6, 8, 10, 12)), ('squeeze', (8, 14, 18, 20, 22, 24, 26))):
    loss = LPIPS(net=net, pretrained=False, pnet_rand=True, verbose=False)
    loss.lins = nn.ModuleList()
    for k, width in enumerate(widths):
        layer = NetLinLayer(width, use_dropout=True).eval()
        layer.model[1].weight.data = (unit(f'lin{k}.model.1.weight', width).reshape(1, width, 1, 1) + 1) / 2
        loss.lins.append(layer)
    a, b = (unit(n, 2 * 3 * 70 * 61).reshape(2, 3, 70, 61) for n in 'ab')
    b[1] = a[1] * 0.5
    with torch.no_grad():
        result[net] = {'values': loss(a, b).flatten().tolist(), 'lin': list(widths), 'shapes': shapes[-1]}
print(json.dumps(result))
