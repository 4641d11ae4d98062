using System.Reflection;
using System.Reflection.Emit;

namespace Leo.Lab.Tests.Display;

/// <summary>
/// An assembly with the name, types and members of .NET Interactive that <c>Leo.Lab.Display.Notebook</c> looks for: an invocation that is
/// current, shows values and gives something with an <c>Update</c>.
/// </summary>
internal sealed class DotNetInteractiveStandIn : IDisposable
{
    private const string Name = "Microsoft.DotNet.Interactive";
    private static readonly Lazy<(Type Context, Type Value)> Types = new(Make);

    /// <summary>Begins an invocation.</summary>
    /// <param name="shown">Gets what is shown, and what takes its place.</param>
    /// <param name="token">Its token.</param>
    public DotNetInteractiveStandIn(Action<object> shown, CancellationToken token)
    {
        var (context, value) = Types.Value;
        context.GetField("current")!.SetValue(null, Activator.CreateInstance(context));
        context.GetField("token")!.SetValue(null, token);
        value.GetField("sink")!.SetValue(null, shown);
    }

    public void Dispose() => Types.Value.Context.GetField("current")!.SetValue(null, null);

    private static (Type, Type) Make()
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(Name), AssemblyBuilderAccess.Run).DefineDynamicModule(Name);

        var value = module.DefineType($"{Name}.DisplayedValue", TypeAttributes.Public);
        var sink = value.DefineField("sink", typeof(Action<object>), FieldAttributes.Public | FieldAttributes.Static);
        var made = value.DefineDefaultConstructor(MethodAttributes.Public);
        var update = value.DefineMethod("Update", MethodAttributes.Public, typeof(void), [typeof(object)]).GetILGenerator();
        Tell(update);
        update.Emit(OpCodes.Ret);

        var context = module.DefineType($"{Name}.KernelInvocationContext", TypeAttributes.Public);
        context.DefineDefaultConstructor(MethodAttributes.Public);
        Property(context, "Current", context, "current", MethodAttributes.Static);
        Property(context, "CancellationToken", typeof(CancellationToken), "token", 0);

        var extensions = module.DefineType($"{Name}.KernelInvocationContextExtensions", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        var display = extensions.DefineMethod("Display", MethodAttributes.Public | MethodAttributes.Static, value, [context, typeof(object), typeof(string[])]).GetILGenerator();
        Tell(display);
        display.Emit(OpCodes.Newobj, made);
        display.Emit(OpCodes.Ret);

        var valueType = value.CreateType();
        var contextType = context.CreateType();
        extensions.CreateType();
        return (contextType, valueType);

        // In both methods the value is the second argument.
        void Tell(ILGenerator il)
        {
            il.Emit(OpCodes.Ldsfld, sink);
            il.Emit(OpCodes.Ldarg_1);
            il.Emit(OpCodes.Callvirt, typeof(Action<object>).GetMethod("Invoke")!);
        }
    }

    private static void Property(TypeBuilder type, string name, Type of, string field, MethodAttributes attributes)
    {
        var store = type.DefineField(field, of, FieldAttributes.Public | FieldAttributes.Static);
        var getter = type.DefineMethod("get_" + name, MethodAttributes.Public | attributes, of, Type.EmptyTypes);
        var il = getter.GetILGenerator();
        il.Emit(OpCodes.Ldsfld, store);
        il.Emit(OpCodes.Ret);
        type.DefineProperty(name, PropertyAttributes.None, of, null).SetGetMethod(getter);
    }
}
