using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Types;

public class TypeTests
{
    [Fact]
    public void Scalar_FromNumbers_KeepsKindAndValue()
    {
        Scalar i = 3, d = 2.5, f = 0.1f, b = true;
        Assert.Equal((ScalarType.Int64, ScalarType.Float64, ScalarType.Float64, ScalarType.Bool), (i.Type, d.Type, f.Type, b.Type));
        Assert.Equal(3, i.ToInt32());
        Assert.Equal(2.5, d.ToDouble());
        Assert.Equal(2, d.ToInt64());
        Assert.Equal(0.1f, f.ToSingle());
        Assert.True(b.ToBoolean());
        Assert.Throws<OverflowException>(() => ((Scalar)300).ToByte());
        Assert.Equal(7, 7L.ToScalar().ToInt16());
    }

    [Fact]
    public void Scalar_InAnOperator_PromotesAsInPyTorch()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, (ones(1) * 2.0).dtype);
        Assert.Equal(ScalarType.Int64, (ones(1, dtype: int64) * 2).dtype);
        Assert.Equal(ScalarType.Float32, (ones(1, dtype: int64) * 2.5).dtype);
        Assert.Equal(ScalarType.Int64, full(2, 3).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 3.0).dtype);
    }

    [Fact]
    public void Size_FromTuplesAndArrays_HoldsTheLengths()
    {
        Size s = (2, 3, 4);
        Assert.Equal([2, 3, 4], s);
        Assert.Equal(24, s.numel());
        Assert.Equal(3, s[1]);
        Assert.True(s == new Size([2, 3, 4]));
        Assert.True(s != (Size)7);
        Assert.Equal([2, 3, 4, 7], s + 7);
        Assert.Equal([3], s.Slice(1, 2));
        Assert.Equal(1, Size.Empty.numel());
        Assert.True(default(Size).IsScalar);
        using var t = ones(6);
        Assert.Equal([2, 3], t.unflatten(0, (2, 3)).shape);
    }

    [Fact]
    public void Device_FromText_IsParsed()
    {
        Device d = "cuda:1";
        Assert.Equal((DeviceType.CUDA, 1, "cuda:1"), (d.type, d.index, d.ToString()));
        Assert.Equal("cpu", CPU.ToString());
        Assert.Equal(DeviceType.CPU, device("cpu").type);
        Assert.Equal(DeviceType.CPU, get_default_device().type);
        Assert.Matches(@"^\d+\.\d+\.\d+", __version__);
    }

    [Fact]
    public void DefaultType_Set_IsWhatFactoriesMake()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, get_default_dtype());
        Assert.Throws<ArgumentException>(() => set_default_dtype(int64));
        Assert.Equal(4, ScalarType.Float32.ElementSize());
        Assert.Equal(6, new long[] { 2, 3 }.TotalSize());
    }
}
