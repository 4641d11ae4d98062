using System.IO.Compression;
using System.Runtime.InteropServices;
using Leo.Lab.Checkpoints;
using static TorchSharp.torch;

namespace Leo.Lab.Metrics;

/// <summary>
/// A detector as a program of TorchScript, such as StyleGAN-V's <c>i3d_torchscript.pt</c>: <c>forward(x, rescale, resize, return_features)</c>, or a
/// program that takes nothing but a prepared clip.
/// </summary>
/// <remarks>Unlike files of weights, a program is executed. Load those that you trust.</remarks>
public sealed class TorchScriptExtractor : IVideoExtractor
{
    private const string Advice = "Give a detector like StyleGAN-V's i3d_torchscript.pt";
    private readonly jit.ScriptModule _module;
    private readonly string _path;
    private readonly int _inputs;
    private Device _device = CPU;

    private TorchScriptExtractor(jit.ScriptModule module, int inputs, string path)
    {
        (_module, _inputs, _path) = (module, inputs, path);
        Weights = WeightsHash.Of(path);
    }

    /// <inheritdoc/>
    public string Name => "i3d-torchscript";

    /// <inheritdoc/>
    public string Weights { get; }

    /// <inheritdoc/>
    /// <remarks>What a program needs is not known before it runs.</remarks>
    public int LeastFrames => 1;

    /// <summary>Whether a file is a program by <c>torch.jit.save</c> rather than a dictionary of weights.</summary>
    /// <exception cref="CheckpointException">The file cannot be read.</exception>
    public static bool Recognises(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return archive.Entries.Any(e => e.FullName.EndsWith("/constants.pkl", StringComparison.Ordinal) && e.FullName.Count(c => c == '/') == 1);
        }
        catch (InvalidDataException)
        {
            return false; // no archive, or a damaged one: the reader of weights says what is wrong with it
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, $"cannot be read ({e.Message.TrimEnd('.')})", Advice, inner: e);
        }
    }

    /// <summary>Loads a program.</summary>
    /// <param name="path">What <c>torch.jit.save</c> wrote.</param>
    /// <exception cref="CheckpointException">The file is missing, or no program that takes a clip.</exception>
    public static TorchScriptExtractor Load(string path)
    {
        try
        {
            // A program that does not compile (an operator of a newer PyTorch, or of torchvision) or that has no 'forward' would abort the process.
            var (module, inputs) = NativeGuard.Run(() =>
            {
                var loaded = jit.load(path);
                loaded.eval();
                return (loaded, loaded.GetNumberOfInputs());
            });
            var extractor = new TorchScriptExtractor(module, inputs, path);
            if (extractor._inputs is 1 or 4)
                return extractor;
            extractor.Dispose();
            throw new CheckpointException(path, $"expected a program of 1 or 4 inputs, found {extractor._inputs}", Advice);
        }
        catch (Exception e) when (e is ExternalException or IOException)
        {
            throw new CheckpointException(path, $"cannot be loaded as TorchScript ({FirstLine(e)})", Advice, inner: e);
        }
    }

    /// <inheritdoc/>
    public void MoveTo(Device device)
    {
        _device = device;
        ComputeDevice.Move(_module, device);
    }

    /// <inheritdoc/>
    /// <exception cref="CheckpointException">The program failed, or gave something else than one row of numbers.</exception>
    public Tensor Features(Tensor frames, ClipResize resize)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        frames = frames.to(_device);
        try
        {
            // StyleGAN-V leaves resizing and scaling to the program itself; what other protocols do, we do.
            object result = _inputs == 4 && resize == ClipResize.Stretch
                ? _module.forward(frames.to(ScalarType.Float32).transpose(0, 1).unsqueeze(0).contiguous(), true, true, true)
                : _inputs == 4 ? _module.forward(ClipPreparation.Run(frames, resize, I3d.I3dNetwork.Size), false, false, true)
                : _module.forward(ClipPreparation.Run(frames, resize, I3d.I3dNetwork.Size));
            return result is Tensor row && row.dim() == 2 && row.shape[0] == 1 ? row.cpu().MoveToOuterDisposeScope()
                : throw new CheckpointException(_path, $"expected features [1, D], found {(result is Tensor t ? Shapes.Text(t.shape) : result?.GetType().Name ?? "None")}", Advice);
        }
        catch (Exception e) when (e is ExternalException or ArgumentOutOfRangeException) // the latter is TorchSharp's for a program that gives text
        {
            throw new CheckpointException(_path, $"the program failed on a clip of {frames.shape[0]} frames ({LastLine(e)})", Advice, inner: e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _module.Dispose();

    // libtorch tells the whole stack: its own after what happened on loading, the script's before it on running.
    private static string FirstLine(Exception e) => Lines(e)[0].TrimEnd('.');

    private static string LastLine(Exception e) => Lines(e)[^1].TrimEnd('.');

    private static string[] Lines(Exception e) =>
        e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } lines ? lines : [e.GetType().Name];
}
