using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

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

    [Theory]
    [InlineData("model_state.a.w model_state.b optimizer_state.x", "a.w b", "model_state.")]
    [InlineData("state.a.w state.b", "a.w b", "state.")]
    [InlineData("netG.a.w netG.b netD.a.w", "a.w b", "netG.")]
    [InlineData("0.a.w 0.b 1.x", "a.w b", "0.")]
    [InlineData("netG_state_dict.a.w netG_state_dict.b", "a.w b", "netG_state_dict.")]
    [InlineData("checkpoint.model_state_dict.module.a.w checkpoint.model_state_dict.module.b", "a.w b", "checkpoint.model_state_dict.")]
    [InlineData("unet.a.w unet.b unet_ema.a.w unet_ema.b", "a.w b", "unet_ema.")]
    [InlineData("x_ema.a.w x_ema.b x.a.w x.b", "a.w b", "x_ema.")]
    [InlineData("model.diffusion_model.a.w model.diffusion_model.b model_ema.decay", "a.w b", "model.diffusion_model.")]
    [InlineData("ema.ema_model.a.w ema.ema_model.b ema.online_model.a.w ema.online_model.b ema.step", "a.w b", "ema.ema_model.")]
    [InlineData("ema.initted ema.step ema.ema_model._orig_mod.a.w ema.ema_model._orig_mod.b", "a.w b", "ema.ema_model.")]
    [InlineData("ema.shadow.a.w ema.shadow.b model.a.w model.b", "a.w b", "ema.shadow.")]
    [InlineData("ema.shadow_params.0 ema.decay model.a.w model.b", "a.w b", "model.")]
    [InlineData("opt.exp_avg.a.w opt.exp_avg.b netG.a.w netG.b", "a.w b", "netG.")]
    [InlineData("EMA.a.w EMA.b", "a.w b", "EMA.")]
    [InlineData("Model.a.w Model.b", "a.w b", "Model.")]
    [InlineData("_forward_module.a.w _forward_module.b", "a.w b", "")]
    [InlineData("state_dict.net.a.w state_dict.net.b callbacks.x.y", "a.w b", "state_dict.net.")]
    [InlineData("state_dict.ema_model.a.w state_dict.ema_model.b state_dict.model.a.w state_dict.model.b", "a.w b", "state_dict.ema_model.")]
    [InlineData("params.a.w params.b params_ema.a.w params_ema.b", "a.w b", "params_ema.")]
    [InlineData("generator.module.a.w generator.module.b discriminator.module.a.w", "a.w b", "generator.")]
    [InlineData("model._orig_mod.module.a.w model._orig_mod.module.b", "a.w b", "model.")]
    [InlineData("a.w b ema.decay", "a.w b", "")]
    [InlineData("model.a.w model.b ema.a.w", "a.w b", "model.")]
    [InlineData("module.enc.module.w module.enc.module.b module.dec.module.w", "enc.w enc.b dec.w", "")]
    [InlineData("net.model.w net.model.b", "model.w model.b", "net.")]
    [InlineData("model.a.w model.b ema.x.y", "", "ema.")]
    [InlineData("model.a.w model.b ema.decay ema.num_updates", "", "model.")]
    public void Prefix_OfNamesAsTrainersLeaveThem_IsTheWeights(string names, string expected, string prefix)
    {
        using var folder = new TempFolder();
        using var file = Written(folder, names);
        Assert.Equal(prefix, CheckpointLoader.Prefix(file, expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("G_A.a.w G_A.b G_B.a.w G_B.b", "found those of 2, under 'G_A.', 'G_B.'")]
    [InlineData("0.a.w 0.b 1.a.w 1.b 2.a.w 2.b", "found those of 3, under '0.', '1.', '2.'")]
    public void Prefix_OfTwoModelsAlike_IsRefusedByBothNames(string names, string problem)
    {
        using var folder = new TempFolder();
        using var file = Written(folder, names);
        Assert.Contains(problem, Assert.Throws<CheckpointException>(() => CheckpointLoader.Prefix(file, ["a.w", "b"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("optimizer.a.w", true)]
    [InlineData("optim_g.state.0.exp_avg", true)]
    [InlineData("ema.decay", true)]
    [InlineData("model_ema.num_updates", true)]
    [InlineData("ema.a.w", false)]
    [InlineData("optimizer", false)]
    [InlineData("step.weight", false)]
    public void IsBeside_OptimisersAndWhatAveragesCountBy(string name, bool expected) => Assert.Equal(expected, TensorNames.IsBeside(name));

    private static SafetensorsFile Written(TempFolder folder, string names)
    {
        using var scope = NewDisposeScope();
        Safetensors.Write(folder["x.safetensors"], names.Split(' ').ToDictionary(n => n, _ => zeros(1)));
        return SafetensorsFile.Open(folder["x.safetensors"]);
    }
}
