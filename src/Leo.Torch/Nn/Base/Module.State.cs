using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>
            /// All parameters and persistent buffers by dotted name, not copied. First the parameters, then the buffers.
            /// </summary>
            /// <param name="destination">Where to add them; a new dictionary by default.</param>
            /// <param name="prefix">Put before each name, with a dot.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                string Key(string key) => string.IsNullOrEmpty(prefix) ? key : $"{prefix}.{key}";
                foreach (var (key, p) in named_parameters()) destination.TryAdd(Key(key), p);
                foreach (var (key, b) in named_buffers(include_nonpersistent: false)) destination.TryAdd(Key(key), b);
                // Shared tensors appear once above; through the children they get their other names too.
                foreach (var (key, child) in named_children()) child.state_dict(destination, Key(key));
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names.</summary>
            /// <param name="source">Values by dotted name.</param>
            /// <param name="strict">Demand that both sides have exactly the same names?</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <returns>The names that the source lacks, and those that only it has.</returns>
            /// <exception cref="InvalidOperationException">Names differ and <paramref name="strict"/> is set.</exception>
            /// <exception cref="ArgumentException">A tensor has another shape.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                skip ??= [];
                var target = state_dict();
                var missing = target.Keys.Where(k => !skip.Contains(k) && !source.ContainsKey(k)).ToList();
                var unexpected = source.Keys.Where(k => !skip.Contains(k) && !target.ContainsKey(k)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException(
                        $"The state dict does not fit {GetName()}. Missing: {List(missing)}. Unexpected: {List(unexpected)}.");

                // All shapes are checked before the first value is written: a failed load changes nothing.
                var pairs = target.Where(t => source.ContainsKey(t.Key) && !skip.Contains(t.Key)).ToList();
                foreach (var (key, tensor) in pairs)
                    if (!tensor.shape.SequenceEqual(source[key].shape))
                        throw new ArgumentException($"The state dict does not fit {GetName()}: '{key}' is "
                            + $"[{string.Join(", ", source[key].shape)}], expected [{string.Join(", ", tensor.shape)}].", nameof(source));

                using var constant = no_grad();
                foreach (var (key, tensor) in pairs) tensor.copy_(source[key]);
                return (missing, unexpected);

                static string List(List<string> keys) => keys.Count == 0 ? "none" : string.Join(", ", keys.Take(8))
                    + (keys.Count > 8 ? $" and {keys.Count - 8} more" : "");
            }

            /// <summary>Writes the state dict to a file in TorchSharp's format.</summary>
            /// <param name="location">The file.</param>
            /// <param name="skip">Names to leave out.</param>
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            /// <summary>Writes the state dict to a stream in TorchSharp's format and closes it.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            /// <summary>Writes the state dict in TorchSharp's format.</summary>
            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            /// <summary>Writes a state dict in TorchSharp's format: the count, then name, type, shape and bytes of each tensor.</summary>
            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                var kept = sd.Where(e => skip is null || !skip.Contains(e.Key)).ToList();
                writer.Encode(kept.Count);
                foreach (var (key, tensor) in kept)
                {
                    writer.Write(key);
                    tensor.Save(writer);
                }
            }

            /// <summary>Reads parameters and buffers from a file in TorchSharp's format.</summary>
            /// <param name="location">The file.</param>
            /// <param name="strict">Demand exactly the same names?</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <param name="loadedParameters">Gets every name in the file, and whether this module has it.</param>
            /// <exception cref="FileNotFoundException">There is no such file.</exception>
            /// <exception cref="ArgumentException">Names, types or shapes differ.</exception>
            public virtual Module load(string location, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException($"There is no file '{location}'.", location);
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <summary>Reads parameters and buffers from a stream in TorchSharp's format and closes it.</summary>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Reads parameters and buffers in TorchSharp's format.</summary>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                var target = state_dict();
                long count = reader.Decode();
                if (strict && count != target.Count)
                    throw new ArgumentException($"The file holds {count} tensors, {GetName()} has {target.Count}.");
                for (long i = 0; i < count; i++)
                {
                    string key = reader.ReadString();
                    bool found = target.TryGetValue(key, out var tensor);
                    if (strict && !found) throw new ArgumentException($"The file holds a tensor '{key}', which {GetName()} has not.");
                    if (found && skip?.Contains(key) != true) tensor!.Load(reader);
                    else TensorExtensionMethods.Load(reader).Dispose(); // read it to get past it
                    loadedParameters?.Add(key, found);
                }
                return this;
            }

            /// <summary>Makes a module and loads its weights from a file in TorchSharp's format.</summary>
            public static Module Create<T>(string path) where T : Module, new() => new T().load(path);
        }
    }
}
