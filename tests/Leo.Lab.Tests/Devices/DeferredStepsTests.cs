using Leo.Lab.Tests.Training;
using Leo.Lab.Training;
using static TorchSharp.torch;

namespace Leo.Lab.Tests.Devices;

/// <summary>Steps whose numbers are read once an interval, as on a GPU, tried on the CPU beside steps whose numbers are read at once.</summary>
public sealed class DeferredStepsTests
{
    [Theory]
    [InlineData("animator-gan")]
    [InlineData("clmdm")]
    [InlineData("extractor")]
    public void Steps_ReadLater_TrainAndTellTheSame(string name)
    {
        var (now, told) = Train(name, deferred: false);
        var (later, toldLater) = Train(name, deferred: true);

        Assert.Equal(told.Keys, toldLater.Keys);
        Assert.All(told, t => Assert.Equal(t.Value, toldLater[t.Key], 1e-4 * Math.Max(1, Math.Abs(t.Value))));
        Assert.Equal(now.Length, later.Length);
        Assert.All(now.Zip(later), w => Assert.Equal(w.First, w.Second, 1e-4f));
    }

    [Fact]
    public void Step_WithALossThatIsNotFinite_ChangesNothingAndIsToldAfterwards()
    {
        using var scope = NewDisposeScope();
        var weight = new TorchSharp.Modules.Parameter(ones(3));
        using var task = new OneWeight(weight, badStep: 1);
        using var runner = new StepRunner(task, new TrainingSettings { BatchSize = 1 }, new ScalarMeans(), deferred: true);
        using var average = new Ema(task.Model, 0.5);
        var seen = new List<float>();
        for (long step = 0; step < 3; step++)
        {
            runner.Run(step, 0, 0.1);
            average.Update(runner.Skip);
            seen.Add(weight[0].item<float>());
        }

        Assert.NotEqual(1f, seen[0]);
        Assert.Equal(seen[0], seen[1]);
        Assert.NotEqual(seen[1], seen[2]);
        var outcomes = runner.Read();
        Assert.Equal([true, false, true], outcomes.Select(o => o is null));
        Assert.Contains("clip of step 1", outcomes[1]!.ToString());
        Assert.Empty(runner.Read());
        Assert.True(average.Weights["weight"].isfinite().all().item<bool>());
    }

    private static (float[] Weights, Dictionary<string, double> Told) Train(string name, bool deferred)
    {
        using var small = new SmallTrainings();
        var settings = SmallTrainings.Settings(6);
        var (task, more) = small.Make(name, settings);
        var means = new ScalarMeans();
        using (task)
        {
            task.Model.train();
            using var runner = new StepRunner(task, settings, means, deferred: deferred);
            for (long step = 0; step < 6; step++)
                Assert.Null(runner.Run(step, step / 6.0, 1e-3));
            Assert.Equal(deferred ? 6 : 0, runner.Read().Count);
            float[] weights = [.. task.Model.parameters().SelectMany(p => TensorNumbers.ToArray<float>(p.detach()))];
            more?.Dispose();
            return (weights, means.Take());
        }
    }

    private sealed class OneWeight : TrainingTask
    {
        private readonly Holder _model;

        internal OneWeight(TorchSharp.Modules.Parameter weight, int badStep)
        {
            _model = new Holder(weight);
            Phases = [new TrainingPhase("one", new FusedAdam([weight], 0.1), context =>
            {
                context.Drew([$"clip of step {context.Step}"]);
                var loss = weight.square().sum();
                return context.Step == badStep ? loss / 0 : loss;
            })];
        }

        public override string Kind => "one";

        public override string SettingsJson => "{}";

        public override nn.Module Model => _model;

        public override IReadOnlyList<TrainingPhase> Phases { get; }

        private sealed class Holder : nn.Module
        {
            internal TorchSharp.Modules.Parameter weight;

            internal Holder(TorchSharp.Modules.Parameter weight) : base("holder")
            {
                this.weight = weight;
                RegisterComponents();
            }
        }
    }
}
