"""DDPM, DDIM and DPM-Solver++(2M) over LEO's Eq. 4, as one writes them in PyTorch: tables first, then one loop."""
import math
import torch


class Sampler:
    """The reverse process over some of the steps that the network was trained with."""

    def __init__(self, diffusion, timesteps):
        assert diffusion.prediction == "x0"
        self.diffusion, self.timesteps = diffusion, timesteps
        alpha_bar = torch.cumprod(1 - diffusion.betas_, 0)[timesteps]
        before = torch.cat([torch.ones(1, dtype=torch.float64), alpha_bar[:-1]])
        beta = 1 - alpha_bar / before
        variance = beta * (1 - before) / (1 - alpha_bar)
        self.first = (beta * before.sqrt() / (1 - alpha_bar)).tolist()              # of the posterior's mean
        self.second = ((1 - before) * (1 - beta).sqrt() / (1 - alpha_bar)).tolist()
        self.deviation = variance.clamp(min=variance[1] if len(variance) > 1 else 0).sqrt().tolist()
        self.alpha_bar, self.before = alpha_bar.tolist(), before.tolist()

    def __call__(self, kind, first, noise):
        """first [B, 1, D] raw codes -> raw codes [B, L, D]."""
        d, step = self.diffusion, {"ddpm": self.ddpm, "ddim": self.ddim, "dpm++": self.dpm}[kind]
        start, x, previous = (first - d.mean) / d.scale, noise(), None
        for i in reversed(range(len(self.timesteps))):
            t = torch.full((len(x),), self.timesteps[i])
            x0 = d.network(torch.cat([start, start + x], 1).transpose(1, 2), t).transpose(1, 2)[:, 1:]
            x, previous = step(x, x0, previous, i, noise), x0
        return torch.cat([first, first + x * d.scale], 1)

    def ddpm(self, x, x0, previous, i, noise):
        mean = self.first[i] * x0 + self.second[i] * x
        return mean + self.deviation[i] * noise() if i else mean

    def ddim(self, x, x0, previous, i, noise):
        a, b = self.alpha_bar[i], self.before[i]
        epsilon = (x - math.sqrt(a) * x0) / math.sqrt(1 - a)
        return math.sqrt(b) * x0 + math.sqrt(1 - b) * epsilon

    def dpm(self, x, x0, previous, i, noise):
        if i == 0:
            return x0
        snr = lambda a: 0.5 * math.log(a / (1 - a))
        a, b = self.alpha_bar[i], self.before[i]
        h = snr(b) - snr(a)
        if previous is not None:
            r = (snr(a) - snr(self.alpha_bar[i + 1])) / h
            x0 = (1 + 0.5 / r) * x0 - 0.5 / r * previous
        return math.sqrt((1 - b) / (1 - a)) * x - math.sqrt(b) * (math.exp(-h) - 1) * x0
