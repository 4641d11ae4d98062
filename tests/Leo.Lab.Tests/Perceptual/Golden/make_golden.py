"""Expected values of the perceptual loss, by PyTorch: python3 make_golden.py > perceptual.json

Weights and pictures come from the formula of FormulaWeights.cs (FNV-1a of the name, a Weyl sequence, murmur3's final mix):
weights u * sqrt(6 / fan_in), biases u * 0.1, pictures u * 1.2, so that some pixels lie outside [-1, 1].
"""
import json
import math

import torch
import torch.nn.functional as F

DEPTHS, OFFICIAL, REDUCED = [2, 2, 4, 4, 1], [64, 128, 256, 512, 512], [4, 6, 8, 10, 12]


def unit(name, count):
    seed = 0x811C9DC5
    for b in name.encode():
        seed = ((seed ^ b) * 0x01000193) & 0xFFFFFFFF
    x = (seed + torch.arange(count) * 2654435769) & 0xFFFFFFFF
    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        x = ((x ^ (x >> shift)) * factor) & 0xFFFFFFFF                     # 64 bits wrap, which leaves the lower 32 right
    return (((x ^ (x >> 16)) >> 8).double() / (1 << 23) - 1).float()


def formula(name, shape, scale):
    return (unit(name, math.prod(shape)) * torch.tensor(scale, dtype=torch.float32)).reshape(shape)


def vgg19(x, widths):
    """relu1_1 ... relu5_1 of torchvision's layout, on colours normalised as for ImageNet."""
    x = x.clamp(-1, 1) / 2 + 0.5
    x = (x - torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)) / torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
    index, channels, out = 0, 3, []
    for block, depth in enumerate(DEPTHS):
        if block > 0:
            x, index = F.max_pool2d(x, 2), index + 1
        for i in range(depth):
            shape = (widths[block], channels, 3, 3)
            w = formula(f"features.{index}.weight", shape, math.sqrt(6 / (channels * 9)))
            x = F.relu(F.conv2d(x, w, formula(f"features.{index}.bias", shape[:1], 0.1), padding=1))
            index, channels = index + 2, widths[block]
            if i == 0:
                out.append(x)
    return out


def smaller(x, factor):
    """Gaussian blur with a zero border, then every factor-th pixel (Siarohin et al. 2019)."""
    if factor == 1:
        return x
    sigma = (factor - 1) / 2
    half = round(4 * sigma)
    line = torch.exp(-torch.arange(-half, half + 1).float() ** 2 / (2 * sigma ** 2))
    kernel = line[:, None] * line[None, :]
    kernel = (kernel / kernel.sum()).expand(x.shape[1], 1, -1, -1)
    return F.conv2d(F.pad(x, [half] * 4), kernel, groups=x.shape[1])[:, :, ::factor, ::factor]


def some(t, count=12):
    flat = t.flatten()
    return [float(flat[i * flat.numel() // count]) for i in range(count)]


def main():
    result = {"vgg19": [], "pyramid": []}
    for layer in vgg19(formula("images", (1, 3, 32, 32), 1.2), OFFICIAL):
        result["vgg19"].append({"shape": list(layer.shape), "mean": float(layer.mean()), "values": some(layer)})
    picture = formula("picture", (2, 3, 64, 64), 1)
    for factor in (1, 2, 4, 8):
        level = smaller(picture, factor)
        result["pyramid"].append({"shape": list(level.shape), "mean": float(level.mean()), "values": some(level)})
    found, wanted = formula("found", (2, 3, 64, 64), 1.2).requires_grad_(), formula("wanted", (2, 3, 64, 64), 1)
    loss = sum((a - b.detach()).abs().mean() for f in (1, 2, 4)
               for a, b in zip(vgg19(smaller(found, f), REDUCED), vgg19(smaller(wanted, f), REDUCED)))
    loss.backward()
    result["loss"] = {"value": float(loss.detach()), "gradient": float(found.grad.abs().sum()), "values": some(found.grad)}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
