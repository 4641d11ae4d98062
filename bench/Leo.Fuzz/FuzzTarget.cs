namespace Leo.Fuzz;

/// <summary>Something that reads what comes from elsewhere, and what to feed it.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Inputs of a run in CI.</summary>
    public virtual int InputsInTests => 1500;

    /// <summary>Seconds without news from a worker after which an input counts as one that hangs. Far above what any takes, for machines are busy.</summary>
    public virtual int Patience => 60;

    /// <summary>Kibibytes that a worker's heap, native and managed, may take. Several times what any honest input of this size needs.</summary>
    public virtual int MostMemory => 2 << 20;

    /// <summary>Makes an input: files, or a tree of them, below <paramref name="folder"/>.</summary>
    public abstract void Make(FuzzRandom random, string folder);

    /// <summary>Reads it as the library and the program do.</summary>
    /// <param name="folder">What <see cref="Make"/> filled.</param>
    /// <param name="output">The only folder that may be written to.</param>
    public abstract void Read(string folder, string output);

    /// <summary>Runs a part of reading that may refuse, so that what comes after is looked at all the same.</summary>
    protected static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (FuzzWorker.IsTyped(e))
        {
            // Refused in words: that is what is wanted.
        }
    }
}
