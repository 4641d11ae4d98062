using TorchSharp;
using static TorchSharp.torch;

namespace Leo.Torch.Tests.Data;

public class SaveLoadTests
{
    [Fact]
    public void Save_ThenLoad_GivesTheSameTensor()
    {
        using var scope = NewDisposeScope();
        var t = arange(300, dtype: float64).reshape(100, 3).t();
        using var stream = new MemoryStream();
        t.Save(new BinaryWriter(stream));
        stream.Position = 0;
        Assert.True(TensorExtensionMethods.Load(new BinaryReader(stream)).Equals(t));
    }

    [Fact]
    public void Save_OfASmallTensor_WritesTorchSharpsBytes()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        ones(200, dtype: uint8).Save(new BinaryWriter(stream));
        // type Byte = 0, one dimension, 200 in LEB128, the elements
        Assert.Equal([0, 1, 0xC8, 0x01, 1, 1], stream.ToArray()[..6]);
        Assert.Equal(204, stream.Length);
    }

    [Fact]
    public void Load_IntoAnotherShapeOrType_Throws()
    {
        using var scope = NewDisposeScope();
        using var stream = new MemoryStream();
        ones(4).Save(new BinaryWriter(stream));
        Assert.Throws<ArgumentException>(() => Load(zeros(5)));
        Assert.Throws<ArgumentException>(() => Load(zeros(4, dtype: int32)));
        var into = zeros(4, requires_grad: true);
        Load(into);
        Assert.Equal(4f, into.sum().item<float>());
        stream.SetLength(10);
        Assert.Throws<EndOfStreamException>(() => Load(zeros(4)));

        void Load(Tensor t)
        {
            stream.Position = 0;
            t.Load(new BinaryReader(stream));
        }
    }

    [Fact]
    public void Save_ToAFile_ReadsBack()
    {
        using var scope = NewDisposeScope();
        string path = Path.GetTempFileName();
        try
        {
            ones(2, 2).Save(path);
            using var reader = new BinaryReader(File.OpenRead(path));
            Assert.Equal([2, 2], TensorExtensionMethods.Load(reader).shape);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
