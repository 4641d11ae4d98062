namespace TorchSharp;

public static unsafe partial class torch
{
    /// <summary>libtorch's version.</summary>
    public static string __version__ => Native.Utf8(Native.lt_version());

    /// <summary>On how many threads one operator runs.</summary>
    public static int get_num_threads() => Native.lt_get_threads(0);

    /// <summary>Says on how many threads one operator runs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one.</exception>
    public static void set_num_threads(int num)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num, 1);
        Native.Check(Native.lt_set_threads(num, 0));
    }

    /// <summary>How many operators run at once.</summary>
    public static int get_num_interop_threads() => Native.lt_get_threads(1);

    /// <summary>Says how many operators run at once; only before the first does.</summary>
    public static void set_num_interop_threads(int num)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num, 1);
        Native.Check(Native.lt_set_threads(0, num));
    }
}
