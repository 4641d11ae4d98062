using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Leo.Lab.Checkpoints;
using Tensorboard;

namespace Leo.Lab.Training;

/// <summary>What TensorBoard shows of a run: the lines of <c>metrics.jsonl</c> and the pictures of <c>samples/</c>, as event files.</summary>
/// <remarks>
/// The messages are TorchSharp's. Its <c>SummaryWriter</c> is not used: it has no START, without which TensorBoard goes on to show
/// steps that were rolled back; its pictures need SkiaSharp's native library, which is not there on Linux; and it dates files in ticks
/// where TensorBoard reads seconds. A file is TFRecords: length, its checksum, message, its checksum.
/// </remarks>
/// <param name="folder">Where the event files lie, for nobody else.</param>
internal sealed partial class TensorBoardLog(string folder)
{
    private const string FilePrefix = "events.out.tfevents.";

    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private string? _file;
    private long _lastLine = -1;

    /// <summary>Begins a file that has TensorBoard forget <paramref name="step"/> and all after it, and tells again what the run kept of that step; of all steps, where there is no file yet.</summary>
    /// <param name="step">The last step that counts.</param>
    /// <param name="kept">Lines up to that step.</param>
    /// <param name="samples">The run's <c>samples/</c>; may hold pictures of later steps.</param>
    /// <exception cref="FileWriteException">The disk is full or the folder cannot be written.</exception>
    internal void Rewind(long step, IEnumerable<TrainingMetrics> kept, string samples)
    {
        AtomicFile.SweepTemporaries(folder);
        _lastLine = -1;
        long last = LastNumber(), from = last == 0 ? 0 : step;
        // TensorBoard reads files in the order of their names: a number, since a clock may be set back.
        string file = Path.Combine(folder, FilePrefix + (last + 1).ToString("D10", CultureInfo.InvariantCulture));
        Event[] begin = [new() { FileVersion = "brain.Event:2" }, new() { Step = from, SessionLog = new SessionLog { Status = SessionLog.Types.SessionStatus.Start } }];
        AtomicFile.Write(file, stream => Write(stream, begin.Concat(kept.Where(m => m.Step >= from).Select(Of)).Concat(Pictures(samples, from, step))));
        _file = file;
    }

    /// <summary>Tells a line's numbers under the line's own names.</summary>
    /// <exception cref="FileWriteException">The disk is full or the file cannot be written.</exception>
    internal void Append(TrainingMetrics metrics) => Append([Of(metrics)]);

    /// <summary>Tells the pictures <c>NAME-STEP.png</c> of these steps as <c>samples/NAME</c>.</summary>
    /// <exception cref="FileWriteException">The disk is full or the file cannot be written.</exception>
    internal void Append(string samples, long first, long last) => Append(Pictures(samples, first, last));

    /// <summary>Waits until all is on the disk.</summary>
    /// <exception cref="FileWriteException">The disk is full or fails.</exception>
    internal void Flush()
    {
        if (_file is not null)
        {
            JsonLines.Flush(_file);
        }
    }

    private Event Of(TrainingMetrics metrics)
    {
        var summary = new Summary();
        // The last validation has a line of its own where the step had one already.
        (string, double)[] header = metrics.Step == _lastLine ? [] : [("seconds", metrics.Seconds), ("learningRate", metrics.LearningRate), ("skipped", metrics.Skipped)];
        _lastLine = metrics.Step;
        foreach (var (name, value) in header.Concat(metrics.Scalars.Select(s => (s.Key, s.Value))))
        {
            summary.Value.Add(new Summary.Types.Value { Tag = name, SimpleValue = (float)value });
        }
        return new Event { Step = metrics.Step, Summary = summary };
    }

    private static IEnumerable<Event> Pictures(string samples, long first, long last) => !Directory.Exists(samples) ? [] : Directory.EnumerateFiles(samples, "*.png")
        .Select(file => (File: file, Name: PictureName().Match(Path.GetFileName(file))))
        .Where(p => p.Name.Success)
        .Select(p => (p.File, Tag: p.Name.Groups[1].Value, Step: long.Parse(p.Name.Groups[2].Value, CultureInfo.InvariantCulture)))
        .Where(p => p.Step >= first && p.Step <= last)
        .OrderBy(p => p.Step)
        .Select(p => Of(p.File, $"samples/{p.Tag}", p.Step))
        .OfType<Event>();

    // A power cut may have left a picture without its content: such a one is left out.
    private static Event? Of(string file, string tag, long step)
    {
        byte[] png = File.ReadAllBytes(file);
        if (png.Length < 24 || !png.AsSpan().StartsWith(Png))
        {
            return null;
        }
        var image = new Summary.Types.Image
        {
            Width = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)),
            Height = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)),
            Colorspace = 3, // RGB
            EncodedImageString = UnsafeByteOperations.UnsafeWrap(png),
        };
        var summary = new Summary();
        summary.Value.Add(new Summary.Types.Value { Tag = tag, Image = image });
        return new Event { Step = step, Summary = summary };
    }

    // 0 where there is none.
    private long LastNumber() => !Directory.Exists(folder) ? 0 : Directory.EnumerateFiles(folder, FilePrefix + "*")
        .Select(file => long.TryParse(Path.GetFileName(file)[FilePrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0)
        .DefaultIfEmpty().Max();

    // The file is open for no longer than this: a process that is killed leaves whole records and at most one that is cut short, which TensorBoard leaves out.
    private void Append(IEnumerable<Event> events)
    {
        string file = _file ?? throw new InvalidOperationException("The run was not begun.");
        JsonLines.Guarded(file, () =>
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
            Write(stream, events);
        });
    }

    private static void Write(Stream stream, IEnumerable<Event> events)
    {
        foreach (var what in events)
        {
            what.WallTime = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
            stream.Write(Record(what.ToByteArray()));
        }
    }

    private static byte[] Record(ReadOnlySpan<byte> message)
    {
        byte[] record = new byte[8 + 4 + message.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(record, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Masked(record.AsSpan(0, 8)));
        message.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + message.Length), Masked(message));
        return record;
    }

    // TFRecord's rule: rotated and shifted, since a checksum of data that holds its own checksum is a poor one.
    private static uint Masked(ReadOnlySpan<byte> bytes)
    {
        var checksum = new Checksum();
        checksum.Add(bytes);
        return uint.RotateRight(checksum.Value, 15) + 0xA282EAD8;
    }

    [GeneratedRegex(@"^([^.].*)-([0-9]{7,18})\.png$")]
    private static partial Regex PictureName();
}
