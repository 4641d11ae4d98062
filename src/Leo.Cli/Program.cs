using Leo.Cli;

using var interruption = new Interruption();
return LeoProgram.Run(args, Shell.ForConsole(interruption.Token));
