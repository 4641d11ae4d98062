namespace Leo.Bench;

/// <summary>What a contender tells of some steps.</summary>
/// <param name="Milliseconds">Of each step.</param>
/// <param name="Losses">Of each step; empty where they are not recorded.</param>
/// <param name="Norms">Gradient norms, likewise.</param>
/// <param name="CpuMilliseconds">Time that the process used processors for, over all threads, for all these steps together.</param>
/// <param name="PeakKilobytes">The largest resident set of the process so far.</param>
internal sealed record StepReply(double[] Milliseconds, double[] Losses, double[] Norms, double CpuMilliseconds, long PeakKilobytes);
