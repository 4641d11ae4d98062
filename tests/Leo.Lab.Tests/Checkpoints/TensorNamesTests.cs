using Leo.Lab.Checkpoints;

namespace Leo.Lab.Tests.Checkpoints;

public class TensorNamesTests
{
    [Theory]
    [InlineData("_orig_mod.a.w _orig_mod.b", "a.w b")]
    [InlineData("module.a.w module.b", "a.w b")]
    [InlineData("module._orig_mod.a.w module._orig_mod.b", "a.w b")]
    [InlineData("_orig_mod.module.a.w _orig_mod.module.b", "a.w b")]
    [InlineData("module.module._orig_mod.a.w module.module._orig_mod.b", "a.w b")]
    [InlineData("gen._orig_mod.a gen._orig_mod.b dis.module.a dis.module.b step", "gen.a gen.b dis.a dis.b step")]
    [InlineData("state_dict.module._orig_mod.net.a optimizer.0", "state_dict.net.a optimizer.0")]
    [InlineData("enc._orig_mod.a.w dec.b", "enc.a.w dec.b")]
    [InlineData("_fsdp_wrapped_module.a._checkpoint_wrapped_module.w _fsdp_wrapped_module.b", "a.w b")]
    [InlineData("module.a b.w", "module.a b.w")]
    [InlineData("enc.module enc.w", "enc.module enc.w")]
    [InlineData("enc.module.w enc.other.w", "enc.module.w enc.other.w")]
    [InlineData("_orig_mod.a a", "_orig_mod.a a")]
    [InlineData("module", "module")]
    [InlineData("x._orig_mod", "x._orig_mod")]
    public void Clean_TakesOutWhatWrapsModules(string names, string expected) => Assert.Equal(expected.Split(' '), TensorNames.Clean(names.Split(' ')));

    [Theory]
    [InlineData("gen.a ema.a model.a", "ema. model. gen. ")]
    [InlineData("state_dict.gen.a state_dict.dis.a", "state_dict.gen. state_dict. ")]
    [InlineData("a b.c", "")]
    [InlineData("g_ema.a gen.a step", "g_ema. gen. ")]
    public void Prefixes_AreThoseOfTrainers_AveragesFirst(string names, string expected) =>
        Assert.Equal([.. expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), ""], TensorNames.Prefixes(names.Split(' ')));
}
