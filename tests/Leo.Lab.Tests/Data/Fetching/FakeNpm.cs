using Leo.Lab.Data.Fetching;

namespace Leo.Lab.Tests.Data.Fetching;

/// <summary>A folder with a program <c>npm</c> that does what a test says, and notes how it was called.</summary>
internal sealed class FakeNpm : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>Makes the program.</summary>
    /// <param name="script">Lines of a shell; <c>$to</c> is the folder that the archive belongs into, <c>$here</c> that of the program.</param>
    public FakeNpm(string script)
    {
        string file = _folder["npm"];
        File.WriteAllText(file, $"#!/bin/sh\nhere={_folder.Path}\nprintf '%s\\n' \"$@\" \"$PWD\" >> $here/calls\nto=$4\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>A program that hands out an archive.</summary>
    public FakeNpm(byte[] archive)
        : this("cp $here/archive $to/some-name.tgz") => File.WriteAllBytes(_folder["archive"], archive);

    public string Path => _folder.Path;

    public NpmClient Client => new(Path);

    /// <summary>The arguments of its calls, one after the other, each followed by its working folder.</summary>
    public string[] Calls => File.Exists(_folder["calls"]) ? File.ReadAllLines(_folder["calls"]) : [];

    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();
}
