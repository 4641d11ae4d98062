using Leo.Cli;
using Leo.Lab;

NativeHeap.KeepFreedMemory();
using var interruption = new Interruption();
return LeoProgram.Run(args, Shell.ForConsole(interruption.Token));
