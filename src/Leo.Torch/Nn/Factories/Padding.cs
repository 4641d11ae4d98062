using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Pads [N, C, L] with a value.</summary>
        public static ConstantPad1d ConstantPad1d(long padding, double value) => new(value, Rep(padding, 2));

        /// <summary>Pads [N, C, L] with a value; the last dimension's sides come first.</summary>
        public static ConstantPad1d ConstantPad1d((long, long) padding, double value)
            => new(value, padding.Item1, padding.Item2);

        /// <summary>Pads [N, C, H, W] with a value.</summary>
        public static ConstantPad2d ConstantPad2d(long padding, double value) => new(value, Rep(padding, 4));

        /// <summary>Pads [N, C, H, W] with a value; the last dimension's sides come first.</summary>
        public static ConstantPad2d ConstantPad2d((long, long, long, long) padding, double value)
            => new(value, padding.Item1, padding.Item2, padding.Item3, padding.Item4);

        /// <summary>Pads [N, C, D, H, W] with a value.</summary>
        public static ConstantPad3d ConstantPad3d(long padding, double value) => new(value, Rep(padding, 6));

        /// <summary>Pads [N, C, D, H, W] with a value; the last dimension's sides come first.</summary>
        public static ConstantPad3d ConstantPad3d((long, long, long, long, long, long) padding, double value)
            => new(value, padding.Item1, padding.Item2, padding.Item3, padding.Item4, padding.Item5, padding.Item6);

        /// <summary>Pads [N, C, L] with its mirror image.</summary>
        public static ReflectionPad1d ReflectionPad1d(long padding) => new(Rep(padding, 2));

        /// <summary>Pads [N, C, L] with its mirror image; the last dimension's sides come first.</summary>
        public static ReflectionPad1d ReflectionPad1d((long, long) padding)
            => new(padding.Item1, padding.Item2);

        /// <summary>Pads [N, C, H, W] with its mirror image.</summary>
        public static ReflectionPad2d ReflectionPad2d(long padding) => new(Rep(padding, 4));

        /// <summary>Pads [N, C, H, W] with its mirror image; the last dimension's sides come first.</summary>
        public static ReflectionPad2d ReflectionPad2d((long, long, long, long) padding)
            => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);

        /// <summary>Pads [N, C, D, H, W] with its mirror image.</summary>
        public static ReflectionPad3d ReflectionPad3d(long padding) => new(Rep(padding, 6));

        /// <summary>Pads [N, C, D, H, W] with its mirror image; the last dimension's sides come first.</summary>
        public static ReflectionPad3d ReflectionPad3d((long, long, long, long, long, long) padding)
            => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4, padding.Item5, padding.Item6);

        /// <summary>Pads [N, C, L] with its border.</summary>
        public static ReplicationPad1d ReplicationPad1d(long padding) => new(Rep(padding, 2));

        /// <summary>Pads [N, C, L] with its border; the last dimension's sides come first.</summary>
        public static ReplicationPad1d ReplicationPad1d((long, long) padding)
            => new(padding.Item1, padding.Item2);

        /// <summary>Pads [N, C, H, W] with its border.</summary>
        public static ReplicationPad2d ReplicationPad2d(long padding) => new(Rep(padding, 4));

        /// <summary>Pads [N, C, H, W] with its border; the last dimension's sides come first.</summary>
        public static ReplicationPad2d ReplicationPad2d((long, long, long, long) padding)
            => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);

        /// <summary>Pads [N, C, D, H, W] with its border.</summary>
        public static ReplicationPad3d ReplicationPad3d(long padding) => new(Rep(padding, 6));

        /// <summary>Pads [N, C, D, H, W] with its border; the last dimension's sides come first.</summary>
        public static ReplicationPad3d ReplicationPad3d((long, long, long, long, long, long) padding)
            => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4, padding.Item5, padding.Item6);

        /// <summary>Pads [N, C, H, W] with zeros.</summary>
        public static ZeroPad2d ZeroPad2d(long padding) => new(Rep(padding, 4));

        /// <summary>Pads [N, C, H, W] with zeros; the last dimension's sides come first.</summary>
        public static ZeroPad2d ZeroPad2d((long, long, long, long) padding)
            => new(padding.Item1, padding.Item2, padding.Item3, padding.Item4);
    }
}
