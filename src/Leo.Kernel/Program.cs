using Leo.Kernel;
using Leo.Kernel.Host;
using Leo.Kernel.Wire;

if (args is not [var file] || file is "-h" or "--help")
{
    Console.Error.WriteLine("usage: leo-kernel CONNECTION-FILE\nStarted by Jupyter's front ends; `leo kernel install` tells them how.");
    return args is ["-h" or "--help"] ? 0 : 2;
}
try
{
    return new KernelServer(ConnectionInfo.Read(file)).Run();
}
catch (KernelException e)
{
    Console.Error.WriteLine($"error: {e.Message}");
    return 1;
}
