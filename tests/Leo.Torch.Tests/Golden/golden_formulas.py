"""The formulas and digests of the golden numbers; tests/Leo.Torch.Tests/Operators/Golden.cs has the same."""
import math

import torch


def filled(kind, shape, place):
    n = math.prod(shape)
    wave = torch.tensor([math.sin(2.39996 * i + 0.1 * i * i + 78.233 * (place + 1)) for i in range(1, n + 1)], dtype=torch.float64)
    if kind.startswith('index'):
        return torch.tensor([(7 * i + 3 * place + i // 3) % int(kind[5:]) for i in range(n)], dtype=torch.int64).reshape(shape)
    if kind == 'mask':
        return (wave > 0).reshape(shape)
    if kind == 'sorted':
        return wave.sort()[0].reshape(shape)
    if kind == 'spd':
        a = filled('any', shape * 2, place)
        return a @ a.t() + torch.eye(shape[0], dtype=torch.float64)
    if kind == 'lower':
        return filled('any', shape * 2, place).tril() + 2 * torch.eye(shape[0], dtype=torch.float64)
    waves = {'any': 1.3 * wave, 'positive': 1.1 + 0.9 * wave, 'big': 2.2 + wave, 'unit': 0.9 * wave, 'prob': 0.5 + 0.45 * wave}
    return waves[kind].reshape(shape)


def seed(n):
    return torch.Generator().manual_seed(n)


def put(x, index, value):
    copy = x.clone()
    copy[index] = value
    return copy


def likes(x):
    torch.manual_seed(5)
    return torch.rand_like(x), torch.randn_like(x), torch.randint_like(x, 2, 9)


def digest(t):
    t = t.detach().to(torch.float64).flatten()
    i = torch.arange(t.numel(), dtype=torch.float64)
    return [float('%.12g' % v) for v in ((t * i.cos()).sum(), (t * (2 * i).sin()).sum(), t.abs().sum())]
