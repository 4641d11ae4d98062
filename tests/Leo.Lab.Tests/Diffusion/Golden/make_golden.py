"""Golden values for schedules, samplers, learnt variance and UNet, from an independent reference in NumPy and PyTorch.

Run: python3 make_golden.py OUT_FOLDER   (Debian's python3-torch, CPU)

The network is the U-Net of Nichol & Dhariwal (improved-diffusion's state-dict layout, over time or over the plane),
written here as plain functions over a dictionary of weights. Weights follow the formula of formula_weight below.
"""
import json, math, sys
import numpy as np
import torch
import torch.nn.functional as F


def formula(key, count):
    """FNV-1a of the key, then murmur3's final mix of seed + i * 2654435769: float32 in [-1, 1)."""
    seed = 2166136261
    for byte in key.encode():
        seed = ((seed ^ byte) * 16777619) & 0xFFFFFFFF
    x = (seed + np.arange(count, dtype=np.uint64) * 2654435769) & 0xFFFFFFFF
    x ^= x >> 16
    x = x * 0x85EBCA6B & 0xFFFFFFFF
    x ^= x >> 13
    x = x * 0xC2B2AE35 & 0xFFFFFFFF
    x ^= x >> 16
    return ((x >> 8).astype(np.float64) * 2.0 ** -23 - 1).astype(np.float32)


def formula_weight(key, shape):
    """Biases 0.25 u; norms' weights 1 + 0.25 u; the rest u * sqrt(3 / fan_in)."""
    u = torch.from_numpy(formula(key, int(np.prod(shape)))).reshape(shape)
    if key.endswith("bias"):
        return 0.25 * u
    if len(shape) == 1:
        return 1 + 0.25 * u
    return u * math.sqrt(3 / int(np.prod(shape[1:])))


class Weights:
    """Makes weights as they are asked for, and remembers names and shapes in that order."""

    def __init__(self):
        self.shapes = {}

    def __call__(self, key, *shape):
        self.shapes[key] = list(shape)
        return formula_weight(key, shape)


def group_norm(w, name, x):
    c = x.shape[1]
    return F.group_norm(x, 32, w(name + ".weight", c), w(name + ".bias", c))


