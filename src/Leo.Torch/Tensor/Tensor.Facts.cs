namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        private const int MaxDims = 64;

        private enum Fact { Type, Dims, Numel, RequiresGrad, Leaf, DeviceType, DeviceIndex, Contiguous, ElementSize, Offset, Layout, Count }

        private long Ask(Fact fact)
        {
            long* facts = stackalloc long[(int)Fact.Count];
            Native.Check(Native.lt_info(Handle, facts, null, null, 0));
            GC.KeepAlive(this);
            return facts[(int)fact];
        }

        private long[] Extents(bool strides)
        {
            long* facts = stackalloc long[(int)Fact.Count];
            long* lengths = stackalloc long[MaxDims];
            Native.Check(Native.lt_info(Handle, facts, strides ? null : lengths, strides ? lengths : null, MaxDims));
            GC.KeepAlive(this);
            return new ReadOnlySpan<long>(lengths, (int)facts[(int)Fact.Dims]).ToArray();
        }

        /// <summary>How many dimensions.</summary>
        public long Dimensions
        {
            get
            {
                int n = Native.lt_dim(Handle);
                GC.KeepAlive(this);
                return n;
            }
        }

        /// <inheritdoc cref="Dimensions"/>
        public long ndim => Dimensions;

        /// <inheritdoc cref="Dimensions"/>
        public long dim() => Dimensions;

        /// <summary>How many elements.</summary>
        public long NumberOfElements => Ask(Fact.Numel);

        /// <inheritdoc cref="NumberOfElements"/>
        public long numel() => Ask(Fact.Numel);

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => Ask(Fact.ElementSize);

        /// <inheritdoc cref="ElementSize"/>
        public long element_size() => Ask(Fact.ElementSize);

        /// <summary>What the elements are.</summary>
        public ScalarType dtype
        {
            get
            {
                int type = Native.lt_dtype(Handle);
                GC.KeepAlive(this);
                return (ScalarType)type;
            }
        }

        /// <summary>Where it lives.</summary>
        public Device device
        {
            get
            {
                long* facts = stackalloc long[(int)Fact.Count];
                Native.Check(Native.lt_info(Handle, facts, null, null, 0));
                GC.KeepAlive(this);
                return new Device((DeviceType)facts[(int)Fact.DeviceType], (int)facts[(int)Fact.DeviceIndex]);
            }
        }

        /// <summary>The number of its device, -1 for the processor.</summary>
        public int device_index => (int)Ask(Fact.DeviceIndex);

        /// <summary>The kind of its device.</summary>
        public DeviceType device_type => (DeviceType)Ask(Fact.DeviceType);

        /// <summary>Whether it lives on a CUDA device.</summary>
        public bool is_cuda => device_type == DeviceType.CUDA;

        /// <summary>Whether it has a shape but no data.</summary>
        public bool is_meta => device_type == DeviceType.META;

        /// <summary>Whether it lives in the processor's memory.</summary>
        public bool is_cpu() => device_type == DeviceType.CPU;

        /// <summary>Whether it stores only what is not zero.</summary>
        public bool is_sparse => Ask(Fact.Layout) == 1;

        /// <summary>Whether the elements lie in order without gaps.</summary>
        public bool is_contiguous() => Ask(Fact.Contiguous) != 0;

        /// <summary>Whether the elements are integers or truths.</summary>
        public bool is_integral() => torch.is_integral(dtype);

        /// <summary>Whether the elements are real floating-point numbers.</summary>
        public bool is_floating_point() => torch.is_floating_point(dtype);

        /// <summary>Whether the elements are complex numbers.</summary>
        public bool is_complex() => torch.is_complex(dtype);

        /// <summary>Whether the one element is not zero.</summary>
        /// <exception cref="InvalidOperationException">More or fewer than one.</exception>
        public bool is_nonzero()
        {
            if (numel() != 1) throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");
            return Op.CallBool(Ops.is_nonzero, this);
        }

        /// <summary>The length of every dimension.</summary>
        public long[] shape => Extents(strides: false);

        /// <inheritdoc cref="shape"/>
        public long[] size() => shape;

        /// <summary>The length of one dimension, counted from the end if negative.</summary>
        public long size(int dim) => At(shape, dim);

        /// <summary>Elements to step over for the next index, for every dimension.</summary>
        public long[] stride() => Extents(strides: true);

        /// <summary>Elements to step over for the next index of one dimension.</summary>
        public long stride(int dim) => At(stride(), dim);

        /// <summary>The place of the first element in the storage.</summary>
        public long storage_offset() => Ask(Fact.Offset);

        private static long At(long[] extents, int dim)
        {
            int i = dim < 0 ? dim + extents.Length : dim;
            return (uint)i < (uint)extents.Length
                ? extents[i]
                : throw new System.Runtime.InteropServices.ExternalException(
                    $"Dimension out of range (expected to be in range of [{-extents.Length}, {extents.Length - 1}], but got {dim})");
        }
    }
}
