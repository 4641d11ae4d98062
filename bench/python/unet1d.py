"""The U-Net of Nichol & Dhariwal (2021) over time, with improved-diffusion's names of parameters, and LEO's Eq. 4."""
import math
import torch
from torch import nn
import torch.nn.functional as F


def conv3(inputs, outputs, settings, stride=1):
    mode = "replicate" if settings["replicateEdges"] else "zeros"
    return nn.Conv1d(inputs, outputs, 3, stride, 1, padding_mode=mode)


class ResBlock(nn.Module):
    def __init__(self, inputs, outputs, embedding, settings):
        super().__init__()
        groups, self.scale_shift = settings["normGroups"], settings["scaleShiftNorm"]
        self.in_layers = nn.Sequential(nn.GroupNorm(groups, inputs), nn.SiLU(), conv3(inputs, outputs, settings))
        self.emb_layers = nn.Sequential(nn.SiLU(), nn.Linear(embedding, outputs * (2 if self.scale_shift else 1)))
        self.out_layers = nn.Sequential(nn.GroupNorm(groups, outputs), nn.SiLU(), nn.Dropout(settings["dropout"]),
                                        conv3(outputs, outputs, settings))
        self.skip_connection = nn.Identity() if inputs == outputs else nn.Conv1d(inputs, outputs, 1)

    def forward(self, x, emb):
        h, e = self.in_layers(x), self.emb_layers(emb)[:, :, None]
        if self.scale_shift:
            scale, shift = e.chunk(2, 1)
            h = self.out_layers[1:](self.out_layers[0](h) * (1 + scale) + shift)
        else:
            h = self.out_layers(h + e)
        return self.skip_connection(x) + h


class Attention(nn.Module):
    def __init__(self, channels, settings):
        super().__init__()
        self.heads, self.norm = settings["heads"], nn.GroupNorm(settings["normGroups"], channels)
        self.qkv, self.proj_out = nn.Conv1d(channels, 3 * channels, 1), nn.Conv1d(channels, channels, 1)

    def forward(self, x):
        n, c, length = x.shape
        depth = c // self.heads
        q, k, v = self.qkv(self.norm(x)).reshape(n * self.heads, 3 * depth, length).chunk(3, 1)
        scale = depth ** -0.25
        weight = ((q * scale).transpose(1, 2).bmm(k * scale)).softmax(-1)
        return x + self.proj_out(v.bmm(weight.transpose(1, 2)).reshape(n, c, length))


class Downsample(nn.Module):
    def __init__(self, channels, settings):
        super().__init__()
        self.op = conv3(channels, channels, settings, 2)

    def forward(self, x):
        return self.op(x)


class Upsample(nn.Module):
    def __init__(self, channels, settings):
        super().__init__()
        self.conv = conv3(channels, channels, settings)

    def forward(self, x):
        return self.conv(F.interpolate(x, scale_factor=2, mode="nearest"))


class Block(nn.Sequential):
    def forward(self, x, emb):
        for layer in self:
            x = layer(x, emb) if isinstance(layer, ResBlock) else layer(x)
        return x


class UNet1d(nn.Module):
    def __init__(self, channels, settings):
        super().__init__()
        self.base, multiples, rate = settings["baseChannels"], settings["channelMult"], 1
        embedding = 4 * self.base
        self.time_embed = nn.Sequential(nn.Linear(self.base, embedding), nn.SiLU(), nn.Linear(embedding, embedding))

        def block(inputs, outputs):
            attention = [Attention(outputs, settings)] if rate in settings["attentionRates"] else []
            return [ResBlock(inputs, outputs, embedding, settings)] + attention

        now, stack = self.base, [self.base]
        self.input_blocks = nn.ModuleList([Block(conv3(channels, now, settings))])
        for level, multiple in enumerate(multiples):
            for _ in range(settings["resBlocks"]):
                self.input_blocks.append(Block(*block(now, multiple * self.base)))
                now = multiple * self.base
                stack.append(now)
            if level + 1 < len(multiples):
                self.input_blocks.append(Block(Downsample(now, settings)))
                stack.append(now)
                rate *= 2
        self.middle_block = Block(ResBlock(now, now, embedding, settings), Attention(now, settings), ResBlock(now, now, embedding, settings))
        self.output_blocks = nn.ModuleList()
        for level, multiple in reversed(list(enumerate(multiples))):
            for i in range(settings["resBlocks"] + 1):
                layers, now = block(now + stack.pop(), multiple * self.base), multiple * self.base
                if level and i == settings["resBlocks"]:
                    layers.append(Upsample(now, settings))
                    rate //= 2
                self.output_blocks.append(Block(*layers))
        self.out = nn.Sequential(nn.GroupNorm(settings["normGroups"], now), nn.SiLU(), conv3(now, channels, settings))

    def forward(self, x, t):
        """x [B, channels, T], t [B] -> [B, channels, T]."""
        half = self.base // 2
        angles = t.float()[:, None] * torch.exp(torch.arange(half).float() * (-math.log(10000) / half))[None]
        emb, stack = self.time_embed(torch.cat([angles.cos(), angles.sin()], 1)), []
        for layer in self.input_blocks:
            x = layer(x, emb)
            stack.append(x)
        x = self.middle_block(x, emb)
        for layer in self.output_blocks:
            x = layer(torch.cat([x, stack.pop()], 1), emb)
        return self.out(x)


class LinearMotionDiffusion:
    """LEO Eq. 4: only the residuals m = alpha - alpha_1 are noised; the network sees [alpha_1, alpha_1 + m_t]."""

    def __init__(self, network, settings, mean, scale):
        self.steps, self.prediction = settings["steps"], settings["prediction"]
        self.betas_ = self.betas(settings["schedule"])
        alpha_bar = torch.cumprod(1 - self.betas_, 0)
        self.signal, self.noise = alpha_bar.sqrt().float(), (1 - alpha_bar).sqrt().float()
        self.network, self.mean, self.scale = network, mean, scale

    def betas(self, schedule):
        if schedule == "linear":
            return torch.linspace(1000 / self.steps * 1e-4, 1000 / self.steps * 0.02, self.steps, dtype=torch.float64)
        ends = torch.arange(self.steps + 1, dtype=torch.float64) / self.steps
        alpha_bar = torch.cos((ends + 0.008) / 1.008 * math.pi / 2).square()
        return (1 - alpha_bar[1:] / alpha_bar[:-1]).clamp(max=0.999)

    def losses(self, codes, t, noise):
        """The mean squared error of each sequence [B]; codes [B, L, D], t [B], noise [B, L - 1, D]."""
        first = codes[:, :1]
        m, first = (codes[:, 1:] - first) / self.scale, (first - self.mean) / self.scale
        a, b = self.signal[t][:, None, None], self.noise[t][:, None, None]
        mt = a * m + b * noise
        output = self.network(torch.cat([first, first + mt], 1).transpose(1, 2), t).transpose(1, 2)[:, 1:]
        target = {"epsilon": lambda: noise, "x0": lambda: m, "v": lambda: a * noise - b * m}[self.prediction]()
        return (output - target).square().flatten(1).mean(1)
