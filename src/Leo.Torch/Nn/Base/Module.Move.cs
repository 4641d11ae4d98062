using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Moves and converts all parameters and floating-point buffers.</summary>
            protected internal virtual Module _to(Device device, ScalarType dtype, bool non_blocking)
            {
                CheckType(dtype);
                _toEpilog(device, dtype, non_blocking);
                return this;
            }

            /// <summary>Moves all parameters and buffers.</summary>
            protected internal virtual Module _to(DeviceType deviceType, int deviceIndex, bool non_blocking)
            {
                _toEpilog(deviceType, deviceIndex, non_blocking);
                return this;
            }

            /// <summary>Converts all parameters and floating-point buffers.</summary>
            protected internal virtual Module _to(ScalarType dtype, bool non_blocking)
            {
                CheckType(dtype);
                _toEpilog(dtype, non_blocking);
                return this;
            }

            /// <summary>Moves and converts all parameters and buffers to where <paramref name="other"/> is.</summary>
            public Module _to(Tensor other, bool non_blocking) => _to(other.device, other.dtype, non_blocking);

            /// <summary>The common end of all <c>_to</c> methods.</summary>
            protected void _toEpilog(ScalarType dtype, bool non_blocking) => _toEpilog(dtype, null, non_blocking);

            /// <summary>The common end of all <c>_to</c> methods.</summary>
            protected void _toEpilog(Device device, ScalarType dtype, bool non_blocking) => _toEpilog(dtype, device, non_blocking);

            /// <summary>The common end of all <c>_to</c> methods.</summary>
            protected void _toEpilog(DeviceType deviceType, int deviceIndex, bool non_blocking)
                => _toEpilog(null, new Device(deviceType, deviceIndex), non_blocking);

            /// <summary>
            /// Gives each parameter and buffer here and below new storage. The tensors themselves stay, so that fields,
            /// optimisers and shared references remain true.
            /// </summary>
            protected virtual void _toEpilog(ScalarType? dtype, Device? device, bool non_blocking)
            {
                foreach (var (_, child) in named_children())
                {
                    if (device is null) child._to(dtype!.Value, non_blocking);
                    else if (dtype is null) child._to(device.type, device.index, non_blocking);
                    else child._to(device, dtype.Value, non_blocking);
                }
                foreach (var (_, p) in named_parameters(false).ToList()) MoveStorage(p, dtype, device);
                foreach (var (_, b) in named_buffers(false).ToList()) MoveStorage(b, dtype, device);
            }

            /// <summary>The given device and type, or the defaults.</summary>
            protected static (Device device, ScalarType dtype) GetDefaultDeviceAndType(Device? device = null, ScalarType? dtype = null)
                => (device ?? get_default_device(), dtype ?? get_default_dtype());

            private static void MoveStorage(Tensor tensor, ScalarType? dtype, Device? device)
            {
                using var scope = NewDisposeScope();
                using var constant = no_grad();
                var type = dtype is { } wanted && (tensor.is_floating_point() || tensor.is_complex()) ? wanted : tensor.dtype;
                var place = device ?? tensor.device;
                if (type == tensor.dtype && place == tensor.device) return;
                var grad = tensor.grad;
                // A gradient must have its tensor's type: it goes first and comes back converted.
                if (grad is not null) tensor.grad = null;
                SetData(tensor, tensor.detach().to(type, place));
                if (grad is not null) tensor.grad = grad.to(type, place);
            }

            private static void CheckType(ScalarType dtype)
            {
                if (!torch.is_floating_point(dtype) && !torch.is_complex(dtype))
                    throw new ArgumentException($"A module can only be converted to a floating-point or complex type, not to {dtype}.",
                        nameof(dtype));
            }

            private static void SetData(Tensor tensor, Tensor data) => Op.Do(SetDataOp, tensor, data);

            private static readonly Op SetDataOp = Op.Get("aten::set_data");
        }
    }
}
