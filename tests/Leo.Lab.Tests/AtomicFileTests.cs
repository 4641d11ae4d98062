namespace Leo.Lab.Tests;

public class AtomicFileTests
{
    /// <summary>A disk with room for a few bytes: what the system reports when it is full, at the byte where it would.</summary>
    private sealed class FullDisk(string path, int room, int errno) : FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0)
    {
        private int _room = room;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer[..Math.Min(buffer.Length, _room)]);
            if (buffer.Length > _room)
            {
                throw new IOException("No space left on device", errno);
            }
            _room -= buffer.Length;
        }
    }

    [Fact]
    public void Write_NewFile_MakesFoldersAndLeavesNoTemporary()
    {
        using var folder = new TempFolder();
        AtomicFile.WriteText(folder["a/b/file.txt"], "text");
        Assert.Equal("text", File.ReadAllText(folder["a/b/file.txt"]));
        Assert.Single(Directory.GetFiles(folder["a/b"]));
    }

    [Theory]
    [InlineData(28)]
    [InlineData(122)]
    [InlineData(unchecked((int)0x80070070))]
    public void Write_DiskFull_KeepsTheOldFileAndSaysSo(int errno)
    {
        using var folder = new TempFolder();
        string path = folder["file.bin"];
        File.WriteAllText(path, "old");
        var error = Assert.Throws<FileWriteException>(() =>
            AtomicFile.Write(path, s => s.Write(new byte[100]), p => new FullDisk(p, 10, errno)));
        Assert.Equal($"{path}: cannot be written, the disk is full. Free some space and run again; earlier files are intact.", error.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_WriterThrows_KeepsTheOldFileAndTheError()
    {
        using var folder = new TempFolder();
        string path = folder["file.bin"];
        File.WriteAllText(path, "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, s =>
        {
            s.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_FolderIsAFile_NamesTheFile()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["blocked"], "");
        var error = Assert.Throws<FileWriteException>(() => AtomicFile.WriteText(folder["blocked/file.txt"], "text"));
        Assert.StartsWith(folder["blocked/file.txt"] + ": cannot be written (", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    // The device that is always full; every Linux has it.
    [Fact]
    public void IsDiskFull_RealFullDevice_IsRecognised()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.False(OperatingSystem.IsLinux());
            return;
        }
        var error = Assert.Throws<IOException>(() =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            full.Write(new byte[4096]);
        });
        Assert.True(FileWriteException.IsDiskFull(error));
    }
}
