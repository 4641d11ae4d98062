using Leo.Lab.Animator;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Torch;

/// <summary>CUDA's switches belong to the whole process, so this looks at them in one of its own. That CUDA obeys them takes a GPU to see.</summary>
public sealed class PrecisionModeTests
{
    [Fact]
    public void Rendering_InTf32_SwitchesCudaAndPutsItBack() =>
        Assert.Equal("InvalidOperationException: before False False; Float32 False False; Tf32 True True; Bfloat16 False False; after True False", Child.Error(() =>
        {
            using var animator = new ImageAnimator(new AnimatorSettings { Size = 16, StyleDim = 8, MotionDim = 4, Channels = [4, 4, 4] });
            animator.eval();
            var pipeline = new AnimationPipeline(animator);
            (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32) = (false, false);
            var seen = new List<string> { Switches("before") };
            foreach (var precision in Enum.GetValues<Precision>())
            {
                animator.Precision = precision;
                pipeline.AnimateCodes(zeros(1, 3, 16, 16), zeros(1, 4), _ => seen.Add(Switches($"{precision}")));
            }
            backends.cuda.matmul.allow_tf32 = true;                       // somebody else's
            pipeline.AnimateCodes(zeros(1, 3, 16, 16), zeros(1, 4), _ => { });
            seen.Add(Switches("after"));
            throw new InvalidOperationException(string.Join("; ", seen));

            static string Switches(string when) => $"{when} {backends.cuda.matmul.allow_tf32} {backends.cudnn.allow_tf32}";
        }));
}
