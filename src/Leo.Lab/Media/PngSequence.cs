using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Leo.Lab.Media;

/// <summary>Writes numbered PNG files into a folder, beginning with 0; they appear there only when all are written.</summary>
internal sealed partial class PngSequence : IFrameWriter
{
    private readonly string _path;
    private readonly int _width;
    private readonly int _height;
    private readonly string _folder;
    private readonly string _pattern;
    private readonly string _temporary;
    private int _count;

    public PngSequence(string path, int width, int height)
    {
        (_path, _width, _height) = (path, width, height);
        string full = Path.GetFullPath(path);
        bool isPattern = Number().IsMatch(Path.GetFileName(full));
        _folder = isPattern ? Path.GetDirectoryName(full)! : Path.TrimEndingDirectorySeparator(full);
        _pattern = isPattern ? Path.GetFileName(full) : "%05d.png";
        _temporary = $"{_folder}.{Guid.NewGuid():N}.part";
        Try(() => Directory.CreateDirectory(_temporary));
    }

    /// <summary>True for <c>folder</c>, <c>folder/</c> and <c>folder/name%05d.png</c>.</summary>
    public static bool IsSequence(string path) =>
        Path.GetExtension(path).Length == 0
        || (Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase) && Number().IsMatch(Path.GetFileName(path)));

    public void Write(ReadOnlySpan<byte> rgb)
    {
        var digits = Number().Match(_pattern);
        string number = _count++.ToString(CultureInfo.InvariantCulture).PadLeft(digits.Groups[1].Length == 0 ? 1 : int.Parse(digits.Groups[1].Value, CultureInfo.InvariantCulture), '0');
        string name = _pattern[..digits.Index] + number + _pattern[(digits.Index + digits.Length)..];
        byte[] png = PngEncoder.Encode(_height, _width, rgb);
        Try(() => File.WriteAllBytes(Path.Combine(_temporary, name), png));
    }

    public void Complete() => Try(() =>
    {
        Directory.CreateDirectory(_folder);
        foreach (string? file in Directory.EnumerateFiles(_temporary).ToList())
            File.Move(file, Path.Combine(_folder, Path.GetFileName(file)), overwrite: true);
    });

    public void Dispose()
    {
        if (Directory.Exists(_temporary))
            Try(() => Directory.Delete(_temporary, recursive: true));
    }

    [GeneratedRegex("%0?([0-9]?)d")]
    private static partial Regex Number();

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MediaErrors.Unwritable(_path, e.Message);
        }
    }
}

/// <summary>Writes 8-bit RGB PNG (ISO/IEC 15948) in memory; pages full of small pictures would otherwise start a process for each.</summary>
internal static class PngEncoder
{
    private const byte FilterSub = 1;
    private const byte FilterUp = 2;
    private static readonly uint[] CrcTable = MakeCrcTable();

    public static byte[] Encode(int height, int width, ReadOnlySpan<byte> rgb)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8; // bits a channel
        header[9] = 2; // RGB
        header[10..].Clear();
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, Deflate(height, width, rgb));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Deflate(int height, int width, ReadOnlySpan<byte> rgb)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal))
        {
            int stride = width * 3;
            byte[] line = new byte[stride + 1];
            for (int y = 0; y < height; y++)
            {
                var row = rgb.Slice(y * stride, stride);
                line[0] = y == 0 ? FilterSub : FilterUp;
                for (int i = 0; i < stride; i++)
                {
                    int predicted = y > 0 ? rgb[((y - 1) * stride) + i] : i >= 3 ? row[i - 3] : 0;
                    line[i + 1] = (byte)(row[i] - predicted);
                }

                zlib.Write(line);
            }
        }

        return data.ToArray();
    }

    private static void Chunk(Stream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(0xFFFFFFFF, type), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (byte b in data)
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint n = 0u; n < 256; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++)
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }
}
