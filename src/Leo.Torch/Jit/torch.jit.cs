using System.Text;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>TorchScript: programs that PyTorch saved together with their weights.</summary>
    public static unsafe partial class jit
    {
        /// <summary>Loads what <c>torch.jit.save</c> wrote. The program in it runs when the module is called.</summary>
        /// <param name="filename">The file.</param>
        /// <param name="device_type">Where its tensors go.</param>
        /// <param name="device_index">Which of several devices; −1 for the one.</param>
        /// <exception cref="FileNotFoundException">There is no such file.</exception>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">It is no TorchScript.</exception>
        public static ScriptModule load(string filename, DeviceType device_type = DeviceType.CPU, long device_index = -1)
        {
            if (!File.Exists(filename)) throw new FileNotFoundException(filename);
            fixed (byte* path = Encoding.UTF8.GetBytes(filename + '\0'))
                return Load(path, -1, device_type, device_index);
        }

        /// <inheritdoc cref="load(string, DeviceType, long)"/>
        /// <param name="bytes">The content of such a file.</param>
        public static ScriptModule load(byte[] bytes, DeviceType device_type = DeviceType.CPU, long device_index = -1)
        {
            ArgumentNullException.ThrowIfNull(bytes);
            fixed (byte* data = bytes)
                return Load(data, bytes.LongLength, device_type, device_index);
        }

        private static ScriptModule Load(byte* data, long size, DeviceType type, long index)
        {
            nint handle;
            Native.Check(Native.lt_jit_load(data, size, (int)type, (int)index, &handle));
            return new ScriptModule(handle);
        }
    }
}
