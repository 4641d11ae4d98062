"""The LIA animator in PyTorch, in two formulations that give the same numbers.

Fast   what Leo.Lab computes, operator by operator: every blur is one depthwise convolution (strided where only every
       other pixel is kept); a modulated convolution scales its input by the style and its output by the demodulation
       factor; constant gains go into weights and biases.
Usual  what the field's StyleGAN2 code computes without its CUDA kernels: every blur is a one-channel convolution over
       [N*C, 1, H, W] and upsampling inserts zeros first; a modulated convolution has a weight for each sample and is
       grouped; source and driving frame are encoded one after the other.

Names of parameters and buffers are those of the official implementation.
"""
import math
import torch
from torch import nn
import torch.nn.functional as F

SLOPE, ROOT2 = 0.2, math.sqrt(2)


def binomial(gain=1.0):
    line = torch.tensor([1.0, 3.0, 3.0, 1.0])
    return torch.outer(line, line) / 64 * gain


class Fast:
    """One depthwise or ordinary convolution wherever there can be one."""

    @staticmethod
    def blur(x, kernel, pad, stride=1, gain=1.0):
        c = x.shape[1]
        return F.conv2d(x, (kernel.flip(0, 1) * gain).expand(c, 1, 4, 4), None, stride, pad, groups=c)

    @staticmethod
    def upsample(x, kernel):
        c = x.shape[1]
        return F.conv_transpose2d(x, kernel.expand(c, 1, 4, 4), None, 2, 1, groups=c)

    @staticmethod
    def conv_layer(layer, x):
        strided = layer.blur is not None and layer.conv.kernel == 1
        gain, bias = layer.gain, None
        if layer.activation is not None:
            gain *= ROOT2
            bias = (layer.activation.bias * gain).flatten()
        weight, scale = layer.conv.weight, layer.conv.scale * gain
        if layer.blur is None:
            weight = weight * scale
        else:
            x = Fast.blur(x, layer.blur.kernel, layer.blur.pad, 2 if strided else 1, scale)
        y = F.conv2d(x, weight, bias, 1 if strided else layer.conv.stride, layer.conv.pad)
        return y if layer.activation is None else F.leaky_relu(y, SLOPE, inplace=True)

    @staticmethod
    def modulated(conv, x, style):
        """Gives the convolution and the demodulation factor still to be multiplied in."""
        s = conv.modulation(style) * conv.scale
        w = conv.weight.squeeze(0)
        x = x * s[:, :, None, None]
        if conv.blur is None:
            y = F.conv2d(x, w, None, 1, conv.kernel // 2)
        else:
            y = Fast.blur(F.conv_transpose2d(x, w.transpose(0, 1), None, 2), conv.blur.kernel, conv.blur.pad)
        if not conv.demodulate:
            return y, None
        energy = w.square().sum((2, 3))
        return y, F.linear(s.square(), energy).add(1e-8).rsqrt()[:, :, None, None]

    @staticmethod
    def styled(layer, x, style):
        y, demodulation = Fast.modulated(layer.conv, x, style)
        biased = torch.addcmul(layer.activate.bias * ROOT2, y, demodulation * ROOT2)
        return F.leaky_relu(biased, SLOPE, inplace=True)

    @staticmethod
    def encode(encoder, source, driving):
        n = source.shape[0]
        style, maps = encoder.net_app(torch.cat([source, driving]))
        return style[:n], [m[:n] for m in maps], encoder.motion(style[n:])

    @staticmethod
    def inpaint(warped, x, mask, finest):
        return None if finest else torch.addcmul(warped, x, 1 - mask)

    @staticmethod
    def combine(alpha, directions):
        return F.linear(alpha, directions)


class Usual:
    """One-channel blurs, grouped modulated convolutions."""

    @staticmethod
    def upfirdn(x, kernel, up, before, after):
        """Zeros between pixels, padding, convolution: the one function behind every blur and upsampling."""
        n, c, h, w = x.shape
        x = F.pad(x.reshape(n, c, h, 1, w, 1), (0, up - 1, 0, 0, 0, up - 1)).reshape(n * c, 1, h * up, w * up)
        y = F.conv2d(F.pad(x, (before, after, before, after)), kernel.flip(0, 1)[None, None])
        return y.reshape(n, c, y.shape[2], y.shape[3])

    @staticmethod
    def blur(x, kernel, pad):
        return Usual.upfirdn(x, kernel, 1, pad, pad)

    @staticmethod
    def upsample(x, kernel):
        return Usual.upfirdn(x, kernel, 2, 2, 1)

    @staticmethod
    def conv_layer(layer, x):
        if layer.blur is not None:
            x = Usual.blur(x, layer.blur.kernel, layer.blur.pad)
        y = F.conv2d(x, layer.conv.weight * layer.conv.scale, None, layer.conv.stride, layer.conv.pad)
        if layer.activation is not None:
            y = F.leaky_relu(y + layer.activation.bias, SLOPE) * ROOT2
        return y if layer.gain == 1 else y * layer.gain

    @staticmethod
    def modulated(conv, x, style):
        n, i, h, w = x.shape
        weight = conv.scale * conv.weight * conv.modulation(style).view(n, 1, i, 1, 1)
        if conv.demodulate:
            weight = weight * torch.rsqrt(weight.pow(2).sum([2, 3, 4], keepdim=True) + 1e-8)
        x, o, k = x.reshape(1, n * i, h, w), weight.shape[1], conv.kernel
        if conv.blur is None:
            y = F.conv2d(x, weight.reshape(n * o, i, k, k), padding=k // 2, groups=n)
            return y.reshape(n, o, h, w), None
        y = F.conv_transpose2d(x, weight.transpose(1, 2).reshape(n * i, o, k, k), stride=2, groups=n)
        y = y.reshape(n, o, y.shape[2], y.shape[3])
        return Usual.blur(y, conv.blur.kernel, conv.blur.pad), None

    @staticmethod
    def styled(layer, x, style):
        y, _ = Usual.modulated(layer.conv, x, style)
        return F.leaky_relu(y + layer.activate.bias, SLOPE) * ROOT2

    @staticmethod
    def encode(encoder, source, driving):
        style, maps = encoder.net_app(source)
        return style, maps, encoder.motion(encoder.net_app(driving)[0])

    @staticmethod
    def inpaint(warped, x, mask, finest):
        return warped + x * (1 - mask)

    @staticmethod
    def combine(alpha, directions):
        return (torch.diag_embed(alpha) @ directions.t()).sum(1)


class Blur(nn.Module):
    def __init__(self, pad, gain=1.0):
        super().__init__()
        self.register_buffer("kernel", binomial(gain))
        self.pad = pad


class Activation(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(1, channels, 1, 1))


class EqualLinear(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.randn(outputs, inputs)), nn.Parameter(torch.zeros(outputs))
        self.scale = 1 / math.sqrt(inputs)

    def forward(self, x):
        return F.linear(x, self.weight * self.scale, self.bias)


class EqualConv2d(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride=1, pad=0):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, kernel, kernel))
        self.scale, self.kernel, self.stride, self.pad = 1 / math.sqrt(inputs * kernel ** 2), kernel, stride, pad

    def forward(self, x):
        return F.conv2d(x, self.weight * self.scale, None, self.stride, self.pad)


