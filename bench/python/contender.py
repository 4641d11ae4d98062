"""Training steps in PyTorch, a few at a time: `contender.py animator|official|motion|render|ddpm-1|… SETUP [--usual]`.

SETUP is a safetensors file with weights, data and the state of random generators, settings in its header. Every line
on stdin is a number of steps; every line on stdout tells what they took, their losses and gradient norms, and the
largest resident set so far. Weights, data and settings are Leo.Lab's, and a step does what its training loop does:
data, zero_grad, forward, loss, backward, clipping or norm, learning rate, Adam, moving average.
"""
import argparse
import json
import math
import sys
import time
import torch
import i3d
import lia
import sampling
import unet1d
from safetensors_reader import read


class Animator:
    """Two fixed batches of frames."""

    def __init__(self, tensors, settings, usual):
        self.settings, self.training = settings, settings["training"]
        self.betas = (settings["animatorBetas"]["beta1"], settings["animatorBetas"]["beta2"])
        self.model = lia.ImageAnimator(settings["animator"], lia.Usual if usual else lia.Fast)
        self.source, self.driving = tensors["source"], tensors["driving"]

    def loss(self, report):
        image = self.model(self.source, self.driving)
        return lia.reconstruction_loss(image, self.source, self.driving, self.settings, report)


