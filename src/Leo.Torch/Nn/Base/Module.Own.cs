using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            // Built-in modules keep parameters and buffers in the registry alone, so that no field can disagree with it.

            private protected Parameter? OwnParameter(string key) => _internal_params.TryGetValue(key, out var p) ? p : null;

            private protected void SetOwnParameter(string key, Parameter? value)
            {
                var old = OwnParameter(key);
                if (ReferenceEquals(old, value)) return;
                ConditionallyRegisterParameter(key, value);
                old?.Dispose();
            }

            private protected Tensor? OwnBuffer(string key) => _internal_buffers.TryGetValue(key, out var b) ? b.Item1 : null;

            private protected void SetOwnBuffer(string key, Tensor? value)
            {
                var old = OwnBuffer(key);
                if (ReferenceEquals(old, value)) return;
                ConditionallyRegisterBuffer(key, value);
                old?.Dispose();
            }
        }
    }
}
