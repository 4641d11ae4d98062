using Leo.Torch.Tests.Nn;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Optim;

[Collection(GlobalState.Name)]
public sealed class TrainingMemoryTests
{
    [Fact]
    public void Training_FiftySteps_KeepsTheCountOfLiveTensors()
    {
        using var net = nn.Sequential(nn.Conv2d(3, 8, 3, 1, 1), nn.GroupNorm(2, 8), nn.SiLU(), nn.Conv2d(8, 4, 3, 2, 1),
            nn.BatchNorm2d(4), nn.LeakyReLU(0.2), nn.Dropout(0.1), nn.Flatten(), nn.Linear(64, 5));
        using var optimizer = optim.AdamW(net.parameters(), 1e-3);
        var schedule = optim.lr_scheduler.CosineAnnealingLR(optimizer, 50);
        Step();
        long before = Tensor.TotalCount;
        for (int i = 0; i < 50; i++)
        {
            Step();
            Assert.Equal(before, Tensor.TotalCount);
        }

        void Step()
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(net.call(rand(2, 3, 8, 8)), randint(0, 5, [2]));
            loss.backward();
            nn.utils.clip_grad_norm_(net.parameters(), 1);
            optimizer.step();
            schedule.step();
            Assert.True(loss.item<float>() > 0);
        }
    }
}