def conv(w, name, x, out, k, stride=1):
    dims = x.dim() - 2
    weight = w(name + ".weight", out, x.shape[1], *[k] * dims)
    return (F.conv1d if dims == 1 else F.conv2d)(x, weight, w(name + ".bias", out), stride=stride, padding=k // 2)


def linear(w, name, x, out):
    return F.linear(x, w(name + ".weight", out, x.shape[1]), w(name + ".bias", out))


def res_block(w, name, x, emb, out, scale_shift):
    h = conv(w, name + ".in_layers.2", F.silu(group_norm(w, name + ".in_layers.0", x)), out, 3)
    e = linear(w, name + ".emb_layers.1", F.silu(emb), out * (2 if scale_shift else 1))
    e = e.reshape(e.shape + (1,) * (x.dim() - 2))
    if scale_shift:
        h = group_norm(w, name + ".out_layers.0", h) * (1 + e[:, :out]) + e[:, out:]
    else:
        h = group_norm(w, name + ".out_layers.0", h + e)
    h = conv(w, name + ".out_layers.3", F.silu(h), out, 3)
    skip = x if x.shape[1] == out else conv(w, name + ".skip_connection", x, out, 1)
    return skip + h


def attention(w, name, x, heads):
    shape, (b, c) = x.shape, x.shape[:2]
    x = x.reshape(b, c, -1)
    n = x.shape[2]
    qkv = conv(w, name + ".qkv", group_norm(w, name + ".norm", x), 3 * c, 1).reshape(b * heads, -1, n)
    q, k, v = qkv.chunk(3, dim=1)
    weight = torch.softmax(q.transpose(1, 2) @ k / math.sqrt(q.shape[1]), dim=-1)
    h = (v @ weight.transpose(1, 2)).reshape(b, c, n)
    return (x + conv(w, name + ".proj_out", h, c, 1)).reshape(shape)


def timestep_embedding(t, dim):
    freqs = torch.exp(-math.log(10000) * torch.arange(dim // 2, dtype=torch.float32) / (dim // 2))
    args = t[:, None].float() * freqs[None]
    return torch.cat([args.cos(), args.sin()], dim=1)


def unet(w, x, t, s, condition=None, channels_out=None):
    base, mult, blocks, att, heads, ss = (s[k] for k in ("base", "mult", "blocks", "attention", "heads", "scale_shift"))
    emb = linear(w, "time_embed.2", F.silu(linear(w, "time_embed.0", timestep_embedding(t, base), 4 * base)), 4 * base)
    if condition is not None:
        emb = emb + linear(w, "cond_embed.2", F.silu(linear(w, "cond_embed.0", condition, 4 * base)), 4 * base)
    channels_out = channels_out or x.shape[1]
    h = conv(w, "input_blocks.0.0", x, base, 3)
    stack, index, rate = [h], 1, 1
    for level, m in enumerate(mult):
        for _ in range(blocks):
            h = res_block(w, f"input_blocks.{index}.0", h, emb, m * base, ss)
            if rate in att:
                h = attention(w, f"input_blocks.{index}.1", h, heads)
            stack.append(h)
            index += 1
        if level + 1 < len(mult):
            h = conv(w, f"input_blocks.{index}.0.op", h, h.shape[1], 3, stride=2)
            stack.append(h)
            index, rate = index + 1, rate * 2
    h = res_block(w, "middle_block.0", h, emb, h.shape[1], ss)
    h = attention(w, "middle_block.1", h, heads)
    h = res_block(w, "middle_block.2", h, emb, h.shape[1], ss)
    index = 0
    for level in reversed(range(len(mult))):
        for i in range(blocks + 1):
            h = res_block(w, f"output_blocks.{index}.0", torch.cat([h, stack.pop()], 1), emb, mult[level] * base, ss)
            if rate in att:
                h = attention(w, f"output_blocks.{index}.1", h, heads)
            if level and i == blocks:
                h = F.interpolate(h, scale_factor=2, mode="nearest")
                h = conv(w, f"output_blocks.{index}.{2 if rate in att else 1}.conv", h, h.shape[1], 3)
                rate //= 2
            index += 1
    return conv(w, "out.2", F.silu(group_norm(w, "out.0", h)), channels_out, 3)


def digits(tensor):
    return [float(f"{v:.7g}") for v in tensor.detach().flatten().tolist()]


def network_case(settings, batch, channels, length, steps):
    w = Weights()
    x = torch.from_numpy(formula("x", batch * channels * length)).reshape(batch, channels, length) * 1.75
    y = unet(w, x, torch.tensor(steps), settings)
    return {"settings": settings, "shape": [batch, channels, length], "timesteps": steps,
            "keys": {k: v for k, v in sorted(w.shapes.items())},
            "y_sum": float(y.double().sum()), "y_abs": float(y.double().abs().mean()), "y": digits(y[:, :3])}


def image_case():
    """Over the plane, told a condition, with twice the channels out."""
    settings, steps = dict(base=32, mult=[1, 2], blocks=1, attention=[2], heads=2, scale_shift=True), [5, 900]
    w = Weights()
    x = torch.from_numpy(formula("x", 2 * 3 * 8 * 4)).reshape(2, 3, 8, 4) * 1.75
    condition = torch.from_numpy(formula("condition", 40)).reshape(2, 20)
    y = unet(w, x, torch.tensor(steps), settings, condition, 6)
    return {"settings": settings, "shape": [2, 3, 8, 4], "timesteps": steps, "keys": {k: v for k, v in sorted(w.shapes.items())}, "y": digits(y)}


def learned_case():
    """Bound and reverse step of a learnt variance in float64: signals, predictions and ranges by formula; T = 1000, linear."""
    betas = np.linspace(1e-4, 0.02, 1000)
    ab, prev = tables(betas)
    post = betas * (1 - prev) / (1 - ab)
    low, high = np.log(np.append(post[1], post[1:])), np.log(betas)
    draw = lambda key: formula(key, 12).astype(np.float64).reshape(4, 3)
    x0, noise, eps, rng = (draw(k) for k in ("x0", "noise", "eps", "range"))
    steps, bits, variances = [0, 1, 500, 999], [], []
    for i, t in enumerate(steps):
        xt = math.sqrt(ab[t]) * x0[i] + math.sqrt(1 - ab[t]) * noise[i]
        guess = xt / math.sqrt(ab[t]) - eps[i] * math.sqrt(1 / ab[t] - 1)
        a, b = betas[t] * math.sqrt(prev[t]) / (1 - ab[t]), (1 - prev[t]) * math.sqrt(1 - betas[t]) / (1 - ab[t])
        lv = (rng[i] + 1) / 2 * high[t] + (1 - rng[i]) / 2 * low[t]
        m, q = a * guess + b * xt, a * x0[i] + b * xt
        if t == 0:
            value = 0.5 * (math.log(2 * math.pi) + lv + (x0[i] - m) ** 2 / np.exp(lv))
        else:
            value = 0.5 * (lv - low[t] - 1 + np.exp(low[t] - lv) + (q - m) ** 2 / np.exp(lv))
        bits.append(float(value.mean() / math.log(2)))
        variances.append([float(v) for v in lv])
    return {"steps": steps, "bits": bits, "log_variance": variances}


def tables(betas):
    ab = np.cumprod(1 - betas)
    return ab, np.append(1.0, ab[:-1])


def sampler_cases():
    """A fixed denoiser eps(x, t) = 0.3 x + sin(t / 100) / 2, and noise number n = 1.75 * formula("noise.n")."""
    full = np.linspace(1e-4, 0.02, 1000)
    ab_full = np.cumprod(1 - full)
    out = {}
    for name, steps, eta, clip in (("ddim", 10, 0.0, None), ("ddim_eta", 10, 0.7, 0.8), ("ddpm", 20, None, None),
                                   ("ddpm_large_clip", 20, None, 0.9)):
        keep = list(range(0, 1000, 1000 // steps)) if eta is not None else \
            sorted({round(i * 999 / (steps - 1)) for i in range(steps)})
        betas, last = [], 1.0
        for k in keep:
            betas.append(1 - ab_full[k] / last)
            last = ab_full[k]
        betas = np.array(betas)
        ab, prev = tables(betas)
        count = 0

        def noise():
            nonlocal count
            count += 1
            return formula(f"noise.{count - 1}", 12).astype(np.float64).reshape(2, 6) * 1.75

        x = noise()
        for i in reversed(range(len(keep))):
            eps = 0.3 * x + math.sin(keep[i] / 100) / 2
            x0 = x / math.sqrt(ab[i]) - eps * math.sqrt(1 / ab[i] - 1)
            if clip is not None:
                x0 = np.clip(x0, -clip, clip)
            if eta is None:
                var = betas * (1 - prev) / (1 - ab)
                variance = var[i] if "large" not in name else (var[1] if i == 0 else betas[i])
                x = (betas[i] * math.sqrt(prev[i]) * x0 + (1 - prev[i]) * math.sqrt(1 - betas[i]) * x) / (1 - ab[i])
                x = x + (math.sqrt(variance) * noise() if i else 0)
            else:
                e = (x / math.sqrt(ab[i]) - x0) / math.sqrt(1 / ab[i] - 1)
                sigma = eta * math.sqrt((1 - prev[i]) / (1 - ab[i])) * math.sqrt(1 - ab[i] / prev[i])
                x = math.sqrt(prev[i]) * x0 + math.sqrt(1 - prev[i] - sigma ** 2) * e
                x = x + (sigma * noise() if i and sigma else 0)
        out[name] = {"steps": steps, "eta": eta, "clip": clip, "large": "large" in name, "x": [float(f"{v:.9g}") for v in x.flatten()]}
    return out


def dpm_solver_case():
    """DPM-Solver++(2M), Lu et al. 2022, Algorithm 2, with the fixed denoiser of the other samplers: 10 steps, evenly spaced in lambda."""
    full = np.cumprod(1 - np.linspace(1e-4, 0.02, 1000))
    log_snr = 0.5 * np.log(full / (1 - full))
    keep = [int(np.argmin(abs(log_snr - v))) for v in np.linspace(log_snr[0], log_snr[-1], 10)]
    x = formula("noise.0", 12).astype(np.float64).reshape(2, 6) * 1.75
    alpha, sigma = np.sqrt(full), np.sqrt(1 - full)
    lam = log_snr
    seen = []
    for i in reversed(range(10)):
        t = keep[i]
        x0 = (x - sigma[t] * (0.3 * x + math.sin(t / 100) / 2)) / alpha[t]
        seen.append((t, x0))
        if i == 0:
            x = x0
            break
        to = keep[i - 1]
        h, d = lam[to] - lam[t], x0
        if len(seen) > 1:
            r = (lam[t] - lam[seen[-2][0]]) / h
            d = (1 + 1 / (2 * r)) * x0 - 1 / (2 * r) * seen[-2][1]
        x = sigma[to] / sigma[t] * x - alpha[to] * math.expm1(-h) * d
    return {"steps": 10, "eta": None, "clip": None, "large": False, "keep": keep, "x": [float(f"{v:.9g}") for v in x.flatten()]}


def schedule_cases():
    def cosine(n):
        f = lambda u: math.cos((u + 0.008) / 1.008 * math.pi / 2) ** 2
        return [min(1 - f((i + 1) / n) / f(i / n), 0.999) for i in range(n)]

    def sections(n, counts):
        taken, start = [], 0
        for i, c in enumerate(counts):
            size = n // len(counts) + (i < n % len(counts))
            stride = 1 if c <= 1 else (size - 1) / (c - 1)
            position = 0.0
            for _ in range(c):
                taken.append(start + round(position))
                position += stride
            start += size
        return sorted(set(taken))

    return {"linear_100": list(np.linspace(10 * 1e-4, 10 * 0.02, 100)), "cosine_40": cosine(40),
            "sections_300_10_15_20": sections(300, [10, 15, 20]), "sections_1000_250": sections(1000, [250]),
            "sections_10_3_1": sections(10, [3, 1])}


if __name__ == "__main__":
    with torch.no_grad():
        cases = [
            network_case(dict(base=32, mult=[1, 2], blocks=1, attention=[2], heads=2, scale_shift=True), 2, 20, 64, [0, 777]),
            network_case(dict(base=32, mult=[1, 2, 3], blocks=2, attention=[1, 4], heads=1, scale_shift=False), 1, 20, 16, [123]),
        ]
        plane = image_case()
    folder = sys.argv[1]
    json.dump(cases, open(f"{folder}/unet1d.json", "w"), separators=(",", ":"))
    json.dump(plane, open(f"{folder}/unet2d.json", "w"), separators=(",", ":"))
    json.dump(learned_case(), open(f"{folder}/learned_variance.json", "w"), separators=(",", ":"))
    json.dump({**sampler_cases(), "dpm_solver": dpm_solver_case()}, open(f"{folder}/samplers.json", "w"), indent=1)
    json.dump(schedule_cases(), open(f"{folder}/schedules.json", "w"), separators=(",", ":"))
