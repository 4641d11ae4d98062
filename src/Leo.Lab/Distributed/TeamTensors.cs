using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Leo.Lab.Distributed;

/// <summary>Tensors between processes, through the host's memory wherever they are.</summary>
public static class TeamTensors
{
    // 16 MB: one message's start costs nothing beside it, and a buffer of all gradients is not needed.
    private const long BucketNumbers = 4 << 20;

    /// <summary>Replaces each gradient by the mean of all processes'; neighbours travel together.</summary>
    /// <param name="team">All processes.</param>
    /// <param name="parameters">Alike everywhere. Those without a gradient have none anywhere.</param>
    public static void AverageGradients(this Team team, IEnumerable<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(team);
        if (!team.IsShared)
            return;
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var bucket = new List<Tensor>();
        long numbers = 0;
        foreach (var gradient in parameters.Select(p => p.grad).OfType<Tensor>())
        {
            if (numbers > 0 && numbers + gradient.numel() > BucketNumbers)
            {
                Average(team, bucket);
                bucket.Clear();
                numbers = 0;
            }
            bucket.Add(gradient);
            numbers += gradient.numel();
        }
        if (numbers > 0)
            Average(team, bucket);
    }

    /// <summary>Gives all processes the first's values, bit by bit.</summary>
    /// <param name="team">All processes.</param>
    /// <param name="tensors">Of equal shapes everywhere; overwritten elsewhere.</param>
    public static void Broadcast(this Team team, IEnumerable<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(team);
        if (!team.IsShared)
            return;
        using var quiet = no_grad();
        foreach (var tensor in tensors)
        {
            using var scope = NewDisposeScope();
            var host = tensor.detach().cpu().clone();
            team.Broadcast(host.bytes);
            if (!team.IsFirst)
                tensor.copy_(host);
        }
    }

    private static void Average(Team team, List<Tensor> gradients)
    {
        using var scope = NewDisposeScope();
        var flat = cat([.. gradients.Select(g => g.detach().to(ScalarType.Float32).cpu().flatten())], 0);
        team.Sum(MemoryMarshal.Cast<byte, float>(flat.bytes));
        flat.div_(team.Size);
        long at = 0;
        foreach (var gradient in gradients)
        {
            long count = gradient.numel();
            gradient.copy_(flat.narrow(0, at, count).view(gradient.shape));
            at += count;
        }
    }
}
