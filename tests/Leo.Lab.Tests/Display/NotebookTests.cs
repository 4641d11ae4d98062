using Leo.Lab.Display;

namespace Leo.Lab.Tests.Display;

[Collection(Host)]
public sealed class NotebookTests
{
    /// <summary>Tests that say where they run; that is the same for the whole process, so they take turns.</summary>
    internal const string Host = "notebook host";

    private const string Key = "Leo.Notebook.Interrupted";

    [Fact]
    public void Interrupted_OutsideOfANotebook_IsNeverCancelled() => Assert.False(Notebook.Interrupted.CanBeCanceled);

    [Fact]
    public void Interrupted_WhereAHostOffersIt_IsTheHostsToken()
    {
        using var source = new CancellationTokenSource();
        AppContext.SetData(Key, (Func<CancellationToken>)(() => source.Token));
        try
        {
            Assert.Equal(source.Token, Notebook.Interrupted);
        }
        finally
        {
            AppContext.SetData(Key, null);
        }
    }

    [Fact]
    public void Preset_ByDefault_IsTiny()
    {
        Environment.SetEnvironmentVariable(Notebook.PresetVariable, null);
        Assert.Equal("tiny", Notebook.Preset);
    }

    [Fact]
    public void Preset_Unknown_NamesWhatThereIs()
    {
        Environment.SetEnvironmentVariable(Notebook.PresetVariable, "huge");
        try
        {
            Assert.Contains("tiny, small or paper", Assert.Throws<LeoException>(() => Notebook.Preset).Message);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Notebook.PresetVariable, null);
        }
    }
}
