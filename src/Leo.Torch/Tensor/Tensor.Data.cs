using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>The elements, in the processor's memory.</summary>
        /// <exception cref="ArgumentException">The elements are of another type.</exception>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            RequireType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The one element.</summary>
        /// <exception cref="ArgumentException">There is not just one, or it is of another type.</exception>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            return data<T>()[0];
        }

        /// <summary>The memory itself, of a contiguous tensor of the processor's.</summary>
        /// <exception cref="InvalidOperationException">Not contiguous, or on another device.</exception>
        public Span<byte> bytes
        {
            get
            {
                nint p;
                long n = checked(numel() * ElementSize);
                if (!is_contiguous()) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                if (n > int.MaxValue) throw new ArgumentException("Span only supports up to int.MaxValue elements.");
                if (device_type != DeviceType.CPU)
                    throw new InvalidOperationException(
                        "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                Native.Check(Native.lt_data(Handle, &p));
                GC.KeepAlive(this);
                return new Span<byte>((void*)p, (int)n);
            }
            set
            {
                var own = bytes;
                if (own.Length != value.Length) throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(own);
            }
        }

        /// <summary>One element by its place in row-major order.</summary>
        public double ReadCpuDouble(long i) => data<double>()[i];

        /// <inheritdoc cref="ReadCpuDouble(long)"/>
        public float ReadCpuSingle(long i) => data<float>()[i];

        /// <inheritdoc cref="ReadCpuDouble(long)"/>
        public int ReadCpuInt32(long i) => data<int>()[i];

        /// <inheritdoc cref="ReadCpuDouble(long)"/>
        public long ReadCpuInt64(long i) => data<long>()[i];

        /// <inheritdoc cref="ReadCpuDouble(long)"/>
        public byte ReadCpuByte(long i) => data<byte>()[i];

        /// <inheritdoc cref="ReadCpuDouble(long)"/>
        public sbyte ReadCpuSByte(long i) => data<sbyte>()[i];

        /// <inheritdoc cref="ReadCpuDouble(long)"/>
        public short ReadCpuInt16(long i) => data<short>()[i];

        /// <inheritdoc cref="ReadCpuDouble(long)"/>
        public bool ReadCpuBool(long i) => data<bool>()[i];

        /// <inheritdoc cref="ReadCpuDouble(long)"/>
        public T ReadCpuValue<T>(long i) where T : unmanaged => data<T>()[i];

        /// <summary>The one element, as a scalar.</summary>
        public Scalar ToScalar() => dtype switch
        {
            ScalarType.Bool => this.ToBoolean(),
            _ when is_integral() => this.ToInt64(),
            _ => this.ToDouble()
        };

        /// <summary>Element type, shape and device.</summary>
        public override string ToString() =>
            handle == 0 ? "[invalid]" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";

        private void RequireType(Type asked)
        {
            var held = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Float16 => typeof(Half),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                ScalarType.ComplexFloat32 => typeof((float, float)),
                ScalarType.ComplexFloat64 => typeof(System.Numerics.Complex),
                ScalarType.Bool => typeof(bool),
                var other => throw new ArgumentException($"No support for {other} in TorchSharp")
            };
            if (asked != held) throw new ArgumentException($"{asked.Name} is not compatible with {dtype}");
        }
    }
}
