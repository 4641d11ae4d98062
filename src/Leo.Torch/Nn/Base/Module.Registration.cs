using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Adds a buffer: a tensor that is saved and moved with the module but not trained.</summary>
            /// <param name="name">Key under which it is found and saved.</param>
            /// <param name="tensor">The buffer.</param>
            /// <param name="persistent">Is it part of the state dict?</param>
            /// <exception cref="ArgumentNullException">No tensor was given.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(nameof(tensor), $"No tensor was given for the buffer '{name}'.");
                if (!_internal_buffers.TryAdd(name, (Own(tensor), persistent)))
                    throw new InvalidOperationException($"Buffer '{name}' is already registered in {GetName()}.");
            }

            /// <summary>Adds a parameter.</summary>
            /// <exception cref="ArgumentNullException">No parameter was given.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(nameof(param), $"No tensor was given for the parameter '{name}'.");
                if (!_internal_params.TryAdd(name, Own(param)))
                    throw new InvalidOperationException($"Parameter '{name}' is already registered in {GetName()}.");
            }

            /// <summary>The same as <see cref="register_module"/>.</summary>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Adds a submodule, after registering the submodule's own components; null removes the name.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot in it.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                if (submodule is null)
                {
                    _internal_submodules.Remove(name);
                    return;
                }
                if (string.IsNullOrEmpty(name)) throw new ArgumentException("A submodule's name cannot be empty.", nameof(name));
                if (name.Contains('.')) throw new ArgumentException($"A submodule's name cannot contain a dot: '{name}'.", nameof(name));
                if (_internal_submodules.ContainsKey(name))
                    throw new InvalidOperationException($"Submodule '{name}' is already registered in {GetName()}.");
                submodule.RegisterComponents();
                _internal_submodules.Add(name, submodule);
            }

            /// <summary>Registers, replaces or (with null) removes a parameter; tensors that are no parameters count as null.</summary>
            protected void ConditionallyRegisterParameter(string name, Tensor value)
                => ConditionallyRegisterParameter(name, value as Parameter);

            /// <summary>Registers, replaces or (with null) removes a parameter.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null) _internal_params.Remove(name);
                else _internal_params[name] = Own(value);
            }

            /// <summary>Registers, replaces or (with null) removes a buffer.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null) _internal_buffers.Remove(name);
                else _internal_buffers[name] = (Own(value), persistent);
            }

            /// <summary>
            /// Registers every field, private ones too, that holds a module, a parameter or a tensor (a buffer), under the
            /// field's name. Call it as the last statement of the constructor; fields filled later are not seen.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_areComponentsRegistered) return;
                foreach (var field in FieldsOf(GetType()))
                {
                    string key = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    if (_internal_submodules.ContainsKey(key) || _internal_params.ContainsKey(key) || _internal_buffers.ContainsKey(key))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module: register_module(key, module); break;
                        case Parameter parameter: register_parameter(key, parameter); break;
                        case Tensor tensor: register_buffer(key, tensor); break;
                    }
                }
                _areComponentsRegistered = true;
            }

            /// <summary>Forgets all submodules.</summary>
            protected void ClearModules() => _internal_submodules.clear();

            // What belongs to a module lives as long as the module, whatever scope it was made in.
            private static T Own<T>(T tensor) where T : Tensor
            {
                tensor.DetachFromDisposeScope();
                return tensor;
            }

            private static IEnumerable<FieldInfo> FieldsOf(Type type)
            {
                const BindingFlags all = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
                var seen = new HashSet<string>();
                // The derived class's fields come first; private fields of base classes are only seen there.
                for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
                    foreach (var field in t.GetFields(all))
                        if (seen.Add(field.Name)) yield return field;
            }
        }
    }
}
