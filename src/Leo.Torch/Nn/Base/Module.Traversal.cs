using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Direct submodules with their names.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _internal_submodules;

            /// <summary>Direct submodules.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(c => c.module);

            /// <summary>All submodules at any depth, without this module: first the direct ones, then what is below each.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var child in named_children()) yield return child;
                foreach (var (childName, child) in named_children())
                    foreach (var (name, module) in child.named_modules())
                        yield return ($"{childName}.{name}", module);
            }

            /// <summary>All submodules at any depth, without this module.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(m => m.module);

            /// <summary>Parameters with their names; one that is shared is listed once.</summary>
            /// <param name="recurse">Include those of submodules?</param>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (key, p) in _internal_params)
                    if (!p.IsInvalid && seen.Add(p)) yield return (key, p);
                if (!recurse) yield break;
                foreach (var (childName, child) in named_children())
                    foreach (var (key, p) in child.named_parameters(true))
                        if (seen.Add(p)) yield return ($"{childName}.{key}", p);
            }

            /// <summary>Parameters; one that is shared is listed once.</summary>
            /// <param name="recurse">Include those of submodules?</param>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(p => p.parameter);

            /// <summary>Buffers with their names; one that is shared is listed once.</summary>
            /// <param name="recurse">Include those of submodules?</param>
            /// <param name="include_nonpersistent">Include those that are not part of the state dict?</param>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var (key, (b, persistent)) in _internal_buffers)
                    if (!b.IsInvalid && (persistent || include_nonpersistent) && seen.Add(b)) yield return (key, b);
                if (!recurse) yield break;
                foreach (var (childName, child) in named_children())
                    foreach (var (key, b) in child.named_buffers(true, include_nonpersistent))
                        if (seen.Add(b)) yield return ($"{childName}.{key}", b);
            }

            /// <summary>Buffers; one that is shared is listed once.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true)
                => named_buffers(recurse, include_nonpersistent).Select(b => b.buffer);

            /// <summary>Is there a buffer of this dotted name?</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>Is there a parameter of this dotted name?</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>The buffer of this dotted name, or null.</summary>
            public virtual Tensor? get_buffer(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                if (_internal_buffers.TryGetValue(target, out var buffer)) return buffer.Item1;
                return Descend(target, (child, rest) => child.get_buffer(rest));
            }

            /// <summary>The parameter of this dotted name, or null.</summary>
            public virtual Parameter? get_parameter(string target)
            {
                ArgumentNullException.ThrowIfNull(target);
                if (_internal_params.TryGetValue(target, out var parameter)) return parameter;
                return Descend(target, (child, rest) => child.get_parameter(rest));
            }

            private T? Descend<T>(string target, Func<Module, string, T?> find) where T : class
            {
                int dot = target.IndexOf('.');
                if (dot <= 0) return null;
                string head = target[..dot], rest = target[(dot + 1)..];
                foreach (var (name, child) in named_children())
                    if (name == head && find(child, rest) is T found) return found;
                return null;
            }
        }
    }
}
