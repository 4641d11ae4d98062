namespace Leo.Lab.Media;

/// <summary>A stream of which every read is watched by a clock.</summary>
/// <param name="inner">Where bytes come from.</param>
/// <param name="watch">Starts the clock; disposing stops it.</param>
internal sealed class WatchedStream(Stream inner, Func<IDisposable> watch) : ForwardStream(inner)
{
    public override int Read(Span<byte> buffer)
    {
        using (watch())
            return Inner.Read(buffer);
    }
}
