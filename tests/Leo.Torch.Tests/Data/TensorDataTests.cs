using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Data;

public class TensorDataTests
{
    [Fact]
    public void Tensor_FromEveryNumberType_HoldsItsElements()
    {
        using var scope = NewDisposeScope();
        Check([true, false], ScalarType.Bool, tensor([true, false]));
        Check<byte>([1, 255], ScalarType.Byte, tensor(new byte[] { 1, 255 }));
        Check<sbyte>([1, -128], ScalarType.Int8, tensor(new sbyte[] { 1, -128 }));
        Check<short>([1, -300], ScalarType.Int16, tensor(new short[] { 1, -300 }));
        Check([1, -70000], ScalarType.Int32, tensor([1, -70000]));
        Check([1, long.MinValue], ScalarType.Int64, tensor([1, long.MinValue]));
        Check([(Half)1, (Half)(-0.5)], ScalarType.Float16, tensor([(Half)1, (Half)(-0.5)]));
        Check([1f, -0.5f], ScalarType.Float32, tensor([1f, -0.5f]));
        Check([1.0, Math.PI], ScalarType.Float64, tensor([1.0, Math.PI]));

        static void Check<T>(T[] values, ScalarType type, Tensor t) where T : unmanaged
        {
            Assert.Equal(type, t.dtype);
            Assert.Equal(values, t.data<T>().ToArray());
            Assert.Equal(values, from_array(values).data<T>().ToArray());
        }
    }