class Motion:
    """Random crops of codes, random steps and noise, from generators in the same state as Leo.Lab's."""

    betas = (0.9, 0.999)

    def __init__(self, tensors, settings, usual):
        motion, self.training = settings["motion"], settings["training"]
        self.model = unet1d.UNet1d(motion["dim"], motion["network"])
        self.diffusion = unet1d.LinearMotionDiffusion(self.model, motion["diffusion"], tensors["mean"], tensors["scale"])
        self.codes, self.length, self.steps = tensors["codes"], motion["length"], self.diffusion.steps
        self.data, self.noise = torch.Generator(), torch.Generator()
        self.data.set_state(tensors["rng.data"])
        self.noise.set_state(tensors["rng.noise"])

    def loss(self, report):
        batch, starts = self.training["batchSize"], self.codes.shape[1] - self.length + 1
        crops = torch.randint(0, len(self.codes) * starts, (batch,), generator=self.data).tolist()
        codes = torch.stack([self.codes[i // starts, i % starts:i % starts + self.length] for i in crops])
        t = torch.randint(0, self.steps, (batch,), generator=self.noise)
        noise = torch.randn(batch, self.length - 1, codes.shape[2], generator=self.noise)
        losses = self.diffusion.losses(codes, t, noise)
        quartiles = {}
        for step, value in zip(t.tolist(), losses.detach().tolist()):
            quartiles.setdefault(4 * step // self.steps, []).append(value)
        for quartile, values in quartiles.items():
            report(f"loss.q{quartile}", sum(values) / len(values))
        return losses.mean()


class Renderer:
    """Animates one source by driving frames; tells mean and norm of the frames where training tells losses."""

    PIXELS = 1 << 16                                    # in one pass of the same formulation, as in Leo.Lab

    def __init__(self, tensors, settings, usual):
        self.training, self.usual = settings["training"], usual
        self.model = lia.ImageAnimator(settings["animator"], lia.Usual if usual else lia.Fast)
        self.source, self.driving = tensors["source"], tensors["driving"]

    @torch.no_grad()
    def frames(self):
        if self.usual:                                  # frame by frame through the whole network
            return torch.cat([self.model(self.source, frame) for frame in self.driving.split(1)])
        count = min(16, max(1, self.PIXELS // self.driving[0, 0].numel()))
        style, maps = self.model.enc.net_app(self.source)
        codes = torch.cat([self.model.enc.motion(self.model.enc.net_app(f)[0]) for f in self.driving.split(count)])
        directions = self.model.dec.direction.directions()
        return torch.cat([self.model.dec(style + torch.nn.functional.linear(some, directions),
                                         [m.expand(len(some), -1, -1, -1) for m in maps]) for some in codes.split(count)])

    def step(self):
        image = self.frames()
        return float(image.abs().mean()), float(image.norm())


class Sampler:
    """Draws sequences of motion codes; tells mean and norm of the codes where training tells losses."""

    def __init__(self, tensors, settings, usual):
        motion, self.training, self.kind = settings["motion"], settings["training"], settings["sampler"]
        self.model = unet1d.UNet1d(motion["dim"], motion["network"]).eval()
        self.length = motion["length"]
        self.diffusion = unet1d.LinearMotionDiffusion(self.model, motion["diffusion"], tensors["mean"], tensors["scale"])
        self.sample = sampling.Sampler(self.diffusion, tensors["timesteps"].tolist())
        self.first = tensors["alpha1"][:, None]
        self.states = [tensors[f"rng.{k}"] for k in range(len(self.first))]

    @torch.no_grad()
    def step(self):
        generators = [torch.Generator() for _ in self.states]
        for generator, state in zip(generators, self.states):
            generator.set_state(state)
        shape = (self.length - 1, self.first.shape[2])
        codes = self.sample(self.kind, self.first, lambda: torch.stack([torch.randn(shape, generator=g) for g in generators]))
        return float(codes.abs().mean()), float(codes.norm())


class Clip:
    """I3D's logits of one clip."""

    def __init__(self, tensors, settings, usual):
        self.training, self.model, self.clip = settings["training"], i3d.I3d().eval(), tensors["clip"]

    @torch.no_grad()
    def step(self):
        logits = self.model(self.clip)
        return float(logits.abs().mean()), float(logits.norm())


class Distance:
    """FVD or KVD of saved features."""

    def __init__(self, tensors, settings, usual):
        self.training, self.model = settings["training"], torch.nn.Module()
        self.real, self.fake = tensors["real"], tensors["fake"]
        self.distance = {"fvd-digan": i3d.digan, "fvd-styleganv": i3d.styleganv, "kvd": i3d.kvd}[settings["distance"]]

    @torch.no_grad()
    def step(self):
        distance = self.distance(self.real, self.fake)
        return abs(distance), abs(distance)


class Trainer:
    """One optimisation step after the other."""

    def __init__(self, task):
        self.task, self.settings, self.done = task, task.training, 0
        self.parameters = list(task.model.parameters())
        # Not PyTorch 1.13's defaults, but the fastest that it has.
        self.adam = torch.optim.Adam(self.parameters, self.settings["learningRate"], task.betas, foreach=True)
        self.rate = self.settings["emaRates"][0]
        names = {name for name, _ in task.model.named_parameters()}
        self.average = [(name in names, live.clone(), live) for name, live in task.model.state_dict().items()]

    def learning_rate(self):
        s = self.settings
        warm = min(1, (self.done + 1) / s["warmupSteps"]) if s["warmupSteps"] else 1
        fall = (1 + math.cos(math.pi * self.done / s["steps"])) / 2 if s["schedule"] == "cosine" else 1
        return warm * (s["finalLearningRate"] + (s["learningRate"] - s["finalLearningRate"]) * fall)

    def step(self):
        """Gives loss and gradient norm."""
        reported = {}
        self.adam.zero_grad(set_to_none=True)
        loss = self.task.loss(reported.__setitem__)
        value = float(loss)
        loss.backward()
        norm = float(torch.nn.utils.clip_grad_norm_(self.parameters, self.settings["clipGradNorm"] or math.inf))
        if not (math.isfinite(value) and math.isfinite(norm)):
            raise ArithmeticError(f"loss {value}, gradient norm {norm} at step {self.done}")
        self.adam.param_groups[0]["lr"] = self.learning_rate()
        self.adam.step()
        share = 1 - min(self.rate, (1 + self.done) / (10 + self.done))
        with torch.no_grad():
            for is_parameter, average, live in self.average:
                average.lerp_(live, share) if is_parameter else average.copy_(live)
        self.done += 1
        return value, norm


DISTANCES = ["fvd-digan", "fvd-styleganv", "kvd"]


def peak_kilobytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def forget_peak():
    """Reading the setup is no part of the work, and takes weights twice."""
    with open("/proc/self/clear_refs", "w") as refs:
        refs.write("5")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", choices=["animator", "official", "motion", "render", "i3d", *DISTANCES, *(f"{s}-{b}" for b in (1, 16) for s in ("ddpm", "ddim", "dpm++"))])
    parser.add_argument("setup")
    parser.add_argument("--usual", action="store_true")
    options = parser.parse_args()
    tensors, metadata = read(options.setup)
    settings = json.loads(metadata["settings"])
    kinds = {"i3d": Clip, **dict.fromkeys(DISTANCES, Distance), "motion": Motion, "render": Renderer, "animator": Animator, "official": Animator}
    task = kinds.get(options.work, Sampler)(tensors, settings, options.usual)
    torch.set_num_threads(task.training["threads"])
    prefix = "model."
    task.model.load_state_dict({n[len(prefix):]: t for n, t in tensors.items() if n.startswith(prefix)})
    trainer = task if hasattr(task, "step") else Trainer(task)
    del tensors
    forget_peak()
    print(json.dumps({"torch": torch.__version__}), flush=True)
    for line in sys.stdin:
        took, losses, norms, used = [], [], [], time.process_time()
        for _ in range(int(line)):
            start = time.perf_counter()
            loss, norm = trainer.step()
            took.append(1000 * (time.perf_counter() - start))
            losses.append(loss)
            norms.append(norm)
        used = 1000 * (time.process_time() - used)
        print(json.dumps({"milliseconds": took, "losses": losses, "norms": norms, "cpuMilliseconds": used,
                          "peakKilobytes": peak_kilobytes()}), flush=True)


if __name__ == "__main__":
    main()