class ConvLayer(nn.Module):
    """[blur] -> convolution -> [activation], named 0, 1, 2."""

    def __init__(self, f, inputs, outputs, kernel, down=False, activate=True, gain=1.0):
        super().__init__()
        self.f, self.gain = f, gain
        layers = [Blur((kernel + 1) // 2)] if down else []
        layers.append(EqualConv2d(inputs, outputs, kernel, 2 if down else 1, 0 if down else kernel // 2))
        layers += [Activation(outputs)] if activate else []
        for index, layer in enumerate(layers):
            self.add_module(str(index), layer)
        # Past nn.Module's bookkeeping, which would give these a second name.
        object.__setattr__(self, "blur", layers[0] if down else None)
        object.__setattr__(self, "conv", layers[int(down)])
        object.__setattr__(self, "activation", layers[-1] if activate else None)

    def forward(self, x):
        return self.f.conv_layer(self, x)


class ResBlock(nn.Module):
    def __init__(self, f, inputs, outputs):
        super().__init__()
        self.conv1 = ConvLayer(f, inputs, inputs, 3)
        self.gain = 1.0 if f is Usual else 1 / ROOT2
        self.conv2 = ConvLayer(f, inputs, outputs, 3, down=True, gain=self.gain)
        self.skip = ConvLayer(f, inputs, outputs, 1, down=True, activate=False, gain=self.gain)

    def forward(self, x):
        y = self.conv2(self.conv1(x)) + self.skip(x)
        return y if self.gain != 1 else y / ROOT2


class AppearanceNetwork(nn.Module):
    def __init__(self, f, size, channels, style):
        super().__init__()
        self.convs = nn.ModuleList([ConvLayer(f, 3, channels[size], 1)])
        while size > 4:
            self.convs.append(ResBlock(f, channels[size], channels[size // 2]))
            size //= 2
        self.convs.append(EqualConv2d(channels[4], style, 4))

    def forward(self, x):
        maps = []
        for conv in self.convs:
            x = conv(x)
            maps.append(x)
        return x.flatten(1), maps[-3::-1]


class Encoder(nn.Module):
    def __init__(self, f, size, channels, style, motion):
        super().__init__()
        self.net_app = AppearanceNetwork(f, size, channels, style)
        self.fc = nn.ModuleList([EqualLinear(style, style) for _ in range(4)] + [EqualLinear(style, motion)])

    def motion(self, x):
        for linear in self.fc:
            x = linear(x)
        return x


class ModulatedConv2d(nn.Module):
    def __init__(self, inputs, outputs, kernel, style, up=False, demodulate=True):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(1, outputs, inputs, kernel, kernel))
        self.blur = Blur(1, 4.0) if up else None
        self.modulation = EqualLinear(style, inputs)
        self.scale, self.kernel, self.demodulate = 1 / math.sqrt(inputs * kernel ** 2), kernel, demodulate


class Noise(nn.Module):
    """A strength that LIA keeps and never uses."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))


class StyledConv(nn.Module):
    def __init__(self, f, inputs, outputs, style, up=False):
        super().__init__()
        self.f = f
        self.conv, self.noise, self.activate = ModulatedConv2d(inputs, outputs, 3, style, up), Noise(), Activation(outputs)

    def forward(self, x, style):
        return self.f.styled(self, x, style)


class Upsample(nn.Module):
    def __init__(self, f):
        super().__init__()
        self.f = f
        self.register_buffer("kernel", binomial(4.0))

    def forward(self, x):
        return self.f.upsample(x, self.kernel)


class ToRgb(nn.Module):
    def __init__(self, f, inputs, up=True):
        super().__init__()
        self.upsample = Upsample(f) if up else None
        self.conv, self.bias = ConvLayer(f, inputs, 3, 1), nn.Parameter(torch.zeros(1, 3, 1, 1))

    def forward(self, x, coarser):
        image = self.conv(x) + self.bias
        return image if coarser is None else image + self.upsample(coarser)


class ToFlow(nn.Module):
    def __init__(self, f, inputs, style):
        super().__init__()
        self.f, self.upsample = f, Upsample(f)
        self.conv, self.bias = ModulatedConv2d(inputs, 3, 1, style, demodulate=False), nn.Parameter(torch.zeros(1, 3, 1, 1))

    def forward(self, x, style, source, coarser, finest):
        flow = self.f.modulated(self.conv, x, style)[0] + self.bias
        if coarser is not None:
            flow = flow + self.upsample(coarser)
        n = x.shape[2]
        across = torch.linspace(-1, 1, n)
        base = torch.stack([across[None, :].expand(n, n), across[:, None].expand(n, n)], -1)
        mask = flow[:, 2:3].sigmoid()
        grid = flow[:, :2].tanh().permute(0, 2, 3, 1) + base
        warped = F.grid_sample(source, grid, align_corners=False) * mask
        return warped, self.f.inpaint(warped, x, mask, finest), flow


class Direction(nn.Module):
    def __init__(self, f, style, motion):
        super().__init__()
        self.f, self.weight = f, nn.Parameter(torch.randn(style, motion))

    def directions(self):
        return torch.linalg.qr(self.weight + 1e-8)[0]

    def forward(self, alpha):
        return self.f.combine(alpha, self.directions())


class ConstantInput(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.input = nn.Parameter(torch.randn(1, channels, 4, 4))


class FlowGenerator(nn.Module):
    def __init__(self, f, size, channels, style, motion):
        super().__init__()
        c = channels[4]
        self.direction, self.input = Direction(f, style, motion), ConstantInput(c)
        self.conv1, self.to_rgb1 = StyledConv(f, c, c, style), ToRgb(f, c, up=False)
        self.convs, self.to_rgbs, self.to_flows = nn.ModuleList(), nn.ModuleList(), nn.ModuleList()
        for scale in range(3, int(math.log2(size)) + 1):
            o = channels[2 ** scale]
            self.convs += [StyledConv(f, c, o, style, up=True), StyledConv(f, o, o, style)]
            self.to_rgbs.append(ToRgb(f, o))
            self.to_flows.append(ToFlow(f, o, style))
            c = o

    def forward(self, latent, maps):
        x = self.conv1(self.input.input.expand(latent.shape[0], -1, -1, -1), latent)
        image = flow = None
        for i, source in enumerate(maps):
            x = self.convs[2 * i + 1](self.convs[2 * i](x, latent), latent)
            warped, x, flow = self.to_flows[i](x, latent, source, flow, i + 1 == len(maps))
            image = self.to_rgbs[i](warped, image)
        return image


class ImageAnimator(nn.Module):
    """x_s, x_d -> the source, moved like the driving frame."""

    def __init__(self, settings, formulation):
        super().__init__()
        self.f = formulation
        size, style, motion = settings["size"], settings["styleDim"], settings["motionDim"]
        channels = {4 * 2 ** i: c for i, c in enumerate(settings["channels"])}
        self.enc = Encoder(formulation, size, channels, style, motion)
        self.dec = FlowGenerator(formulation, size, channels, style, motion)

    def forward(self, source, driving):
        style, maps, alpha = self.f.encode(self.enc, source, driving)
        return self.dec(style + self.dec.direction(alpha), maps)


def reconstruction_loss(image, source, driving, settings, report):
    """Weighted sum: L1, squared, pyramid, edges; what moves counts more."""
    difference, moving = image - driving, settings["movingWeight"]

    def emphasis():
        return 1 + moving * (source - driving).abs() if moving else None

    def weighted(x, e):
        return (x.abs() if e is None else x.abs() * e).mean()

    terms = []
    if settings["l1Weight"]:
        terms.append(("l1", settings["l1Weight"], weighted(difference, emphasis())))
    if settings["squaredWeight"]:
        terms.append(("squared", settings["squaredWeight"], difference.square().mean()))
    if settings["pyramidWeight"]:
        halved, levels = difference, []
        for _ in range(settings["pyramidLevels"]):
            halved = F.avg_pool2d(halved, 2)
            levels.append(halved.abs().mean())
        terms.append(("pyramid", settings["pyramidWeight"], sum(levels[1:], levels[0]) / len(levels)))
    if settings["edgeWeight"]:
        e = emphasis()
        down = weighted(difference[:, :, 1:] - difference[:, :, :-1], None if e is None else e[:, :, 1:])
        across = weighted(difference[..., 1:] - difference[..., :-1], None if e is None else e[..., 1:])
        terms.append(("edge", settings["edgeWeight"], down + across))
    for name, _, term in terms:
        report(name, float(term))
    return sum(term * weight for _, weight, term in terms)