    [Fact]
    public void Tensor_WithoutDimensions_HasTheTypeOfItsNumber()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Int64, tensor(1L).dtype);
        Assert.Equal(ScalarType.Bool, tensor(true).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1.0, dtype: float32).dtype);
        Assert.Equal(0, tensor(1).dim());
        Tensor implicitly = 2.5;
        Assert.Equal(2.5, (double)implicitly);
        Assert.Equal(2, (int)(Tensor)2.9);
        Assert.True((bool)(Tensor)1);
        Assert.Equal((byte)200, (byte)(Tensor)200);
        Assert.Equal(2.5, implicitly.ToScalar().ToDouble());
        Assert.Equal(ScalarType.Int64, tensor(3).ToScalar().Type);
    }

    [Fact]
    public void Tensor_FromArraysOfAnyRank_KeepsShapeAndOrder()
    {
        using var scope = NewDisposeScope();
        var t = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Assert.Equal([2, 3], t.shape);
        Assert.Equal(6f, t[1, 2].item<float>());
        Assert.Equal([2, 1, 2], tensor(new int[2, 1, 2]).shape);
        Assert.Equal([1, 1, 1, 3], from_array(new long[1, 1, 1, 3]).shape);
        Assert.Equal(new float[,] { { 1, 4 }, { 2, 5 }, { 3, 6 } }, t.t().data<float>().ToNDArray());
        Assert.Equal([2, 2], tensor(new List<double> { 1, 2, 3, 4 }, 2, 2).shape);
        Assert.Equal([3f, 4f], as_tensor(new[] { 3, 4 }, dtype: float32).data<float>().ToArray());
        Assert.Equal([2L, 3L], frombuffer(new long[] { 1, 2, 3, 4 }, ScalarType.Int64, 2, 8).data<long>().ToArray());
    }

    [Fact]
    public void Data_OfAStridedView_ReadsAndWritesThrough()
    {
        using var scope = NewDisposeScope();
        var t = arange(12, dtype: float32).reshape(3, 4);
        var view = t.t()[TensorIndex.Slice(step: 2)]; // [2, 3]: columns 0 and 2
        Assert.False(view.is_contiguous());
        Assert.Equal([0f, 4, 8, 2, 6, 10], view.data<float>().ToArray());
        Assert.Equal(6f, view.data<float>()[1, 1]);
        Assert.Equal(6f, view.data<float>()[4]);
        view.data<float>()[1, 1] = -1;
        view.data<float>().CopyFrom([7f, 8f], 0, 2);
        Assert.Equal(-1f, t[1, 2].item<float>());
        Assert.Equal([0f, 4, 7, 8, -1, 10], view.data<float>());
        var part = new float[3];
        view.data<float>().CopyTo(part, 1, 4);
        Assert.Equal([0f, -1, 10], part);
        Assert.True(view.data<float>() == view.clone().data<float>());
    }

    [Fact]
    public void Bytes_OfAContiguousTensor_AreItsMemory()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, dtype: int16);
        t.bytes[2] = 5;
        Assert.Equal([0, 5], t.data<short>().ToArray());
        t.bytes = new byte[] { 1, 0, 2, 0 };
        Assert.Equal([1, 2], t.data<short>().ToArray());
        Assert.Throws<InvalidOperationException>(() => ones(2, 3).t().bytes.Length);
    }

    [Fact]
    public void Facts_OfATensor_AreThose()
    {
        using var scope = NewDisposeScope();
        var t = zeros(2, 3, 4, dtype: int64);
        Assert.Equal((3, 24, 8), (t.dim(), t.numel(), t.element_size()));
        Assert.Equal((3, 24, 8), (t.ndim, t.NumberOfElements, t.ElementSize));
        Assert.Equal([12, 4, 1], t.stride());
        Assert.Equal((4, 12), (t.size(-1), t.stride(0)));
        Assert.Equal(12, t[1].storage_offset());
        Assert.True(t.is_contiguous() && t.is_cpu() && t.is_integral());
        Assert.False(t.is_cuda || t.is_meta || t.is_sparse || t.is_floating_point() || t.is_complex());
        Assert.True(ones(1).is_nonzero());
        Assert.Equal("[2x3x4], type = Int64, device = cpu", t.ToString());
        Assert.Equal((DeviceType.CPU, -1), (t.device.type, t.device_index));
        Assert.Equal([2, 3], t.new_empty(2, 3).shape);
        Assert.Equal(ScalarType.Int64, t.empty_like().dtype);
    }

    [Fact]
    public void Equals_OfTensors_ComparesShapesAndElements()
    {
        using var scope = NewDisposeScope();
        Assert.True(ones(2).Equals(ones(2)));
        Assert.False(ones(2).Equals(ones(3)));
        Assert.True(ones(2).allclose(ones(2) + 1e-7));
        Assert.False(ones(2).allclose(ones(2) + 1e-3));
        Assert.True(allclose(ones(2), ones(2) + 1e-3, atol: 0.01));
    }

    [Fact]
    public void Indexer_Set_WritesIntoTheTensor()
    {
        using var scope = NewDisposeScope();
        var t = zeros(3, 4);
        t[0, 1] = 5;
        t[1] = ones(4);
        t[TensorIndex.Ellipsis, 3] = 7;
        t[tensor(new long[] { 2 })] = -ones(4);
        t[t < 0] = 9;
        Assert.Equal([0f, 5, 0, 7, 1, 1, 1, 7, 9, 9, 9, 9], t.data<float>().ToArray());
        t.index_put_(3, TensorIndex.Colon, TensorIndex.Slice(0, 2));
        Assert.Equal(18f, t[.., ..2].sum().item<float>());
        t.set_(ones(2));
        Assert.Equal([2], t.shape);
    }

    [Fact]
    public void Text_InNumPysStyle_ShowsTheElements()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("[[0, 1, 2],\n [3, 4, 5]]", arange(6).reshape(2, 3).npstr(newLine: "\n"));
        Assert.Equal("0.33333", tensor(1.0 / 3).npstr());
    }

    [Fact]
    public void Complex_Eigenvalues_HaveTheRightMoments()
    {
        using var scope = NewDisposeScope();
        var a = Operators.Golden.Input("any:3,3", 0);
        var (values, vectors) = linalg.eig(a);
        Assert.Equal(ScalarType.ComplexFloat64, values.dtype);
        Assert.Equal([3, 3], vectors.shape);
        Assert.Equal(linalg.det(a).item<double>(), linalg.eigvals(a).prod().data<System.Numerics.Complex>()[0].Real, 9);
    }
}
