using Leo.Lab.Animator;
using Leo.Lab.Data;
using Leo.Lab.Display;
using Leo.Lab.Media;
using static TorchSharp.torch;

namespace Leo.Lab;

/// <summary>A video that was edited by its first frame (LEO Fig. 7).</summary>
/// <param name="Original">[T, 3, S, S] in [-1, 1].</param>
/// <param name="Still">The edited first frame, [1, 3, S, S] in [-1, 1].</param>
/// <param name="Edited">The still, moved by the original's codes.</param>
public sealed record EditedVideo(Tensor Original, Tensor Still, Animation Edited) : IDisposable
{
    /// <summary>The edited frames as bytes: the last line of a notebook's cell shows them.</summary>
    public Video ToVideo() => Edited.ToVideo();

    /// <summary>Saves original beside edited, with the original's sound (<see cref="Animation.Sound"/>); as .safetensors <c>frames</c> (edited), <c>original</c>, <c>still</c>, <c>codes</c>, <c>flow</c> and <c>mask</c>, exactly.</summary>
    /// <param name="path">.mp4, .gif, .webm or .safetensors.</param>
    /// <param name="label">What stands above the edited one.</param>
    /// <exception cref="LeoException">Unknown extension, or the file cannot be written.</exception>
    public void Save(string path, string label = "edited")
    {
        double rate = Edited.FramesPerSecond;
        if (FrameSource.IsTensorFile(path))
        {
            FrameSink.Save(path, Edited.Frames, rate, new Dictionary<string, Tensor>
            {
                ["original"] = Original,
                ["still"] = Still,
                ["codes"] = Edited.Codes,
                ["flow"] = Edited.Flow,
                ["mask"] = Edited.Mask,
            });
            return;
        }
        new LabelledSheet([[Cell("original", Original), Cell(label, Edited.Frames)]], Math.Max(256, (int)Original.shape[3])).Save(path, rate, Edited.Sound);

        SheetCell Cell(string text, Tensor frames) => new(text, FrameTensors.ToVideo(frames, rate));
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Original.Dispose();
        Still.Dispose();
        Edited.Dispose();
    }
}
