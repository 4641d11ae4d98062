namespace Leo.Lab.Tests.House;

/// <summary>
/// Whoever reads a number of a tensor makes the host wait for the device. All of the library's methods that do are listed here, by whole folders where nothing is computed on a
/// device and one by one where models are trained and sampled, so that a new one in a step or in a sampler's loop is seen.
/// </summary>
public sealed class ReadBackTests
{
    // A name with a * at its end stands for all that begin so.
    private static readonly (string Reason, string[] Methods)[] Allowed =
    [
        ("files, pages and pictures are made of numbers", ["Checkpoints.*", "Data.*", "Display.*", "EditedVideo.Save"]),
        ("the one way to an array", ["TensorNumbers.ToArray"]),
        ("finished frames and codes are handed out on the CPU, a block or a call at a time",
            ["Animator.AnimationPipeline.*", "Animator.Animation.ToVideo", "Motion.VideoSampling.Codes", "LeoPipeline.StartFrom", "LeoPipeline.StartFromNobody"]),
        ("pictures of a training, every some hundred steps", ["Animator.ContactSheet.Write", "Animator.FlowPictures.Of", "Perceptual.PerceptualTask.Sample", "StartFrames.StartFrameTask.Sample"]),
        ("validation, every some hundred steps",
        [
            "Animator.ReconstructionMeter.*", "Experiments.Extractor.ExtractorTask.Validate", "Experiments.Extractor.ExtractorSubject.PatternAccuracy", "Perceptual.PerceptualTask.R2",
            "Motion.DenoisingObjective.Validate", "Motion.LikelihoodObjective.Validate", "Motion.MotionTask.RealAndSampled", "Motion.StartCodeTask.Validate", "Motion.TransitionTask.Validate",
            "Motion.Recurrent.RecurrentTask.Validate",
        ]),
        ("statistics of finished codes", ["Motion.CodeMoments.Of", "Motion.MotionDiversity.Of", "Motion.MotionJoins.*", "Motion.MotionRepetition.Of", "Motion.MotionStatistics.Of"]),
        ("measures of finished videos", ["Metrics.*", "Experiments.VideoQuality.*"]),
        ("evaluations, reports and figures of trained models",
        [
            "Experiments.AnimatorSheet.*", "Experiments.CodeChart.*", "Experiments.CodedVideo.*", "Experiments.ColourPalette.*", "Experiments.Figures.*", "Experiments.InsideSheet.*", "Experiments.MotionAmount.*",
            "Experiments.MotionEvaluation.*", "Experiments.PoseProbe.*", "Experiments.PoseTransfer.*", "Experiments.PuppetKeyPoints.*", "Experiments.ProbeScores.*", "Experiments.RidgeRegression.*", "Experiments.SubjectEvaluation.*",
        ]),
        ("before a training: units, weights and codes that it begins with",
            ["Animator.AnimatorFingerprint.Of", "Animator.WarmStart.*", "Motion.CodeNormalizer.*", "Motion.CodeSequence.From", "Motion.Recurrent.RecurrentMotionModel.Create"]),
        ("a checkpoint, written or read", ["Diffusion.LossSecondMomentSampler.Load", "Training.GeneratorState.Read", "Training.OptimizerStates.Load", "Training.TrainingState.RequireFinite"]),
        ("chance, which is drawn on the CPU", ["Diffusion.LogNormalStepSampler.Draw", "Diffusion.LossSecondMomentSampler.Draw", "Experiments.Extractor.ClipDegradation.Shuffle", "Motion.CodeCrops.Next"]),
        ("diffusion steps of a training's batch, which were drawn on the CPU and are there", ["Diffusion.GaussianDiffusion.Extract"]),
        ("what steps on a device have to say, once an interval of the log", ["Training.PendingSteps.Read"]),
        ("a step on the CPU, or of several processes, which agree on its loss", ["Training.StepRunner.Run", "Training.StepContext.Report", "Training.Scalars.Of"]),
        ("the losses of a step where they are on the CPU, where processes share it, or where the step sampler learns from each", ["Motion.DenoisingObjective.Loss"]),
        ("processes exchange gradients and weights through the host", ["Distributed.TeamTensors.*"]),
    ];

    [Fact]
    public void Methods_ThatReadTensors_AreListedWithTheReason()
    {
        var found = ReadBacks.In(File.OpenRead(typeof(Seeds).Assembly.Location));
        string[] listed = [.. Allowed.SelectMany(a => a.Methods)];

        string[] unlisted = [.. found.Where(method => !listed.Any(l => Covers(l, method)))], unused = [.. listed.Where(l => !found.Any(method => Covers(l, method)))];
        Assert.Empty(unlisted);
        Assert.Empty(unused); // reads no more
    }

    [Theory]
    [InlineData("class A { static float M(Tensor t) => t.item<float>(); }")]
    [InlineData("class A { static Tensor M(Tensor t) => t.cpu(); }")]
    [InlineData("class A { static Tensor M(Tensor t) => t.to(torch.CPU); }")]
    [InlineData("class A { static float M(Tensor t) => t.data<float>()[0]; }")]
    [InlineData("class A { static float M(Tensor t) => t.ToSingle(); }")]
    [InlineData("class A { static float M(Tensor t) => (float)t; }")]
    [InlineData("class A { static bool M(Tensor t) => t.allclose(t); }")]
    [InlineData("class A { static Func<long> M(Tensor t) => () => t.item<long>(); }")]
    [InlineData("class A { static IEnumerable<long> M(Tensor t) { yield return t.item<long>(); } }")]
    [InlineData("class A { static long M(Tensor t) { return Inner(); long Inner() => t.item<long>(); } }")]
    public void Reading_OfAnyKind_IsSeen(string reader) => Assert.Equal(["Up.A.M"], ReadBacks.In(Compiled.From(reader)));

    [Theory]
    [InlineData("class A { static Tensor M(Tensor t, Device d) => t.to(d); }")]
    [InlineData("class A { static Tensor M(Tensor t) => t.to(torch.float32).sum(); }")]
    [InlineData("class A { static Tensor M(Tensor t) => torch.zeros(3, device: torch.CPU); }")]
    public void Computing_IsNone(string reader) => Assert.Empty(ReadBacks.In(Compiled.From(reader)));

    private static bool Covers(string listed, string method) => listed.EndsWith('*') ? method.StartsWith(listed[..^1], StringComparison.Ordinal) : listed == method;

    private static class Compiled
    {
        internal static Stream From(string code) =>
            Assemblies.Compile($"using System; using System.Collections.Generic; using TorchSharp; using static TorchSharp.torch; namespace Leo.Lab.Up {{ {code} }}", "TorchSharp.dll");
    }
}
