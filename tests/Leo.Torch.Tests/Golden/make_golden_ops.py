"""Golden numbers for tests/Leo.Torch.Tests, from PyTorch: every operator's outputs and gradients.

    python3 make_golden_ops.py > ops.json        (written with torch 1.13.1)

An input is a formula of its kind, shape and place, so only digests are stored: of each output and each gradient the sums
of x_i cos(i), x_i sin(2 i) and |x_i|. The gradient is that of the sum over outputs k and elements i of y_ki cos(i + k).
"""
import json

import torch

import golden_ops_shapes
import golden_ops_values
from golden_formulas import digest, filled

CASES = {**golden_ops_values.CASES, **golden_ops_shapes.CASES}


def run(inputs, case):
    x, specs = [], []
    for place, spec in enumerate(inputs.split('; ')):
        kind, _, lengths = spec.partition(':')
        t = filled(kind, [int(n) for n in lengths.split(',') if n], place)
        x.append(t.requires_grad_() if t.is_floating_point() else t)
        specs.append(spec)
    result = case(x)
    outputs = [result] if isinstance(result, torch.Tensor) else list(result)
    loss = torch.zeros((), dtype=torch.float64)
    for k, y in enumerate(outputs):
        if y.requires_grad:
            loss = loss + (y.to(torch.float64).flatten() * (torch.arange(y.numel(), dtype=torch.float64) + k).cos()).sum()
    wanted = [t for t in x if t.requires_grad] if loss.requires_grad else []
    grads = torch.autograd.grad(loss, wanted, allow_unused=True) if wanted else []
    return {
        'in': specs,
        'out': [{'shape': list(y.shape), 'type': str(y.dtype)[6:], 'digest': digest(y)} for y in outputs],
        'grad': [None if g is None else digest(g) for g in grads],
    }


def main():
    lines = [f'  {json.dumps(name)}: {json.dumps(run(*case), separators=(",", ":"), allow_nan=False)}' for name, case in CASES.items()]
    print('{\n' + ',\n'.join(lines) + '\n}')


if __name__ == '__main__':
    main()
