namespace TorchSharp;

public static partial class torch
{
    /// <summary>Reverse-mode automatic differentiation.</summary>
    public static unsafe partial class autograd
    {
        /// <summary>The gradients of the sum of <paramref name="outputs"/> with respect to <paramref name="inputs"/>.</summary>
        /// <param name="outputs">What is differentiated.</param>
        /// <param name="inputs">With respect to what.</param>
        /// <param name="grad_outputs">The vector of the vector-Jacobian product; ones for outputs of one element.</param>
        /// <param name="retain_graph">Keep the record for another pass.</param>
        /// <param name="create_graph">Record the gradients themselves, for higher derivatives.</param>
        /// <param name="allow_unused">Allow inputs that the outputs do not depend on; their gradient is null.</param>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">With libtorch's reason.</exception>
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null,
            bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] o = Handles(outputs), i = Handles(inputs), g = Vector(outputs, grad_outputs);
            nint[] found = new nint[Math.Max(i.Length, 1)];
            fixed (nint* po = Room(o), pi = Room(i), pg = Room(g), pf = found)
            {
                Native.Check(Native.lt_grad(po, grad_outputs is null ? null : pg, o.Length, pi, i.Length,
                    retain_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, pf));
            }
            Keep(outputs, inputs, grad_outputs);
            var result = new Tensor[i.Length];
            for (int k = 0; k < result.Length; k++) result[k] = found[k] == 0 ? null! : new Tensor(found[k]);
            return result;
        }

        /// <summary>Adds the gradients of the sum of <paramref name="tensors"/> to the leaves' <see cref="Tensor.grad"/>.</summary>
        /// <inheritdoc cref="grad"/>
        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] t = Handles(tensors), g = Vector(tensors, grad_tensors), i = inputs is null ? [] : Handles(inputs);
            fixed (nint* pt = Room(t), pg = Room(g), pi = Room(i))
            {
                Native.Check(Native.lt_backward(pt, grad_tensors is null ? null : pg, t.Length, pi, i.Length,
                    (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0));
            }
            Keep(tensors, grad_tensors, inputs);
        }

        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}, bool?, bool, IList{Tensor})"/>
        public static void backward(
            Tensor tensor, IList<Tensor>? grad_tensors = null, bool? retain_graph = null,
            bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        /// <inheritdoc cref="backward(IList{Tensor}, IList{Tensor}, bool?, bool, IList{Tensor})"/>
        public static void backward(
            Tensor tensor, Tensor grad_tensor, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null) =>
            backward([tensor], [grad_tensor], retain_graph, create_graph, inputs);

        private static nint[] Handles(IList<Tensor> tensors)
        {
            var handles = new nint[tensors.Count];
            for (int i = 0; i < handles.Length; i++) handles[i] = tensors[i].Handle;
            return handles;
        }

        private static nint[] Vector(IList<Tensor> outputs, IList<Tensor>? grads)
        {
            if (grads is null) return [];
            if (grads.Count != outputs.Count)
                throw new ArgumentException($"{outputs.Count} outputs need as many grad_outputs, got {grads.Count}", nameof(grads));
            var handles = new nint[grads.Count];
            for (int i = 0; i < handles.Length; i++) handles[i] = grads[i] is null ? 0 : grads[i].Handle;
            return handles;
        }

        // A fixed pointer to an empty array is null; libtorch reads none of it either way.
        private static nint[] Room(nint[] handles) => handles.Length > 0 ? handles : [0];

        private static void Keep(params object?[] alive) => GC.KeepAlive(alive);
    }
}
