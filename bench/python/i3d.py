"""I3D (Carreira & Zisserman 2017) with pytorch-i3d's names, and the distances of FVD and KVD as published programs compute them."""
import numpy
import torch
from torch.nn import functional

BLOCKS = {"Mixed_3b": (192, 64, 96, 128, 16, 32, 32), "Mixed_3c": (256, 128, 128, 192, 32, 96, 64),
          "Mixed_4b": (480, 192, 96, 208, 16, 48, 64), "Mixed_4c": (512, 160, 112, 224, 24, 64, 64),
          "Mixed_4d": (512, 128, 128, 256, 24, 64, 64), "Mixed_4e": (512, 112, 144, 288, 32, 64, 64),
          "Mixed_4f": (528, 256, 160, 320, 32, 128, 128), "Mixed_5b": (832, 256, 160, 320, 32, 128, 128),
          "Mixed_5c": (832, 384, 192, 384, 48, 128, 128)}


def same(x, window, stride):
    """TensorFlow's padding."""
    pads = []
    for length, w, s in zip(reversed(x.shape[2:]), reversed(window), reversed(stride)):
        total = max(w - (length % s or s), 0)
        pads += [total // 2, total - total // 2]
    return functional.pad(x, pads)


def pool(x, window, stride):
    return functional.max_pool3d(same(x, window, stride), window, stride)


class Unit(torch.nn.Module):
    def __init__(self, inputs, outputs, size, stride=1, last=False):
        super().__init__()
        self.window, self.stride = (size,) * 3, (stride,) * 3
        self.conv3d = torch.nn.Conv3d(inputs, outputs, size, stride, bias=last)
        self.bn = None if last else torch.nn.BatchNorm3d(outputs)

    def forward(self, x):
        x = self.conv3d(same(x, self.window, self.stride))
        return x if self.bn is None else functional.relu(self.bn(x))


class Block(torch.nn.Module):
    def __init__(self, inputs, b0, b1a, b1b, b2a, b2b, b3b):
        super().__init__()
        self.b0, self.b1a, self.b1b = Unit(inputs, b0, 1), Unit(inputs, b1a, 1), Unit(b1a, b1b, 3)
        self.b2a, self.b2b, self.b3b = Unit(inputs, b2a, 1), Unit(b2a, b2b, 3), Unit(inputs, b3b, 1)

    def forward(self, x):
        return torch.cat([self.b0(x), self.b1b(self.b1a(x)), self.b2b(self.b2a(x)), self.b3b(pool(x, (3, 3, 3), (1, 1, 1)))], 1)


class I3d(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.Conv3d_1a_7x7, self.Conv3d_2b_1x1, self.Conv3d_2c_3x3 = Unit(3, 64, 7, 2), Unit(64, 64, 1), Unit(64, 192, 3)
        for name, widths in BLOCKS.items():
            setattr(self, name, Block(*widths))
        self.logits = Unit(1024, 400, 1, last=True)

    def forward(self, x):
        x = pool(self.Conv3d_1a_7x7(x), (1, 3, 3), (1, 2, 2))
        x = pool(self.Conv3d_2c_3x3(self.Conv3d_2b_1x1(x)), (1, 3, 3), (1, 2, 2))
        for name in BLOCKS:
            x = pool(x, (3, 3, 3), (2, 2, 2)) if name == "Mixed_4b" else pool(x, (2, 2, 2), (2, 2, 2)) if name == "Mixed_5b" else x
            x = getattr(self, name)(x)
        return self.logits(functional.avg_pool3d(x, (2, 7, 7), (1, 1, 1))).flatten(2).mean(2)


def digan(real, fake):
    """Float32, n - 1, roots by singular values, tiny ones left as they are."""
    def root(matrix):
        u, s, v = torch.svd(matrix)
        return u @ torch.diag(torch.where(s < 1e-10, s, s.sqrt())) @ v.t()

    def moments(x):
        centred = x.t() - x.t().mean(1, keepdim=True)
        return x.mean(0), centred @ centred.t() / (len(x) - 1)

    (mean_a, sigma_a), (mean_b, sigma_b) = moments(real), moments(fake)
    root_a = root(sigma_a)
    return float(torch.trace(sigma_a + sigma_b) - 2 * torch.trace(root(root_a @ (sigma_b @ root_a))) + ((mean_a - mean_b) ** 2).sum())


def styleganv(real, fake):
    """Float64, n, scipy's root of the product."""
    import scipy.linalg
    a, b = real.numpy().astype(numpy.float64), fake.numpy().astype(numpy.float64)
    mean_a, mean_b = a.mean(0), b.mean(0)
    sigma_a, sigma_b = a.T @ a / len(a) - numpy.outer(mean_a, mean_a), b.T @ b / len(b) - numpy.outer(mean_b, mean_b)
    root = scipy.linalg.sqrtm(sigma_b @ sigma_a)
    return float(numpy.real(((mean_a - mean_b) ** 2).sum() + numpy.trace(sigma_a + sigma_b - 2 * root)))


def kvd(real, fake):
    """numpy: (x.y / D + 1)^3, unbiased."""
    def kernel(x, y):
        k = x @ y.T
        k *= 1 / x.shape[1]
        k += 1
        k **= 3
        return k

    x, y = real.numpy(), fake.numpy()
    n, m = len(x), len(y)
    xx, yy, xy = kernel(x, x), kernel(y, y), kernel(x, y)
    return float((xx.sum() - xx.diagonal().sum()) / (n * (n - 1)) + (yy.sum() - yy.diagonal().sum()) / (m * (m - 1)) - 2 * xy.sum() / (n * m))
