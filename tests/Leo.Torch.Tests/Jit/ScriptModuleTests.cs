using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Jit;

/// <summary>
/// Golden/two.pt is <c>torch.jit.script(Two()).save(…)</c> by PyTorch 1.13 of
/// <c>class Two(torch.nn.Module): def forward(self, x, n: int, s: float): return [x * n, x + s]</c>.
/// </summary>
public class ScriptModuleTests
{
    private static readonly string Two = Path.Combine(AppContext.BaseDirectory, "Jit", "Golden", "two.pt");

    [Fact]
    public void Load_AProgram_RunsIt()
    {
        using var scope = NewDisposeScope();
        using var module = jit.load(Two);
        var results = (Tensor[])module.forward(tensor(new float[] { 1, 2 }), 3, 0.5);
        Assert.Equal([3f, 6f], results[0].data<float>().ToArray());
        Assert.Equal([1.5f, 2.5f], results[1].data<float>().ToArray());
        Assert.Equal(2, ((Tensor[])module.call(ones(1), 2L, 1.0)).Length);
    }

    [Fact]
    public void Load_FromBytes_IsTheSame_AndItsModeCanBeSet()
    {
        using var module = jit.load(File.ReadAllBytes(Two));
        Assert.Equal(3, module.GetNumberOfInputs());
        module.eval();
        Assert.False(module.training);
        module.train();
        Assert.True(module.training);
    }

    [Fact]
    public void Load_WhatIsNoProgram_Throws()
    {
        Assert.Throws<FileNotFoundException>(() => jit.load(Two + ".none"));
        Assert.Throws<ExternalException>(() => jit.load(new byte[] { 1, 2, 3 }));
    }

    [Fact]
    public void Forward_WrongArguments_Throws()
    {
        using var scope = NewDisposeScope();
        using var module = jit.load(Two);
        Assert.Throws<ExternalException>(() => module.forward(ones(1)));
        Assert.Throws<ArgumentException>(() => module.forward("text", 1, 1.0));
        module.Dispose();
        Assert.Throws<ObjectDisposedException>(() => module.forward(ones(1), 1, 1.0));
    }
}
