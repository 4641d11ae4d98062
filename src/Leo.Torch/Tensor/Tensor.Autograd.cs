namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        /// <summary>Whether operations on it are recorded for gradients.</summary>
        public bool requires_grad
        {
            get => Ask(Fact.RequiresGrad) != 0;
            set => requires_grad_(value);
        }

        /// <summary>Whether it was made by the user rather than by a recorded operation.</summary>
        public bool is_leaf => Ask(Fact.Leaf) != 0;

        /// <summary>The gradient that <see cref="backward()"/> left, or null.</summary>
        public Tensor? grad
        {
            get
            {
                nint g;
                Native.Check(Native.lt_get_grad(Handle, &g));
                GC.KeepAlive(this);
                return g == 0 ? null : new Tensor(g);
            }
            set
            {
                Native.Check(Native.lt_set_grad(Handle, value is null ? 0 : value.Handle));
                GC.KeepAlive(this);
                GC.KeepAlive(value);
            }
        }

        /// <summary>Says whether operations on it are recorded, in place.</summary>
        public Tensor requires_grad_(bool requires_grad = true)
        {
            Native.Check(Native.lt_requires_grad(Handle, requires_grad ? 1 : 0));
            GC.KeepAlive(this);
            return this;
        }

        /// <inheritdoc cref="requires_grad_(bool)"/>
        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad()
        {
            Native.Check(Native.lt_retain_grad(Handle));
            GC.KeepAlive(this);
        }

        /// <summary>Adds to <see cref="grad"/> of every leaf the gradient of this one-element tensor.</summary>
        public void backward() => backward(retain_graph: false);

        /// <summary>Adds to <see cref="grad"/> of every leaf, or of <paramref name="inputs"/>, the gradient of this tensor.</summary>
        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward(this, grad_tensors, retain_graph, create_graph, inputs);

        /// <summary>The same data, cut off from the record of gradients.</summary>
        public Tensor detach() => Op.Call(Ops.detach, this);

        /// <summary>Cuts it off from the record of gradients, in place.</summary>
        public Tensor detach_()
        {
            Op.Do(Ops.detach_, this);
            return this;
        }

        /// <summary>One more reference to the same tensor, with a life of its own.</summary>
        public Tensor alias()
        {
            nint h;
            Native.Check(Native.lt_share(Handle, &h));
            GC.KeepAlive(this);
            return new Tensor(h);
        }
    }
}
