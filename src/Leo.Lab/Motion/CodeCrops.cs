using static TorchSharp.torch;

namespace Leo.Lab.Motion;

/// <summary>Random crops of equal length from sequences of codes; every possible start is equally likely.</summary>
public sealed class CodeCrops
{
    private readonly CodeSequences _sequences;
    private readonly bool _reverse;
    private readonly List<(int Video, int Starts)> _sources = [];
    private long[] _drawn = [];

    /// <summary>Crops of the sequences that are long enough.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="length">Frames of a crop.</param>
    /// <param name="reverse">Whether half of the crops run backwards in time.</param>
    /// <exception cref="LeoException">No sequence is long enough.</exception>
    public CodeCrops(CodeSequences sequences, int length, bool reverse = false)
    {
        (_sequences, Length, _reverse) = (sequences, length, reverse);
        for (int video = 0; video < sequences.Videos.Count; video++)
        {
            if (sequences.Videos[video].Frames >= length)
            {
                _sources.Add((video, sequences.Videos[video].Frames - length + 1));
            }
        }

        Count = _sources.Sum(s => (long)s.Starts);
        if (Count == 0)
        {
            throw new LeoException(
                "motion codes",
                $"no video has {length} frames, the longest has {sequences.Videos.Max(v => v.Frames)}",
                "Use longer videos, or a shorter Length in the motion settings");
        }
    }

    /// <summary>All the sequences in a few words that change when they do.</summary>
    public string Data => _sequences.Describe();

    /// <summary>Frames of a crop.</summary>
    public int Length { get; }

    /// <summary>All possible crops.</summary>
    public long Count { get; }

    /// <summary>Videos that are too short to give a crop.</summary>
    public int TooShort => _sequences.Videos.Count - _sources.Count;

    /// <summary>Names of the crops of the last <see cref="Next"/>.</summary>
    public IEnumerable<string> Drawn
    {
        get
        {
            long[] last = _drawn;
            return last.Select(index =>
            {
                var (video, start) = Locate(index);
                return Length == 1 ? $"{_sequences.Videos[video].Name} frame {start}" : $"{_sequences.Videos[video].Name} frames {start}–{start + Length - 1}";
            });
        }
    }

    /// <summary>Draws crops [B, L, D].</summary>
    /// <param name="batch">How many.</param>
    /// <param name="generator">Where the draws come from.</param>
    public Tensor Next(int batch, Generator generator)
    {
        using var scope = NewDisposeScope();
        long[] starts = randint(0, Count, new long[] { batch }, dtype: ScalarType.Int64, generator: generator).ToArray<long>();
        _drawn = starts;
        float[] flips = _reverse ? rand(batch, generator: generator).ToArray<float>() : [];
        return Take(starts, i => _reverse && flips[i] < 0.5f).MoveToOuterDisposeScope();
    }

    /// <summary>Crops spread evenly over all [≤ B, L, D], the same at every call: for validation.</summary>
    /// <param name="batch">At most how many.</param>
    public Tensor Spread(int batch)
    {
        long count = Math.Min(batch, Count);
        return Take([.. Enumerable.Range(0, (int)count).Select(i => i * Count / count)], _ => false);
    }

    private Tensor Take(long[] starts, Func<int, bool> reversed)
    {
        var (dim, row) = (_sequences.Dim, Length * _sequences.Dim);
        float[] values = new float[starts.Length * row];
        for (int i = 0; i < starts.Length; i++)
        {
            var (video, start) = Locate(starts[i]);
            var source = _sequences.Videos[video].Values.AsSpan(start * dim, row);
            var target = values.AsSpan(i * row, row);
            if (!reversed(i))
            {
                source.CopyTo(target);
                continue;
            }

            for (int frame = 0; frame < Length; frame++)
            {
                source.Slice((Length - 1 - frame) * dim, dim).CopyTo(target[(frame * dim)..]);
            }
        }

        return tensor(values, [starts.Length, Length, dim]);
    }

    private (int Video, int Start) Locate(long index)
    {
        foreach (var (video, starts) in _sources)
        {
            if (index < starts)
            {
                return (video, (int)index);
            }

            index -= starts;
        }

        throw new ArgumentOutOfRangeException(nameof(index));
    }
}
