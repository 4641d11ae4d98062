using System.Buffers.Binary;
using Leo.Fuzz.Mutation;
using Leo.Lab.Media;

namespace Leo.Fuzz.Targets;

/// <summary>Pictures of every format: invented headers, and whole pictures with bytes changed or cut off.</summary>
internal sealed class PictureTarget : FuzzTarget
{
    private static readonly Lazy<IReadOnlyList<byte[]>> Whole = new(MakeWhole);

    public override string Name => "picture";

    public override int InputsInTests => 3000;

    public override void Make(FuzzRandom random, string folder)
    {
        byte[] first = Bytes(random);
        for (int i = 0; i < 2; i++)
            File.WriteAllBytes(Path.Combine(folder, $"{i}.{random.Pick(["png", "jpg", "bmp", "webp"])}"), i == 0 || random.Chance(0.7) ? first : Bytes(random));
    }

    public override void Read(string folder, string output)
    {
        foreach (string file in Directory.GetFiles(folder))
        {
            Try(() => Still.Info(file));
            Try(() => ImageFile.Read(file, 16));
        }

        VideoReader.Read(folder, new VideoReadOptions { KeepDamaged = true });
    }

    private static byte[] Bytes(FuzzRandom random)
    {
        byte[] number = new byte[8];
        byte[] Number(bool big)
        {
            if (big) BinaryPrimitives.WriteInt32BigEndian(number, (int)random.Number());
            else BinaryPrimitives.WriteInt32LittleEndian(number, (int)random.Number());
            return number[..4];
        }
        if (random.Chance(0.5))
        {
            byte[] whole = random.Pick(Whole.Value);
            return random.Chance(0.2) ? whole[..random.Below(whole.Length)] : ByteMutation.Apply(random, whole);
        }

        byte[] bytes = random.Below(6) switch
        {
            0 => [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, .. Number(true), .. Number(true), 8, 2, 0, 0, 0, .. random.Bytes(20)],
            1 => [.. "BM"u8, .. random.Bytes(16), .. Number(false), .. Number(false), 1, 0, 24, 0, .. random.Bytes(30)],
            2 => [.. "RIFF"u8, .. Number(false), .. "WEBP"u8, .. random.Pick<byte[]>([[.. "VP8X"u8], [.. "VP8L"u8], [.. "VP8 "u8]]), .. random.Bytes(30)],
            3 => [0xff, 0xd8, .. Enumerable.Range(0, random.Below(6)).SelectMany(_ => Segment(random)), .. random.Bytes(random.Below(40))],
            4 => [0xff, 0xd8, .. Enumerable.Repeat((byte)0xff, random.Below(100_000))],
            _ => random.Bytes(random.Below(64)),
        };
        return random.Chance(0.3) ? ByteMutation.Apply(random, bytes) : bytes;
    }

    private static List<byte[]> MakeWhole()
    {
        string folder = Directory.CreateTempSubdirectory("pictures-").FullName;
        var image = new Image(24, 40, [.. Enumerable.Range(0, 24 * 40 * 3).Select(i => (byte)(i * i / 7))]);
        List<byte[]> made = [];
        foreach (string ending in new[] { "png", "jpg", "bmp", "webp" })
        {
            string path = Path.Combine(folder, $"x.{ending}");
            ImageFile.Write(path, image);
            made.Add(File.ReadAllBytes(path));
        }

        Directory.Delete(folder, recursive: true);
        return made;
    }

    private static byte[] Segment(FuzzRandom random)
    {
        byte[] data = random.Bytes(random.Below(30));
        int length = random.Chance(0.8) ? data.Length + 2 : random.Below(65536);
        return [0xff, (byte)(random.Chance(0.3) ? 0xc0 + random.Below(16) : random.Below(256)), (byte)(length >> 8), (byte)length, .. data];
    }
}
