namespace TorchSharp;

public static partial class torch
{
    /// <summary>One index as in Python: a number, a slice, an ellipsis, None, a truth or a tensor.</summary>
    public struct TensorIndex
    {
        internal enum Kind { None, Single, Null, Ellipsis, Bool, Tensor, Slice }

        internal Kind kind;
        internal long? start, stop, step;
        internal Tensor? tensor;

        /// <summary>Python's <c>start:stop:step</c>.</summary>
        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new() { kind = Kind.Slice, start = start, stop = stop, step = step };

        /// <summary>From one place up to but not another.</summary>
        public static TensorIndex Slice((int?, int?) range) => Slice((long?)range.Item1, (long?)range.Item2);

        /// <summary>From one place up to but not another.</summary>
        public static TensorIndex Slice(Range range) => Slice(
            range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
            range.End.IsFromEnd ? range.End.Value == 0 ? null : -range.End.Value : range.End.Value);

        /// <summary>A truth: a new dimension of length one or none.</summary>
        public static TensorIndex Bool(bool value) => new() { kind = Kind.Bool, start = value ? 1 : 0 };

        /// <summary>One place.</summary>
        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, start = index };

        /// <summary>A tensor of indices or of truths.</summary>
        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        /// <summary>All the dimensions in between.</summary>
        public static TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };

        /// <summary>A new dimension of length one.</summary>
        public static TensorIndex None = new() { kind = Kind.None };

        /// <inheritdoc cref="None"/>
        public static TensorIndex Null = new() { kind = Kind.Null };

        /// <summary>A whole dimension.</summary>
        public static TensorIndex Colon = Slice();

        /// <summary>One place.</summary>
        public static implicit operator TensorIndex(long value) => Single(value);

        /// <summary>From one place up to but not another.</summary>
        public static implicit operator TensorIndex((int?, int?) range) => Slice(range);

        /// <summary>From one place up to but not another.</summary>
        public static implicit operator TensorIndex(Range range) => Slice(range);

        /// <summary>One place, maybe from the end.</summary>
        public static implicit operator TensorIndex(Index index) => Single(index.IsFromEnd ? -index.Value : index.Value);
    }
}
