using static TorchSharp.torch;

namespace Leo.Lab.Animator;

/// <summary>Flow fields and masks as frames that can be looked at.</summary>
public static class FlowPictures
{
    /// <summary>Colours flow by direction and length (<see cref="FlowColors"/>).</summary>
    /// <param name="flow">[T, 2, H, W], x then y, any unit.</param>
    /// <param name="longest">Length that gets full saturation; null takes the longest vector of all frames, so that one scale holds. <value>Default null.</value></param>
    /// <returns>[T, 3, H, W] in [-1, 1].</returns>
    /// <exception cref="ArgumentException">Another shape.</exception>
    public static Tensor Of(Tensor flow, float? longest = null)
    {
        if (flow.dim() != 4 || flow.shape[1] != 2)
            throw new ArgumentException($"Expected [T, 2, H, W], found [{string.Join(", ", flow.shape)}].", nameof(flow));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long frames = flow.shape[0], height = flow.shape[2], width = flow.shape[3];
        float[] x = flow.select(1, 0).detach().cpu().to(ScalarType.Float32).contiguous().ToArray<float>();
        float[] y = flow.select(1, 1).detach().cpu().to(ScalarType.Float32).contiguous().ToArray<float>();
        byte[] rgb = FlowColors.ToRgb(x, y, longest ?? FlowColors.Longest(x, y));
        return tensor(Array.ConvertAll(rgb, b => b / 127.5f - 1)).reshape(frames, height, width, 3).permute(0, 3, 1, 2).contiguous()
            .MoveToOuterDisposeScope();
    }

    /// <summary>Masks in grey: white shows the warped source, black what was inpainted.</summary>
    /// <param name="mask">[T, 1, H, W] in [0, 1].</param>
    /// <returns>[T, 3, H, W] in [-1, 1].</returns>
    public static Tensor OfMask(Tensor mask)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return (mask.detach() * 2 - 1).expand(-1, 3, -1, -1).contiguous().MoveToOuterDisposeScope();
    }
}
