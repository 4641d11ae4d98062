using Leo.Lab.Media;

namespace Leo.Lab.Data.Preparation;

/// <summary>
/// Reads the box of each frame's face mesh out of a mask video: the first and last columns and rows whose mean difference from the
/// background, summed over the channels, exceeds 5 of 255 (Saito et al. 2020, <c>make_face_forensics.py</c>).
/// </summary>
internal static class MeshBoxes
{
    private const int Threshold = 5;

    /// <summary>One box a frame, as wide and high as the mesh.</summary>
    /// <param name="mask">The mask video or folder of frames.</param>
    /// <param name="options">How its frames are taken: as the video's.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <returns>The boxes and the mask's size.</returns>
    /// <exception cref="DataException">A frame shows no mesh.</exception>
    /// <exception cref="MediaException">The mask cannot be read.</exception>
    public static (IReadOnlyList<PixelBox> Boxes, int Width, int Height) Read(string mask, VideoReadOptions options, CancellationToken cancellation)
    {
        using var stream = FrameStream.Open(mask, options);
        List<PixelBox> boxes = [];
        byte[] rgb = [];
        bool? onWhite = null;
        while (stream.Read(ref rgb))
        {
            cancellation.ThrowIfCancellationRequested();
            onWhite ??= IsBorderBright(rgb, stream.Width, stream.Height);
            boxes.Add(Find(rgb, stream.Width, stream.Height, onWhite.Value)
                ?? throw new DataException(mask, $"frame {boxes.Count} shows no face mesh", "Leave the clip out, as the published preparation does"));
        }

        return (boxes, stream.Width, stream.Height);
    }

    private static PixelBox? Find(byte[] rgb, int width, int height, bool onWhite)
    {
        long[] columns = new long[width], rows = new long[height];
        for (int y = 0, at = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++, at += 3)
            {
                int sum = rgb[at] + rgb[at + 1] + rgb[at + 2], mesh = onWhite ? (3 * 255) - sum : sum;
                columns[x] += mesh;
                rows[y] += mesh;
            }
        }

        bool InColumn(long sum) => sum > (long)Threshold * height;
        bool InRow(long sum) => sum > (long)Threshold * width;
        int left = Array.FindIndex(columns, InColumn), right = Array.FindLastIndex(columns, InColumn);
        int top = Array.FindIndex(rows, InRow), bottom = Array.FindLastIndex(rows, InRow);
        return right > left && bottom > top ? new PixelBox(left, top, right - left, bottom - top) : null;
    }

    // FaceForensics draws meshes on white, FaceForensics++ masks on black.
    private static bool IsBorderBright(byte[] rgb, int width, int height)
    {
        long sum = 0, count = 0;
        for (int y = 0; y < height; y++)
        {
            bool edge = y == 0 || y == height - 1;
            for (int x = 0; x < width; x += edge ? 1 : Math.Max(1, width - 1))
            {
                sum += rgb[((y * width) + x) * 3];
                count++;
            }
        }

        return sum > 127 * count;
    }
}
