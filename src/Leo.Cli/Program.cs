using Leo.Cli;
using Leo.Lab;
using Leo.Lab.Distributed;

NativeHeap.KeepFreedMemory();
var launch = Launch.Read();
ComputeDevice.LocalRank = launch.LocalRank;
// Open MPI gives its processes a terminal; what a terminal is told would stand among the results.
if (launch.IsShared) Environment.SetEnvironmentVariable("TERM", "dumb");
using var interruption = new Interruption(launch);
return LeoProgram.Run(args, Shell.ForConsole(interruption.Token, launch));
