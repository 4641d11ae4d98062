using Leo.Lab;
using Leo.Lab.Animator;
using Leo.Lab.Checkpoints;
using Leo.Lab.Diffusion;
using Leo.Lab.Metrics;
using Leo.Lab.Metrics.I3d;
using Leo.Lab.Motion;
using Leo.Lab.Tests.Animator;
using static TorchSharp.torch;

namespace Leo.Bench;

/// <summary>Numbers of the device beside those of the official network, and beside the CPU's, which the tests hold against others.</summary>
internal static class GpuChecks
{
    // A factor of three above what roundings of 24, 11 and 8 bits leave after some dozens of layers.
    private static double Allowed(Precision precision) => precision switch { Precision.Float32 => 1e-4, Precision.Tf32 => 1e-2, _ => 5e-2 };

    internal static List<GpuCheck> Run(GpuPlan plan)
    {
        using var scope = NewDisposeScope();
        var official = Official(plan);
        return plan.IsCpu ? official : [.. official, Sampled(plan.Device), Seen(plan.Device)];
    }

    // LIA at 64 pixels, its widths, weights by a formula; inputs and outputs are the official code's.
    private static List<GpuCheck> Official(GpuPlan plan)
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(Path.Combine(AppContext.BaseDirectory, "lia_formula_64.safetensors"));
        using var animator = new ImageAnimator(AnimatorSettings.Official(64));
        FormulaWeights.Fill(animator);
        animator.eval();
        ComputeDevice.Move(animator, ComputeDevice.Find(plan.Device));
        var pipeline = new AnimationPipeline(animator);
        var driving = cat([Image("start"), Image("driving")], 0);
        var checks = new List<GpuCheck>();
        foreach (var precision in plan.Precisions)
        {
            animator.Precision = precision;
            Check("motion code", "h_motion", pipeline.Codes(Image("driving")));
            Check("frame", "img_abs", pipeline.Animate(Image("source"), Image("driving")).Frames);
            Check("frame, relative", "img_rel", pipeline.Animate(Image("source"), driving, AnimationMode.Relative).Frames.narrow(0, 1, 1));
        }
        return checks;

        Tensor Image(string name) => file.Read(name).to(float32) / 127.5 - 1;

        void Check(string what, string name, Tensor found) => checks.Add(
            new($"official LIA by formula: {what}", animator.Precision, Error(file.DType(name) == ScalarType.Byte ? Image(name) : file.Read(name), found), Allowed(animator.Precision)));
    }

    private static GpuCheck Sampled(string device)
    {
        using var scope = NewDisposeScope();
        return new("first codes and motion of nobody by DDIM-50, beside the CPU's", Precision.Float32, Error(Codes("cpu"), Codes(device)), 1e-3);

        Tensor Codes(string where)
        {
            using var leo = LeoPipeline.Load("faces", device: where);
            var request = new SampleRequest { Frames = 64, Count = 2, Seed = Work.Seed, Sampler = SamplerSpec.Ddim50 };
            var start = leo.StartFromNobody(request);
            return cat([start.FirstCodes.unsqueeze(1), leo.SampleCodes(start, request).cpu()], 1);
        }
    }

    private static GpuCheck Seen(string device)
    {
        using var scope = NewDisposeScope();
        using var generator = Seeds.Generator(Work.Seed, "bench.gpu.clip");
        var clip = rand([16, 3, 64, 64], generator: generator) * 255;
        using var extractor = PuppetI3dExtractor.Load();
        var expected = extractor.Features(clip, ClipResize.Stretch);
        extractor.MoveTo(ComputeDevice.Find(device));
        return new("puppet-i3d features of a clip, beside the CPU's", Precision.Float32, Error(expected, extractor.Features(clip, ClipResize.Stretch)), 1e-3);
    }

    private static double Error(Tensor expected, Tensor found) =>
        ((expected - found).square().mean() / expected.square().mean()).sqrt().item<float>();
}
